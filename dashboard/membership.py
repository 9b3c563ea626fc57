"""Whom a list of codes names, year by year: single codes, and the members of groups as then or as today."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.codes import Codes


def of_year(codes: Codes, dimension: str, picked: Iterable[str], year: int, membership: str) -> frozenset[str]:
    """Codes of those named in a year; a group without dates has its members of the list at hand.

    membership: `then`, or `today` for the members of a group's last year."""
    found = set[str]()
    for code in picked:
        group = codes.groups.get(dimension, {}).get(code)
        if group is None:
            found.add(code)
        elif not group.dated:
            found |= group.members()
        else:
            found |= group.members(group.last if membership == "today" else year)
    return frozenset(found)
