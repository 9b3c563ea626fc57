"""A figure as it was known at another date: what a release of its time gave, beside what the edition holds now."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from dashboard.counting import Rule
from dashboard.ranges import EXACT, summed

Values = Mapping[str, Mapping[int, Decimal]]
SHARE, MONEY = "oda_gni", "oda"  # the series of which releases are kept: per cent of income, US dollars of the year


@dataclass(frozen=True)
class Release:
    """What one release gave. series: of the edition, in whose unit the value stands. code: donor or group.

    last: one in the last digit that the release writes, in the unit of the value. published: when, as far as it is
    known: `2006-04`. title, address: of the source."""

    series: str
    code: str
    year: int
    value: Decimal
    last: Decimal
    published: str
    title: str
    address: str = ""


@dataclass(frozen=True)
class Again:
    """A release beside what the edition holds; now: None where it holds nothing of that year.

    members: of an amount of a group, how many belonged to it in the year, and what these gave in the edition: what it
    holds as the group's can be of others."""

    release: Release
    now: Decimal | None
    members: tuple[int, Decimal] | None = None

    @property
    def moved(self) -> Decimal | None:
        """Now less then."""
        return None if self.now is None else EXACT.subtract(self.now, self.release.value)

    @property
    def differs(self) -> bool:
        """Whether the edition holds another figure than the release, to the digits that this writes."""
        return self.moved is not None and 2 * abs(self.moved) > self.release.last


def of_rule(rule: Rule) -> tuple[str, ...]:
    """The series of which other releases tell something of a rule; empty where none does."""
    if rule.kind == "share" and rule.series == SHARE:
        return (SHARE, MONEY)
    return (MONEY,) if rule.kind == "flows" and rule.series.startswith(MONEY) and not rule.recipients else ()


def again(
    rule: Rule,
    every: Iterable[Release],
    now: Mapping[str, Values],
    members: Callable[[str, int], Iterable[str]] = lambda code, year: (),
) -> tuple[Again, ...]:
    """Releases of what a rule counts, of those it names and in its years, the due year last. now: by series. members:
    who belonged to a group in a year; nobody of what is none."""
    series = of_rule(rule)
    found = [
        Again(one, now.get(one.series, {}).get(one.code, {}).get(one.year), _of_members(one, now, members))
        for one in every
        if one.series in series and one.code in rule.donors and rule.since <= one.year <= rule.until
    ]
    order = {name: at for at, name in enumerate(series)}
    return tuple(sorted(found, key=lambda one: (order[one.release.series], one.release.year, one.release.published)))


def _of_members(
    one: Release, now: Mapping[str, Values], members: Callable[[str, int], Iterable[str]]
) -> tuple[int, Decimal] | None:
    """Amounts alone are summed, and only where every member of the year has one."""
    held = [now.get(one.series, {}).get(code, {}).get(one.year) for code in members(one.code, one.year)]
    total = None if one.series != MONEY or None in held else summed(held)
    return None if total is None else (len(held), total)
