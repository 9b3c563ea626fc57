"""What is said of one indicator series. A row of table `series`."""

from __future__ import annotations

from typing import NamedTuple

FOLDER = "indicators/"
WORLD = "WLD"  # all countries together, where a publisher gives them as one
COMPUTED = ""  # no column of its own: made of two other series


class Series(NamedTuple):
    """file: name under the shared folder; column: heading of the values, or COMPUTED."""

    series: str
    name: str
    unit: str
    goal: str
    sex: str
    better: str  # up or down; empty: neither
    source: str
    definition: str
    licence: str
    file: str
    column: str
