"""The list of commitments: what an address asks for, in which order, in counts; and the matrix of makers and Goals."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callbacks.book import Opened
from dashboard.amounts import Amount
from dashboard.exports import to_csv
from dashboard.figures import fora
from dashboard.listing import by_year, codes_of, counts, matching, ordered, page, table
from dashboard.matrix import cell, level, matrix
from dashboard.outcomes import STATES
from dashboard.pins import Pins
from dashboard.pins import read as read_pins
from dashboard.register_terms import COLUMNS, PICKS, SIZE, SORTS, Asked, known, read
from layouts.promises import CELLS, HEADS
from tests.registered import entry, outcome

TWO = [
    entry("a", outcome("10", "4"), maker="Norway", maker_id="NOR", goals=("4", "5"), made="2010-06"),
    entry("b", outcome("10", "12"), title="Élan: water for all", goals=("7",), kind="policy"),
    entry("c", goals=("4",), amount=Amount(), made="", gap="no_target"),
]


@pytest.mark.parametrize(
    ("terms", "ids"),
    [
        ({}, "abc"), ({"goal": ("4",)}, "ac"), ({"goal": ("4", "7")}, "abc"), ({"maker": ("FRA",)}, "bc"),
        ({"state": ("met",)}, "b"), ({"measured": ("no",)}, "c"), ({"kind": ("policy",)}, "b"),
        ({"made": ("2010",)}, "a"),
        ({"text": "elan WATER"}, "b"), ({"text": "norway"}, "a"), ({"goal": ("4",), "maker": ("NOR",)}, "a"),
        ({"additional": ("unsaid",)}, "abc"), ({"confidence": ("low",)}, ""),
        ({"figure": ("none",)}, "c"), ({"unit": ("usd",)}, "ab"), ({"place": ("unsaid",)}, "abc"),
        ({"begins": ("2010",)}, ""), ({"part": ("no",)}, "abc"), ({"rule": ("none",), "sexes": ("yes",)}, ""),
    ],
)  # fmt: skip
def test_every_term_narrows_the_list(terms: dict[str, object], ids: str) -> None:
    assert "".join(one.pledge.id for one in matching(TWO, Asked(**terms))) == ids


@pytest.mark.parametrize("sort", SORTS)
def test_each_order_turned_round_is_the_other_way_and_what_is_unknown_stays_last(sort: str) -> None:
    forward, back = ordered(TWO, sort), ordered(TWO, f"-{sort}")
    assert {one.pledge.id for one in forward} == {one.pledge.id for one in back} == set("abc")
    if sort in ("made", "pledged", "share", "delivered"):
        assert forward[-1].pledge.id == back[-1].pledge.id == "c"
    if sort == "share":
        assert [one.pledge.id for one in back] == ["b", "a", "c"]


def test_amounts_of_two_units_are_never_put_in_one_order() -> None:
    large = entry("x", amount=Amount(Decimal(1), Decimal(1), "USD million"))
    small = entry("y", amount=Amount(Decimal(900), Decimal(900), "EUR million"))
    more = entry("z", amount=Amount(Decimal(2), Decimal(2), "USD million"))
    assert [one.pledge.id for one in ordered([more, large, small], "pledged")] == ["y", "x", "z"]


def test_pages_hold_every_commitment_once() -> None:
    every = [entry(f"{at:03}") for at in range(2 * SIZE + 1)]
    held = [one.pledge.id for number in (1, 2, 3) for one in page(every, number).entries]
    assert held == [one.pledge.id for one in every]
    assert (page(every, 99).number, page([], 5).number, page([], 5).pages) == (3, 1, 1)


def test_counts_stand_under_every_code() -> None:
    found = {one.code: (one.all, one.measured, one.met) for one in counts(TWO, "goal")}
    assert found == {"4": (2, 1, 0), "5": (1, 1, 0), "7": (1, 1, 1)}


CODES = st.lists(st.sampled_from("1234"), max_size=3).map(lambda codes: tuple(sorted(set(codes))))


@given(CODES, st.sampled_from(["", "water", "a & b"]), st.sampled_from(SORTS), st.integers(1, 99))
def test_an_address_reads_as_it_was_written(goals: tuple[str, ...], text: str, sort: str, number: int) -> None:
    asked = Asked(goal=goals, text=text, sort=f"-{sort}", page=number, pins=Pins("e", "s"))
    pins, terms, refused = read_pins(asked.write(), ("e",), ("s",), (*PICKS, "text", "sort", "page"))
    words = {term: dict.fromkeys("1234", "") for term in PICKS}
    assert (read(terms, pins, words), refused) == ((asked, []), ())


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("goal=9", "goal=9 is not known to the register"), ("colour=red", "colour=red is not a term of this page"),
        ("sort=size", "sort=size is not known"), ("page=0", "page=0 is not the number of a page"),
        ("text=" + 101 * "x", "A text of 100 characters"), ("goal=1&goal=2", "goal is given twice"),
        ("edition=x", "edition=x is not an edition"), ("registry=x", "registry=x is not a state"),
        ("page=" + 9 * "9", "is not the number of a page"), ("&" * 200, "The link is too long"),
    ],
)  # fmt: skip
def test_what_cannot_be_followed_is_refused_by_name(opened: Opened, query: str, sentence: str) -> None:
    pins, terms, refused = read_pins(query, (), (), (*PICKS, "text", "sort", "page"))
    asked, wrong = read(terms, pins, known(opened.held.directory))
    assert any(sentence in one.sentence for one in (*refused, *wrong))
    assert not asked.pins.write()


def test_a_cell_never_averages_shares() -> None:
    one = cell([TWO[0]])
    assert (one.kind, one.main, one.small, one.level) == ("share", "40%", "", 1)
    both = cell([entry("x", outcome("10", "4")), entry("y", outcome("10", "20"))])
    assert (both.kind, both.main) == ("met", "1 of 2")
    assert cell([]).kind == "none"
    absent = cell([TWO[2], entry("d"), entry("e")])
    assert (absent.kind, absent.state, absent.small) == ("absent", "not_reported", "3")


@pytest.mark.parametrize(("share", "wanted"), [("0.249", 0), ("0.25", 1), ("0.999", 3), ("1", 4), ("3", 4), ("-1", 0)])
def test_breaks_of_a_share_are_fixed(share: str, wanted: int) -> None:
    assert level(Decimal(share)) == wanted


def test_the_matrix_says_of_every_cell_what_is_in_it(opened: Opened) -> None:
    drawn = matrix(opened.entries())
    held = [one for row in drawn.rows for one in row.cells if one.kind != "none"]
    assert drawn.held == len(held) and 0 < drawn.told < drawn.held
    assert all(one.said for one in held)
    assert {one.state for one in held if one.kind == "absent"} <= set(STATES)
    assert [row.count for row in drawn.rows] == sorted((row.count for row in drawn.rows), reverse=True)


def test_the_embedded_register_stands_under_known_codes_alone(opened: Opened) -> None:
    words, entries = known(opened.held.directory, opened.held.pledges), opened.entries()
    for term in PICKS:
        codes = {code for one in entries for code in codes_of(one, term) if code}
        assert codes <= set(words[term]), term
        assert sum(one.all for one in counts(entries, term)) >= len(entries)


def test_years_are_counted_and_the_leading_one_named() -> None:
    assert by_year(TWO) == {"": (1, 0), "2005": (0, 1), "2010": (1, 0)}
    assert fora.title({"2005": (3, 1), "2010": (1, 0)}, 5) == "2005 saw the most commitments: 4 of 5"
    assert fora.title({"2005": (1, 0), "2010": (1, 0)}, 2) == "When they were made"
    assert fora.before({"1970": (1, 0), "2005": (1, 0)}) == " 1 made before 2000 are listed below and not drawn."


def test_the_file_of_the_list_holds_every_row_and_no_zero_for_an_absence(opened: Opened) -> None:
    entries = opened.entries()
    lines = to_csv(table(entries)).splitlines()
    assert len(lines) == len(entries) + 1
    places = {column.key: at for at, column in enumerate(table(entries).columns)}
    stages = {
        entry.pledge.id: row[places["counted_stage"]] for entry, row in zip(entries, table(entries).rows, strict=True)
    }
    rules = {entry.pledge.id: entry.pledge.rule for entry in entries if entry.outcome.measured}
    for id_, rule in rules.items():  # of an indicator no rung is counted
        assert rule and bool(stages[id_]) == (rule.kind != "indicator"), id_
    drawn = table([TWO[2]])
    told = dict(zip([column.key for column in drawn.columns], drawn.rows[0], strict=True))
    assert told["delivered"] is None and told["low"] is None and told["state"]


def test_a_click_picks_alone_and_a_second_lets_go() -> None:
    once = Asked(page=3).toggled("maker", "GBR")
    assert (once.maker, once.page) == (("GBR",), 1)
    assert once.toggled("maker", "GBR") == Asked()


@pytest.mark.parametrize("name", COLUMNS)
def test_a_column_is_chosen_and_let_go_in_the_address(opened: Opened, name: str) -> None:
    once = Asked(page=2).with_column(name)
    assert (name in once.shown()) is not COLUMNS[name] and once.page == 2
    assert once.with_column(name) == Asked(page=2)
    terms = read_pins(once.write(), (), (), ("columns", "page"))[1]
    assert read(terms, Pins(), known(opened.held.directory)) == (once, [])


def test_a_column_that_is_none_is_refused_and_the_rest_followed(opened: Opened) -> None:
    asked, refused = read({"columns": "maker,colour"}, Pins(), known(opened.held.directory))
    assert asked.shown() == ("maker",) and refused[0].value == "colour"
    assert HEADS.keys() == {"title", *COLUMNS} and CELLS.keys() == COLUMNS.keys()


def test_counts_of_the_form_say_what_a_choice_would_show(opened: Opened) -> None:
    entries = opened.entries()
    for one in counts(entries, "forum")[:5]:
        assert len(matching(entries, Asked(forum=(one.code,)))) == one.all
