"""A commitment as a frame shows it: its sentence, the ladder with the three gaps, and its years; or a figure alone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dash import html

from dashboard import carried
from dashboard.amount_words import prices
from dashboard.carried import Carried
from dashboard.commitment import Commitment
from dashboard.commitment_words import by_year, gaps, headline
from dashboard.figures import dues
from dashboard.look import Look
from dashboard.panels import Figure
from dashboard.shown import rounded
from layouts import causes, commitment_figures, frame
from layouts.commitment import of_money
from layouts.commitment_figures import CAUSE, drawn_years, source_line, terms, whole
from layouts.frame import Head
from layouts.ladder import gaps as three
from layouts.ladder import ladder
from layouts.opening import opening


def page(told: Commitment, look: Look, head: Head, kept: str, pinned: bool) -> str:
    """kept: what of edition and state the address names; pinned: whether it names both."""
    body = html.Div(opening(headline(told), heading=False), className="hero")
    rungs = [ladder(told.rungs, terms(told), of_money(told), told.contributed), three(gaps(told))]
    drawn, years = _years(told)
    return frame.document(_newest(leaving(told), kept), [body, *rungs, *years], drawn, look, head, pinned)


def figure(told: Commitment, look: Look, head: Head, kept: str, pinned: bool, name: str) -> str:
    """One of its figures alone. Raises KeyError where it has none of that name."""
    one, inside, drawn = commitment_figures.leaving(told, name), list[Any](), list[Figure]()
    if name == CAUSE and told.causes is not None:
        for _, words, chart, height, sentence in causes.figures(told, told.causes):
            heading = [html.H2(words, className="part-of")] if words else []
            inside += [*heading, frame.slot(len(drawn), height, sentence)]
            drawn.append(chart)
    else:
        inside, drawn = [frame.slot(0, dues.HEIGHT, one.sentence)], [drawn_years(told)]
    of, body = html.P(html.B(told.pledge.title), className="prose"), html.Div(inside, className="body")
    return frame.document(_newest(one, kept), [of, body], drawn, look, head, pinned)


def _newest(one: Carried, kept: str) -> Carried:
    return replace(one, newest=f"{one.newest}?{kept}") if kept else one


def leaving(told: Commitment) -> Carried:
    """As it leaves, with its figures by year."""
    one = carried.sourced(carried.pledge(told.pledge, told.edition, told.registry), source_line(told))
    basis = prices(told.measured.rule, told.measured.unit)
    by_years = rounded(dues.table(whole(told), basis)) if drawn_years(told) else None
    return replace(one, table=by_years, sentence=headline(told).text)


def _years(told: Commitment) -> tuple[list[Figure], list[Any]]:
    chart = drawn_years(told)
    if chart is None:
        return [], []
    title = by_year(replace(told, measured=whole(told)))
    return [chart], [html.H2(title), html.Div(frame.slot(0, dues.HEIGHT, title), className="body")]
