"""What moved between two editions and two states: every step has one cause, and all of them sum exactly."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

from callbacks.book import Book
from callbacks.faults import answer
from callbacks.reckoned import filled
from callbacks.reckoned_changes import asked, files
from dashboard.changes import STEPS, Cell, Moved, moved, table, two
from dashboard.ranges import EXACT, summed
from data_access import editions
from data_access.changes import Asked, compared, rewritten
from data_access.ingest.fx import DAC_TOTAL
from data_access.library import Library
from data_access.registry.opening import open_registry
from data_access.registry.writing import Edits, Noted
from tests import small as made
from tests.living import EVERY, embedded_stand_in, small_part
from tests.test_layouts import flat

AMOUNT = st.none() | st.decimals(-(10**12), 10**12, places=8)
FACTOR = st.decimals(0, 5, places=6)
CELLS = st.lists(
    st.builds(Cell, st.booleans(), st.booleans(), AMOUNT, AMOUNT, st.tuples(FACTOR, FACTOR), st.tuples(FACTOR, FACTOR))
)
DEFLATORS = {2007: "0.9", 2008: "0.95", 2009: "0.97", 2010: "1", 2011: "1.05", 2012: "1.1"}
REVISED, NEW_YEAR = 2010, 2012


@settings(max_examples=50, deadline=None)
@given(CELLS, AMOUNT, AMOUNT)
def test_the_steps_sum_to_the_difference_for_any_input(
    cells: list[Cell], before: Decimal | None, after: Decimal | None
) -> None:
    row = moved("x", before, after, cells)
    assert summed(row.steps.values()) == EXACT.subtract(after or Decimal(0), before or Decimal(0)) == row.change


@settings(max_examples=50, deadline=None)
@given(CELLS)
def test_nothing_is_unexplained_where_the_totals_are_those_of_the_cells(cells: list[Cell]) -> None:
    def total(side: int) -> Decimal:
        held = ((cell.before, cell.after)[side] or Decimal(0) for cell in cells)
        weighed = zip(cells, held, strict=True)
        parts = (EXACT.multiply(EXACT.multiply(v, c.factors[side]), c.weights[side]) for c, v in weighed)
        return summed(parts) or Decimal(0)

    assert moved("x", total(0), total(1), cells).steps["unexplained"] == 0


@pytest.mark.parametrize(
    ("cell", "step"),
    [
        (Cell(False, True, None, Decimal(3)), "years"),
        (Cell(True, False, Decimal(3), None), "years"),
        (Cell(True, True, Decimal(3), Decimal(4)), "revision"),
        (Cell(True, True, Decimal(3), Decimal(3), factors=(Decimal(1), Decimal(2))), "prices"),
        (Cell(True, True, Decimal(3), Decimal(3), weights=(Decimal(0), Decimal(1))), "weights"),
    ],
)
def test_each_cause_has_its_own_step(cell: Cell, step: str) -> None:
    row = moved("x", None, None, [cell])
    assert {name for name, value in row.steps.items() if value and name != "unexplained"} == {step}


def test_what_is_newly_reported_is_told_apart_from_a_revision_of_zero() -> None:
    row = moved("x", None, Decimal(0), [Cell(True, True, None, Decimal(0))])
    assert (row.appeared, row.gone, row.change) == (1, 0, 0)
    assert not row.still
    assert moved("x", Decimal(1), Decimal(1), [Cell(True, True, Decimal(1), Decimal(1))]).still


@pytest.mark.parametrize(
    ("picked", "pair"),
    [(("", ""), ("b", "c")), (("a", ""), ("a", "c")), (("", "b"), ("a", "b")), (("c", "a"), ("c", "a"))],
)
def test_the_last_two_are_compared_unless_others_are_picked(picked: tuple[str, str], pair: tuple[str, str]) -> None:
    assert two(picked, ["c", "b", "a"]) == pair
    assert two(("", ""), ["a"]) == ("", "a")


def rows(base: int = 2010, later: bool = False) -> made.Rows:
    """A small edition with deflators. The later one: a year more, one year revised, another base year, another mapping,
    another member of a group."""
    held = made.tables()
    held["deflator"] = [{"donor": DAC_TOTAL, "year": year, "deflator": Decimal(d)} for year, d in DEFLATORS.items()]
    held["about"] = [row | {"value": str(base)} if row["key"] == "base_year" else row for row in held["about"]]
    if not later:
        held["flow"] = [row for row in held["flow"] if row["year"] != NEW_YEAR]
        for source in held["source"]:
            source["until"] = min(source["until"], NEW_YEAR - 1)
    for row in held["flow"]:
        if later and row["year"] == REVISED and row["usd"] is not None:
            row["usd"] = row["usd"] * 2
        if row["usd"] is not None:
            exact = row["usd"] * Decimal(DEFLATORS[base]) / Decimal(DEFLATORS[row["year"]])
            row["usd_constant"] = exact.quantize(Decimal("1e-8"))
    if later:
        held["goal_share"] = [_remapped(row) for row in held["goal_share"]]
        held["membership"] = [row for row in held["membership"] if (row["grp"], row["member"]) != ("DAC", "JPN")]
    return held


def _remapped(row: made.Row) -> made.Row:
    """Employment policy serves Goal 2 instead of Goal 1."""
    return row | {"goal": "2"} if (row["purpose"], row["goal"]) == ("16020", "1") else row


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("two")
    first = small_part(folder, embedded_stand_in(), rows=rows())
    later = small_part(folder, "later-000000000001", rows=rows(2012, later=True))
    for part, why in ((first, "the embedded reference"), (later, "load everything")):
        name = editions.make(folder, dict.fromkeys(EVERY, part), why)
    editions.point(folder, name)
    return folder


@pytest.fixture(scope="module")
def book(home: Path) -> Iterator[Book]:
    library = Library(home)
    registry = open_registry(home)
    yield Book(library, registry)
    registry.close()
    library.close()


def pair(book: Book) -> tuple[str, str]:
    names = editions.kept(book.library.home)
    later = editions.current(book.library.home)
    return next(name for name in names if name != later), later


def between(book: Book, by: str, prices: str = "current", source: str = "iati-goals") -> dict[str, Moved]:
    one, other = (book.library.cube(name) for name in pair(book))
    return {row.code: row for row in compared(one, other, Asked(source, "committed", by, prices))}


@pytest.mark.parametrize("prices", ["current", "constant"])
@pytest.mark.parametrize("by", ["donor", "group", "goal"])
def test_editions_are_taken_apart_without_a_rest(book: Book, by: str, prices: str) -> None:
    held = between(book, by, prices)
    assert held
    for row in held.values():
        assert summed(row.steps.values()) == row.change
        assert abs(row.steps["unexplained"]) < Decimal("0.0001")  # constant amounts are kept to eight decimals
    used = {name for row in held.values() for name, value in row.steps.items() if value and name != "unexplained"}
    assert {"years", "revision"} <= used
    assert ("weights" in used) == (by in ("group", "goal"))
    assert ("prices" in used) == (prices == "constant")


def test_a_donor_that_left_a_group_is_membership_and_a_purpose_that_moved_is_mapping(book: Book) -> None:
    group, goals = between(book, "group")["DAC"], between(book, "goal")
    later = book.library.cube(pair(book)[1])
    alone = between(book, "donor")["JPN"]
    assert group.steps["weights"] == alone.steps["years"] - (alone.after or 0)
    assert goals["1"].steps["weights"] == -goals["2"].steps["weights"] != 0
    assert later.edition == pair(book)[1]


def test_the_exact_table_adds_up_row_by_row(book: Book) -> None:
    held = between(book, "donor", "constant")
    for row in table(held.values(), {}, "x").rows:
        assert summed(row[2 : 3 + len(STEPS)]) == (row[3 + len(STEPS)] or 0)


@pytest.fixture(scope="module")
def client(book: Book) -> FlaskClient:
    server = Flask("files")
    server.register_error_handler(Exception, answer)
    files(server, book)
    return server.test_client()


@pytest.mark.parametrize("by", ["donor", "group", "goal"])
def test_every_row_of_the_file_adds_up_without_the_software(client: FlaskClient, book: Book, by: str) -> None:
    asked = f"source=iati-goals&stage=committed&by={by}&prices=constant"
    rows = list(csv.DictReader(io.StringIO(client.get(f"/export/changes.csv?{asked}").text)))
    assert len(rows) == len(between(book, by, "constant"))
    for row in rows:
        steps = [Decimal(row[f"{words} (US dollars)"]) for words in STEPS.values()]
        earlier, later = (Decimal(row[f"{which} edition (US dollars)"] or 0) for which in ("Earlier", "Later"))
        assert earlier + sum(steps) == later
    moved_ = [row for row in rows if Decimal(row["Revision (US dollars)"])]
    assert moved_


def test_beside_the_file_stands_what_describes_it(client: FlaskClient, book: Book) -> None:
    earlier, later = pair(book)
    file = client.get("/export/changes.csv?source=iati-goals&by=goal&stage=committed")
    address = file.headers["Link"].partition("<")[2].partition(">")[0]
    told = client.get(address).json
    assert f"from={earlier}" in address and f"to={later}" in told["dc:identifier"]
    assert told["dc:hasVersion"] == later
    heads = next(csv.reader(io.StringIO(file.text)))
    assert [column["titles"] for column in told["tableSchema"]["columns"]] == heads
    assert any("Price base: the same amounts at other deflators" in said for said in told["rdfs:comment"])
    assert "Rows: Goals" in told["selection"] and "Goal mapping: strict" in told["selection"]
    assert "Goal mapping" not in client.get(address.replace("by=goal", "by=donor")).json["selection"]


@pytest.mark.parametrize(
    ("asked", "status"), [("from=nothing", 400), ("colour=red", 400), ("source=iati-goals&stage=budgeted", 400)]
)
def test_no_file_is_made_of_half_a_link(client: FlaskClient, asked: str, status: int) -> None:
    assert client.get(f"/export/changes.csv?{asked}").status_code == status


def test_of_one_edition_no_file_is_made(client: FlaskClient, book: Book) -> None:
    _, later = pair(book)
    assert client.get(f"/export/changes.csv?from={later}&to={later}").status_code == 404


def text(book: Book, search: str = "") -> str:
    return json.dumps(flat(filled(book, book.library.cube(), "/changes", search)), ensure_ascii=False)


def test_the_page_shows_the_last_two_editions_and_carries_them_in_its_address(book: Book) -> None:
    earlier, later = pair(book)
    drawn = text(book, "source=iati-goals&by=goal&stage=committed")
    assert f"From edition {earlier} to edition {later}" in drawn
    assert f"from={earlier}&to={later}" in drawn
    assert "Mapping or membership" in drawn and "Unexplained" in drawn
    link = re.search(r"/export/changes\.csv\?([^\"]*)", drawn)
    assert link and "source=iati-goals" in link[1] and f"from={earlier}&to={later}" in link[1]


def test_what_is_not_known_is_refused_and_an_edition_with_itself_is_no_comparison(book: Book) -> None:
    _, later = pair(book)
    assert "from=nothing is not known to this page" in text(book, "from=nothing")
    assert "nothing can be compared" in text(book, f"from={later}&to={later}")


def test_where_one_edition_is_kept_the_page_says_how_to_get_another(
    tmp_path_factory: pytest.TempPathFactory, home: Path
) -> None:
    alone = tmp_path_factory.mktemp("one")
    small_part(alone, embedded_stand_in())
    editions.point(alone, editions.make(alone, dict.fromkeys(EVERY, embedded_stand_in()), "the embedded reference"))
    library, registry = Library(alone), open_registry(alone)
    drawn = text(Book(library, registry))
    assert "One edition is kept here" in drawn and "data_access load" in drawn
    assert "One state of the register is kept here" in drawn
    library.close()
    registry.close()


def test_two_states_of_the_register_are_compared_record_by_record(book: Book, client: FlaskClient) -> None:
    before = book.registry.state()
    one = next(iter(book.registry.pledges().values()))
    registry = book.registry
    registry.write(Edits(pledges=(replace(one, title="Another title"),)), Noted("A moderator", "To see what moves"))
    found = rewritten(registry.pledges(before), registry.pledges())
    assert [(row.id, row.action, row.parts) for row in found] == [(one.id, "changed", ("title",))]
    drawn = text(book)
    assert f"From state {before}" in drawn and "To see what moves" in drawn
    assert f"was={before}&is={registry.state()}" in drawn
    assert "Earlier state of the register" in drawn
    rows = list(csv.DictReader(io.StringIO(client.get("/export/changes-register.csv").text)))
    assert [(row["Commitment"], row["What was done"], row["What differs"]) for row in rows] == [
        (one.id, "changed", "title")
    ]


def test_a_state_that_came_back_is_told_as_it_came_back(book: Book) -> None:
    registry, first = book.registry, book.registry.state()
    one = next(iter(registry.pledges().values()))
    registry.write(Edits(pledges=(replace(one, title="For a while"),)), Noted("Another", "Away"))
    assert registry.write(Edits(pledges=(one,)), Noted("A moderator", "Back again")) == first
    history = asked(book, book.library.cube(), "").history
    assert history[first].endswith("A moderator: Back again") and next(iter(history)) == first
