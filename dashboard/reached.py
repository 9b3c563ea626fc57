"""Promises that an indicator shows: its value in each country, or their average, against a target.

A target is a value, or a change from a baseline (-50 per cent: halved). The value of a country is its last one in the
period; its baseline is the value of the baseline years nearest to the first of them. Countries without either are
unknown, never counted as having missed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from dashboard.amounts import Absence
from dashboard.counting import Rule
from dashboard.delivery import Members
from dashboard.measured import Measured, Standing, Term, Year, by_code, covered
from dashboard.ranges import EXACT, Figure, Range, difference, figure, point, quotient, share, summed

HUNDRED = Decimal(100)
Values = Mapping[str, Mapping[int, Decimal]]
FORMULAS = {
    "one": "value of the country in its last year of the period",
    "average": "sum of (value x weight) / sum of the weights, countries that report both",
    "count": "countries that reached the target / countries with figures",
}


def measure(
    rule: Rule, terms: Sequence[Term], at: int, wanted: Members, limits: Sequence[str] = (), unit: str = ""
) -> Measured:
    """A rule of kind `indicator` as of the end of year `at`.

    One country, or a weighted average: value, target and distance in the unit of the series (positive where it falls
    short). Several countries without weights: `delivered` is how many reached it, `due` how many have figures."""
    values, until = by_code(terms, "value"), min(at, rule.until)
    codes = sorted({code for year, held in wanted.items() if year <= until for code in held})
    bases = by_code(terms, "base")
    standings = tuple(_standing(rule, code, values.get(code, {}), bases.get(code, {}), until) for code in codes)
    held = {standing.code: (standing.year,) for standing in standings if standing.value is not None}
    last = {until: codes}
    known = {until: held}
    blank = Measured(rule, at, unit, terms=tuple(terms), coverage=covered(last, known, limits), standings=standings)
    if not held:
        return replace(blank, why="No country of the promise has a figure in its period.")
    if len(codes) == 1:
        return _one(rule, replace(blank, formula=FORMULAS["one"]), standings[0], values[codes[0]])
    if rule.weights:
        return _average(rule, replace(blank, formula=FORMULAS["average"]), values, by_code(terms, "weight"), codes)
    return _counted(replace(blank, formula=FORMULAS["count"], unit="countries"))


def target(rule: Rule, base: Decimal | None) -> Figure:
    """In the unit of the series; a change is counted from the baseline."""
    whole = figure(rule.low, rule.high)
    if rule.of == "amount" or isinstance(whole, Absence):
        return whole
    if not base:  # of nothing there is no half
        return Absence.NOT_CLEAR
    factors = [EXACT.add(HUNDRED, change) for change in (whole.low, whole.high)]
    ends = sorted(quotient(EXACT.multiply(base, factor), HUNDRED) for factor in factors)
    return Range(ends[0], ends[1])


def short_by(rule: Rule, wanted: Figure, value: Figure) -> Figure:
    """The distance to the target, positive where it is not reached."""
    return difference(wanted, value) if rule.better == "up" else difference(value, wanted)


def _standing(
    rule: Rule, code: str, values: Mapping[int, Decimal], bases: Mapping[int, Decimal], until: int
) -> Standing:
    years = [year for year in values if rule.since <= year <= until]
    base = bases[min(bases)] if bases else None
    base = rule.baseline_value if rule.baseline == "stated" else base
    wanted = target(rule, base)
    if not years:
        return Standing(code, until, None, wanted, None, base)
    last = max(years)
    gap = short_by(rule, wanted, point(values[last]))
    met = None if isinstance(gap, Absence) else gap.low <= 0
    return Standing(code, last, values[last], wanted, met, base)


def _one(rule: Rule, blank: Measured, standing: Standing, values: Mapping[int, Decimal]) -> Measured:
    have = point(standing.value or Decimal(0))
    owed = Absence.NOT_DUE if blank.at < rule.until and rule.has_target else standing.target
    span = [year for year in sorted(values) if rule.since <= year <= standing.year]
    return replace(
        blank,
        due=owed,
        delivered=have,
        gap=short_by(rule, owed, have),
        share=_way(rule, standing, owed),
        due_whole=owed,
        base=standing.base,
        years=tuple(Year(year, owed, values[year]) for year in span),
    )


def _way(rule: Rule, standing: Standing, owed: Figure) -> Figure:
    """Of the way from the baseline to the target, or of the target itself where there is no baseline."""
    if isinstance(owed, Absence) or standing.value is None:
        return owed if isinstance(owed, Absence) else Absence.NOT_REPORTED
    base = standing.base
    if base is None:
        return share(point(standing.value), owed) if rule.better == "up" else Absence.NOT_CLEAR
    gone, whole = EXACT.subtract(standing.value, base), [EXACT.subtract(end, base) for end in (owed.low, owed.high)]
    if not all(whole) or (whole[0] > 0) != (whole[1] > 0):
        return Absence.NOT_CLEAR
    ends = sorted(quotient(gone, way) for way in whole)
    return Range(ends[0], ends[1])


def _average(rule: Rule, blank: Measured, values: Values, weights: Values, codes: Sequence[str]) -> Measured:
    until, found = min(blank.at, rule.until), dict[int, Decimal]()
    for year in range(rule.since, until + 1):
        both = [
            (values[code][year], weights[code][year])
            for code in codes
            if year in values.get(code, {}) and year in weights.get(code, {})
        ]
        whole = summed(weight for _, weight in both)
        if whole:
            part = summed(EXACT.multiply(value, weight) for value, weight in both)
            found[year] = quotient(part or Decimal(0), whole)
    if not found:
        return replace(blank, why="No average can be given: values or weights are not reported.")
    last = max(found)
    base = found[min(found)] if rule.of == "change" else None
    standing = Standing("", last, found[last], target(rule, base), None, base)
    return replace(_one(rule, blank, standing, found), standings=blank.standings)


def _counted(blank: Measured) -> Measured:
    """How many countries reached the target, of those with figures."""
    known = [standing.met for standing in blank.standings if standing.met is not None]
    if not known:
        return replace(blank, due=Absence.NO_TARGET, gap=Absence.NO_TARGET, share=Absence.NO_TARGET)
    due, met = point(Decimal(len(known))), point(Decimal(sum(known)))
    if blank.at < blank.rule.until:
        later = Absence.NOT_DUE
        return replace(blank, due=later, delivered=met, gap=later, share=later, due_whole=later)
    return replace(blank, due=due, delivered=met, gap=difference(due, met), share=share(met, due), due_whole=due)
