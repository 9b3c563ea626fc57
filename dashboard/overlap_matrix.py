"""Commitments in the order of a matrix of overlaps: those that share money together, the largest cluster first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from dashboard.overlap_list import Pair
from dashboard.pledges import Pledge

MOST = 30  # commitments of a matrix; more cannot be taken in at a glance
Near = dict[str, dict[str, Pair]]


@dataclass(frozen=True)
class Matrix:
    """order: commitments by row and column. counted: what each counts by itself, current US dollars; None where that
    is not known. cells: by (row, column), the row the later. left: commitments that the limit left out, and
    apart: pairs that are therefore not in it."""

    order: tuple[Pledge, ...]
    counted: tuple[Decimal | None, ...]
    cells: Mapping[tuple[int, int], Pair]
    left: int
    apart: int


def matrix(pairs: Iterable[Pair], most: int = MOST) -> Matrix:
    """pairs: those without shared money are left out."""
    near, by_id, own = _near(pairs)
    order = [id_ for cluster in clusters(near) for id_ in _ordered(cluster, near)]
    kept = {id_: place for place, id_ in enumerate(order[:most])}
    cells = {
        (max(kept[one], kept[other]), min(kept[one], kept[other])): pair
        for one, others in near.items()
        for other, pair in others.items()
        if one < other and one in kept and other in kept
    }
    every = sum(map(len, near.values())) // 2
    pledges = tuple(by_id[id_] for id_ in kept)
    return Matrix(pledges, tuple(own.get(id_) for id_ in kept), cells, len(order) - len(kept), every - len(cells))


def _near(pairs: Iterable[Pair]) -> tuple[Near, dict[str, Pledge], dict[str, Decimal]]:
    near: Near = {}
    by_id: dict[str, Pledge] = {}
    own: dict[str, Decimal] = {}
    for pair in pairs:
        if pair.usd:
            for one, other, counted in ((0, 1, pair.counted[0]), (1, 0, pair.counted[1])):
                pledge = (pair.first, pair.second)[one]
                by_id[pledge.id] = pledge
                near.setdefault(pledge.id, {})[pair.key[other]] = pair
                if counted is not None:
                    own[pledge.id] = counted
    return near, by_id, own


def clusters(near: Near) -> list[set[str]]:
    """Sets of commitments tied by shared money, directly or through others; the largest sum of pairs first."""
    left, found = set(near), list[set[str]]()
    while left:
        todo, one = [min(left)], set[str]()
        while todo:
            id_ = todo.pop()
            if id_ not in one:
                one.add(id_)
                todo += near[id_]
        left -= one
        found.append(one)
    return sorted(found, key=lambda one: (-sum((shared(near, id_) for id_ in one), Decimal(0)), min(one)))


def shared(near: Near, id_: str) -> Decimal:
    """What its pairs make, added: for order alone, as several can share the same money."""
    return sum((abs(pair.usd or Decimal(0)) for pair in near[id_].values()), Decimal(0))


def _ordered(cluster: set[str], near: Near) -> list[str]:
    """The one that shares most, then again and again the one that shares most with those before it."""
    first = min(cluster, key=lambda id_: (-shared(near, id_), id_))
    order, ties = [first], dict.fromkeys(cluster - {first}, Decimal(0))
    while ties:
        for other, pair in near[order[-1]].items():
            if other in ties:
                ties[other] += abs(pair.usd or Decimal(0))
        following = min(ties, key=lambda id_: (-ties[id_], id_))
        order.append(following)
        del ties[following]
    return order
