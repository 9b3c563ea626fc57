"""What is known beside a measured promise, gathered from an edition: other prices, deflators, rates, other releases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from sqlalchemy import select

from dashboard.measured import Measured
from dashboard.membership import of_year
from dashboard.moves import Known
from dashboard.pledges import Pledge
from dashboard.releases import Again, again, of_rule
from data_access import tables
from data_access.cube import Cube
from data_access.editions import CODES
from data_access.measuring import measure
from data_access.measuring import series as told
from data_access.measuring.members import without_income
from data_access.measuring.said import releases

INCOME = "share"  # kind of rule whose promise moves with an income


def known(cube: Cube, pledge: Pledge, found: Measured) -> Known:
    """What tells the causes of a gap; nothing where nothing was measured. Raises Busy, TimeoutError."""
    if not found.measured:
        return Known()
    rule = found.rule
    return Known(
        pledge.made,
        pledge.amount,
        pledge.usd_at_time,
        current=measure(cube, replace(rule, prices="current"), found.at) if rule.prices != "current" else None,
        deflators=told.deflators(cube) if rule.kind == INCOME else {},
        incomes=told.values(cube, rule.weights, _year(pledge.made), found.at) if rule.kind == INCOME else {},
        rates=_rates(cube).get(pledge.amount.currency, {}),
    )


def _year(date: str) -> int:
    """Of a date as far as it is known; the first year that series can have, where it is not."""
    return int(date[:4]) if date[:4].isdigit() else told.FIRST


def _rates(cube: Cube) -> Mapping[str, Mapping[int, Decimal]]:
    """Units of each currency per US dollar by year, as the DAC publishes them."""
    question = select(tables.rate.c.currency.label("series"), tables.rate.c.year, tables.rate.c.per_usd.label("value"))
    frame = cube.ask(CODES, f"rates {cube.edition}", question, ("series", "year", "value"))
    found = told.Values()
    for currency, year, rate in zip(*(frame[name].tolist() for name in ("series", "year", "value")), strict=True):
        found.setdefault(currency, {})[year] = rate.normalize()
    return found


def released(cube: Cube, found: Measured) -> tuple[Again, ...]:
    """What releases of their time gave for what a rule counts, beside what this edition holds."""
    rule = found.rule
    if not found.measured:
        return ()
    now = {name: told.values(cube, name, rule.since, rule.until) for name in of_rule(rule)}
    apart = without_income(cube.codes)

    def members(code: str, year: int) -> frozenset[str]:
        is_group = code in cube.codes.groups.get("donor", {})
        return of_year(cube.codes, "donor", (code,), year, "then") - apart if is_group else frozenset()

    return again(rule, releases(), now, members)
