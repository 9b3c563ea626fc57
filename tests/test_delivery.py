"""Delivery of promises of money, shares of income and indicators: from rules and terms, without any database."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import delivery, reached, shares
from dashboard.amounts import Absence
from dashboard.counting import Rule
from dashboard.measured import Term
from dashboard.ranges import EXACT, Range, point
from dashboard.three_gaps import Gaps, three_gaps

USD = st.decimals(min_value=Decimal("-1e12"), max_value=Decimal("1e12"), places=4)
PAID = st.decimals(min_value=0, max_value=Decimal("1e12"), places=4)
YEARS = range(2010, 2016)
RULE = Rule("flows", donors=("GBR",), source="crs", since=2010, until=2015, low=Decimal(600), high=Decimal(600))


def flow(year: int, value: Decimal | int | None, role: str = "amount", code: str = "GBR") -> Term:
    return Term(role, year, code, None if value is None else Decimal(value), "USD", "crs")


def measured(rule: Rule, terms: list[Term], at: int = 2015):
    codes = tuple(sorted({term.code for term in terms})) or ("GBR",)
    return delivery.measure(rule, terms, at, dict.fromkeys(range(rule.since, rule.until + 1), codes))


@given(st.dictionaries(st.sampled_from(YEARS), USD, min_size=1), st.sampled_from(YEARS), PAID)
def test_adding_a_flow_never_lowers_what_was_delivered(flows, year, more) -> None:
    terms = [flow(at, value) for at, value in flows.items()]
    before, after = measured(RULE, terms).delivered, measured(RULE, [*terms, flow(year, more)]).delivered
    assert after.low >= before.low


@given(st.lists(st.tuples(st.sampled_from(YEARS), st.sampled_from("ABC"), USD), min_size=1, max_size=20))
def test_donors_add_up_to_the_whole(flows) -> None:
    found = measured(
        RULE, [flow(year, value, code=code) for year, code, value in {(y, c): (y, c, v) for y, c, v in flows}.values()]
    )
    total = Decimal(0)
    for standing in found.standings:
        total = EXACT.add(total, standing.value)
    assert point(total) == found.delivered


@given(st.lists(st.sampled_from(YEARS), max_size=6))
def test_what_is_not_reported_never_becomes_zero(years) -> None:
    found = measured(RULE, [flow(year, None) for year in years])
    assert found.delivered is Absence.NOT_MEASURABLE
    assert found.gap is Absence.NOT_MEASURABLE
    assert found.why


@given(st.dictionaries(st.sampled_from(YEARS), PAID, min_size=1), st.sampled_from(YEARS))
def test_due_and_delivered_are_of_the_same_years(flows, at) -> None:
    found = measured(RULE, [flow(year, value) for year, value in flows.items()], at)
    seen = [year for year in flows if year <= at]
    if seen:
        assert found.due == point(Decimal(100) * len(seen))
        assert found.due_whole == point(Decimal(100) * (at - 2009))
        assert found.coverage.seen == tuple(sorted(seen))


def test_a_promise_of_six_years_seen_in_two_is_compared_over_these_two() -> None:
    found = measured(RULE, [flow(2010, 90), flow(2011, 70)])
    assert (found.due, found.delivered, found.gap) == (point(200), point(160), point(40))
    assert found.share == point(Decimal("0.8"))
    assert found.coverage.estimate.quantize(Decimal("0.01")) == Decimal("0.33")


def test_above_a_level_only_what_is_more_counts() -> None:
    rule = replace(RULE, until=2010, baseline="level", baseline_since=2008, baseline_until=2008)
    found = measured(rule, [flow(2010, 744), flow(2008, 392, "base")])
    assert (found.delivered, found.base) == (point(352), Decimal(392))


def test_a_baseline_that_is_not_reported_leaves_the_promise_unmeasured() -> None:
    rule = replace(RULE, baseline="level", baseline_since=2008, baseline_until=2008)
    found = measured(rule, [flow(2010, 744), flow(2008, None, "base")])
    assert found.delivered is Absence.NOT_MEASURABLE
    assert "baseline" in found.why


def test_a_trend_is_the_line_through_its_years() -> None:
    held = {2004: Decimal(10), 2005: Decimal(12), 2006: Decimal(14)}
    assert delivery.trend(held, 2010) == 22
    rule = replace(RULE, until=2010, baseline="trend", baseline_since=2004, baseline_until=2006)
    assert measured(rule, [flow(2010, 30), *(flow(y, v, "base") for y, v in held.items())]).delivered == point(8)


def test_doubling_is_a_change_of_a_hundred_per_cent_of_the_baseline() -> None:
    rule = Rule(
        "flows", donors=("USA",), source="crs", since=2005, until=2010, counts="last", of="change",
        low=Decimal(100), high=Decimal(100), baseline="level", baseline_since=2004, baseline_until=2004,
    )  # fmt: skip
    found = measured(rule, [flow(2010, 7), flow(2004, 4, "base")], 2010)
    assert (found.due, found.delivered, found.gap) == (point(4), point(3), point(1))
    assert measured(rule, [flow(2008, 7), flow(2004, 4, "base")], 2008).due is Absence.NOT_DUE


def test_before_its_first_year_a_promise_is_not_due() -> None:
    found = measured(RULE, [], 2009)
    assert (found.due, found.delivered, found.gap) == (Absence.NOT_DUE,) * 3


def test_without_an_amount_delivery_is_counted_and_no_gap_is_made_up() -> None:
    found = measured(replace(RULE, low=None, high=None), [flow(2010, 5)])
    assert (found.delivered, found.due, found.gap) == (point(5), Absence.NO_TARGET, Absence.NO_TARGET)


def test_three_gaps_are_told_apart_and_absences_stay() -> None:
    needed, pledged, due, delivered = (point(Decimal(n)) for n in (88, 40, 20, 15))
    assert three_gaps(needed, pledged, due, delivered) == Gaps(point(48), point(5), point(73))
    assert three_gaps(Absence.NOT_CLEAR, pledged, due, delivered) == Gaps(
        Absence.NOT_CLEAR, point(5), Absence.NOT_CLEAR
    )


@given(*(st.sampled_from(list(Absence)),) * 2)
def test_an_absence_in_any_gap_is_an_absence_out(one, other) -> None:
    found = three_gaps(one, other, point(Decimal(1)), other)
    assert (
        isinstance(found.promise, Absence) and isinstance(found.delivery, Absence) and isinstance(found.need, Absence)
    )


SHARE = Rule(
    "share",
    donors=("DAC",),
    series="oda",
    weights="gni",
    since=2013,
    until=2013,
    low=Decimal("0.7"),
    high=Decimal("0.7"),
)


def ratio(rule: Rule, held: dict[str, tuple[Decimal | None, Decimal | None]], year: int = 2013):
    terms = [
        Term(role, year, code, value, "USD", "oda")
        for code, pair in held.items()
        for role, value in zip(("amount", "denominator"), pair, strict=True)
    ]
    return shares.measure(rule, terms, year, {year: tuple(held)})


def test_a_share_gap_is_given_in_points_and_in_per_cent_of_the_target() -> None:
    """A gap of half a point can be a delivery of 28 per cent."""
    found = ratio(SHARE, {"GBR": (Decimal(2), Decimal(1000))})
    assert (found.gap, found.delivered) == (point(Decimal("0.5")), point(Decimal("0.2")))
    assert found.share.low.quantize(Decimal("0.01")) == Decimal("0.29")
    assert found.money == (point(Decimal("7.000")), point(Decimal(2)), point(Decimal("5.000")))


@given(
    st.dictionaries(
        st.sampled_from("ABCDE"),
        st.tuples(PAID, st.decimals(min_value=1, max_value=Decimal("1e13"), places=2)),
        min_size=1,
    )
)
def test_the_money_of_donors_adds_up_to_that_of_their_group(held) -> None:
    found = ratio(SHARE, held)
    due, delivered, gap = found.money
    assert delivered.low == sum(amount for amount, _ in held.values())
    assert due.low == sum(whole for _, whole in held.values()) * Decimal("0.007")
    assert gap == due.minus(delivered)


def test_a_donor_without_income_is_lacking_and_not_counted_as_zero() -> None:
    found = ratio(SHARE, {"GBR": (Decimal(7), Decimal(1000)), "BGR": (Decimal(1), None)})
    assert found.delivered == point(Decimal("0.7"))
    assert found.coverage.lacking == ("BGR",)
    assert {standing.code: standing.met for standing in found.standings} == {"GBR": True, "BGR": None}


VALUE = Rule(
    "indicator", recipients=("ETH",), series="births", since=2010, until=2015, low=Decimal(60), high=Decimal(60)
)


def value(code: str, year: int, figure: Decimal | int, role: str = "value") -> Term:
    return Term(role, year, code, Decimal(figure), "%", "births")


def test_an_indicator_falls_short_by_the_distance_to_its_target() -> None:
    found = reached.measure(VALUE, [value("ETH", 2011, 10), value("ETH", 2014, 28)], 2015, {2015: ("ETH",)})
    assert (found.delivered, found.due, found.gap, found.met) == (point(28), point(60), point(32), False)
    assert found.standings[0].year == 2014


def test_a_cut_by_half_is_counted_from_the_baseline() -> None:
    rule = replace(
        VALUE,
        of="change",
        low=Decimal(-50),
        high=Decimal(-50),
        better="down",
        baseline="level",
        baseline_since=2000,
        baseline_until=2000,
    )
    found = reached.measure(rule, [value("ETH", 2015, 70), value("ETH", 2000, 100, "base")], 2015, {2015: ("ETH",)})
    assert (found.due, found.gap, found.share) == (point(50), point(20), point(Decimal("0.6")))


def test_of_several_countries_those_without_figures_are_not_counted_as_missing_the_target() -> None:
    terms = [value("A", 2015, 70), value("B", 2015, 40)]
    found = reached.measure(replace(VALUE, recipients=("A", "B", "C")), terms, 2015, {2015: ("A", "B", "C")})
    assert (found.due, found.delivered, found.coverage.lacking) == (point(2), point(1), ("C",))


def test_an_average_is_weighted() -> None:
    terms = [value("A", 2015, 70), value("B", 2015, 40), value("A", 2015, 1, "weight"), value("B", 2015, 2, "weight")]
    found = reached.measure(
        replace(VALUE, recipients=("A", "B"), weights="population"), terms, 2015, {2015: ("A", "B")}
    )
    assert (found.delivered, found.gap) == (point(50), point(10))


def test_a_range_runs_from_low_to_high() -> None:
    with pytest.raises(ValueError, match="cannot run"):
        Range(Decimal(2), Decimal(1))
