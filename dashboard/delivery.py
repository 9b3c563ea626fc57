"""Delivery of a promise of money: the sum over a period, the level in its last year, or the level in each year.

Pure: a rule and its terms in, a measured rule out. What is due and what was delivered are compared over the years of
which there are figures; a year without figures is never a year of nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from dashboard import due
from dashboard.amounts import Absence
from dashboard.counting import Rule
from dashboard.later import Later
from dashboard.measured import Measured, Standing, Term, Year, by_code, by_year, covered, in_years, kept, sums
from dashboard.ranges import EXACT, FINE, Figure, difference, figure, mean, point, quotient, share, summed

FORMULAS = {
    "sum": "delivered = sum over the years of (counted - baseline of the year)",
    "last": "delivered = counted in the last year - baseline",
    "each": "delivered = counted in the year - baseline of the year",
}
Members = Mapping[int, Sequence[str]]  # year -> codes wanted in it; one empty code where they are not told apart


def measure(rule: Rule, terms: Sequence[Term], at: int, wanted: Members, limits: Sequence[str] = ()) -> Measured:
    """A rule of kind `flows` as of the end of year `at`, in US dollars at the prices of the rule.

    terms: roles `amount` and `base`. Due, delivered, gap and share run over the years seen; `due_whole` over all years
    due to date. Never raises for missing figures: `why` says what is missing."""
    alone, based = in_years(terms, "amount"), by_year(terms, "base") if rule.baseline_since else {}
    counted = sums(alone)
    until = min(at, rule.until)
    since = until if rule.counts == "last" else rule.since
    members = {year: codes for year, codes in wanted.items() if since <= year <= until}
    blank = Measured(
        rule, at, "USD", terms=kept(terms), coverage=covered(members, alone, limits), formula=FORMULAS[rule.counts]
    )
    bases = baselines(rule, based, range(rule.since, until + 1))
    if rule.baseline != "none" and None in bases.values():
        return replace(blank, why="Nothing is reported for the years of the baseline.")
    above = {year: EXACT.subtract(counted[year], bases[year] or Decimal(0)) for year in bases if year in counted}
    if at < rule.since:
        later = Absence.NOT_DUE
        return replace(blank, due=later, delivered=later, gap=later, share=later, due_whole=later)
    if not above or (rule.counts != "sum" and until not in above):
        when = "the years of the promise" if rule.counts == "sum" else str(until)
        return replace(blank, why=f"Nothing is reported for {when}.")
    level = mean(value for value in bases.values() if value is not None)
    first = bases[rule.since] if rule.baseline != "none" else None
    found = _summed(rule, blank, above, at, first) if rule.counts == "sum" else _level(rule, blank, above, until, level)
    standings = Later(lambda: _standings(terms, until, rule))
    return replace(found, base=level if rule.baseline != "none" else None, standings=standings)


def baselines(rule: Rule, based: Mapping[int, Decimal], years: Iterable[int]) -> dict[int, Decimal | None]:
    """What would have come anyway in each year; zero without a baseline, None where its years are not reported.

    level: the mean of its years. trend: the least-squares line through its years, carried on. stated: as given."""
    if rule.baseline in ("none", "stated"):
        return dict.fromkeys(years, Decimal(0) if rule.baseline == "none" else rule.baseline_value)
    span = range(rule.baseline_since, rule.baseline_until + 1)
    held = {base_year: based[base_year] for base_year in span if base_year in based}
    if rule.baseline == "level":
        return dict.fromkeys(years, mean(held.values()))
    if len(held) < 2:
        return dict.fromkeys(years)
    return dict(trends(held, years))


def trends(held: Mapping[int, Decimal], years: Iterable[int]) -> Iterator[tuple[int, Decimal]]:
    """The least-squares line through the years held, at each of `years`, to twenty decimals. Needs two years at least.

    In whole numbers: with o = count x year - sum of the years held, it is (sum of v x sum of o^2 + count x sum of v o x
    o of the year) / (count x sum of o^2)."""
    count, added = len(held), sum(held)
    offsets = {base_year: base_year * count - added for base_year in held}
    spread = sum(offset * offset for offset in offsets.values())
    scale = max(-min(_exponent(value) for value in held.values()), 0)
    whole = {base_year: int(value.scaleb(scale, EXACT)) for base_year, value in held.items()}
    total = sum(whole.values())
    rise = sum(whole[base_year] * offset for base_year, offset in offsets.items())
    for year in years:
        exact = Fraction(total * spread + count * rise * (year * count - added), count * spread * 10**scale)
        told = EXACT.divide(Decimal(exact.numerator), Decimal(exact.denominator))
        yield year, told.quantize(FINE, context=EXACT)


def trend(held: Mapping[int, Decimal], year: int) -> Decimal:
    """The least-squares line at one year."""
    return next(trends(held, (year,)))[1]


def _exponent(value: Decimal) -> int:
    return int(value.as_tuple().exponent)


def promised(rule: Rule, level: Decimal | None, years: int = 1) -> Figure:
    """What is due in all, US dollars; a change is per cent of the baseline, each year of a sum."""
    whole = figure(rule.low, rule.high)
    if rule.of == "amount" or isinstance(whole, Absence):
        return whole
    if level is None:
        return Absence.NOT_CLEAR
    return whole.times(quotient(EXACT.multiply(level, Decimal(years)), Decimal(100)))


def _summed(rule: Rule, blank: Measured, above: Mapping[int, Decimal], at: int, level: Decimal | None) -> Measured:
    """level: of the baseline, in its first year of the promise."""
    shares = due.weights(rule.profile, rule.since, rule.until, dict(rule.stated))
    total = promised(rule, level, rule.until - rule.since + 1)
    yearly: dict[int, Figure] = dict.fromkeys(shares, total)
    if not isinstance(total, Absence):
        low = due.by_year(total.low, shares)
        high = low if total.is_point else due.by_year(total.high, shares)
        yearly = {year: figure(low[year], high[year]) for year in shares}
    seen = [year for year in sorted(above) if year <= at]
    delivered = summed(above[year] for year in seen)
    due_seen = _total(yearly[year] for year in seen)
    have: Figure = Absence.NOT_REPORTED if delivered is None else point(delivered)
    years = tuple(Year(year, yearly[year], above.get(year)) for year in sorted(shares) if year <= at)
    return replace(
        blank,
        due=due_seen,
        delivered=have,
        gap=difference(due_seen, have),
        share=share(have, due_seen),
        due_whole=due.due(total, shares, at),
        years=years,
    )


def _level(rule: Rule, blank: Measured, above: Mapping[int, Decimal], until: int, level: Decimal | None) -> Measured:
    whole = promised(rule, level)
    early = rule.counts == "last" and until < rule.until
    owed: Figure = Absence.NOT_DUE if early and not isinstance(whole, Absence) else whole
    have = point(above[until])
    each = {year: whole if rule.counts == "each" or year == rule.until else Absence.NOT_DUE for year in above}
    return replace(
        blank,
        due=owed,
        delivered=have,
        gap=difference(owed, have),
        share=share(have, owed),
        due_whole=owed,
        years=tuple(Year(year, each[year], value) for year, value in sorted(above.items())),
    )


def _total(figures: Iterable[Figure]) -> Figure:
    """The sum of what is due in several years; the first absence where one is missing."""
    total: Figure = Absence.NO_TARGET
    for one in figures:
        if isinstance(one, Absence):
            return one
        total = one if isinstance(total, Absence) else total.plus(one)
    return total


def _standings(terms: Sequence[Term], until: int, rule: Rule) -> list[Standing]:
    """Each donor by itself: counted over the years that count; base: its own level over as many, where it has one."""
    since, found = rule.since if rule.counts == "sum" else until, []
    based = by_code(terms, "base") if rule.baseline == "level" else {}
    for code, years in sorted(by_code(terms, "amount").items()):
        held = [value for year, value in years.items() if since <= year <= until]
        if code:
            level = mean(based[code].values()) if code in based else None
            before = None if level is None else EXACT.multiply(level, Decimal(len(held)))
            found.append(Standing(code, until, summed(held), Absence.NO_TARGET, None, before))
    return found
