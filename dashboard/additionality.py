"""How much of what was delivered is additional, under every definition in use at once.

No definition is agreed. Each reading names its method and its inputs; where an input is missing the reading is an
absence, and the range runs over the readings that could be made. Muskoka, United Kingdom, million pounds: 744 in 2010
less 392 in the base year 2008 is 352.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from dashboard.amounts import Absence
from dashboard.delivery import trend
from dashboard.ranges import EXACT, Figure, Range, mean, point, summed

ZERO = Decimal(0)
METHODS: dict[str, str] = {  # name -> what is additional under it, for the reader
    "base-year": "what is above the level of the base years",
    "trend": "what is above the trend of the years before",
    "announced": "what had not been announced before",
    "above-0.7": "what the donor gave above 0.7 per cent of its national income",
    "new-sources": "what came from sources that did not exist before",
}
TARGET = Decimal("0.007")  # of national income


@dataclass(frozen=True)
class Inputs:
    """What the readings are made of, US dollars unless all of it is in one other currency.

    counted: by year of the promise. base: by base year. before: by year of the trend, two years at least.
    announced: what of the promise had been announced earlier. aid, income: all aid of the donor and its national
    income, by year. new: what came from new sources. None or no years: not known, which is never zero."""

    counted: Mapping[int, Decimal]
    base: Mapping[int, Decimal] = field(default_factory=dict)
    before: Mapping[int, Decimal] = field(default_factory=dict)
    announced: Decimal | None = None
    aid: Mapping[int, Decimal] = field(default_factory=dict)
    income: Mapping[int, Decimal] = field(default_factory=dict)
    new: Decimal | None = None


@dataclass(frozen=True)
class Reading:
    """One definition: its method, what is additional under it, and the inputs it used, in words and figures."""

    method: str
    additional: Figure
    inputs: tuple[tuple[str, Decimal], ...]

    @property
    def words(self) -> str:
        return METHODS[self.method]


@dataclass(frozen=True)
class Bench:
    """All readings side by side, and the range over those that could be made."""

    delivered: Figure
    readings: tuple[Reading, ...]

    @property
    def range(self) -> Figure:
        known = [reading.additional for reading in self.readings if isinstance(reading.additional, Range)]
        if not known:
            return Absence.NOT_MEASURABLE
        return Range(min(one.low for one in known), max(one.high for one in known))


Inputted = tuple[tuple[str, Decimal], ...]


def bench(inputs: Inputs) -> Bench:
    """Every method on the same inputs. An additional amount may be negative: less came than before."""
    delivered = summed(inputs.counted.values())
    have: Figure = Absence.NOT_REPORTED if delivered is None else point(delivered)
    readings = []
    for method in METHODS:
        found = _READ[method](inputs) if delivered is not None else None
        additional: Figure = Absence.NOT_MEASURABLE if found is None else point(found[0])
        readings.append(Reading(method, additional, found[1] if found else ()))
    return Bench(have, tuple(readings))


def _delivered(inputs: Inputs) -> Decimal:
    return summed(inputs.counted.values()) or ZERO


def _base_year(inputs: Inputs) -> tuple[Decimal, Inputted] | None:
    level = mean(inputs.base.values())
    if level is None:
        return None
    usual = EXACT.multiply(level, Decimal(len(inputs.counted)))
    delivered = _delivered(inputs)
    said = ("delivered", delivered), ("level of the base years, a year", level), ("level over the period", usual)
    return EXACT.subtract(delivered, usual), said


def _trend(inputs: Inputs) -> tuple[Decimal, Inputted] | None:
    if len(inputs.before) < 2:
        return None
    usual = summed(trend(inputs.before, year) for year in inputs.counted) or ZERO
    delivered = _delivered(inputs)
    return EXACT.subtract(delivered, usual), (("delivered", delivered), ("trend over the period", usual))


def _announced(inputs: Inputs) -> tuple[Decimal, Inputted] | None:
    if inputs.announced is None:
        return None
    delivered = _delivered(inputs)
    said = ("delivered", delivered), ("announced before", inputs.announced)
    return EXACT.subtract(delivered, inputs.announced), said


def _above_target(inputs: Inputs) -> tuple[Decimal, Inputted] | None:
    """Of each year at most what was counted, at least nothing: aid up to the target is owed already."""
    if not inputs.counted or any(year not in inputs.aid or year not in inputs.income for year in inputs.counted):
        return None
    total = ZERO
    for year, counted in inputs.counted.items():
        above = EXACT.subtract(inputs.aid[year], EXACT.multiply(inputs.income[year], TARGET))
        total = EXACT.add(total, max(ZERO, min(above, counted)))
    aid = summed(inputs.aid[year] for year in inputs.counted) or ZERO
    owed = summed(EXACT.multiply(inputs.income[year], TARGET) for year in inputs.counted) or ZERO
    return total, (("delivered", _delivered(inputs)), ("all aid", aid), ("0.7 per cent of income", owed))


def _new_sources(inputs: Inputs) -> tuple[Decimal, Inputted] | None:
    return None if inputs.new is None else (inputs.new, (("from new sources", inputs.new),))


_READ: dict[str, Callable[[Inputs], tuple[Decimal, Inputted] | None]] = {
    "base-year": _base_year,
    "trend": _trend,
    "announced": _announced,
    "above-0.7": _above_target,
    "new-sources": _new_sources,
}
