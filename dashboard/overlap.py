"""Money that two promises both count: the sum over the rows that both their rules take.

What a rule takes is told by codes and years alone, so the rows that two rules share are those whose codes lie in both.
Sums of rows by code and year (cells) therefore give the same overlap as the rows themselves. Where rules take a share
of a purpose, both count the smaller share of it. Net is what is counted at least once: of each cell the largest share.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from dashboard.codes import Codes
from dashboard.counting import Rule
from dashboard.membership import of_year
from dashboard.ranges import EXACT

ZERO, ONE = Decimal(0), Decimal(1)
BY = ("donor", "recipient", "sector", "purpose", "flow")  # what cells may be told apart by, and the year
Cell = tuple[Mapping[str, str], int, Decimal]  # codes by dimension, year, US dollars
Shares = Callable[[str, str, str], Decimal]  # (method, purpose, goal) -> share of the purpose that serves the goal


@dataclass(frozen=True)
class Scope:
    """What the rule of one promise takes from a source. codes: by dimension and year, absent where all are taken."""

    id: str
    source: str
    stage: str
    since: int
    until: int
    codes: Mapping[str, Mapping[int, frozenset[str]]]
    goals: tuple[str, ...] = ()
    method: str = ""


@dataclass(frozen=True)
class Overlap:
    """What two promises both count, current US dollars, by year."""

    first: str
    second: str
    usd: Decimal
    years: Mapping[int, Decimal]


@dataclass(frozen=True)
class Totals:
    """Of several promises together. gross: each by itself, added; net: money that is counted at least once."""

    counted: Mapping[str, Decimal]
    gross: Decimal
    net: Decimal
    pairs: tuple[Overlap, ...]


def scope(id_: str, rule: Rule, codes: Codes, source: str) -> Scope:
    """What a rule of kind `flows` takes from a source, groups resolved year by year."""
    picked = {
        "donor": rule.donors,
        "recipient": rule.recipients,
        "sector": rule.sectors,
        "purpose": rule.purposes,
        "flow": rule.flows if "flow" in codes.sources[source].dimensions else (),
    }
    years = range(rule.since, rule.until + 1)
    told = {
        dimension: {year: of_year(codes, dimension, held, year, rule.membership) for year in years}
        for dimension, held in picked.items()
        if held
    }
    return Scope(id_, source, rule.stage, rule.since, rule.until, told, rule.goals, rule.method)


def dimensions(scopes: Iterable[Scope]) -> tuple[str, ...]:
    """What cells must be told apart by to say which of these promises count them."""
    found = {dimension for one in scopes for dimension in one.codes}
    found |= {"purpose"} if any(one.goals for one in scopes) else set()
    return tuple(dimension for dimension in BY if dimension in found)


def standing_for(scopes: Sequence[Scope], dimension: str) -> dict[str, str]:
    """Each code that any of these promises names in a dimension -> the first of the codes that the same of them count
    in the same years. Cells of codes alike may be added up: no promise tells them apart."""
    marks: dict[str, set[tuple[int, int]]] = {}
    for place, one in enumerate(scopes):
        for year, codes in one.codes.get(dimension, {}).items():
            for code in codes:
                marks.setdefault(code, set()).add((place, year))
    first: dict[frozenset[tuple[int, int]], str] = {}
    return {code: first.setdefault(frozenset(marked), code) for code, marked in sorted(marks.items())}


def overlaps(scopes: Sequence[Scope], cells: Iterable[Cell], shares: Shares) -> Totals:
    """Every pair of promises of one source and rung that counts a cell in common, and their gross and net totals.

    cells: sums by the codes of `dimensions(scopes)` and year; `shares` is asked for scopes with goals."""
    marks = _Marks(scopes)
    sums: dict[tuple[int, int, str], Decimal] = {}
    for codes, year, usd in cells:
        who = marks.of(codes, year)
        if who:
            key = who, year, codes.get("purpose", "") if marks.by_goal & who else ""
            sums[key] = EXACT.add(sums.get(key, ZERO), usd)
    return _totals(scopes, sums, shares)


class _Marks:
    """Which scopes hold a code: one bit for each, by dimension, year and code, so that a cell is a few ANDs."""

    def __init__(self, scopes: Sequence[Scope]) -> None:
        self.by_goal = sum(1 << place for place, one in enumerate(scopes) if one.goals)
        self._years: dict[int, int] = {}
        self._codes: dict[str, dict[int, dict[str, int]]] = {dimension: {} for dimension in BY}
        self._every: dict[str, int] = {}
        for place, one in enumerate(scopes):
            for year in range(one.since, one.until + 1):
                self._years[year] = self._years.get(year, 0) | 1 << place
            for dimension, years in one.codes.items():
                for year, held in years.items():
                    marked = self._codes[dimension].setdefault(year, {})
                    for code in held:
                        marked[code] = marked.get(code, 0) | 1 << place
        for dimension in BY:
            self._every[dimension] = sum(1 << n for n, one in enumerate(scopes) if dimension not in one.codes)

    def of(self, codes: Mapping[str, str], year: int) -> int:
        who = self._years.get(year, 0)
        for dimension, code in codes.items():
            who &= self._codes[dimension].get(year, {}).get(code, 0) | self._every[dimension]
        return who


def _totals(scopes: Sequence[Scope], sums: Mapping[tuple[int, int, str], Decimal], shares: Shares) -> Totals:
    counted = dict.fromkeys((one.id for one in scopes), ZERO)
    pairs: dict[tuple[int, int], dict[int, Decimal]] = {}
    net = ZERO
    for (who, year, purpose), usd in sums.items():
        parts = [(place, _share(scopes[place], purpose, shares)) for place in _places(who)]
        for place, part in parts:
            counted[scopes[place].id] = EXACT.add(counted[scopes[place].id], EXACT.multiply(usd, part))
        net = EXACT.add(net, EXACT.multiply(usd, max(part for _, part in parts)))
        for at, (place, part) in enumerate(parts):
            for other, its in parts[at + 1 :]:
                years = pairs.setdefault((place, other), {})
                years[year] = EXACT.add(years.get(year, ZERO), EXACT.multiply(usd, min(part, its)))
    gross = ZERO
    for value in counted.values():
        gross = EXACT.add(gross, value)
    found = (_overlap(scopes, pair, years) for pair, years in sorted(pairs.items()))
    return Totals(counted, gross, net, tuple(one for one in found if one.usd))


def _overlap(scopes: Sequence[Scope], pair: tuple[int, int], years: Mapping[int, Decimal]) -> Overlap:
    total = ZERO
    for value in years.values():
        total = EXACT.add(total, value)
    return Overlap(scopes[pair[0]].id, scopes[pair[1]].id, total, dict(sorted(years.items())))


def _places(who: int) -> Iterator[int]:
    while who:
        lowest = who & -who
        yield lowest.bit_length() - 1
        who ^= lowest


def _share(one: Scope, purpose: str, shares: Shares) -> Decimal:
    if not one.goals:
        return ONE
    return sum((shares(one.method, purpose, goal) for goal in one.goals), ZERO)


def net_of(amounts: Mapping[str, Decimal], ties: Iterable[tuple[str, str, Decimal]]) -> tuple[Decimal, Decimal]:
    """What several promises make in all, gross and net of the amounts that ties between two of them state.

    ties: (id, id, amount in the unit of the amounts). A pair is taken off once, whichever side states it."""
    once = {frozenset((a, b)): amount for a, b, amount in ties if a in amounts and b in amounts}
    gross = sum(amounts.values(), ZERO)
    return gross, gross - sum(once.values(), ZERO)
