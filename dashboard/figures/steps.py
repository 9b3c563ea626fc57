"""A waterfall as a plotly figure: horizontal, read downwards, margins fixed so that labels never meet bars."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any

from dashboard.figures import style
from dashboard.gaps import Step
from dashboard.panels import Figure
from dashboard.words import MINUS, Scale, percent, scale_of, usd_exact

LEFT, RIGHT, EDGE = 150, 84, 6  # pixels
HEIGHT, ROW = 304, 62  # of the figure; of a row at most
WIDTH = 0.58  # of a row that its bar takes
LABEL, BRIEF = 22, 24  # characters that fit the left margin: of a name alone, of a name beside its share
TWO_LINES = 38  # pixels a row needs for the name above the share
SHORT = {"unexplained": "unexplained"}  # the hover has the whole name
RUNGS = {
    "pledged": "Pledged",
    "committed": "Committed",
    "disbursed": "Disbursed",
    "baseline": "Level before",
    "promised": "Promised in all",
    "delivered": "Delivered",
    "reached": "Delivered in all",  # of what was promised above a level: the level and what came on top of it
    "current": "The same, current",
}
LEVELS = {  # fill, line
    **{name: (style.FILL[name], style.LINE[name]) for name in ("pledged", "committed", "disbursed")},
    "baseline": (style.ABSENT, style.CAUSE_LINE),
    "promised": (style.PLEDGED, style.PLEDGED_LINE),
    "delivered": (style.DISBURSED, style.DISBURSED_LINE),
    "reached": (style.DISBURSED, style.DISBURSED_LINE),
    "current": (style.ABSENT, style.CAUSE_LINE),
}
FILLS = {  # fill, line, hatch
    "gap": (style.GAP_UNDISBURSED, style.GAP_UNDISBURSED_LINE, "\\"),
    "above": (style.ABOVE, style.ABOVE, ""),
    "unexplained": (style.SURFACE, style.UNEXPLAINED, "."),
    "raise": (style.PLEDGED, style.PLEDGED_LINE, ""),
    "cause": (style.CAUSE, style.CAUSE_LINE, ""),
    "not due": (style.NOT_DUE, style.NOT_DUE_LINE, "/"),
}
HATCHES = {"unexplained": style.UNEXPLAINED, "not due": style.NOT_DUE_LINE}  # lines of a hatch; else those of a gap
RISING = ("above", "raise")


def waterfall(
    rows: Sequence[Step], whole: Decimal | None, picked: frozenset[str] = frozenset(), height: int = HEIGHT
) -> Figure:
    """One bar a row; `whole` is what shares are of; parts not in `picked` are lightened where any is picked."""
    levels = [v for row in rows for v in (row.start, row.end) if v is not None]
    scale, low, high = scale_for(rows), min([*levels, Decimal(0)]), max([*levels, Decimal(0)])
    pitch = min(ROW, (height - 2 * EDGE) / max(len(rows), 1))
    used = min(1.0, ROW * len(rows) / (height - 2 * EDGE))  # few rows keep to the top instead of growing fat
    return {
        "data": _bars(rows, picked),
        "layout": style.layout(
            margin={"l": LEFT, "r": RIGHT, "t": EDGE, "b": EDGE, "pad": 0},
            barmode="overlay",
            xaxis=style.axis(range=[float(low), float(high or 1)], showticklabels=False),
            yaxis=style.axis(range=[len(rows) - 0.5, -0.5], domain=[1 - used, 1], showticklabels=False),
            annotations=[
                note for at, row in enumerate(rows) for note in _labels(at, row, whole, scale, pitch >= TWO_LINES)
            ],
            shapes=[_zero(), *_connectors(rows)],
        ),
    }


def scale_for(rows: Sequence[Step]) -> Scale:
    """The scale of a waterfall; one that is opened has a decimal at least, so that its parts can be read."""
    scale = scale_of(v for row in rows for v in (row.start, row.end) if v is not None)
    parts = [row.kind for row in rows if row.kind not in ("rung", "absent")]
    opened = len(parts) > 1 or "cause" in parts
    return Scale(scale.unit, max(scale.decimals, 1)) if opened else scale


def _bars(rows: Sequence[Step], picked: frozenset[str]) -> list[dict[str, Any]]:
    """A trace for each look: given the looks as lists, plotly asks for a contrast to the list and complains."""
    alike: dict[tuple[str, str, str, str], list[tuple[int, Step]]] = {}
    for at, row in enumerate(rows):
        if row.usd is not None and row.start is not None:
            alike.setdefault(_look(row, picked), []).append((at, row))
    return [_trace(look, drawn) for look, drawn in alike.items()]


def _trace(look: tuple[str, str, str, str], drawn: Sequence[tuple[int, Step]]) -> dict[str, Any]:
    fill, line, hatch, front = look
    pattern = {"shape": hatch, "fgcolor": front, "size": 7, "solidity": 0.22, "fillmode": "overlay"}
    return {
        "type": "bar",
        "orientation": "h",
        "y": [at for at, _ in drawn],
        "base": [float(row.start or 0) for _, row in drawn],
        "x": [float(row.usd or 0) for _, row in drawn],
        "width": WIDTH,
        "customdata": [row.code for _, row in drawn],
        "hovertext": [f"<b>{name(row)}</b><br>{usd_exact(row.usd or Decimal(0))}" for _, row in drawn],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "marker": {"color": fill, "line": {"color": line, "width": 1}} | ({"pattern": pattern} if hatch else {}),
        "cliponaxis": False,
    }


def _look(row: Step, picked: frozenset[str]) -> tuple[str, str, str, str]:
    """Fill, line, hatch, colour of the hatch."""
    if row.kind == "rung":
        return *LEVELS[row.name], "", style.SURFACE
    fill, line, hatch = FILLS[row.kind]
    front = HATCHES.get(row.kind, style.GAP_UNCOMMITTED)
    if picked and row.code not in picked:
        return style.lightened(fill), style.lightened(line, 0.4), hatch, style.lightened(front, 0.4)
    return fill, line, hatch, front


def name(row: Step) -> str:
    """What a row is called."""
    return RUNGS.get(row.name, row.name)


def _labels(at: int, row: Step, whole: Decimal | None, scale: Scale, tall: bool) -> list[dict[str, Any]]:
    """Name and share at the left, value at the bar's end."""
    left = {"x": 0, "xref": "paper", "xanchor": "right", "xshift": -8, "align": "right"}
    notes = [_text(at, _name(row, whole, tall), font=style.FONT | ({} if tall else {"size": 12}), **left)]
    if row.usd is None:
        absent = "<b>..</b> not recorded in this source"
        return [*notes, _text(at, absent, x=0, xref="x", xanchor="left", xshift=8, font=style.FONT | _grey())]
    value = scale.text(row.usd)
    if row.kind in RISING or (row.kind == "cause" and row.usd > 0):
        value = "+" + value
    colour = {"gap": style.GAP_TEXT, "above": style.ABOVE}.get(row.kind, style.INK)
    end = float(max(row.start or Decimal(0), row.end or Decimal(0)))
    body = f"<b>{value}</b>" if row.kind == "rung" else value
    place = {"x": end, "xref": "x", "xanchor": "left", "xshift": 6, "align": "left"}
    return [*notes, _text(at, body, font=style.FONT | {"color": colour}, **place)]


def _name(row: Step, whole: Decimal | None, tall: bool) -> str:
    """Name and share, one above the other where there is room, else side by side."""
    share, longest = _share(row, whole), LABEL
    if not tall and row.usd is not None and whole:
        longest = BRIEF - len(percent(row.usd / whole))
    words = SHORT.get(row.kind, name(row))
    words = words if len(words) <= longest else words[: longest - 1].rstrip(" ,") + "…"
    text = f"<b>{words}</b>" if row.kind in ("rung", "absent") else words
    return text + ("<br>" if tall else " ") + share if share else text


def _share(row: Step, whole: Decimal | None) -> str:
    if row.usd is None or whole is None or whole <= 0:
        return ""
    part = row.usd / whole
    sign = "+" if row.kind in RISING else ""
    colour = {"gap": style.GAP_TEXT, "above": style.ABOVE}.get(row.kind, style.MUTED)
    text = percent(part).replace("-", MINUS)
    return f"<span style='font-size:12px;color:{colour}'>{sign}{text}</span>"


def _text(at: int, text: str, **place: Any) -> dict[str, Any]:
    base = {"y": at, "yref": "y", "yanchor": "middle", "showarrow": False, "text": text, "font": style.FONT}
    return base | place


def _grey() -> dict[str, str]:
    return {"color": style.ABSENT_MARK}


def _zero() -> dict[str, Any]:
    line = {"color": style.INK, "width": 1}
    return {"type": "line", "xref": "x", "x0": 0, "x1": 0, "yref": "y domain", "y0": 0, "y1": 1, "line": line}


def _connectors(rows: Sequence[Step]) -> list[dict[str, Any]]:
    """Dotted lines from the end of one bar to the next, in the gap between them."""
    line, lines = {"color": style.INK_2, "width": 1, "dash": "dot"}, []
    for at, (upper, lower) in enumerate(pairwise(rows)):
        if upper.end is None or lower.end is None:
            continue
        x = float(upper.end)
        lines.append(
            {"type": "line", "xref": "x", "x0": x, "x1": x, "yref": "y", "y0": at + 0.29, "y1": at + 0.71, "line": line}
        )
    return lines
