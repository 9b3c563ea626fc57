"""The area between two lines over years: what was committed and not disbursed."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

Point = tuple[float, float, float]  # year, upper, lower


def gap(upper: Sequence[tuple[int, float]], lower: Sequence[tuple[int, float]]) -> list[dict[str, Any]]:
    """The area where the upper line lies above the lower one, over the years both have, cut where they cross and
    where a year of either is missing."""
    other = dict(lower)
    stretches: list[list[Point]] = []
    for year, value in upper:
        if year not in other:
            continue
        if not stretches or stretches[-1][-1][0] != year - 1:
            stretches.append([])
        stretches[-1].append((float(year), value, other[year]))
    return [_area(run) for stretch in stretches for run in _above(stretch) if len(run) > 1]


def _above(stretch: Sequence[Point]) -> list[list[Point]]:
    """The parts of consecutive years in which the upper line is not below, with the points where the two cross."""
    points: list[Point] = []
    for before, after in pairwise(stretch):
        points.append(before)
        left, right = before[1] - before[2], after[1] - after[2]
        if left * right < 0:
            part = left / (left - right)
            at = before[1] + part * (after[1] - before[1])
            points.append((before[0] + part * (after[0] - before[0]), at, at))
    points += stretch[-1:]
    runs: list[list[Point]] = [[]]
    for point in points:
        if point[1] >= point[2]:
            runs[-1].append(point)
        elif runs[-1]:
            runs.append([])
    return runs


def _area(run: Sequence[Point]) -> dict[str, Any]:
    back = run[::-1]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [p[0] for p in run] + [p[0] for p in back],
        "y": [p[1] for p in run] + [p[2] for p in back],
        "fill": "toself",
        "fillcolor": "rgba(240,181,102,0.38)",
        "line": {"width": 0},
        "hoverinfo": "skip",
    }
