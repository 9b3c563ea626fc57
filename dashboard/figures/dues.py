"""Delivered against due by year: outlined bars of what was due, filled ones of what came; an indicator as a line."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from dashboard.amount_words import single
from dashboard.figures import style
from dashboard.figures.lines import OFF, Line, axis, chart, nice, year_ticks
from dashboard.measured import Measured, Year
from dashboard.panels import Column, Figure, Table
from dashboard.ranges import Range
from dashboard.words import MINUS, unit_of, years
from dashboard.year_ways import breaks

HEIGHT, LEFT, TOP, BOTTOM = 260, 66, 22, 29
Reported = tuple[int, Decimal, str]  # year, value in the unit that is drawn, who reported it, in words
FEW = 1  # years below which there is nothing to draw


def figure(found: Measured, reported: Sequence[Reported] = ()) -> Figure | None:
    """None where no year can be drawn. reported: by the maker; diamonds of a colour of their own, never in a bar."""
    if len(_known(found.years)) <= FEW and not _both(found):
        return None
    return _line(found) if found.rule.kind == "indicator" else _bars(found, within(found, reported))


def within(found: Measured, reported: Sequence[Reported]) -> tuple[Reported, ...]:
    """Those of the years that are drawn as bars."""
    span = {one.year for one in found.years} if found.rule.kind != "indicator" else set[int]()
    return tuple(one for one in reported if one[0] in span)


def _both(found: Measured) -> bool:
    """Whether the one year there is has both sides."""
    return any(isinstance(one.due, Range) and one.delivered is not None for one in found.years)


def _known(held: Sequence[Year]) -> list[Year]:
    return [one for one in held if one.delivered is not None]


def _ends(found: Measured, reported: Sequence[Reported] = ()) -> list[Decimal]:
    due = [end for one in found.years if isinstance(one.due, Range) for end in (one.due.low, one.due.high)]
    return [*due, *(one.delivered for one in found.years if one.delivered is not None), *(one[1] for one in reported)]


def _scale(found: Measured, reported: Sequence[Reported] = ()) -> tuple[Decimal, list[float], list[str]]:
    """What values are divided by, and the ticks with their unit on the highest."""
    ends = _ends(found, reported)
    short, _, size = unit_of(ends) if found.unit == "USD" else ("", "", Decimal(1))
    ticks = nice(float(min([*ends, Decimal(0)]) / size), float(max([*ends, Decimal(0)]) / size))
    texts = [f"{tick:,g}".replace("-", MINUS) for tick in ticks]
    texts[-1] = f"${texts[-1]} {short}".strip() if found.unit == "USD" else texts[-1] + ("%" * ("%" in found.unit))
    return size, ticks, texts


def _bars(found: Measured, reported: Sequence[Reported]) -> Figure:
    size, ticks, texts = _scale(found, reported)
    due = [one for one in found.years if isinstance(one.due, Range)]
    low = [(one.year, one.due.low, one.due.low) for one in due if isinstance(one.due, Range)]
    band = [(one.year, one.due.low, one.due.high) for one in due if isinstance(one.due, Range) and not one.due.is_point]
    span = [one.year for one in found.years]
    shown = year_ticks(span[0], span[-1])
    return {
        "data": [
            _due(found, size, [(year, Decimal(0), end) for year, _, end in low], "Due"),
            *([_due(found, size, band, "Due, up to", "x")] if band else []),
            _delivered(found, size),
            *([_reported(reported, size)] if reported else []),
        ],
        "layout": style.layout(
            margin={"l": LEFT, "r": 8, "t": TOP, "b": BOTTOM, "pad": 0},
            barmode="overlay",
            xaxis=axis([span[0] - 0.6, span[-1] + 0.6], shown, [str(year) for year in shown]),
            yaxis=style.scale(range=[ticks[0], ticks[-1]], tickvals=ticks, ticktext=texts, ticklabelstandoff=OFF),
            annotations=[_absent(one.year) for one in found.years if one.delivered is None],
            shapes=[_break(year) for year in breaks(found.years)],
        ),
    }


def _due(
    found: Measured, size: Decimal, spans: Sequence[tuple[int, Decimal, Decimal]], word: str, hatch: str = "/"
) -> dict[str, Any]:
    return {
        "type": "bar",
        "x": [year for year, _, _ in spans],
        "base": [float(start / size) for _, start, _ in spans],
        "y": [float((end - start) / size) for _, start, end in spans],
        "width": 0.8,
        "hovertext": [f"<b>{year}</b><br>{word} {single(end, found.unit)}" for year, _, end in spans],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "marker": {
            "color": style.SURFACE,
            "line": {"color": style.BUDGETED_LINE, "width": 1},
            "pattern": {"shape": hatch, "fgcolor": style.COMMITTED, "size": 7, "solidity": 0.15, "fillmode": "overlay"},
        },
    }


def _delivered(found: Measured, size: Decimal) -> dict[str, Any]:
    held = _known(found.years)
    return {
        "type": "bar",
        "x": [one.year for one in held],
        "y": [float((one.delivered or Decimal(0)) / size) for one in held],
        "width": 0.44,
        "hovertext": [
            f"<b>{one.year}</b><br>{_verb(found)} {single(one.delivered or Decimal(0), found.unit)}" for one in held
        ],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "marker": {"color": style.FILL[found.rule.stage], "line": {"width": 0}},
    }


def _reported(held: Sequence[Reported], size: Decimal) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [year for year, _, _ in held],
        "y": [float(value / size) for _, value, _ in held],
        "hovertext": [f"<b>{year}</b><br>{words}<br>Reported, not measured" for year, _, words in held],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "marker": {
            "symbol": "diamond",
            "size": 11,
            "color": style.SURFACE,
            "line": {"color": style.OUTCOME_LINE, "width": 2},
        },
    }


def _verb(found: Measured) -> str:
    return "Delivered" if found.rule.stage == "disbursed" else found.rule.stage.capitalize()


def _break(year: int) -> dict[str, Any]:
    """Between the years before and those from this one on, which are made in another way."""
    line = {"color": style.INK_2, "width": 1, "dash": "dot"}
    return {"type": "line", "x0": year - 0.5, "x1": year - 0.5, "y0": 0, "y1": 1, "yref": "paper", "line": line}


def _absent(year: int) -> dict[str, Any]:
    font = {**style.FONT, "color": style.ABSENT_MARK}
    place = {"x": year, "y": 0, "yref": "paper", "yanchor": "bottom", "yshift": 8, "showarrow": False}
    return place | {"text": "<b>..</b>", "font": font, "bgcolor": style.SURFACE}


def _line(found: Measured) -> Figure:
    """An outcome in plum, and its target as a dotted line."""
    held, (_, ticks, texts) = _known(found.years), _scale(found)
    points = tuple((one.year, one.delivered or Decimal(0)) for one in held)
    hovers = tuple(f"<b>{year}</b><br>{single(value, found.unit)}" for year, value in points)
    ends = f"<b>Value</b><br>{single(points[-1][1], found.unit.split(' of ')[0])}"
    lines = [Line("Value", style.OUTCOME_LINE, points, ends, hovers, style.OUTCOME_LINE)]
    span, target = (points[0][0], points[-1][0]), found.rule.low
    wanted = next((one.due for one in reversed(held) if isinstance(one.due, Range)), None)
    if wanted is not None and target is not None:
        level = tuple((year, wanted.low) for year in span) if span[0] < span[1] else ((span[0], wanted.low),)
        said = tuple(f"Target {single(wanted.low, found.unit)}" for _ in level)
        words = f"Target<br>{single(wanted.low, found.unit.split(' of ')[0])}"
        lines.append(Line("Target", style.INK_2, level, words, said, style.INK_2, 1.5, "dot"))
    return chart(lines, span, (ticks, texts), height=HEIGHT)


def table(found: Measured, basis: str) -> Table:
    """Due and delivered of each year, exact; what is not reported stays a mark."""
    kind = "usd" if found.unit == "USD" else "number"
    ranged = any(isinstance(one.due, Range) and not one.due.is_point for one in found.years)
    columns = [Column("year", "Year", "year"), Column("due", "Due" + (", low" * ranged), kind, basis)]
    columns += [Column("high", "Due, high", kind, basis)] if ranged else []
    columns += [Column("delivered", _verb(found), kind, basis)]
    columns += [Column("way", "How it is made")] if breaks(found.years) else []
    rows = []
    for one in found.years:
        ends = (one.due.low, one.due.high) if isinstance(one.due, Range) else (None, None)
        rows.append((one.year, *(ends if ranged else ends[:1]), one.delivered, one.way)[: len(columns)])
    span = years(found.years[0].year, found.years[-1].year) if found.years else ""
    return Table(f"Due and delivered by year, {span}, {basis}", tuple(columns), tuple(rows))
