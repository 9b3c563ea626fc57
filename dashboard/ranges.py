"""A figure that may be a range, or missing for a stated reason; exact sums that never take an absence for zero."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal

from dashboard.amounts import Absence

EXACT = Context(prec=80, rounding=ROUND_HALF_EVEN)  # sums and products of money fit without loss
FINE = Decimal(1).scaleb(-20)  # quotients are kept to twenty decimals


@dataclass(frozen=True)
class Range:
    """From low to high, both included; a point where both are the same."""

    low: Decimal
    high: Decimal

    def __post_init__(self) -> None:
        if self.low > self.high:
            raise ValueError(f"A range cannot run from {self.low} down to {self.high}.")

    @property
    def is_point(self) -> bool:
        return self.low == self.high

    def plus(self, other: Range) -> Range:
        return Range(EXACT.add(self.low, other.low), EXACT.add(self.high, other.high))

    def minus(self, other: Range) -> Range:
        """The smallest and the largest difference that the two ranges allow."""
        return Range(EXACT.subtract(self.low, other.high), EXACT.subtract(self.high, other.low))

    def times(self, factor: Decimal) -> Range:
        ends = (EXACT.multiply(self.low, factor), EXACT.multiply(self.high, factor))
        return Range(min(ends), max(ends))

    def over(self, other: Range) -> Range | None:
        """The quotient; None where the other may be zero or below."""
        if other.low <= 0:
            return None
        ends = [quotient(a, b) for a in (self.low, self.high) for b in (other.low, other.high)]
        return Range(min(ends), max(ends))


Figure = Range | Absence


def point(value: Decimal) -> Range:
    return Range(value, value)


def figure(low: Decimal | None, high: Decimal | None, otherwise: Absence = Absence.NO_TARGET) -> Figure:
    """A range, or the absence where either end is not known."""
    return otherwise if low is None or high is None else Range(low, high)


def difference(whole: Figure, part: Figure) -> Figure:
    """whole - part; the reason of the first that is missing where one is."""
    if isinstance(whole, Absence):
        return whole
    return part if isinstance(part, Absence) else whole.minus(part)


def quotient(part: Decimal, whole: Decimal) -> Decimal:
    """part / whole to twenty decimals, half to even. Raises ZeroDivisionError."""
    if not whole:
        raise ZeroDivisionError("Nothing can be a share of zero.")
    return EXACT.divide(part, whole).quantize(FINE, ROUND_HALF_EVEN, EXACT)


def share(part: Figure, whole: Figure) -> Figure:
    """part / whole, 1 for all of it; an absence where one is missing or the whole may be zero."""
    if isinstance(whole, Absence):
        return whole
    if isinstance(part, Absence):
        return part
    found = part.over(whole)
    return Absence.NO_TARGET if found is None else found


def summed(values: Iterable[Decimal | None]) -> Decimal | None:
    """The exact sum of what is known; None where nothing is: an absence is never zero."""
    found: Decimal | None = None
    for value in values:
        if value is not None:
            found = value if found is None else EXACT.add(found, value)
    return found


def mean(values: Iterable[Decimal | None]) -> Decimal | None:
    """The mean of what is known, to twenty decimals; None where nothing is."""
    known = [value for value in values if value is not None]
    total = summed(known)
    return None if total is None else quotient(total, Decimal(len(known)))
