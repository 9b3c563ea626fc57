"""Lines over years as a plotly figure: direct labels at the right end, a band where nothing is reported."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from dashboard.figures import style
from dashboard.panels import Figure

LEFT, RIGHT, TOP, BOTTOM, HEIGHT = 54, 100, 14, 28, 300
OFF = 6  # pixels between an axis and its labels: the lowest value and the first year never touch
APART, LOWEST = 34, 12  # pixels between two labels of two lines; of the lowest above the axis


@dataclass(frozen=True)
class Line:
    """One line: its points, the words of its end label (name, then value) and of each point's hover."""

    name: str
    colour: str
    points: tuple[tuple[int, Decimal], ...]
    ends: str
    hovers: tuple[str, ...]
    ink: str = ""
    width: float = 2.25
    dash: str = "solid"
    code: str = ""
    broken: int = 0  # a year from which another measure holds: the line is not joined across it
    yearly: bool = False  # a figure of each year alone: not joined across years that have none, which are no slope


@dataclass(frozen=True)
class Band:
    """Years without data, and the sentence that says so."""

    first: int
    last: int
    words: str


def chart(
    lines: Sequence[Line],
    span: tuple[int, int],
    ticks: tuple[Sequence[float], Sequence[str]],
    band: Band | None = None,
    fills: Sequence[dict[str, Any]] = (),
    height: int = HEIGHT,
) -> Figure:
    """`ticks`: values and their texts, lowest first; the scale ends at the outer ones."""
    values, texts = list(ticks[0]), list(ticks[1])
    first, last = span
    room, shown = max(last - first, 1) * 0.02, year_ticks(first, last)
    plot = height - TOP - BOTTOM
    pixels = plot / ((values[-1] - values[0]) or 1)
    return {
        "data": [*fills, *(_trace(line) for line in lines), _dots(lines)],
        "layout": style.layout(
            margin={"l": LEFT, "r": RIGHT, "t": TOP, "b": BOTTOM, "pad": 0},
            xaxis=axis([first - room, last + room], shown, [str(year) for year in shown]),
            yaxis=style.scale(range=[values[0], values[-1]], tickvals=values, ticktext=texts, ticklabelstandoff=OFF),
            annotations=[*_labels(lines, pixels, values[0], plot), *([_absent(band, last)] if band else [])],
            shapes=[_beige(band)] if band else [],
        ),
    }


def axis(ends: list[float], ticks: Sequence[int], texts: Sequence[str]) -> dict[str, Any]:
    """The years, a little below their line."""
    return style.axis(range=ends, tickvals=ticks, ticktext=texts, ticklabelstandoff=OFF // 2)


def _trace(line: Line) -> dict[str, Any]:
    xs: list[int | None] = []
    ys: list[float | None] = []
    said: list[str] = []
    for run in _runs(line):
        if xs:
            xs.append(None)
            ys.append(None)
            said.append("")
        xs += [line.points[at][0] for at in run]
        ys += [float(line.points[at][1]) for at in run]
        said += [line.hovers[at] for at in run]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": xs,
        "y": ys,
        "hovertext": said,
        "hovertemplate": "%{hovertext}<extra></extra>",
        "customdata": [line.code] * len(xs),
        "line": {"color": line.colour, "width": line.width, "shape": "linear", "dash": line.dash},
        "cliponaxis": False,
    }


def _runs(line: Line) -> list[list[int]]:
    """The points that are joined with each other, as their places."""
    runs: list[list[int]] = []
    for at, (year, _) in enumerate(line.points):
        before = line.points[at - 1][0] if at else year
        apart = (line.yearly and year - before > 1) or before < line.broken <= year
        if not runs or apart:
            runs.append([])
        runs[-1].append(at)
    return runs


def _alone(line: Line) -> list[tuple[int, Decimal]]:
    """Points that no line reaches: each is a dot, as a run of one point draws nothing."""
    return [line.points[run[0]] for run in _runs(line) if len(run) == 1 and run[0] != len(line.points) - 1]


def _dots(lines: Sequence[Line]) -> dict[str, Any]:
    """The end of each line, and the years that stand alone, as one trace."""
    ends = [(line, line.points[-1], 8) for line in lines if line.points]
    ends += [(line, point, 5) for line in lines for point in _alone(line)]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [point[0] for _, point, _ in ends],
        "y": [float(point[1]) for _, point, _ in ends],
        "marker": {
            "size": [size for _, _, size in ends],
            "color": [line.colour for line, _, _ in ends],
            "line": {"width": 0},
        },
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


def _labels(lines: Sequence[Line], pixels: float, bottom: float, height: float) -> list[dict[str, Any]]:
    """Name and last value at the end of each line, moved apart where they would touch.

    pixels: of one unit of the scale, which starts at `bottom`; height: of the plot."""
    ends = sorted(((line, *line.points[-1]) for line in lines if line.points), key=lambda end: -end[2])
    placed = apart([(float(value) - bottom) * pixels for _, _, value in ends], height)
    return [
        {
            "x": year,
            "y": float(value),
            "yshift": at - (float(value) - bottom) * pixels,
            "xanchor": "left",
            "yanchor": "middle",
            "xshift": 9,
            "align": "left",
            "showarrow": False,
            "text": line.ends,
            "font": style.FONT | {"color": line.ink or line.colour},
        }
        for (line, year, value), at in zip(ends, placed, strict=True)
    ]


def apart(wanted: Sequence[float], height: float) -> list[float]:
    """Where labels stand, highest first, in pixels above the axis: as wanted, but far enough apart and inside."""
    placed: list[float] = []
    for at in wanted:
        placed.append(min(at, placed[-1] - APART) if placed else at)
    if not placed:
        return []
    shift = sum(w - p for w, p in zip(wanted, placed, strict=True)) / len(placed)
    shift += max(0.0, LOWEST - (placed[-1] + shift))  # the lowest stays above the years
    over, room = placed[0] + shift - height, placed[-1] + shift - LOWEST
    return [at + shift - min(max(over, 0.0), max(room, 0.0)) for at in placed]


def _beige(band: Band) -> dict[str, Any]:
    place = {"x0": band.first, "x1": band.last, "y0": 0, "y1": 1, "xref": "x", "yref": "paper"}
    return {"type": "rect", "layer": "below", "fillcolor": style.ABSENT_CELL, "line": {"width": 0}} | place


def _absent(band: Band, last: int) -> dict[str, Any]:
    """The sentence of the band, at its top; in a narrow band it runs on to the right."""
    font = {**style.SMALL, "color": style.ABSENT_MARK}
    place = {"x": band.first, "xanchor": "left", "xshift": 6, "yref": "paper", "y": 1, "yanchor": "top", "yshift": -2}
    return {"text": f"<b>..</b> {band.words}", "align": "left", "showarrow": False, "font": font} | place


def nice(low: float, high: float) -> list[float]:
    """At most five ticks, from a round number at or below `low` to one at or above `high`, zero among them."""
    low, high = min(low, 0.0), max(high, 0.0)
    reach = (high - low) or 1.0
    steps = (m * 10.0**n for n in range(-9, 16) for m in (1, 2, 2.5, 5))
    step = next(s for s in steps if _count(low, high, s) <= 4 and s * 4 >= reach * 0.5)
    return [round(step * at, 12) for at in range(-_up(-low / step), max(_up(high / step), 1 - _up(-low / step)) + 1)]


def _count(low: float, high: float, step: float) -> int:
    return _up(high / step) + _up(-low / step)


def _up(value: float) -> int:
    """Rounded up, a hair's breadth forgiven."""
    return -int(-(value - 1e-9) // 1)


def year_ticks(first: int, last: int) -> list[int]:
    """Round years: every fifth over more than six years, else every second or each."""
    every = 5 if last - first > 6 else 2 if last - first > 3 else 1
    return [year for year in range(first, last + 1) if year % every == 0] or [first]
