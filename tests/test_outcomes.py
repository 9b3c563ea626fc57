"""What measuring came to, in short: states, kept as JSON, never an absence taken for a figure."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callbacks.book import Book, Opened
from dashboard.amounts import Absence, Amount
from dashboard.outcomes import STATES, Outcome, read, state, words, write
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
    assert state(PLAIN, Outcome(delivered=Range(Decimal(1), Decimal(1)), gap=Absence.NO_TARGET)) == "no_target"
    assert state(PLAIN, Outcome(gap=Absence.NOT_DUE)) == "not_due"


def test_where_commitments_are_counted_nothing_is_said_to_be_delivered() -> None:
    told = outcome("10", "12")
    assert words(PLAIN, told) == "delivered what was due"
    assert words(PLAIN, Outcome(**vars(told) | {"stage": "committed"})) == "committed what was due"


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
