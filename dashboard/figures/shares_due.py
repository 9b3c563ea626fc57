"""What was delivered as a share of what was due, one bar a commitment: shares compare where amounts do not."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import Any

from dashboard.amount_words import part
from dashboard.commitment import Entry
from dashboard.figures import style
from dashboard.panels import Figure
from dashboard.ranges import Range

BAR, LINE, APART = 16, 17, 14  # pixels: of a bar, of a line of its label, between a bar and the next label
TOP, BOTTOM = 24, 10
LONG, MOST = 50, 3  # characters of a line of a label that a phone has room for; lines


def height(entries: Sequence[Entry]) -> int:
    """Room for every label whole, over its bar."""
    return TOP + BOTTOM + sum(_taken(entry) for entry in entries)


def _taken(entry: Entry) -> int:
    return LINE * len(_lines(entry.pledge.title)) + BAR + APART


def figure(entries: Sequence[Entry]) -> Figure:
    """Entries with a share, the first on top. The label stands over its bar, so that it needs no margin. One unit of
    the vertical axis is a pixel, so that each row takes the room that its label needs."""
    rows = [(entry, entry.outcome.share) for entry in entries]
    held = [(entry, share) for entry, share in rows if isinstance(share, Range)]
    ends = list(accumulate(_taken(entry) for entry, _ in held))
    places = [-(end - APART - BAR / 2) for end in ends]
    whole = ends[-1] if ends else 0
    most = max([1.0, *(float(share.high) for _, share in held)])
    low = [float(share.low) for _, share in held]
    high = [float(share.high) for _, share in held]
    return {
        "data": [
            _bars(places, low, [0.0] * len(low), "Delivered", _solid(held), _hovers(held)),
            _bars(places, [b - a for a, b in zip(low, high, strict=True)], low, "Range", _ranged(), _hovers(held)),
        ],
        "layout": style.layout(
            margin={"l": 2, "r": 64, "t": TOP, "b": BOTTOM, "pad": 0},
            barmode="overlay",
            xaxis=style.axis(range=[0, most], visible=False),
            yaxis=style.axis(range=[-whole, 0], visible=False),
            shapes=[_due(whole)],
            annotations=[_hundred(), *_labels(held, places, high)],
        ),
    }


def _bars(
    places: list[float], widths: list[float], base: list[float], name: str, marker: dict[str, Any], hovers: list[str]
) -> dict[str, Any]:
    given = {"type": "bar", "orientation": "h", "x": widths, "y": places, "base": base, "width": BAR}
    given |= {"name": name, "marker": marker}
    return given | {"hovertext": hovers, "hovertemplate": "%{hovertext}<extra></extra>", "showlegend": False}


def _solid(held: Sequence[tuple[Entry, Range]]) -> dict[str, Any]:
    """Each bar in the colour of the rung that is counted."""
    return {"color": [style.FILL.get(entry.outcome.stage, style.DISBURSED) for entry, _ in held]}


def _ranged() -> dict[str, Any]:
    line = {"color": style.DISBURSED, "width": 1}
    pattern = {"shape": "/", "fgcolor": style.DISBURSED, "bgcolor": style.SURFACE, "size": 6}
    return {"color": style.SURFACE, "line": line, "pattern": pattern}


def _hovers(held: Sequence[tuple[Entry, Range]]) -> list[str]:
    return [
        f"{entry.pledge.title}<br>{part(share)} of what was due, {entry.outcome.stage}, {entry.outcome.at}"
        for entry, share in held
    ]


def _due(whole: int) -> dict[str, Any]:
    return {"type": "line", "x0": 1, "x1": 1, "y0": -whole, "y1": 0, "line": {"color": style.INK, "width": 1}}


def _hundred() -> dict[str, Any]:
    text = {"text": "all that was due", "x": 1, "y": 0, "yanchor": "bottom", "xanchor": "right"}
    return text | {"showarrow": False, "font": style.SMALL}


def _labels(held: Sequence[tuple[Entry, Range]], places: list[float], high: list[float]) -> list[dict[str, Any]]:
    """Titles whole, over their bars, in two lines where they are long."""
    made: list[dict[str, Any]] = []
    for (entry, share), place, end in zip(held, places, high, strict=True):
        left = {"x": 0, "y": place, "xanchor": "left", "showarrow": False}
        title = {
            "text": "<br>".join(_lines(entry.pledge.title)),
            "yshift": BAR // 2 + 1,
            "yanchor": "bottom",
            "align": "left",
        }
        made.append(left | title | {"font": style.FONT, "bgcolor": style.SURFACE})
        made.append(
            left | {"x": max(end, 0), "xshift": 5, "text": part(share), "font": style.FONT, "bgcolor": style.SURFACE}
        )
    return made


def _lines(title: str) -> list[str]:
    """Broken between words so that no line is longer than `LONG`; a third line ends in dots."""
    lines = [""]
    for word in title.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > LONG:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return lines if len(lines) <= MOST else [*lines[: MOST - 1], f"{lines[MOST - 1][: LONG - 1]}…"]
