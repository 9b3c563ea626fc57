"""Groups of donors, recipients and sectors, by year where the years are known. Rows of table `membership`."""

from __future__ import annotations

from typing import NamedTuple

FIRST, LAST = 1900, 9999


class Spelled(NamedTuple):
    """One member's time in a group, whole years, inclusive. dated 1: intervals known; 0: today's list only."""

    dimension: str
    grp: str
    name: str
    family: str
    dated: int
    basis: str
    member: str
    since: int
    until: int
