"""A strip of dots: one dot a member on a common scale, stacked where they meet, with a target as an ink line."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from dashboard.figures import style
from dashboard.panels import Figure

COLUMNS = 44  # dots that stand side by side; the next of the same column stands on the one before
STEP, DOT = 1.0, 10
HEIGHT = 132
MOST_LETTERS = 24  # of a label; the hover and the table hold the whole name


class Dot(NamedTuple):
    """value: of the scale; code: what a click picks."""

    code: str
    name: str
    value: Decimal
    colour: str
    said: str
    picked: bool


class Target(NamedTuple):
    value: Decimal
    label: str


def strip(dots: Sequence[Dot], key: str, unit: str, target: Target | None = None, ends: Sequence[str] = ()) -> Figure:
    """The strip. `unit` stands behind the last tick; `ends`: codes labelled by name, such as the largest."""
    high = _end(max([dot.value for dot in dots] + ([target.value] if target else [])))
    stacked = _stacked(dots, high)
    tall = max([y for _, y in stacked], default=0.0)
    dimmed = any(dot.picked for dot in dots)
    trace: dict[str, Any] = {
        "type": "scatter",
        "mode": "markers",
        "x": [x for x, _ in stacked],
        "y": [y for _, y in stacked],
        "text": [dot.said for dot in dots],
        "hoverinfo": "text",
        "customdata": [f"{key}:{dot.code}" for dot in dots],
        "cliponaxis": False,
        "marker": {
            "size": DOT,
            "color": [style.lightened(d.colour) if dimmed and not d.picked else d.colour for d in dots],
            "line": {"color": style.INK, "width": [2 if dot.picked else 0.6 for dot in dots]},
        },
    }
    step = high / 5
    ticks = [step * n for n in range(6)]
    texts = [f"{tick.normalize():f}" for tick in ticks]
    texts[-1] += unit
    layout = style.layout(
        margin={"l": 10, "r": 44, "t": 20, "b": 22, "pad": 0},
        xaxis=style.axis(range=[0, float(high)], tickvals=[float(t) for t in ticks], ticktext=texts),
        yaxis=style.axis(range=[-0.8, max(tall, 5.0) + 0.6], visible=False),
        shapes=_lines(target),
        annotations=_labels(dots, stacked, target, ends, float(high)),
    )
    return {"data": [trace], "layout": layout}


def _end(value: Decimal) -> Decimal:
    """A round end of the scale that five ticks divide."""
    for step in (
        Decimal(1),
        Decimal("1.5"),
        Decimal(2),
        Decimal("2.5"),
        Decimal(3),
        Decimal(4),
        Decimal(5),
        Decimal(10),
    ):
        end = step.scaleb(value.adjusted())
        if end >= value:
            return end
    return Decimal(10).scaleb(value.adjusted())


def _stacked(dots: Sequence[Dot], high: Decimal) -> list[tuple[float, float]]:
    """Where each dot stands: at its own value, lifted above those it would cover."""
    width, held = float(high) / COLUMNS, list[tuple[float, float]]()
    found: dict[int, tuple[float, float]] = {}
    for n, dot in sorted(enumerate(dots), key=lambda pair: pair[1].value):
        x, level = float(dot.value), 0
        taken = {y for other, y in held if abs(other - x) < width}
        while float(level) in taken:
            level += 1
        held.append((x, float(level)))
        found[n] = (x, level * STEP)
    return [found[n] for n in range(len(dots))]


def _lines(target: Target | None) -> list[dict[str, Any]]:
    base = {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": -0.7, "y1": -0.7, "layer": "below"}
    lines: list[dict[str, Any]] = [base | {"line": {"color": style.RULE_2, "width": 1}}]
    if target:
        at = float(target.value)
        upright = {"type": "line", "yref": "paper", "x0": at, "x1": at, "y0": 0, "y1": 1, "layer": "below"}
        lines.append(upright | {"line": {"color": style.INK, "width": 2}})
    return lines


def _labels(
    dots: Sequence[Dot],
    stacked: Sequence[tuple[float, float]],
    target: Target | None,
    ends: Sequence[str],
    high: float,
) -> list[dict[str, Any]]:
    labels = [_target(target, high)] if target else []
    named = sorted((x, y, dot.name) for dot, (x, y) in zip(dots, stacked, strict=True) if dot.code in ends)
    top = max([y for _, y in stacked], default=0.0)
    lifts = [max(top, 5.0) - 0.95 * (n % 5) for n in range(len(named))]
    return labels + [_name(x, y, name, lift, high) for lift, (x, y, name) in zip(lifts, named, strict=True)]


def _target(target: Target, high: float) -> dict[str, Any]:
    at = float(target.value)
    font = {"size": 12, "color": style.INK, "weight": 600}
    where = {"x": at, "y": 1, "yref": "paper", "xanchor": _side(at, high), "yanchor": "bottom"}
    return where | {"text": target.label, "font": font, "showarrow": False, "borderpad": 0}


def _name(x: float, y: float, name: str, lift: float, high: float) -> dict[str, Any]:
    """A dot's name on a line of its own height, so that neighbours and stacks do not meet it."""
    side = _side(x, high)
    aside = 0.03 * high if side == "left" else -0.03 * high
    arrow = {"showarrow": True, "arrowhead": 0, "arrowwidth": 1, "arrowcolor": style.RULE_2, "standoff": 6}
    where = {"axref": "x", "ayref": "y", "ax": x + aside, "ay": lift, "x": x, "y": y, "xanchor": side}
    return arrow | where | {"text": _short(name), "font": {"size": 12, "color": style.INK_2}}


def _short(name: str) -> str:
    return name if len(name) <= MOST_LETTERS else f"{name[: MOST_LETTERS - 1].rstrip()}…"


def _side(at: float, high: float) -> str:
    return "left" if at < 0.72 * high else "right"
