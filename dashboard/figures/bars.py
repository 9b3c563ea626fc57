"""Lengths and columns that rankings share: one unit for a column, a bar's part of the longest, a clear first."""

from __future__ import annotations

from decimal import Decimal

from dashboard.gaps import NONE, Part
from dashboard.words import Scale, scale_of

UNITS = (("m", "million", Decimal(10) ** 6), ("k", "thousand", Decimal(10) ** 3), ("", "", Decimal(1)))


def column_scale(parts: list[Part]) -> Scale:
    """One unit for the columns: millions without decimals where there are hundreds of them."""
    known = [v for part in parts for v in (part.committed, part.disbursed) if v is not None]
    top = max((abs(v) for v in known), default=NONE)
    unit = next((unit for unit in UNITS if top >= unit[2]), UNITS[-1])
    return Scale(unit, 0) if top >= 100 * unit[2] or not unit[0] else Scale(unit, scale_of(known).decimals)


def length(value: Decimal | None, top: Decimal) -> float:
    """A bar's length, 0 to 1; what is below zero has none and stands in its label."""
    return float(max(value or NONE, NONE) / top) if top > 0 else 0.0


def leads(first: Decimal | None, second: Decimal | None) -> bool:
    """Whether the first leads the second by over one per cent."""
    return first is not None and first > 0 and (second is None or first > second * Decimal("1.01"))
