"""What is due to date under each profile: years sum to the total, to the last digit."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import due
from dashboard.amounts import Absence
from dashboard.ranges import EXACT, Range, point

MONEY = st.decimals(min_value=0, max_value=Decimal("1e15"), places=4)
PROFILE = st.sampled_from(("flat", "front-loaded"))


@given(MONEY, PROFILE, st.integers(1990, 2015), st.integers(0, 20))
def test_the_years_of_any_promise_sum_to_its_total(total: Decimal, profile: str, since: int, more: int) -> None:
    years = due.by_year(total, due.weights(profile, since, since + more))
    found = Decimal(0)
    for value in years.values():
        found = EXACT.add(found, value)
    assert found == total


@given(MONEY, PROFILE, st.integers(0, 20), st.integers(0, 25))
def test_what_is_due_never_falls_from_one_year_to_the_next(total: Decimal, profile: str, more: int, at: int) -> None:
    shares = due.weights(profile, 2000, 2000 + more)
    assert due.to_date(total, shares, 1999) == 0
    assert due.to_date(total, shares, 2000 + at) <= due.to_date(total, shares, 2001 + at) <= total


def test_a_flat_promise_of_six_years_is_half_due_after_three() -> None:
    assert due.to_date(Decimal(5000), due.weights("flat", 2010, 2015), 2012) == 2500


def test_a_front_loaded_promise_of_three_years_is_half_due_after_one() -> None:
    shares = due.weights("front-loaded", 2010, 2012)
    assert [due.by_year(Decimal(600), shares)[year] for year in shares] == [300, 200, 100]


def test_a_stated_profile_is_followed() -> None:
    shares = due.weights("stated", 2010, 2012, {2010: Decimal("0.25"), 2012: Decimal("0.75")})
    assert shares == {2010: Fraction(1, 4), 2011: 0, 2012: Fraction(3, 4)}
    assert due.to_date(Decimal(100), shares, 2011) == 25


def test_thirds_of_a_dollar_lose_no_cent() -> None:
    assert list(due.by_year(Decimal(1), due.weights("flat", 2001, 2003)).values()) == [
        Decimal("0.33"), Decimal("0.33"), Decimal("0.34"),
    ]  # fmt: skip


def test_before_the_first_year_a_promise_is_not_due_yet_which_is_not_zero() -> None:
    shares = due.weights("flat", 2010, 2015)
    assert due.due(point(Decimal(5)), shares, 2009) is Absence.NOT_DUE
    assert due.due(Absence.CONFIDENTIAL, shares, 2012) is Absence.CONFIDENTIAL


def test_a_range_is_carried_through() -> None:
    assert due.due(Range(Decimal(525), Decimal(600)), due.weights("flat", 2010, 2015), 2012) == Range(
        Decimal("262.50"), Decimal("300.00")
    )


@pytest.mark.parametrize(
    "profile, stated",
    [("flat", None), ("rising", None), ("stated", {2010: Decimal("0.5")}), ("stated", {2020: Decimal(1)})],
)
def test_what_is_no_profile_is_refused(profile: str, stated: dict[int, Decimal] | None) -> None:
    with pytest.raises(ValueError):
        due.weights(profile, 2012 if profile == "flat" else 2010, 2011, stated)
