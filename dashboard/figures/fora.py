"""When commitments were made: financial ones filled, policy ones outlined, by year."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboard.figures import style
from dashboard.figures.lines import nice, year_ticks
from dashboard.panels import Column, Figure, Table

HEIGHT, FIRST, LAST = 210, 2000, 2015
Years = Mapping[str, tuple[int, int]]


def figure(by_year: Years) -> Figure:
    """From 2000 to 2015; earlier ones are named in the words beside it."""
    years = range(FIRST, LAST + 1)
    pairs = [by_year.get(str(year), (0, 0)) for year in years]
    ticks = nice(0.0, float(max([1, *(sum(pair) for pair in pairs)])))
    shown = year_ticks(FIRST, LAST)
    return {
        "data": [
            _bars("financial", [pair[0] for pair in pairs], style.PLEDGED, style.PLEDGED_LINE),
            _bars("policy", [pair[1] for pair in pairs], style.SURFACE, style.PLEDGED_LINE),
        ],
        "layout": style.layout(
            margin={"l": 34, "r": 4, "t": 8, "b": 24, "pad": 0},
            barmode="stack",
            bargap=0.2,
            xaxis=style.axis(tickvals=shown, ticktext=[str(year) for year in shown], range=[FIRST - 0.6, LAST + 0.6]),
            yaxis=style.scale(range=[0, ticks[-1]], tickvals=ticks, ticktext=[f"{tick:g}" for tick in ticks]),
        ),
    }


def _bars(kind: str, heights: list[int], fill: str, line: str) -> dict[str, Any]:
    years = list(range(FIRST, LAST + 1))
    return {
        "type": "bar",
        "x": years,
        "y": heights,
        "hovertext": [f"<b>{year}</b><br>{count} {kind}" for year, count in zip(years, heights, strict=True)],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "marker": {"color": fill, "line": {"color": line, "width": 1}},
    }


def title(by_year: Years, total: int) -> str:
    """`2005 saw the most commitments: 92 of 470`, where one year leads."""
    sums = sorted(((sum(pair), year) for year, pair in by_year.items() if year), reverse=True)
    if len(sums) < 2 or sums[0][0] == sums[1][0]:
        return "When they were made"
    return f"{sums[0][1]} saw the most commitments: {sums[0][0]} of {total}"


def before(by_year: Years) -> str:
    """What lies outside the years drawn."""
    count = sum(sum(pair) for year, pair in by_year.items() if not (year.isdigit() and FIRST <= int(year) <= LAST))
    return f" {count} made before {FIRST} are listed below and not drawn." if count else ""


def table(by_year: Years) -> Table:
    columns = (Column("year", "Year"), Column("financial", "Financial", "number"), Column("policy", "Policy", "number"))
    return Table("Commitments by the year they were made", columns, tuple((y, *pair) for y, pair in by_year.items()))
