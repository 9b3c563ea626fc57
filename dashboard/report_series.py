"""Reports on one commitment: of different periods they stand as a series; a later one of the same period, at the same
rung and on behalf of the same maker, replaces the earlier, which stays readable as replaced."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from dashboard.contributed import Spoken
from dashboard.report_periods import key

SAID = (
    "Reports of different periods stand side by side as a series and are never added up. A later report of the same "
    "period, at the same rung, replaces the earlier one, which stays readable, struck, with the day on which it was "
    "replaced."
)


def settled(held: Iterable[Spoken]) -> tuple[Spoken, ...]:
    """In the order in which they were accepted; each report that a later one replaces says when, and each that replaces
    one says of when that was. One whose figure was not accepted replaces nothing."""
    made = sorted(held, key=lambda one: one.at)  # those of one second stay in their order
    last: dict[tuple[object, ...], int] = {}
    for at, one in enumerate(made):
        if one.kind != "report" or one.figure is None:
            continue
        of = one.of, one.by, *key(one.fields)
        before = last.get(of)
        if before is not None:
            made[before] = replace(made[before], replaced=one.at)
            made[at] = replace(one, replaces=made[before].at)
        last[of] = at
    return tuple(made)


def standing(held: Iterable[Spoken]) -> tuple[Spoken, ...]:
    """Those that no later report replaces."""
    return tuple(one for one in held if not one.replaced)
