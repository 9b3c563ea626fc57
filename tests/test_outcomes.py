"""What measuring came to, in short: states, kept as JSON, never an absence taken for a figure."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callbacks.book import Book, Opened
from dashboard.amounts import Absence, Amount
from dashboard.gap_list import unmeasured
from dashboard.outcomes import JUDGED, OPEN, STATES, Outcome, read, state, told, words, write
from dashboard.pledges import Delivery, Pledge
from dashboard.ranges import Range
from data_access.measuring.kept import Kept
from data_access.shelf import Shelf
from tests.registered import outcome

NUMBERS = st.decimals(min_value=-(10**15), max_value=10**15, places=12)
FIGURES = st.one_of(
    st.sampled_from(list(Absence)), st.tuples(NUMBERS, NUMBERS).map(lambda pair: Range(min(pair), max(pair)))
)
PLAIN = Pledge("a", "A", "B", gap="not_clear")


@pytest.mark.parametrize(
    ("due", "delivered", "wanted"),
    [("10", "10", "met"), ("10", "12", "met"), ("10", "9.99", "short"), ("1", "0", "short")],
)
def test_a_state_compares_what_came_with_what_was_due(due: str, delivered: str, wanted: str) -> None:
    assert state(PLAIN, outcome(due, delivered)) == wanted


def test_what_cannot_be_compared_says_why() -> None:
    reported = Delivery(Amount(Decimal(3), Decimal(3), "USD million"), "2011", "Somebody")
    assert state(PLAIN, Outcome()) == "not_clear"
    assert state(Pledge("a", "A", "B", gap="numeric", delivered=reported), Outcome()) == "reported"
    assert state(Pledge("a", "A", "B", gap="numeric"), Outcome()) == "not_measurable"
    assert state(PLAIN, Outcome(delivered=Range(Decimal(1), Decimal(1)), gap=Absence.NO_TARGET)) == "shown"
    assert state(PLAIN, Outcome(gap=Absence.NOT_DUE)) == "not_due"


def test_where_commitments_are_counted_nothing_is_said_to_be_delivered() -> None:
    told = outcome("10", "12")
    assert words(PLAIN, told) == "delivered what was due"
    assert words(PLAIN, Outcome(**vars(told) | {"stage": "committed"})) == "committed what was due"


def test_what_was_committed_is_counted_apart_from_what_was_delivered() -> None:
    committed = replace(outcome("10", "12"), stage="committed"), replace(outcome("10", "2"), stage="committed")
    found = Counter(state(PLAIN, one) for one in (outcome("10", "12"), *committed, outcome("10", "1")))
    assert found == {"met": 1, "committed": 1, "committed_less": 1, "short": 1}
    assert told(found) == "1 delivered what was due, 1 committed it; 1 delivered less, 1 committed less"


def test_the_counts_of_a_register_add_up(opened: Opened) -> None:
    counts = Counter(entry.state for entry in opened.entries())
    said = sum(int(number) for number in re.findall(r"\b\d+\b", told(counts)))
    assert said == sum(entry.outcome.measured for entry in opened.entries())
    reasons = unmeasured(opened.entries())
    assert {state: len(held) for state, held in reasons.items()} == {
        state: count for state, count in counts.items() if state not in (*JUDGED, *OPEN, "shown")
    }


def test_between_two_ends_is_neither_met_nor_missed() -> None:
    have, due = Range(Decimal(72), Decimal(72)), Range(Decimal(70), Decimal(100))
    wide = replace(outcome("70", "72"), due=due, delivered=have, gap=due.minus(have), whole=due)
    assert state(PLAIN, wide) == "between"
    assert state(PLAIN, replace(wide, delivered=Range(due.high, due.high), gap=due.minus(due.plus(have)))) == "met"


def test_a_lower_bound_shows_what_was_kept_and_never_what_was_not() -> None:
    less, more = (replace(outcome("10", have), part=True) for have in ("4", "11"))
    assert (state(PLAIN, less), state(PLAIN, more)) == ("part", "met")
    assert state(PLAIN, replace(more, bound=False)) == "part"  # above a level the part left out may have fallen


@pytest.mark.parametrize(("have", "wanted"), [("33", "years"), ("35", "met"), ("27", "years")])
def test_years_without_figures_leave_no_verdict_unless_the_whole_is_reached(have: str, wanted: str) -> None:
    found = replace(outcome("28", have), whole=Range(Decimal(35), Decimal(35)), lacking=1, to=2014)
    assert state(PLAIN, found) == wanted
    assert words(PLAIN, found) == ("to 2014 only: no verdict" if wanted == "years" else STATES["met"])


def test_a_few_cases_are_told_beside_the_countries_that_still_have_some(opened: Opened) -> None:
    found = opened.register.outcomes["ntd-2012-guinea-worm"]
    assert found.beside == "from 539 cases in 2012 to 22 in 2015"
    assert {id_ for id_, one in opened.register.outcomes.items() if one.beside} == {"ntd-2012-guinea-worm"}


@given(st.dictionaries(st.text("abc-", min_size=1, max_size=5), st.lists(FIGURES, min_size=4, max_size=4), max_size=4))
def test_outcomes_come_back_as_they_were(held: dict[str, list[Range | Absence]]) -> None:
    every = {id_: Outcome(2015, "USD", "current", *figures, 3, 4, True, "Why.") for id_, figures in held.items()}
    assert read(write(every)) == every


@pytest.mark.parametrize(
    "stored", [b"", b"{", b"[]", b'{"a": {"colour": 1}}', b'{"a": {"due": ["x", "y"]}}', b"\x80\x04."]
)
def test_bytes_that_are_no_outcomes_are_refused(stored: bytes) -> None:
    with pytest.raises(ValueError):
        read(stored)


def test_every_commitment_has_an_outcome_and_a_state(opened: Opened) -> None:
    every = opened.entries()
    assert len(every) == len(opened.held.pledges) >= 400
    assert {entry.state for entry in every} <= set(STATES)
    measured = [entry for entry in every if entry.outcome.measured]
    assert len(measured) >= 100
    assert all(entry.outcome.why for entry in every if not entry.outcome.measured and entry.state != "not_due")


def test_what_was_measured_is_kept_on_the_shelf_and_another_state_asks_anew(opened: Opened, tmp_path: Path) -> None:
    cube, held = opened.cube, opened.held
    made = Kept().register(cube, held.state, held.pledges)
    assert Kept().register(cube, held.state, {}) == made  # from the shelf: nothing is measured
    other = {id_: held.pledges[id_] for id_ in list(held.pledges)[:3]}
    assert len(Kept().register(cube, "another-state", other).outcomes) == 3


def test_what_is_no_json_on_the_shelf_is_measured_again(opened: Opened, book: Book, tmp_path: Path) -> None:
    shelf, kept = Shelf(tmp_path / "cache"), Kept()
    cube = opened.cube
    was, cube.shelf = cube.shelf, shelf
    try:
        few = {id_: opened.held.pledges[id_] for id_ in list(opened.held.pledges)[:2]}
        shelf.put(f"outcomes {kept._made_by} {cube.edition} s", b"\x80\x04K\x01.")
        assert set(kept.register(cube, "s", few).outcomes) == set(few)
    finally:
        cube.shelf = was
        shelf.close()
