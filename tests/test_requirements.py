"""What was published to be needed, beside what was promised and delivered: each gap from its inputs by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dashboard.amount_words import figure, points
from dashboard.amounts import Absence, Amount
from dashboard.commitment import Entry
from dashboard.commitment_words import gaps
from dashboard.gap_list import needed
from dashboard.outcomes import of
from dashboard.ranges import Range, point
from data_access.measuring import measure
from data_access.measuring.said import statements
from data_access.registry import embedded as registry

D = Decimal
BILLION = D(10) ** 9
SAID = tuple(one for one in statements() if one.of == "need")
PROMISE = [  # commitment, needed less pledged in billions: low, high
    ("ewec-2010", "44.6", "48"),  # 88 - 43.4, 88 - 40
    ("globalfund-2005", "3.4", "3.8"),  # 7.1 - 3.7, 7.1 - 3.3
    ("globalfund-2007", "2.3", "11.7"),  # 12 - 9.7, 18 - 6.3
    ("globalfund-2010", "1.3", "10.8"),  # 13 - 11.7, 20 - 9.2
    ("globalfund-2013", "3", "3"),  # 15 - 12
    ("gpe-2014-donors", "1.4", "1.4"),  # 3.5 - 2.1
    ("gavi-2011", "-0.6", "-0.6"),  # 3.7 - 4.3
    ("polio-2013", "1.5", "1.5"),  # 5.5 - 4
    ("muskoka-2010", "22.7", "22.7"),  # 30 - 7.3
    ("fp2020-2012", "1.7", "1.7"),  # 4.3 - 2.6
    ("hiv-2011", "-2", "0"),  # 22 - 24, 22 - 22
]


@pytest.fixture(scope="module")
def entries(embedded):
    wanted = {one.pledge for one in SAID}
    pledges = (pledge for pledge in registry.edits().pledges if pledge.id in wanted)
    return {pledge.id: Entry(pledge, of(measure(embedded, pledge.rule))) for pledge in pledges}


def test_eighteen_requirements_are_held_and_each_belongs_to_a_commitment(entries) -> None:
    assert len(SAID) >= 18
    assert {one.pledge for one in SAID} == set(entries)


def test_a_requirement_without_an_address_says_that_it_was_not_compared() -> None:
    for one in SAID:
        assert bool(one.address) != (one.confidence == "low"), one.pledge
        assert ("not compared" in one.source) == (one.confidence == "low"), one.pledge


@pytest.mark.parametrize("name, low, high", PROMISE, ids=[row[0] for row in PROMISE])
def test_the_promise_gap_is_what_was_needed_less_what_was_pledged(entries, name, low, high) -> None:
    [found] = (one for one in needed(entries.values(), SAID) if one.entry.pledge.id == name)
    assert found.gaps.promise == Range(D(low) * BILLION, D(high) * BILLION)


def test_the_need_gap_of_hiv_is_what_was_needed_less_what_was_measured(entries) -> None:
    [found] = (one for one in needed(entries.values(), SAID) if one.entry.pledge.id == "hiv-2011")
    assert found.gaps.need.low == 22 * BILLION - found.delivered.low
    assert D("4.1") < found.gaps.need.low / BILLION < D("4.3")


def test_unlike_sums_are_not_subtracted(entries) -> None:
    """A sum a year from a sum of three years; a level from a rise above a baseline."""
    told = {one.entry.pledge.id: one.gaps for one in needed(entries.values(), SAID)}
    for name in ("afsi-2009", "n4g-2013", "dakar-2000-efa", "gleneagles-2005-africa", "gleneagles-2005-polio"):
        assert told[name].promise is Absence.NOT_CLEAR, name
        assert isinstance(told[name].need, Absence), name


def test_the_page_of_a_commitment_tells_its_requirement(opened) -> None:
    promise, _, need = gaps(opened.told("polio-2013"))
    assert (promise.said, need.absence) == (figure(point(D("1.5") * BILLION), "USD"), Absence.NOT_MEASURABLE)
    assert promise.basis.startswith(f"{figure(point(D('5.5') * BILLION), 'USD')} needed: Gates")
    promise, _, _ = gaps(opened.told("gavi-2011"))
    assert promise.said == f"none: {figure(point(D('0.6') * BILLION), 'USD')} more than was needed"


def test_what_has_no_requirement_says_so(opened) -> None:
    promise, _, need = gaps(opened.told("kan-2010-health"))
    assert promise.absence is need.absence is Absence.NOT_REPORTED
    assert promise.basis == "No published requirement is held for this promise."


def test_amounts_of_requirements_are_money() -> None:
    assert all(isinstance(one.amount, Amount) and one.money() for one in SAID)


def test_what_was_to_fall_and_fell_too_little_has_a_gap(opened) -> None:
    told = opened.told("dakar-2000-literacy")
    _, delivery, _ = gaps(told)
    assert told.measured.gap == point(told.measured.delivered.low - told.measured.due.low)
    assert told.measured.gap.low > 0
    assert delivery.said == points(told.measured.gap)
