"""Circles on two log scales as a plotly figure: area by weight, few labels, picked ones outlined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil, floor, log10, sqrt
from typing import Any

from dashboard.figures import style
from dashboard.panels import Figure
from dashboard.words import number

HEIGHT = 400
LARGEST, SMALLEST = 34.0, 5.0  # pixels across
LEFT, RIGHT, TOP, BOTTOM = 52, 84, 10, 44
NARROWEST, LETTER = 222, 6.5  # pixels: the plot on a phone, a letter of a name
NEAR = 0.06  # of the plot's height: labels nearer than this would touch


@dataclass(frozen=True)
class Circle:
    """One circle; `key` is what a click picks. x and y above zero."""

    key: str
    name: str
    x: float
    y: float
    weight: float
    filled: bool
    picked: bool
    dimmed: bool
    labelled: bool
    hover: str


def scatter(circles: Sequence[Circle], across: str, basis: str) -> Figure:
    """`across` names the horizontal scale, the vertical one is in US dollars; `basis` ends every hover.

    Circles are drawn as given, later ones on top."""
    xs, ys = _ends([c.x for c in circles]), _ends([c.y for c in circles])
    title = {"text": across, "font": style.SMALL, "standoff": 8}
    wide, high = _ticks(xs, 6), _ticks(ys, 6)
    return {
        "data": [_trace(circles, basis)],
        "layout": style.layout(
            margin={"l": LEFT, "r": RIGHT, "t": TOP, "b": BOTTOM, "pad": 0},
            xaxis=_axis(xs, wide, [_plain(tick) for tick in wide]) | {"title": title},
            yaxis=_axis(ys, high, [f"${_plain(tick)}" for tick in high]),
            annotations=_labels(circles, xs, ys),
        ),
    }


def _axis(ends: tuple[float, float], ticks: Sequence[float], texts: Sequence[str]) -> dict[str, Any]:
    grid = {"showgrid": True, "gridcolor": style.RULE, "gridwidth": 1}
    own = {"type": "log", "range": list(ends), "tickvals": list(ticks), "ticktext": list(texts)}
    return style.axis(**grid) | own


def _ends(values: Sequence[float]) -> tuple[float, float]:
    """The range in powers of ten, with room for the circles at its ends."""
    low, high = log10(min(values)), log10(max(values))
    room = max(high - low, 0.3) * 0.06
    return low - room, high + room


def _ticks(ends: tuple[float, float], most: int) -> list[float]:
    """Round values between the ends: 1, 2, 5 of each power if they are few enough, else the powers, thinned out."""
    powers = range(floor(ends[0]), ceil(ends[1]) + 1)
    every = [m * 10.0**p for p in powers for m in (1, 2, 5) if ends[0] <= log10(m * 10.0**p) <= ends[1]]
    if len(every) <= most:
        return every
    tens = [value for value in every if abs(log10(value) - round(log10(value))) < 1e-9]
    return tens[:: max(1, ceil(len(tens) / most))] if len(tens) > 1 else every[:: ceil(len(every) / most)]


def _plain(value: float) -> str:
    return number(Decimal(repr(value)), max(0, -floor(log10(value) + 1e-9)))


def _trace(circles: Sequence[Circle], basis: str) -> dict[str, Any]:
    top = max(circle.weight for circle in circles)
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [_short(circle.x) for circle in circles],
        "y": [_short(circle.y) for circle in circles],
        "customdata": [circle.key for circle in circles],
        "hovertext": [circle.hover for circle in circles],
        "hovertemplate": f"%{{hovertext}}<br>{basis}<extra></extra>",
        "marker": {
            "opacity": 1,
            "size": [round(max(SMALLEST, LARGEST * sqrt(circle.weight / top)), 1) for circle in circles],
            "color": [_fill(circle) for circle in circles],
            "line": {
                "color": [style.INK if circle.picked else _line(circle) for circle in circles],
                "width": [2 if circle.picked else 1 for circle in circles],
            },
        },
        "cliponaxis": False,
    }


def _short(value: float) -> float:
    """Six digits: more than a pixel can show, and a third of the bytes."""
    return float(f"{value:.6g}")


def _fill(circle: Circle) -> str:
    fill = style.OUTCOME[3] if circle.filled else "rgba(255,255,255,0.6)"
    return style.lightened(style.OUTCOME[3]) if circle.filled and circle.dimmed else fill


def _line(circle: Circle) -> str:
    if circle.dimmed:
        return style.RULE
    return style.SURFACE if circle.filled else style.MUTED


def _labels(circles: Sequence[Circle], xs: tuple[float, float], ys: tuple[float, float]) -> list[dict[str, Any]]:
    """Names right of their circles, or left where the edge is near; what would touch an earlier one is left out: the
    hover says it."""
    placed: list[tuple[float, float, float]] = []
    labels = []
    top = max(circle.weight for circle in circles)
    for circle in (c for c in circles if c.labelled):
        x, y = log10(circle.x), log10(circle.y)
        across, up = NARROWEST * (x - xs[0]) / (xs[1] - xs[0]), (y - ys[0]) / (ys[1] - ys[0])
        shift = max(SMALLEST, LARGEST * sqrt(circle.weight / top)) / 2 + 4
        long = LETTER * len(circle.name)
        fits = across + shift + long < NARROWEST + RIGHT
        start = across + shift if fits else across - shift - long
        if start < -LEFT or any(start < p[1] and p[0] < start + long and abs(up - p[2]) < NEAR for p in placed):
            continue
        placed.append((start, start + long, up))
        labels.append(
            {
                "x": x,
                "y": y,
                "text": circle.name,
                "showarrow": False,
                "xanchor": "left" if fits else "right",
                "xshift": shift if fits else -shift,
                "font": style.FONT | {"size": 12},
                "bgcolor": "rgba(255,255,255,0.75)",
                "borderpad": 0,
            }
        )
    return labels
