"""Waterfalls of measured promises: every one sums, and what donors lack adds up to what their group lacks."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from dashboard import delivery
from dashboard.amounts import Absence
from dashboard.causes import by_donor, causes, exported
from dashboard.counting import Rule
from dashboard.falls import fall, moves, onward
from dashboard.measured import Measured, Term
from dashboard.moves import Known
from dashboard.ranges import summed
from dashboard.waterfalls import adds_up, by_cause
from data_access.measuring import measure
from data_access.measuring.additional import additional
from data_access.measuring.beside import known
from data_access.measuring.series import deflators
from data_access.registry import embedded as registry

BILLION, MILLION = Decimal(10) ** 9, Decimal(10) ** 6
PLEDGES = {pledge.id: pledge for pledge in registry.edits().pledges}


@pytest.mark.parametrize("end", ["low", "high"])
def test_every_waterfall_of_the_registry_sums(embedded, end) -> None:
    drawn = 0
    for id_, pledge in PLEDGES.items():
        found = measure(embedded, pledge.rule)
        beside = known(embedded, pledge, found)
        for opened in (False, True):
            rows = fall(found, end, beside, opened=opened)
            assert adds_up(rows), id_
            assert "unexplained" not in by_cause(rows), id_
        drawn += bool(rows)
    assert drawn > 40


def test_what_donors_lack_of_the_target_adds_up_to_what_the_dac_lacks(embedded) -> None:
    rule = replace(PLEDGES["un-oda-07-gni"].rule, series="oda", since=2010)
    found = measure(embedded, rule, 2013)
    rows = fall(found, opened=True, names=lambda code: embedded.codes.name("donor", code))
    steps = [row for row in rows if row.cause in ("shortfall", "above")]
    assert -summed(row.value for row in steps) == found.money[2].low
    assert steps[0].name == "United States" and steps[-1].name == "Norway"
    assert {row.code for row in steps if row.cause == "above"} == {
        "donor:DNK", "donor:GBR", "donor:LUX", "donor:NOR", "donor:SWE",
    }  # fmt: skip


def test_gleneagles_falls_from_80_and_50_at_its_own_prices_and_current_ones_stand_apart(embedded) -> None:
    rule = PLEDGES["gleneagles-2005-oda"].rule
    constant, current = measure(embedded, rule), measure(embedded, replace(rule, prices="current"))
    beside = Known(current=current)
    for rows in (fall(constant), fall(constant, known=beside)):
        steps = {cause: round(value / BILLION) for cause, value in by_cause(rows).items()}
        assert steps == {"pledged": 50, "shortfall": -21} and adds_up(rows)
        assert round(rows[0].end / BILLION) == 80 and round(rows[-1].end / BILLION) == 109
    first, step, last = onward(constant, beside)
    assert adds_up((first, step, last)) and first == rows[-1]
    assert (step.cause, round(step.value / BILLION)) == ("prices", 18)
    assert last.end == current.base + current.delivered.low
    assert onward(constant) == () == onward(current, beside)


def test_what_each_donor_changed_since_the_base_year_adds_up_to_the_rise(embedded) -> None:
    found = measure(embedded, PLEDGES["gleneagles-2005-oda"].rule)
    each = [one.value - one.base for one in found.standings]
    assert len(each) == 23 and abs(summed(each) - found.delivered.low) < Decimal("1e-6")


def test_a_level_is_of_those_who_count_though_a_group_had_fewer_members(embedded) -> None:
    """The Republic of Korea joined the DAC in 2010: it is in the level of 2004 as it is in the sum of 2010."""
    rule = PLEDGES["gleneagles-2005-oda"].rule
    found = measure(embedded, rule)
    before = {term.code for term in found.terms if (term.role, term.year) == ("base", 2004)}
    for year in range(2005, 2011):
        assert {term.code for term in found.terms if (term.role, term.year) == ("amount", year)} == before
    assert "KOR" in before
    above_base = additional(embedded, rule).readings[0]
    assert above_base.additional == found.delivered


def income(cube, name: str, code: str, year: int) -> Fraction:
    """Of a series, from its rows alone; of income per head times population their product."""
    parts = [cube.series((one,), year, year) for one in name.split("*")]
    product = Fraction(1)
    for frame in parts:
        [value] = frame[frame["country"] == code]["value"].tolist()
        product *= Fraction(value)
    return product


def test_income_that_moved_and_its_prices_are_two_steps_of_the_target_for_poor_countries(embedded) -> None:
    """Recomputed from series and deflators alone: 0.15 per cent of what donors of 2015 earned in 2011 and in 2015."""
    pledge = PLEDGES["istanbul-2011-ldc"]
    found = measure(embedded, pledge.rule)
    steps = by_cause(fall(found, known=known(embedded, pledge, found)))
    donors = [one.code for one in found.standings if one.value is not None]
    then, now, same = Fraction(0), Fraction(0), Fraction(0)
    for code in donors:
        own = deflators(embedded).get(code, {})
        series = own if 2011 in own and 2015 in own else deflators(embedded)[""]
        earned = income(embedded, "gni", code, 2015)
        then, now = then + income(embedded, "gni", code, 2011), now + earned
        same += earned * Fraction(series[2011]) / Fraction(series[2015])
    share = Fraction("0.0015")
    assert abs(Fraction(steps["pledged"]) - share * then) < 1
    assert abs(Fraction(steps["denominator"]) - share * (same - then)) < 1
    assert abs(Fraction(steps["prices"]) - share * (now - same)) < 1
    assert steps["denominator"] > 0 > steps["prices"]  # incomes grew, and the dollar rose against other currencies


def test_income_by_the_atlas_method_moves_in_one_step_and_says_so(embedded) -> None:
    pledge = PLEDGES["eu-2005-collective-2010"]
    found = measure(embedded, pledge.rule)
    beside = known(embedded, pledge, found)
    donors = [one.code for one in found.standings if one.value is not None]
    moved = sum(income(embedded, pledge.rule.weights, code, 2010) for code in donors)
    moved -= sum(income(embedded, pledge.rule.weights, code, 2005) for code in donors)
    assert abs(Fraction(by_cause(fall(found, known=beside))["denominator"]) - Fraction("0.0056") * moved) < 1
    prices = next(one for one in moves(found, beside) if one.cause == "prices")
    assert prices.low is None and prices.absence is Absence.NOT_MEASURABLE and "Atlas" in prices.how


def test_an_income_that_is_not_held_is_a_typed_absence_and_no_step_of_zero(embedded) -> None:
    pledge = PLEDGES["gleneagles-2005-uk"]
    found = measure(embedded, pledge.rule)
    beside = known(embedded, pledge, found)
    first = moves(found, beside, lambda code: embedded.codes.name("donor", code))[0]
    assert first.low is None and first.absence is Absence.NOT_MEASURABLE
    assert first.how == (
        "This edition lacks the income of 2005, the year of the promise (United Kingdom). Incomes begin in 2010 here."
    )
    assert "denominator" not in by_cause(fall(found, known=beside))


def test_a_range_has_a_waterfall_at_either_end_and_each_sums(embedded) -> None:
    pledge = PLEDGES["istanbul-2011-ldc"]
    found = measure(embedded, pledge.rule)
    told = causes(found, known(embedded, pledge, found))
    assert adds_up(told.rows) and adds_up(told.high)
    for name in ("pledged", "denominator", "prices"):
        low, high = by_cause(told.rows)[name], by_cause(told.high)[name]
        assert Fraction(high) / Fraction(low) == Fraction(4, 3)
    assert told.rows[-1] == told.high[-1]


def test_the_donors_of_a_group_promise_open_its_shortfall_to_the_last_digit(embedded) -> None:
    for id_, ends in (("un-oda-07-gni", 1), ("eu-2005-collective-2015", 1), ("istanbul-2011-ldc", 2)):
        found = measure(embedded, PLEDGES[id_].rule)
        told = causes(found, known(embedded, PLEDGES[id_], found))
        *rows, total = by_donor(told).rows
        assert len(rows) > 10 and total[0] == "All together"
        for rows_, shares, at in ((told.rows, told.shares, -ends), (told.high, told.high_shares, -1))[:ends]:
            held = by_cause(rows_)
            assert (
                summed(one.shortfall for one in shares) == held.get("shortfall", 0) + held.get("above", 0) == total[at]
            )


MUSKOKA = PLEDGES["muskoka-2010-united-kingdom"]  # GBP 2.1 billion over 2010 to 2015, USD 3.4 billion at the time
RATES = {2010: Decimal("0.6472"), 2011: Decimal("0.6241")}


def paid_in_two_years(currency_rates=RATES) -> tuple[Measured, Known]:
    paid = [Term("amount", year, "GBR", 300 * MILLION, "USD", "crs") for year in (2010, 2011)]
    rule = replace(MUSKOKA.rule, baseline="none", baseline_since=0, baseline_until=0)
    found = delivery.measure(rule, paid, 2015, dict.fromkeys(range(2010, 2016), ("GBR",)))
    return found, Known(MUSKOKA.made, MUSKOKA.amount, MUSKOKA.usd_at_time, rates=currency_rates)


def test_a_promise_in_pounds_is_worth_what_the_rate_of_each_year_made_of_it() -> None:
    """350 million pounds a year: their worth at the rates of 2010 and 2011, less two sixths of 3.4 billion dollars."""
    found, beside = paid_in_two_years()
    rows = fall(found, known=beside)
    steps = by_cause(rows)
    worth = sum(Fraction(350) / Fraction(rate) for rate in RATES.values())
    assert abs(Fraction(steps["prices"]) - (worth - Fraction(3400, 3)) * 10**6) < 1
    assert abs(Fraction(steps["out_of_scope"]) + Fraction(3400, 6) * 4 * 10**6) < 1
    assert abs(Fraction(steps["shortfall"]) - (600 - worth) * 10**6) < 1
    assert adds_up(rows) and rows[-1].end == 600 * MILLION


@pytest.mark.parametrize(
    "change, kind, why",
    [
        (
            {"rates": {2010: Decimal("0.6472")}},
            Absence.NOT_MEASURABLE,
            "No yearly exchange rate of GBP is known for 2011.",
        ),
        ({"then": Decimal(1)}, Absence.NOT_CLEAR, "does not say what the GBP promised were worth in US dollars"),
    ],
)
def test_without_a_rate_there_is_no_step_of_zero_but_a_reason(change, kind, why) -> None:
    found, beside = paid_in_two_years()
    prices = moves(found, replace(beside, **change))[1]
    assert prices.absence is kind and why in prices.how and prices.low is None
    assert "prices" not in by_cause(fall(found, known=replace(beside, **change)))


def test_a_promise_in_constant_prices_that_cannot_be_read_at_current_ones_says_so(embedded) -> None:
    found = measure(embedded, PLEDGES["gleneagles-2005-oda"].rule)
    prices = moves(found, Known())[1]
    assert prices.absence is Absence.NOT_MEASURABLE and "cannot be counted at current prices" in prices.how
    assert "prices" not in by_cause(fall(found))


def test_every_step_of_the_file_is_exact_and_sums(embedded) -> None:
    for id_ in ("gleneagles-2005-oda", "istanbul-2011-ldc", "kan-2010-health"):
        found = measure(embedded, PLEDGES[id_].rule)
        rows = exported(causes(found, known(embedded, PLEDGES[id_], found))).rows
        for end in {row[2] for row in rows if row[0] == "level"}:
            at = None
            for part, _, of, value, *_ in rows:
                if of == end and part == "level":
                    assert at in (None, value)
                    at = value
                elif of == end and part == "step":
                    at = value if at is None else at + value


def test_years_without_figures_are_out_of_scope_and_no_shortfall(embedded) -> None:
    rows = fall(measure(embedded, PLEDGES["kan-2010-health"].rule))
    causes = by_cause(rows)
    assert causes["out_of_scope"] == -BILLION
    assert causes["pledged"] + causes["out_of_scope"] + causes["shortfall"] == rows[-1].end


def test_what_is_not_due_yet_is_a_step(embedded) -> None:
    rows = fall(measure(embedded, PLEDGES["kan-2010-health"].rule, 2013))
    assert by_cause(rows)["not_due"] == -2 * BILLION


def test_without_a_target_there_is_no_waterfall(embedded) -> None:
    assert fall(measure(embedded, PLEDGES["gpe-2011-bilateral"].rule)) == ()
    assert fall(measure(embedded, Rule(needs="A ledger"))) == ()
