"""Goal mapping: which share of a purpose serves which Goal, under a named method.

There is no official list. Ours is `goal_shares.csv`: one line per method, purposes, goal, with share, basis and
citation, so that changing the mapping touches data only. What no line claims of a purpose is unallocated.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import NamedTuple

METHODS: dict[str, str] = {  # name -> what it does, for the reader
    "strict": "whole purpose codes only: each serves one Goal or none",
    "shared": "purpose codes that serve several ends are counted in part, by stated shares",
    "muskoka": "the G8's shares for the health of mothers and children (Goals 4 and 5 only)",
}
UNALLOCATED = "unallocated"
REST = "what no line of the method claims of this purpose"
LINES = Path(__file__).with_name("goal_shares.csv")


class Share(NamedTuple):
    """The share of a purpose that serves a goal under a method; six decimals at most."""

    method: str
    purpose: str
    goal: str
    share: Decimal
    basis: str
    citation: str


def shares(purposes: Iterable[str]) -> list[Share]:
    """Every method's shares of the purposes, ordered by method, purpose, goal; those of one purpose sum to 1.

    A purpose that a method does not name (a code without digits too) is unallocated under it."""
    found, codes = [], sorted(set(purposes))
    for method in METHODS:
        for purpose in codes:
            claimed = [line for low, high, line in _lines() if line.method == method and low <= purpose <= high]
            named = [line._replace(purpose=purpose) for line in claimed]
            left = 1 - sum((share.share for share in named), Decimal(0))
            rest = [Share(method, purpose, UNALLOCATED, left, REST, "")] if left else []
            found += sorted([*named, *rest], key=lambda share: share.goal)
    return found


def serves(method: str, goal: str) -> bool:
    """Whether any purpose code serves a goal under a method, wholly or by a share."""
    return any(line.method == method and line.goal == goal for _, _, line in _lines())


@cache
def _lines() -> tuple[tuple[str, str, Share], ...]:
    with LINES.open(encoding="utf-8", newline="") as text:
        return tuple(entry for row in csv.DictReader(text) for entry in _ranges(row))


def _ranges(row: dict[str, str]) -> Iterator[tuple[str, str, Share]]:
    """First and last code of each range of a line; codes compare as text, and all have five digits."""
    for written in row["purposes"].split():
        low, _, high = written.partition("-")
        share = Share(row["method"], "", row["goal"], Decimal(row["share"]), row["basis"], row["citation"])
        yield low, high or low, share
