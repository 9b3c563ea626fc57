"""What all pairs of promises both count, from sums of rows by code and year, all pairs at once.

Exact: amounts are whole units, each taken apart into limbs so small that floating point adds all of a year without
loss. Where promises take a share of a purpose, both count the smaller: min(a, b) is the sum over levels of what both
reach, so each level of a purpose is an amount of its own, counted by those whose share reaches it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np

from dashboard.overlap import ONE, ZERO, Overlap, Scope, Shares, Totals, share_of
from dashboard.ranges import EXACT

CENTS, PARTS = 8, 6  # decimals of an amount, and of a share
LIMB = 30  # bits: eight million of them add up to less than the 53 that floating point holds
AT_ONCE = 40_000  # cells taken at once, so that little memory is needed
Table = Any  # numpy: cells (or codes) by promise, true where it counts them
Sums = list[int]  # in units of 10^-14 US dollars


@dataclass(frozen=True)
class Cells:
    """Sums of one year. codes: by dimension, one for each sum. usd: US dollars, eight decimals at most."""

    year: int
    codes: Mapping[str, Sequence[str]]
    usd: Sequence[Decimal]

    def lots(self) -> Iterator[Cells]:
        """The same, some at a time."""
        for at in range(0, len(self.usd), AT_ONCE):
            some = slice(at, at + AT_ONCE)
            yield Cells(self.year, {name: held[some] for name, held in self.codes.items()}, self.usd[some])


def overlaps(scopes: Sequence[Scope], cells: Iterable[Cells], shares: Shares) -> Totals:
    """Every pair of promises of one source and rung that counts money in common, and their gross and net totals.

    cells: told apart by the `dimensions(scopes)`, each year once or in several lots; `shares` is asked for scopes with
    goals. Raises ValueError for an amount with more decimals."""
    counted, net = [0] * len(scopes), 0
    pairs: dict[tuple[int, int], dict[int, int]] = {}
    for lot in (lot for held in cells for lot in held.lots()):
        active = [place for place, one in enumerate(scopes) if one.since <= lot.year <= one.until]
        for units, who in _levels([scopes[place] for place in active], lot, shares):
            limbs = _limbs(units)
            net += sum(units)
            for place, value in zip(active, _whole(limbs @ who), strict=True):
                counted[place] += value
            for (a, b), value in _both(limbs, who):
                years = pairs.setdefault((active[a], active[b]), {})
                years[lot.year] = years.get(lot.year, 0) + value
    told = {one.id: _usd(value) for one, value in zip(scopes, counted, strict=True)}
    found = (_overlap(scopes, pair, years) for pair, years in sorted(pairs.items()))
    return Totals(told, _usd(sum(counted)), _usd(net), tuple(one for one in found if one.usd))


def _levels(scopes: Sequence[Scope], lot: Cells, shares: Shares) -> Iterator[tuple[Sums, Table]]:
    """Amounts that somebody counts, and who counts them: once for each level of the share of their purpose."""
    who = np.ones((len(lot.usd), len(scopes)), dtype=bool)
    for dimension, codes in lot.codes.items():
        known, places = _placed(codes)
        who &= _counted(scopes, dimension, lot.year, known)[places]
    some = np.flatnonzero(who.any(axis=1))
    if not len(some):
        return
    who, units = who[some], [_whole_number(lot.usd[at], CENTS) for at in some.tolist()]
    if not any(one.goals for one in scopes):
        yield [value * 10**PARTS for value in units], who.astype(float)
        return
    purposes, places = _placed([lot.codes["purpose"][at] for at in some.tolist()])
    steps = [_steps(scopes, purpose, shares) for purpose in purposes]
    for level in range(max(map(len, steps))):
        above = np.array([step[level][0] if level < len(step) else 0 for step in steps])[places]
        reached = np.array([step[level][1] if level < len(step) else [False] * len(scopes) for step in steps])
        counts = who & reached[places]
        seen = np.flatnonzero(counts.any(axis=1))
        if len(seen):
            parts = zip(seen.tolist(), above[seen].tolist(), strict=True)
            yield [units[at] * part for at, part in parts], counts[seen].astype(float)


def _placed(codes: Sequence[str]) -> tuple[list[str], Any]:
    """The codes that occur, and the place of each among them."""
    known: dict[str, int] = {}
    places = np.fromiter((known.setdefault(code, len(known)) for code in codes), dtype=np.intp, count=len(codes))
    return list(known), places


def _counted(scopes: Sequence[Scope], dimension: str, year: int, codes: Sequence[str]) -> Table:
    """Codes by promise, true where it takes them in the year; one that names none in a dimension takes all."""
    taken = np.ones((len(codes), len(scopes)), dtype=bool)
    for place, one in enumerate(scopes):
        if dimension in one.codes:
            named = one.codes[dimension].get(year, frozenset())
            taken[:, place] = [code in named for code in codes]
    return taken


def _steps(scopes: Sequence[Scope], purpose: str, shares: Shares) -> list[tuple[int, list[bool]]]:
    """Each level of a purpose: by how much it lies above the one below, in millionths, and whose share reaches it."""
    taken = [share_of(one, purpose, shares) for one in scopes]
    found, below = [], ZERO
    for level in sorted({part for part in taken if part > 0} | {ONE}):
        found.append((_whole_number(level - below, PARTS), [part >= level for part in taken]))
        below = level
    return found


def _whole_number(value: Decimal, decimals: int) -> int:
    scaled = value.scaleb(decimals, EXACT)
    units = int(scaled)
    if units != scaled:
        raise ValueError(f"{value} has more than {decimals} decimals.")
    return units


def _limbs(units: Sums) -> Any:
    """Limbs by amount, the lowest first; the highest carries the sign."""
    count = max(value.bit_length() for value in units) // LIMB + 1
    mask, rest = (1 << LIMB) - 1, units
    found = []
    for _ in range(count - 1):
        found.append([value & mask for value in rest])
        rest = [value >> LIMB for value in rest]
    return np.array([*found, rest], dtype=float)


def _whole(limbs: Any) -> Sums:
    """Sums put together again from sums of their limbs."""
    return [sum(int(part) << (LIMB * at) for at, part in enumerate(column)) for column in limbs.T.tolist()]


def _both(limbs: Any, who: Table) -> Iterator[tuple[tuple[int, int], int]]:
    """What each two count in common, where that is not nothing: (place, place), units."""
    shared = np.flatnonzero(who.sum(axis=1) > 1)
    limbs, who = limbs[:, shared], who[shared]
    for first in range(who.shape[1] - 1):
        held = np.flatnonzero(who[:, first])
        if len(held):
            sums = limbs[:, held] @ who[held, first + 1 :]
            others = np.flatnonzero(sums.any(axis=0))
            for other, value in zip(others.tolist(), _whole(sums[:, others]), strict=True):
                yield (first, first + 1 + other), value


def _overlap(scopes: Sequence[Scope], pair: tuple[int, int], years: Mapping[int, int]) -> Overlap:
    told = {year: _usd(value) for year, value in sorted(years.items()) if value}
    return Overlap(scopes[pair[0]].id, scopes[pair[1]].id, _usd(sum(years.values())), told)


def _usd(units: int) -> Decimal:
    """With eight decimals where no share was taken of a cent."""
    whole, rest = divmod(units, 10**PARTS)
    return Decimal(units).scaleb(-CENTS - PARTS, EXACT) if rest else Decimal(whole).scaleb(-CENTS, EXACT)
