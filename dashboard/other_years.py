"""An indicator of one country in the years around those that count, and whether the year that counts stands apart.

Surveys of one country differ in what they ask and whom: a value far from those of the years beside it is read with
care.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from dashboard.amount_words import points, single
from dashboard.amounts import Absence
from dashboard.measured import Measured, Year
from dashboard.ranges import EXACT, point

NEAR = 3  # years around the one that counts in which another value is looked for
MUCH = Decimal(3)  # percentage points


def around(found: Measured, values: Mapping[int, Decimal]) -> Measured:
    """With every year of the series; what is due stands in the years of the promise alone."""
    due = {one.year: one.due for one in found.years}
    years = (Year(year, due.get(year, Absence.NOT_DUE), value) for year, value in sorted(values.items()))
    return replace(found, years=tuple(years))


def apart(found: Measured, values: Mapping[int, Decimal]) -> str:
    """A sentence where the year that counts lies far from one beside it; empty elsewhere, and of what is no share."""
    if not found.years or not found.unit.startswith("%"):
        return ""
    at = found.years[-1].year
    if at not in values:
        return ""
    beside = [max((year for year in values if at - NEAR <= year < at), default=0)]
    beside.append(min((year for year in values if at < year <= at + NEAR), default=0))
    far = [year for year in beside if year and abs(EXACT.subtract(values[at], values[year])) > MUCH]
    told = " and ".join(
        f"{points(point(abs(EXACT.subtract(values[at], values[year]))))} from that of {year} "
        f"({single(values[year], '%')})"
        for year in far
    )
    if not told:
        return ""
    return (
        f"The value that counts, of {at}, lies {told}. Values of single years can come from different surveys: whether "
        "the target was reached rests on this one."
    )
