"""The inputs of the additionality bench, from an edition: the same rule over its base years and the years before."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from dashboard.additionality import Bench, Inputs, bench
from dashboard.counting import Rule
from dashboard.measured import Measured, by_year
from data_access.cube import Cube
from data_access.measuring import measure
from data_access.measuring import series as told
from data_access.measuring.members import wanted, without_income

BEFORE = 5  # years of the trend


def additional(
    cube: Cube, rule: Rule, announced: Decimal | None = None, new: Decimal | None = None, at: int = 0
) -> Bench:
    """A rule of kind `flows` under every definition. Base years are those of the rule, or the year before its period.
    Donors are those of the years that count, in every year.

    announced, new: stated amounts in US dollars, from the links of the record. Raises Busy, TimeoutError."""
    plain = replace(rule, baseline="none", baseline_since=0, baseline_until=0, baseline_value=None, of="amount")
    plain = replace(plain, low=None, high=None, profile="flat", stated=())
    if plain.counts == "last":
        plain = replace(plain, since=plain.until)
    counted = _counted(measure(cube, plain, at))
    plain = replace(plain, donors=_same(cube, plain))
    first, last = (rule.baseline_since, rule.baseline_until) if rule.baseline_since else (rule.since - 1,) * 2
    base = _counted(measure(cube, replace(plain, since=first, until=last, counts="sum")))
    before = _counted(measure(cube, replace(plain, since=rule.since - BEFORE, until=rule.since - 1, counts="sum")))
    whole = len(before) == BEFORE
    aid, income = _donor(cube, rule, "oda"), _donor(cube, rule, "gni")
    return bench(Inputs(counted, base, before if whole else {}, announced, aid, income, new))


def _same(cube: Cube, rule: Rule) -> tuple[str, ...]:
    """Donors of the years that count, whom the years before are compared with: a group can have had fewer members."""
    if not any(code in cube.codes.groups.get("donor", {}) for code in rule.donors):
        return rule.donors
    apart = without_income(cube.codes) if rule.series else frozenset[str]()
    by_year = wanted(cube.codes, rule, range(rule.since, rule.until + 1), "donor", apart)
    return tuple(sorted(set[str]().union(*by_year.values())))


def _counted(found: Measured) -> dict[int, Decimal]:
    """Sums by year of the period; years without figures are not in it."""
    span = range(found.rule.since, min(found.at, found.rule.until) + 1)
    return {year: value for year, value in by_year(found.terms, "amount").items() if year in span}


def _donor(cube: Cube, rule: Rule, series: str) -> dict[int, Decimal]:
    """A series of the one donor of a rule, current US dollars; none where several are named."""
    if len(rule.donors) != 1 or rule.prices != "current":
        return {}
    return told.values(cube, series, rule.since, rule.until).get(rule.donors[0], {})
