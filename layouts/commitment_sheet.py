"""A commitment on a sheet of a briefing: its sentence, the ladder with the three gaps, its waterfall and its years."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard import causes as by_cause
from dashboard.amount_words import single
from dashboard.commitment import Commitment
from dashboard.commitment_words import by_cause as cause_title
from dashboard.commitment_words import by_year, gaps, headline
from dashboard.figures.steps import EDGE, waterfall
from dashboard.panels import Figure
from dashboard.ranges import Range
from dashboard.sheets import promised_by
from layouts import frame
from layouts.commitment import of_money
from layouts.commitment_figures import drawn_years, terms
from layouts.ladder import gaps as three
from layouts.ladder import ladder
from layouts.opening import opening

ROW, YEARS = 40, 220  # pixels of a step, and of the years


def inside(told: Commitment, first: int = 0) -> tuple[list[Any], list[Figure]]:
    """What stands on the sheet, and its figures. first: how many figures stand before them on the page."""
    said = html.Div(opening(headline(told), heading=False), className="hero")
    made: list[Any] = [said, ladder(told.rungs, terms(told), of_money(told), told.contributed), three(gaps(told))]
    figures, drawn = list[Figure](), list[Any]()
    for title, height, figure in (*_causes(told), *_years(told)):
        slot = html.Div(frame.slot(first + len(figures), height, title), className="body")
        drawn.append(html.Div([html.H3(title), slot], className="drawn-of"))
        figures.append(figure)
    beside = html.Div(drawn, className="drawns")
    return [html.Div([*made, beside, html.P(promised_by(told), className="source")], className="of-pledge")], figures


def _causes(told: Commitment) -> list[tuple[str, int, Figure]]:
    """Title, height and figure of the waterfall; of a range two, of one length for one dollar."""
    found = told.causes
    if found is None:
        return []
    due, ends = told.measured.due, [(False, "")]
    if found.high and isinstance(due, Range):
        low, high = single(due.low, told.measured.unit), single(due.high, told.measured.unit)
        ends = [(False, f" (low end, {low})"), (True, f" (high end, {high})")]
    values = [float(end) for row in (*found.rows, *found.high) for end in (row.start, row.end)]
    made = []
    for top, words in ends:
        rows = by_cause.drawn(found, top)
        height = 2 * EDGE + ROW * len(rows)
        chart = waterfall(rows, by_cause.whole(found, top), height=height)
        chart["layout"]["xaxis"]["range"] = [min(0.0, *values), max(values) or 1.0]
        made.append((f"{cause_title(found, told)}{words}. {found.prices[:1].upper()}{found.prices[1:]}", height, chart))
    return made


def _years(told: Commitment) -> list[tuple[str, int, Figure]]:
    chart = drawn_years(told)
    return [(by_year(told), YEARS, chart)] if chart else []
