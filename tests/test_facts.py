"""Published figures come out of the engine from their inputs. Each case is named after its row in the facts at hand."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dashboard import delivery, gaps, shares
from dashboard.counting import Rule
from dashboard.measured import Term
from dashboard.ranges import Range, point
from dashboard.three_gaps import three_gaps
from dashboard.waterfalls import Share, by_cause, waterfall

D = Decimal
# id, promised, delivered (one unit), the share and the gap as published, and the decimals they are published with
DELIVERED = [
    ("F004 Gleneagles, 2004 prices", "50", "30", "0.60", "20"),
    ("F005 Gleneagles, Africa", "25", "11", "0.44", "14"),
    ("F006 Gleneagles, current prices", "50", "49", "0.98", "1"),
    ("F030 L'Aquila, all, two thirds", "22", "14.667", "0.67", "7.333"),
    ("F031 L'Aquila, United States, disbursed", "3.5", "1.1", "0.31", "2.4"),
    ("F031 L'Aquila, United States, committed", "3.5", "3.7", "1.06", "-0.2"),
    ("F032 L'Aquila, all, in March 2011", "22", "4.84", "0.22", "17.16"),
    ("F040 Global Fund, United States", "9.5", "6.1", "0.64", "3.4"),
    ("F041 Global Fund, France", "3.9", "2.9", "0.74", "1.0"),
    ("F042 Global Fund, third replenishment", "11.7", "9.2", "0.79", "2.5"),
    ("F050 GAVI London, signed", "4.3", "3.913", "0.91", "0.387"),
    ("F055 GAVI, Australia", "200", "200", "1.00", "0"),
    ("F060 Haiti", "4.50", "2.38", "0.529", "2.12"),
    ("F070 fast-start finance, committed", "30", "23.6", "0.79", "6.4"),
    ("F080 Green Climate Fund, signed", "10.2", "5.5", "0.54", "4.7"),
    ("F091 family planning, Denmark", "13", "23.1", "1.78", "-10.1"),
    ("F092 family planning, Australia", "58", "39.4", "0.68", "18.6"),
]


@pytest.mark.parametrize("name, promised, delivered, share, gap", DELIVERED, ids=[row[0] for row in DELIVERED])
def test_share_and_gap_follow_from_promise_and_delivery(name, promised, delivered, share, gap) -> None:
    rule = Rule("flows", donors=("X",), source="crs", since=2010, until=2010, low=D(promised), high=D(promised))
    term = Term("amount", 2010, "X", D(delivered), "USD", "crs")
    found = delivery_of(rule, term)
    assert found.share.low.quantize(D(share)) == D(share)
    assert found.gap == point(D(gap))


def delivery_of(rule: Rule, *terms: Term):
    return delivery.measure(rule, terms, rule.until, {rule.until: ("X",)})


# id, target low and high (per cent), ODA and income in billions, then as published: due, gap, points
INCOME = [
    ("F001 0.7 per cent, DAC, 2013", "0.7", "0.7", "134.8", "44943", ("314.6", "314.6"), ("179.8", "179.8"), "0.40"),
    ("F002 0.7 per cent, DAC, 2014", "0.7", "0.7", "135.2", "46571", ("326", "326"), ("191", "191"), "0.41"),
    ("F003 LDC target, DAC, 2013", "0.15", "0.20", "44.5", "44573", ("67", "89"), ("22", "45"), "0.05"),
]


@pytest.mark.parametrize("name, low, high, oda, income, due, gap, points", INCOME, ids=[row[0] for row in INCOME])
def test_a_target_of_income_in_dollars_and_in_points(name, low, high, oda, income, due, gap, points) -> None:
    rule = Rule("share", donors=("DAC",), series="oda", weights="gni", since=2013, until=2013, low=D(low), high=D(high))
    terms = [Term("amount", 2013, "X", D(oda), "USD", "oda"), Term("denominator", 2013, "X", D(income), "USD", "gni")]
    found = shares.measure(rule, terms, 2013, {2013: ("X",)})
    owed, held, short = found.money
    assert tuple(end.quantize(D(due[0])) for end in (owed.low, owed.high)) == tuple(map(D, due))
    assert tuple(end.quantize(D(gap[0])) for end in (short.low, short.high)) == tuple(map(D, gap))
    assert held == point(D(oda))
    assert found.gap.low.quantize(D("0.01")) == D(points)


def test_f020_muskoka_united_kingdom_above_its_base_year() -> None:
    rule = Rule(
        "flows", donors=("X",), source="crs", since=2010, until=2010,
        baseline="level", baseline_since=2008, baseline_until=2008,
    )  # fmt: skip
    terms = Term("amount", 2010, "X", D(744), "USD", "crs"), Term("base", 2008, "X", D(392), "USD", "crs")
    assert delivery_of(rule, *terms).delivered == point(D(352))


MUSKOKA = {  # F010 to F017, USD million
    "United States": 1300, "Canada": 1100, "United Kingdom": 600, "Germany": 500, "Japan": 500, "France": 400,
    "Russia": 75, "Italy and EU": 600,
}  # fmt: skip


def test_f018_the_items_of_muskoka_miss_its_stated_total_by_75() -> None:
    rows = waterfall(None, D(5000), D(5075), shares=[Share(name, name, D(0), D(0)) for name in MUSKOKA])
    assert sum(MUSKOKA.values()) == 5075
    assert by_cause(rows)["unexplained"] == 75


def test_f019_the_g8_and_its_partners_make_muskokas_grand_total() -> None:
    assert point(D("5.0")).plus(point(D("2.3"))) == point(D("7.3"))


def test_f017_italy_with_the_eu_is_a_range_and_so_is_muskokas_total() -> None:
    others = point(D(sum(MUSKOKA.values()) - 600))
    assert others.plus(Range(D(525), D(600))) == Range(D(5000), D(5075))


def test_f110_the_headline_of_the_education_fund_is_mostly_own_budgets() -> None:
    whole = point(D("2.1")).plus(point(D("26"))).plus(point(D("0.4")))
    assert whole == point(D("28.5"))
    assert point(D("2.1")).over(whole).low.quantize(D("0.001")) == D("0.074")


def test_f031_on_the_ladder_the_united_states_kept_one_rung_and_missed_another() -> None:
    rungs = {row.name: row for row in gaps.steps(D("3.5"), D("3.7"), D("1.1"))}
    assert rungs["more than pledged"].usd == D("0.2")
    assert rungs["not disbursed"].usd == D("-2.6")


def test_the_global_strategy_of_2010_leaves_a_promise_gap_of_about_half_its_need() -> None:
    found = three_gaps(point(D(88)), Range(D(40), D("43.4")), point(D(40)), point(D(45)))
    assert found.promise == Range(D("44.6"), D(48))
    assert found.delivery == point(D(-5))
    assert found.need == point(D(43))


def test_f095_what_counts_under_two_promises_is_taken_once() -> None:
    """Canada: 41.4 million of its 540 million to the Global Fund came from its Muskoka money."""
    gross = D(1100) + D(540)
    assert gross - D("41.4") == D("1598.6")


def test_a_gap_of_half_a_point_can_be_a_delivery_of_28_per_cent() -> None:
    rule = Rule(
        "share", donors=("X",), series="oda_gni", weights="gni", since=2013, until=2013, low=D("0.7"), high=D("0.7")
    )
    found = shares.measure(rule, [Term("ratio", 2013, "X", D("0.196"), "%", "oda_gni")], 2013, {2013: ("X",)})
    assert (found.gap, found.share) == (point(D("0.504")), point(D("0.28")))
