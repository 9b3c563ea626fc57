"""What a source reports and what it does not: by donor (or recipient) and year, at one rung.

Four things that look alike and are not: an amount, a zero that was reported, a year that a member did not report, and
a year of which the source holds nothing at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Literal

from dashboard.codes import Source
from dashboard.selection import Selection

State = Literal["amount", "zero", "not-reported", "before", "after"]
BY = ("donor", "recipient")  # what can stand beside the years, in this order of preference
ALL = ""  # the one row of a source that tells neither apart
READABLE = 24  # years up to which amounts can be written into the cells
USUAL = Selection()  # years that every source is shown over, so that sources compare


@dataclass(frozen=True)
class Reported:
    """What was reported of one member and year: rows of the source, how many of them hold an amount other than zero,
    and their exact sum in current US dollars."""

    rows: int
    other_than_zero: int
    usd: Decimal


@dataclass(frozen=True)
class Coverage:
    """`held`: code -> year -> what was reported; what is missing was not reported. `members`: all codes that occur in
    the source at any rung, or ALL alone."""

    source: Source
    stage: str
    by: str  # donor, recipient, or empty
    members: frozenset[str]
    held: Mapping[str, Mapping[int, Reported]]
    shown: range = range(0)  # the years that were asked for; empty: all

    @cached_property
    def years(self) -> range:
        """The years asked for, or the source's and those that pages show as a rule."""
        usual = range(min(self.source.since, USUAL.since), max(self.source.until, USUAL.until) + 1)
        return self.shown or usual

    @cached_property
    def span(self) -> range:
        """From the first to the last year with anything at this rung; empty where there is nothing."""
        found = {year for years in self.held.values() for year in years}
        return range(min(found), max(found) + 1) if found else range(0)

    @cached_property
    def inside(self) -> range:
        """Those of the years asked for that lie in the span."""
        return range(max(self.span.start, self.years.start), min(self.span.stop, self.years.stop))

    def told(self, code: str) -> dict[int, Reported]:
        """What was reported of a member in the years asked for."""
        return {year: one for year, one in self.held.get(code, {}).items() if year in self.years}

    def state(self, code: str, year: int) -> State:
        told = self.held.get(code, {}).get(year)
        if told is not None:
            return "amount" if told.other_than_zero else "zero"
        if not self.span or year < self.span.start:
            return "before"
        return "after" if year >= self.span.stop else "not-reported"

    def total(self, code: str) -> Decimal | None:
        """The sum over the years asked for; None where nothing is reported."""
        told = self.told(code)
        return sum((one.usd for one in told.values()), Decimal(0)) if told else None

    def of_year(self, year: int) -> Reported | None:
        """All members together; None where nobody reports."""
        told = [years[year] for years in self.held.values() if year in years]
        if not told:
            return None
        return Reported(
            sum(one.rows for one in told),
            sum(one.other_than_zero for one in told),
            sum((one.usd for one in told), Decimal(0)),
        )

    def reporting(self, year: int) -> int:
        """How many members report in a year; a zero is a report."""
        return sum(1 for years in self.held.values() if year in years)


def rows_of(source: Source, wanted: str = "") -> str:
    """What stands beside the years: what is wanted, if the source tells it apart; else the first that it does."""
    told = [name for name in BY if name in source.dimensions]
    return wanted if wanted in told else next(iter(told), "")


def periods(source: Source) -> dict[str, range]:
    """The source's years in equal stretches short enough for amounts to be written into the cells; none where they
    all fit."""
    all_years = range(source.since, source.until + 1)
    if len(all_years) <= READABLE:
        return {}
    size = -(-len(all_years) // -(-len(all_years) // READABLE))
    stretches = [all_years[at : at + size] for at in range(0, len(all_years), size)]
    return {f"{years.start}-{years.stop - 1}": years for years in stretches}
