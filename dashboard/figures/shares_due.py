"""What was delivered as a share of what was due, one bar a commitment: shares compare where amounts do not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboard.amount_words import part
from dashboard.commitment import Entry
from dashboard.figures import style
from dashboard.panels import Figure
from dashboard.ranges import Range

ROW, EDGE = 46, 34  # pixels of a row, and of both edges together
LONG = 52  # characters of a label


def height(count: int) -> int:
    return EDGE + ROW * count


def figure(entries: Sequence[Entry]) -> Figure:
    """Entries with a share, the first on top. The label stands over its bar, so that it needs no margin."""
    rows = [(entry, entry.outcome.share) for entry in entries]
    held = [(entry, share) for entry, share in rows if isinstance(share, Range)]
    places = list(range(len(held)))[::-1]
    most = max([1.0, *(float(share.high) for _, share in held)])
    low = [float(share.low) for _, share in held]
    high = [float(share.high) for _, share in held]
    return {
        "data": [
            _bars(places, low, [0.0] * len(low), "Delivered", {"color": style.DISBURSED}, _hovers(held)),
            _bars(places, [b - a for a, b in zip(low, high, strict=True)], low, "Range", _ranged(), _hovers(held)),
        ],
        "layout": style.layout(
            margin={"l": 2, "r": 64, "t": 24, "b": 10, "pad": 0},
            barmode="overlay",
            bargap=0.62,
            xaxis=style.axis(range=[0, most], visible=False),
            yaxis=style.axis(range=[-0.5, len(held) - 0.35], visible=False),
            shapes=[_due(len(held))],
            annotations=[_hundred(len(held)), *_labels(held, places, high)],
        ),
    }


def _bars(
    places: list[int], widths: list[float], base: list[float], name: str, marker: dict[str, Any], hovers: list[str]
) -> dict[str, Any]:
    given = {"type": "bar", "orientation": "h", "x": widths, "y": places, "base": base, "name": name, "marker": marker}
    return given | {"hovertext": hovers, "hovertemplate": "%{hovertext}<extra></extra>", "showlegend": False}


def _ranged() -> dict[str, Any]:
    line = {"color": style.DISBURSED, "width": 1}
    pattern = {"shape": "/", "fgcolor": style.DISBURSED, "bgcolor": style.SURFACE, "size": 6}
    return {"color": style.SURFACE, "line": line, "pattern": pattern}


def _hovers(held: Sequence[tuple[Entry, Range]]) -> list[str]:
    return [f"{entry.pledge.title}<br>{part(share)} of what was due, {entry.outcome.at}" for entry, share in held]


def _due(count: int) -> dict[str, Any]:
    return {"type": "line", "x0": 1, "x1": 1, "y0": -0.5, "y1": count - 0.35, "line": {"color": style.INK, "width": 1}}


def _hundred(count: int) -> dict[str, Any]:
    text = {"text": "all that was due", "x": 1, "y": count - 0.35, "yanchor": "bottom", "xanchor": "right"}
    return text | {"showarrow": False, "font": style.SMALL}


def _labels(held: Sequence[tuple[Entry, Range]], places: list[int], high: list[float]) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = []
    for (entry, share), place, end in zip(held, places, high, strict=True):
        title = entry.pledge.title
        short = title if len(title) <= LONG else f"{title[: LONG - 1].rstrip()}…"
        left = {"x": 0, "y": place, "xanchor": "left", "showarrow": False}
        made.append(left | {"text": short, "yshift": 17, "font": style.FONT, "bgcolor": style.SURFACE})
        made.append(
            left | {"x": max(end, 0), "xshift": 5, "text": part(share), "font": style.FONT, "bgcolor": style.SURFACE}
        )
    return made
