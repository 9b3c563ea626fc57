"""Waterfalls of measured promises: every one sums, and what donors lack adds up to what their group lacks."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from dashboard.counting import Rule
from dashboard.falls import fall
from dashboard.ranges import summed
from dashboard.waterfalls import adds_up, by_cause
from data_access.measuring import measure
from data_access.registry import embedded as registry

BILLION = Decimal(10) ** 9
PLEDGES = {pledge.id: pledge for pledge in registry.edits().pledges}


@pytest.mark.parametrize("end", ["low", "high"])
def test_every_waterfall_of_the_registry_sums(embedded, end) -> None:
    drawn = 0
    for id_, pledge in PLEDGES.items():
        found = measure(embedded, pledge.rule)
        for opened in (False, True):
            rows = fall(found, end, opened=opened)
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


def test_gleneagles_falls_from_80_and_50_with_prices_as_a_step(embedded) -> None:
    rule = PLEDGES["gleneagles-2005-oda"].rule
    constant, current = measure(embedded, rule), measure(embedded, replace(rule, prices="current"))
    causes = {cause: round(value / BILLION) for cause, value in by_cause(fall(constant)).items()}
    assert causes == {"pledged": 50, "shortfall": -21}
    rows = fall(constant, current=current)
    causes = {cause: round(value / BILLION) for cause, value in by_cause(rows).items()}
    assert causes == {"pledged": 50, "prices": 18, "shortfall": -21}
    assert round(rows[0].end / BILLION) == 80
    assert rows[-1].end == current.base + current.delivered.low


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
