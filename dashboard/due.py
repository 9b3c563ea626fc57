"""What of a promise is due to date: its total laid over the years of its period under a named profile.

Flat: the same in each year. Front-loaded: falling evenly from the first year to the last (n, n-1, ... 1 parts of their
sum). Stated: shares by year as the promise gives them. A year is due at its end. Years sum to the total to the last
digit: what is due up to a year is rounded down to cents, and a year is the difference of two such sums.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_FLOOR, Decimal
from fractions import Fraction

from dashboard.amounts import Absence
from dashboard.ranges import EXACT, Figure, Range

CENT = Decimal("0.01")
PROFILES: dict[str, str] = {  # name -> for the reader
    "flat": "the same amount in each year",
    "front-loaded": "falling evenly from the first year to the last",
    "stated": "shares by year as stated",
}


def weights(profile: str, since: int, until: int, stated: Mapping[int, Decimal] | None = None) -> dict[int, Fraction]:
    """Share of the total due in each year; they sum to 1.

    Raises ValueError for an unknown profile, a period that ends before it starts, stated shares that miss 1."""
    if since > until:
        raise ValueError(f"A period cannot run from {since} to {until}.")
    span, count = range(since, until + 1), until - since + 1
    if profile == "flat":
        return {year: Fraction(1, count) for year in span}
    if profile == "front-loaded":
        parts = count * (count + 1) // 2
        return {year: Fraction(until + 1 - year, parts) for year in span}
    if profile != "stated":
        raise ValueError(f"profile={profile} is not known; it can be {', '.join(PROFILES)}.")
    given = {year: Fraction(share) for year, share in (stated or {}).items()}
    if sum(given.values()) != 1 or not set(given) <= set(span):
        raise ValueError(f"The shares stated for {since} to {until} do not sum to 1 within these years.")
    return {year: given.get(year, Fraction(0)) for year in span}


def by_year(total: Decimal, shares: Mapping[int, Fraction]) -> dict[int, Decimal]:
    """What is due in each year, in the unit of the total; the years sum to the total exactly."""
    found, last, told = dict[int, Decimal](), Decimal(0), Fraction(0)
    for year in sorted(shares):
        told += shares[year]
        level = total if told == 1 else _cents(total, told)
        found[year], last = EXACT.subtract(level, last), level
    return found


def to_date(total: Decimal, shares: Mapping[int, Fraction], at: int) -> Decimal:
    """What is due up to the end of year `at`: nothing before the first year, the total from the last on."""
    if at >= max(shares):
        return total
    told = sum((share for year, share in shares.items() if year <= at), Fraction(0))
    return total if told == 1 else _cents(total, told)


def due(total: Figure, shares: Mapping[int, Fraction], at: int) -> Figure:
    """A total that may be a range, or missing, due up to a year; `not due yet` before the first year."""
    if isinstance(total, Absence):
        return total
    if at < min(shares):
        return Absence.NOT_DUE
    low = to_date(total.low, shares, at)
    return Range(low, low if total.is_point else to_date(total.high, shares, at))


def _cents(total: Decimal, part: Fraction) -> Decimal:
    exact = EXACT.divide(EXACT.multiply(total, Decimal(part.numerator)), Decimal(part.denominator))
    return exact.quantize(CENT, ROUND_FLOOR, EXACT)
