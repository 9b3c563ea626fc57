"""The page of overlaps: gross and net of like money, a matrix with the rows behind it, ties beside."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from itertools import combinations
from threading import Event

import pytest
from dash import Dash
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from callbacks.book import Book, Opened
from callbacks.reckoned import filled
from dashboard.finding_list import Listed
from dashboard.findings import Finding, Side
from dashboard.links import Link
from dashboard.overlap import Overlap, Totals
from dashboard.overlap_file import table
from dashboard.overlap_list import ELSEWHERE, UNREAD, Pair, Sets, known, listed, passing, shown, sums
from dashboard.overlap_matrix import MOST, matrix
from dashboard.page_terms import Terms, read
from dashboard.pledges import Pledge
from data_access.measuring import overlap_text
from data_access.measuring.kept import Kept
from layouts.overlaps import Said, content
from layouts.pages import OVERLAPS, find
from tests.test_layouts import flat

HOSTILE = "<script>alert(1)</script>"
YEARS = {2010: Decimal(1), 2012: Decimal(1)}
SETS: Sets = {
    ("crs", "disbursed"): Totals(
        {"a": Decimal(9), "b": Decimal(6), "c": Decimal(5), "d": Decimal(4)},
        Decimal(24),
        Decimal(14),
        (Overlap("a", "b", Decimal(6), YEARS), Overlap("b", "c", Decimal(3), YEARS)),
    ),
    ("dac5", "committed"): Totals({"e": Decimal(2)}, Decimal(2), Decimal(2), ()),
}
PLEDGES = {
    one.id: one
    for one in (
        Pledge("a", "A", "France", "FRA", maker_id="FRA", goals=("4",)),
        Pledge("b", "B", "Japan", "JPN", maker_id="JPN", goals=("5",), parent="a"),
        Pledge("c", HOSTILE, "Italy", "ITA", maker_id="ITA", goals=("4",)),
        Pledge("d", "D", "Italy", "ITA", maker_id="ITA", links=(Link("counts_under", "a"),)),
        Pledge("e", "E", "X", links=(Link("sourced_from", "a", Decimal(41_400_000), "CAD"),)),
        Pledge("f", "F", "X", links=(Link("restates", "c", note="part"), Link("deadline_moved", "2010->2015"))),
    )
}
SIDES = Side("3", "rows"), Side("no tie", "the registry")
FOUND = Listed(Finding("undeclared-overlap", ("c", "b"), "Both count.", *SIDES, "low"), "explained")


def pairs() -> dict[str, Pair]:
    return {"".join(pair.key): pair for pair in listed(PLEDGES, SETS, (FOUND,))}


def terms(query: str) -> Terms:
    found, refused = read(dict(part.split("=") for part in query.split("&") if part), known(tuple(pairs().values())))
    assert not refused
    return found


def test_computed_stands_beside_declared_and_what_disagrees_has_its_finding() -> None:
    found = pairs()
    assert list(found) == ["ab", "bc", "ad", "ae", "cf"], "the most money first, what cannot be compared last"
    assert [one.standing for one in found.values()] == ["both", "undeclared", "apart", "uncomputed", "uncomputed"]
    assert [one.usd for one in found.values()] == [Decimal(6), Decimal(3), Decimal(0), None, None]
    assert {key for key, one in found.items() if one.finding} == {"bc"}
    assert found["ab"].counted == (Decimal(9), Decimal(6)) and found["ab"].years == (2010, 2012)


def test_each_tie_says_which_of_the_two_it_is_of_and_its_amount() -> None:
    found = pairs()
    assert found["ab"].ties == ("the second is part of the first",)
    assert found["ad"].ties == ("the second counts under the first",)
    assert found["ae"].ties == ("the second takes its money from the first (CAD 41.4 m)",)
    assert found["cf"].ties == ("the second restates the first (part)",)
    assert (found["ae"].why, found["cf"].why, found["bc"].ties) == (ELSEWHERE, UNREAD, ())


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("", ["ab", "bc", "ad", "ae", "cf"]),
        ("maker=ITA", ["bc", "ad", "cf"]),
        ("goal=5", ["ab", "bc"]),
        ("maker=ITA&goal=5", ["bc"]),
        ("standing=apart", ["ad"]),
    ],
)
def test_filters_keep_the_pairs_of_which_one_or_the_other_answers(query: str, kept: list[str]) -> None:
    every = tuple(pairs().values())
    assert ["".join(pair.key) for pair in passing(every, terms(query))] == kept
    assert shown(every, terms("maker=ITA")).facets["goal"] == {"4": 3, "5": 1}


def test_the_file_is_exact_and_what_cannot_be_compared_is_an_empty_cell() -> None:
    drawn = table(pairs().values(), {("a", "b"): "donor=FRA"})
    rows = [dict(zip((column.key for column in drawn.columns), row, strict=True)) for row in drawn.rows]
    assert [row["shared"] for row in rows] == [Decimal(6), Decimal(3), Decimal(0), None, None]
    assert [row["rows"] for row in rows] == ["/rows?donor=FRA", "", "", "", ""]
    assert (rows[1]["finding"], rows[1]["finding_status"]) == (FOUND.id, "explained")


AMOUNTS = st.dictionaries(
    st.sampled_from(list(combinations("abcdefgh", 2))), st.integers(-5, 50).filter(bool), max_size=12
)


@given(AMOUNTS, st.integers(1, 9))
def test_clusters_stand_together_and_each_pair_once(amounts: dict[tuple[str, str], int], most: int) -> None:
    every = [
        Pair(Pledge(one, one, "X"), Pledge(other, other, "X"), "both", Decimal(usd), counted=(Decimal(1), Decimal(1)))
        for (one, other), usd in amounts.items()
    ]
    drawn = matrix(every, most)
    order = [pledge.id for pledge in drawn.order]
    ids = {id_ for pair in amounts for id_ in pair}
    assert len(order) == len(set(order)) == min(most, len(ids)) and drawn.left == len(ids) - len(order)
    assert len(drawn.cells) + drawn.apart == len(amounts)
    for (row, column), pair in drawn.cells.items():
        assert row > column and {order[row], order[column]} == set(pair.key)
    near = {frozenset(pair) for pair in amounts}
    for place, id_ in enumerate(order[1:], 1):  # who shares with one before stands before those who share with none
        if not any(frozenset((id_, other)) in near for other in order[:place]):
            assert not any(frozenset((one, two)) in near for one in order[:place] for two in order[place:])


def test_no_more_commitments_than_can_be_taken_in_and_that_is_said() -> None:
    every = [
        Pair(Pledge("hub", "Hub", "X"), Pledge(f"p{n}", f"P{n}", "X"), "both", Decimal(n)) for n in range(1, MOST + 10)
    ]
    drawn = matrix(every)
    assert len(drawn.order) == MOST and drawn.left == 10 and drawn.apart == 10
    said = Said(terms(""), (), {}, "/overlaps", {})
    written = json.dumps(flat(content(shown(every, terms("")), drawn, (), said)), ensure_ascii=False)
    assert "10 more commitments share money; the list and the file hold all pairs" in written


def drawn_page(opened: Opened, checked: bool = True) -> str:
    every = listed(PLEDGES, SETS, (FOUND,))
    said = Said(terms(""), (), {"FRA": HOSTILE}, "/overlaps", {("a", "b"): "donor=FRA"}, checked)
    made = content(shown(every, terms("")), matrix(every), sums(with_rules(opened), renamed(), opened.cube.codes), said)
    return json.dumps(flat(made), ensure_ascii=False)


def with_rules(opened: Opened) -> dict[str, Pledge]:
    """Rules of the register under other ids: totals name the years that rules and source have."""
    rule = opened.held.pledges["afsi-2009"].rule
    return {id_: Pledge(id_, id_, "X", rule=rule) for id_ in "abcde"}


def renamed() -> Sets:
    return {("dac5", "committed"): SETS["crs", "disbursed"]}


def test_the_page_shows_gross_net_cells_ties_and_findings(opened: Opened) -> None:
    said = drawn_page(opened)
    assert "4 commitments count $24.0 gross and $14.0 net" in said and "committed, 2010–2012" in said
    assert "/rows?donor=FRA" in said and f"/findings?finding={FOUND.id}" in said and "finding, explained" in said
    assert "The second takes its money from the first (CAD 41.4 m)." in said
    assert "No finding is shown yet" not in said
    assert "No finding is shown yet" in drawn_page(opened, checked=False)


def test_overlaps_are_kept_as_they_were_made() -> None:
    assert overlap_text.read(overlap_text.write(SETS)) == SETS
    assert [pair.usd for pair in overlap_text.joined(SETS)] == [Decimal(6), Decimal(3)]
    for wrong in (b"{}x", b"[[1]]", b'[["a", "b", {}]]', b'[["a", "b", 1]]'):
        with pytest.raises(ValueError):
            overlap_text.read(wrong)


def text(book: Book, search: str = "") -> str:
    return json.dumps(flat(filled(book, book.library.cube(), "/overlaps", search)), ensure_ascii=False)


def test_nobody_waits_for_what_is_being_measured(book: Book) -> None:
    kept = Unready()
    said = text(Book(book.library, book.registry, kept=kept))
    kept.end.set()
    assert "are being measured" in said and "Try again" in said


class Unready(Kept):
    """Whose shelf is empty, and whose measuring comes to no end before the test does."""

    def __init__(self) -> None:
        super().__init__()
        self.end = Event()

    def _stored(self, cube: object, state: str) -> None:
        return None

    def _found(self, cube: object, state: str, pledges: object) -> None:
        self.end.wait(60)
        raise TimeoutError


def test_what_could_not_be_computed_is_said_to_be_untold(book: Book, opened: Opened) -> None:
    key = opened.cube.edition, opened.held.state
    kept = Kept()
    kept._held[key] = type(opened.register)({}, ())
    said = text(Book(book.library, book.registry, kept=kept))
    assert "could not be computed; the log says why" in said and "No two commitments" not in said


def test_every_figure_of_the_register_is_on_the_page(book: Book, opened: Opened) -> None:
    said = text(book)
    assert f"{len(opened.register.overlaps)} pairs of commitments count the same money" in said
    assert "gross and" in said and "/commitment/afsi-2009" in said and "Counted again" in said
    assert find("/overlaps") == (OVERLAPS, "") and find("/overlaps/x")[0] is None


def test_what_is_not_known_is_refused_by_name_and_the_rest_is_followed(book: Book, opened: Opened) -> None:
    said = text(book, "maker=JPN,NOBODY&colour=red")
    assert "maker=NOBODY is not known to this page" in said and "colour=red is not a term of this page" in said
    assert "pairs of commitments picked count" in said


def test_gross_and_net_are_those_of_the_rows_of_each_set(opened: Opened) -> None:
    for totals in (opened.register.together or {}).values():
        assert totals.gross == sum(totals.counted.values()) >= totals.net
        assert totals.gross - totals.net <= sum(pair.usd for pair in totals.pairs)


@pytest.fixture(scope="module")
def client(real: Dash, opened: Opened) -> FlaskClient:
    assert opened.register.overlaps, "measured, so that the app finds it on the shelf"
    return real.server.test_client()


def lines(client: FlaskClient, address: str) -> list[dict[str, str]]:
    answer = client.get(address)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return list(csv.DictReader(io.StringIO(answer.get_data(as_text=True))))


@pytest.fixture(scope="module")
def file(client: FlaskClient, book: Book, opened: Opened) -> list[dict[str, str]]:
    for _ in range(60):  # the checks run beside the answers
        if book.findings(opened.cube, opened.held, wait=1) and client.get("/export/overlaps.csv").status_code == 200:
            break
    return lines(client, "/export/overlaps.csv")


def test_the_rows_behind_each_cell_make_its_figure(client: FlaskClient, file: list[dict[str, str]]) -> None:
    shared = [row for row in file if row["Rows that both count"]]
    assert len(shared) > 10
    for row in shared[:5]:
        query = row["Rows that both count"].partition("?")[2]
        counted = [Decimal(one["Counted (US dollars)"] or 0) for one in lines(client, f"/export/flows.csv?{query}")]
        assert sum(counted) == Decimal(row["Both count (current US dollars)"])


def test_the_file_follows_the_filters_and_is_not_made_from_half_a_link(
    client: FlaskClient, file: list[dict[str, str]]
) -> None:
    some = lines(client, "/export/overlaps.csv?standing=undeclared&goal=6")
    assert 0 < len(some) < len(file) and {row["Computed and declared"] for row in some} == {"Computed, not declared"}
    assert all(row["Finding"] for row in some)
    assert client.get("/export/overlaps.csv?maker=NOBODY").status_code == 400
    for form in ("json", "xlsx", "parquet"):
        assert client.get(f"/export/overlaps.{form}?standing=both").status_code == 200
