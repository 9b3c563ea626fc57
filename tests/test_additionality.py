"""Additionality: every definition at once, each with its inputs, and the range over those that could be made."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from dashboard.additionality import METHODS, Inputs, bench
from dashboard.amounts import Absence
from dashboard.counting import Rule
from dashboard.ranges import EXACT, Range, point
from data_access.measuring import measure
from data_access.measuring.additional import additional

USD = st.decimals(min_value=0, max_value=Decimal("1e12"), places=2)
YEARS = st.dictionaries(st.integers(2010, 2015), USD, max_size=6)
BEFORE = st.dictionaries(st.integers(2000, 2009), USD, max_size=6)
INPUTS = st.builds(Inputs, YEARS, BEFORE, BEFORE, st.none() | USD, YEARS, YEARS, st.none() | USD)


def read(inputs: Inputs) -> dict[str, object]:
    return {reading.method: reading.additional for reading in bench(inputs).readings}


@given(INPUTS)
def test_every_method_is_named_and_the_range_holds_every_reading(inputs) -> None:
    found = bench(inputs)
    assert [reading.method for reading in found.readings] == list(METHODS)
    for reading in found.readings:
        if isinstance(reading.additional, Range):
            assert found.range.low <= reading.additional.low <= reading.additional.high <= found.range.high
            assert reading.inputs


@given(INPUTS)
def test_what_is_not_known_gives_no_reading_and_never_zero(inputs) -> None:
    found = read(inputs)
    assert (found["base-year"] is Absence.NOT_MEASURABLE) == (not inputs.base or not inputs.counted)
    assert (found["new-sources"] is Absence.NOT_MEASURABLE) == (inputs.new is None or not inputs.counted)
    assert (found["announced"] is Absence.NOT_MEASURABLE) == (inputs.announced is None or not inputs.counted)


@given(YEARS, USD)
def test_above_the_target_never_exceeds_what_was_counted(counted, income) -> None:
    inputs = Inputs(counted, aid=counted, income=dict.fromkeys(counted, income))
    found = read(inputs)["above-0.7"]
    if isinstance(found, Range):
        total = Decimal(0)
        for value in counted.values():
            total = EXACT.add(total, value)
        assert 0 <= found.low <= total


def test_muskoka_united_kingdom_352_million_pounds_above_its_base_year() -> None:
    found = bench(Inputs({2010: Decimal(744)}, base={2008: Decimal(392)}))
    assert found.readings[0].additional == point(Decimal(352))
    assert found.readings[0].inputs[:2] == (
        ("delivered", Decimal(744)), ("level of the base years, a year", Decimal(392)),
    )  # fmt: skip
    assert found.range == point(Decimal(352))


def test_several_definitions_make_a_range() -> None:
    before = {2005: Decimal(300), 2006: Decimal(330), 2007: Decimal(360), 2008: Decimal(390)}
    inputs = Inputs({2010: Decimal(744)}, base={2008: Decimal(392)}, before=before, announced=Decimal(100))
    assert read(inputs)["trend"] == point(Decimal(294))
    assert bench(inputs).range == Range(Decimal(294), Decimal(644))


def test_aid_below_the_target_leaves_nothing_additional_above_it() -> None:
    below = Inputs({2010: Decimal(50)}, aid={2010: Decimal(500)}, income={2010: Decimal(100_000)})
    assert read(below)["above-0.7"] == point(Decimal(0))
    above = Inputs({2010: Decimal(50)}, aid={2010: Decimal(720)}, income={2010: Decimal(100_000)})
    assert read(above)["above-0.7"] == point(Decimal(20))


def test_the_bench_of_a_promise_is_made_of_the_edition(embedded) -> None:
    rule = Rule(
        "flows", donors=("SWE",), source="dac5", stage="committed", sectors=("310",), flows=("10",), since=2010,
        until=2012,
    )  # fmt: skip
    found = additional(embedded, rule)
    readings = {reading.method: reading for reading in found.readings}
    assert found.delivered == measure(embedded, rule).delivered
    one_year = Rule(**{**vars(rule), "since": 2009, "until": 2009})
    level = measure(embedded, one_year).delivered.low
    assert readings["base-year"].additional == point(found.delivered.low - 3 * level)
    assert readings["above-0.7"].additional == found.delivered  # Sweden gave about one per cent of its income
    assert readings["announced"].additional is Absence.NOT_MEASURABLE
    assert readings["trend"].additional.low != readings["base-year"].additional.low
