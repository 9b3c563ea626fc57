"""Promises that are a share of a denominator: ODA as per cent of national income, of one donor or of several together.

A gap is always given both ways: in points of the denominator and in per cent of the target; and in money where the
denominator is money. Several donors together are weighted by their denominators, those of them that report both.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from dashboard.amounts import Absence
from dashboard.counting import Rule
from dashboard.delivery import Members
from dashboard.measured import Coverage, Measured, Standing, Term, Year, by_code, covered, kept, plain
from dashboard.ranges import EXACT, Figure, Range, difference, figure, point, quotient, share, summed

HUNDRED = Decimal(100)
WEIGHTED = "weighted by the denominators of the donors that count in the year"
PUBLISHED = "as published"
Values = Mapping[str, Mapping[int, Decimal]]
FORMULAS = {
    "ratio": "share = sum of (share of each donor x its denominator) / sum of the denominators",
    "amount": "share = 100 x sum of the amounts / sum of the denominators",
    "one": "share as published",
}


def measure(rule: Rule, terms: Sequence[Term], at: int, wanted: Members, limits: Sequence[str] = ()) -> Measured:
    """A rule of kind `share` in the year min(at, until), per cent of the denominator.

    terms: `ratio` or `amount`, and `denominator`, by donor and year. A group that the source gives as one (code of the
    group) is taken as published where its members cannot be weighted. `counts` of the rule is each or last alike."""
    ratios, until = ratio_by_code(terms), min(at, rule.until)
    weighed = by_code(terms, "denominator")
    members = {year: codes for year, codes in wanted.items() if year == until}
    alone = len(members.get(until, ())) == 1  # needs no denominator
    known = {until: [code for code, years in ratios.items() if until in years and (alone or code in weighed)]}
    formula = FORMULAS["amount" if any(role == "amount" for role, *_ in plain(terms)) else "ratio"]
    blank = Measured(rule, at, "%", terms=kept(terms), coverage=covered(members, known, limits), formula=formula)
    amounts = by_code(terms, "amount")
    years = {
        year: together(codes, ratios, weighed, amounts, year) or _published(rule, ratios, year)
        for year, codes in wanted.items()
        if year <= until
    }
    found = years.get(until)
    if found is None:
        return replace(blank, why=f"No share of {until} can be given: amounts or denominators are not reported.")
    if found.whole is None and len(wanted[until]) > 1:
        as_one = Coverage((until,), (until,), blank.coverage.members, (), blank.coverage.limits, (1, 1))
        blank = replace(blank, formula=FORMULAS["one"], coverage=as_one)
    return replace(
        _compared(rule, blank, found, until),
        years=_years(rule, years),
        standings=_standings(rule, ratios, until, wanted),
    )


def ratio_by_code(terms: Sequence[Term]) -> dict[str, dict[int, Decimal]]:
    """Per cent by donor and year: as published, or 100 x amount / denominator."""
    found = by_code(terms, "ratio")
    weighed = by_code(terms, "denominator")
    for code, years in by_code(terms, "amount").items():
        for year, amount in years.items():
            base = weighed.get(code, {}).get(year)
            if base:
                found.setdefault(code, {})[year] = quotient(EXACT.multiply(amount, HUNDRED), base)
    return found


class Held(NamedTuple):
    """Per cent of one or several donors in a year; whole: their denominators, part: what of it that is, where known.
    codes: of those whose terms make it; several of them are weighted."""

    ratio: Decimal
    whole: Decimal | None
    part: Decimal | None
    codes: tuple[str, ...] = ()


def together(codes: Sequence[str], ratios: Values, weighed: Values, amounts: Values, year: int) -> Held | None:
    """Several donors in a year; None where none of them reports both share and denominator.

    One donor alone needs no denominator."""
    held = [code for code in codes if year in ratios.get(code, {})]
    both = [code for code in held if weighed.get(code, {}).get(year)]
    if len(codes) == 1 and held and not both:
        return Held(ratios[held[0]][year], None, None, (held[0],))
    whole = summed(weighed[code][year] for code in both)
    if not whole:
        return None
    part = summed(
        amounts[code][year] if year in amounts.get(code, {}) else _of(ratios[code][year], weighed[code][year])
        for code in both
    )
    if len(codes) == 1:
        return Held(ratios[held[0]][year], whole, part, (held[0],))
    return Held(quotient(EXACT.multiply(part or Decimal(0), HUNDRED), whole), whole, part, tuple(sorted(both)))


def _compared(rule: Rule, blank: Measured, found: Held, until: int) -> Measured:
    base, money = found.whole, None
    target, have = _target(rule, until), point(found.ratio)
    if base and found.part is not None:
        held = point(found.part)
        owed = target if isinstance(target, Absence) else Range(_of(target.low, base), _of(target.high, base))
        money = (owed, held, difference(owed, held))
    return replace(
        blank,
        due=target,
        delivered=have,
        gap=difference(target, have),
        share=share(have, target),
        due_whole=target,
        money=money,
        base=base,
    )


def _target(rule: Rule, year: int) -> Figure:
    early = rule.counts == "last" and year < rule.until
    return Absence.NOT_DUE if early and rule.has_target else figure(rule.low, rule.high)


def _of(per_cent: Decimal, base: Decimal) -> Decimal:
    return EXACT.multiply(EXACT.multiply(per_cent, base), Decimal("0.01"))


def _published(rule: Rule, ratios: Values, year: int) -> Held | None:
    """Of a group, as the source gives it as one, where its members cannot be weighted."""
    code = next((code for code in rule.donors if year in ratios.get(code, {})), None)
    return None if code is None else Held(ratios[code][year], None, None, (code,))


def _years(rule: Rule, years: Mapping[int, Held | None]) -> tuple[Year, ...]:
    made = sorted(years.items())
    owed = {year: _target(rule, year) for year, _ in made}
    return tuple(
        Year(year, owed[year], held.ratio, held.codes, _way(held)) if held else Year(year, owed[year], None)
        for year, held in made
    )


def _way(held: Held) -> str:
    """How the figure of a year is made of the terms of those that count in it."""
    return WEIGHTED if len(held.codes) > 1 else PUBLISHED if held.whole is None else ""


def _standings(rule: Rule, ratios: Values, until: int, wanted: Members) -> tuple[Standing, ...]:
    """Each donor by itself against the target of all, or against what was asked of each."""
    target = _target(rule, until)
    if rule.floor is not None and not isinstance(target, Absence):
        target = point(rule.floor)
    found = []
    for code in sorted(wanted.get(until, ())):
        value = ratios.get(code, {}).get(until)
        met = None if value is None or isinstance(target, Absence) else value >= target.low
        found.append(Standing(code, until, value, target, met))
    return tuple(found)
