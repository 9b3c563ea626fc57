"""What the register tells under the panels of a Goal: its targets in counts, and three gaps that are never mixed."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest

from callbacks import listing
from callbacks.book import Book, Opened
from callbacks.commitments import below
from dashboard.aims import EVERY_TARGET
from dashboard.amounts import Absence, Amount
from dashboard.gap_list import needed
from dashboard.goal_register import NO_NEED, NO_SUM, gaps, targets
from dashboard.listing import matching
from dashboard.pools import Pool, pool
from dashboard.promised import Promised, promised
from dashboard.ranges import Range
from dashboard.register_terms import Asked
from dashboard.selection import Selection
from dashboard.statements import Statement
from data_access.measuring.kept import Kept
from layouts.goal_register import AWAITED
from layouts.promises import listed
from tests.registered import entry, outcome
from tests.test_layouts import flat
from tests.test_promised import listed_under, pledge, rule

GOALS = "12345678"


@pytest.fixture(scope="module")
def held(opened: Opened) -> Pool:
    return pool(opened.cube.codes, opened.entries(), opened.register.overlaps)


@pytest.mark.parametrize("goal", GOALS)
def test_every_commitment_to_a_goal_stands_under_its_targets_or_under_none(opened: Opened, goal: str) -> None:
    of_goal = matching(opened.entries(), Asked(goal=(goal,)))
    every = targets(goal, of_goal)
    assert [one.code for one in every if one.code] == [code for code in EVERY_TARGET if code[0] == goal]
    assert {e.pledge.id for one in every for e in one.entries} == {e.pledge.id for e in of_goal}
    for one in every:
        assert one.measured == sum(e.outcome.measured for e in one.entries) >= one.met
        if one.entries:
            assert one.query and listed_under(opened, one.query) == {e.pledge.id for e in one.entries}
        assert all(not one.code or one.code in e.pledge.targets for e in one.entries)


@pytest.mark.parametrize("goal", GOALS)
def test_each_gap_is_a_figure_or_an_absence_with_its_reason(held: Pool, goal: str) -> None:
    told = promised(held, Selection(goal=(goal,)))
    for gap in gaps(told, ()):
        assert bool(gap.said) is (gap.absence is None) and gap.basis
    promise, delivery, need = gaps(told, ())
    assert (promise.absence, need.absence, promise.basis) == (Absence.NOT_REPORTED, Absence.NOT_REPORTED, NO_NEED)
    if told.sum is None:
        assert (delivery.absence, delivery.basis) == (Absence.NOT_MEASURABLE, NO_SUM)


def test_the_delivery_gap_is_the_sum_of_those_that_can_be_added(held: Pool) -> None:
    first = pledge("a", rule("FRA", "110", 2005, 2010, "9000000000", "10000000000"))
    other = pledge("b", rule("GBR", "110", 2005, 2010, "5000000000"))
    counted = [
        type(one)(one.pledge, type(one.outcome)(2010, "USD", "current", due, have, due.minus(have), seen=1, wanted=1))
        for one, due, have in (
            (first, Range(Decimal(9 * 10**9), Decimal(10**10)), Range(Decimal(10**9), Decimal(10**9))),
            (other, Range(Decimal(5 * 10**9), Decimal(5 * 10**9)), Range(Decimal(6 * 10**9), Decimal(6 * 10**9))),
        )
    ]
    told = promised(pool(held.codes, counted, ()), Selection(goal=("1",)))
    assert told.sum and told.sum.gap == Range(Decimal(7 * 10**9), Decimal(8 * 10**9))
    assert gaps(told, ())[1].said == "$7.00\N{NO-BREAK SPACE}bn to $8.00\N{NO-BREAK SPACE}bn"


def test_a_requirement_gives_the_other_two_and_says_for_which_goals(held: Pool) -> None:
    large = entry(
        "a",
        outcome("40000000000", "30000000000"),
        goals=("4", "5"),
        amount=Amount(Decimal(40), Decimal(40), "USD billion"),
    )
    stated = Statement("a", "need", Amount(Decimal(88), Decimal(88), "USD billion"), title="Global Strategy")
    promise, _, need = gaps(Promised(), needed([large], [stated]))
    assert (promise.said, need.said) == ("$48.0\N{NO-BREAK SPACE}bn", "$58.0\N{NO-BREAK SPACE}bn")
    assert "for Goals 4 and 5 together: Global Strategy" in promise.basis
    assert promise.basis.endswith("Against “Title of a”: $40.0\N{NO-BREAK SPACE}bn pledged.")
    assert need.basis.endswith("Against “Title of a”: $30.0\N{NO-BREAK SPACE}bn delivered.")
    less = replace(stated, amount=Amount(Decimal(38), Decimal(38), "USD billion"))
    assert gaps(Promised(), needed([large], [less]))[0].said == "none: $2.00\N{NO-BREAK SPACE}bn more than was needed"
    unknown = entry("a", goals=("4",), amount=Amount(Decimal(40), Decimal(40), "USD billion"))
    assert gaps(Promised(), needed([unknown], [stated]))[2].absence is Absence.NOT_MEASURABLE


def test_the_page_of_a_goal_tells_them_under_its_panels(book: Book, opened: Opened) -> None:
    said = json.dumps(flat(below(book, opened.cube, "/goal/1", "")), ensure_ascii=False)
    assert all(f"{code} " in said for code in ("1.A", "1.B", "1.C"))
    assert all(name in said for name in ("Promise gap", "Delivery gap", "Need gap", "/needs?goal=1", "/gaps?goal=1"))


def test_a_goal_whose_commitments_are_being_measured_says_so(book: Book, opened: Opened) -> None:
    kept = Kept()
    with kept._lock:
        other = Book(book.library, book.registry, kept=kept)
        made = listing.of_goal(Opened(other, opened.cube, opened.held), "5", "")
    assert AWAITED in json.dumps(flat(made)) and "/commitments?goal=5" in json.dumps(flat(made))


def test_what_is_measured_in_another_unit_than_was_pledged_carries_what_was_due(opened: Opened) -> None:
    known = {entry.pledge.id: entry for entry in opened.entries()}
    nigeria = next(
        one for one in known.values() if one.pledge.title.startswith("Nigeria: USD 8.35 million more a year")
    )
    said = json.dumps(flat(listed([nigeria], "")), ensure_ascii=False)
    assert "16.6% of women aged 15–49" in said and "due: 36% of women aged 15–49" in said
    money = json.dumps(flat(listed([known["afsi-2009"]], "")), ensure_ascii=False)
    assert "due: " not in money
