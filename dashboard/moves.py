"""Causes of a gap that are known before it: each a step at either end of what was promised, or the reason why not."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from dashboard.amounts import NO_AMOUNT, Absence, Amount
from dashboard.measured import Measured
from dashboard.ranges import EXACT, Figure

End = Literal["low", "high"]
ENDS: tuple[End, End] = ("low", "high")
Names = Callable[[str], str]
Values = Mapping[str, Mapping[int, Decimal]]
ZERO, EIGHT = Decimal(0), Decimal("1e-8")
IN_DOLLARS = "Promised and counted in current US dollars."
TOGETHER = "Inflation and exchange rates are one step, by the deflators of the DAC."


@dataclass(frozen=True)
class Known:
    """What is known beside a measured promise.

    made: date of the promise. amount: as promised; then: its worth in US dollars when it was made. current: the same
    promise measured at current prices, where its own are constant. deflators: of the DAC, by donor (no code: the DAC
    total) and year. incomes: of donors, as the promised share is of them, in the year of the promise and after. rates:
    units of the promised currency per US dollar, by year."""

    made: str = ""
    amount: Amount = NO_AMOUNT
    then: Decimal | None = None
    current: Measured | None = None
    deflators: Values = field(default_factory=dict)
    incomes: Values = field(default_factory=dict)
    rates: Mapping[int, Decimal] = field(default_factory=dict)


@dataclass(frozen=True)
class Move:
    """One cause. low, high: its signed step at either end, US dollars; None where there is none. how: of what it is
    made, or why there is no step. absence: set where there should be one and it cannot be told."""

    cause: str
    how: str
    low: Decimal | None = None
    high: Decimal | None = None
    absence: Absence | None = None

    def at(self, end: End) -> Decimal | None:
        return self.low if end == "low" else self.high


def step(cause: str, how: str, ends: Sequence[Decimal | None]) -> Move:
    """A step that is nothing at both ends is none."""
    low, high = ends
    return Move(cause, how, low, high) if low or high else Move(cause, how)


def steps(every: Sequence[Move], end: End) -> dict[str, Decimal]:
    """Those that are known, by cause."""
    return {move.cause: value for move in every if (value := move.at(end)) is not None}


def end_of(figure: Figure, end: End) -> Decimal | None:
    if isinstance(figure, Absence):
        return None
    return figure.low if end == "low" else figure.high


def less(whole: Decimal | None, part: Decimal | None) -> Decimal | None:
    return None if whole is None or part is None else EXACT.subtract(whole, part)


def per_cent(share: Decimal, of: Decimal) -> Decimal:
    return EXACT.multiply(EXACT.multiply(share, of), Decimal("0.01"))
