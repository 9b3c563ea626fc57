"""The heat map of coverage: choices, a table of donors (or recipients) and years, its legend."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dash import html

from dashboard.figures.coverage import SHOWN, Heat, Row
from layouts.filled import filled
from layouts.parts import legend

FEW = 8  # columns up to which the table is as wide as it needs


@dataclass(frozen=True)
class Choice:
    """A word that leads to another showing of the page; the one that is on is where the reader stands."""

    words: str
    query: str
    on: bool


def heat(drawn: Heat, choices: Sequence[tuple[str, Sequence[Choice]]]) -> html.Section:
    """`choices`: named rows of choices above the table."""
    more = [html.Button("show all", type="button", className="more")] if len(drawn.rows) > SHOWN else []
    count = [html.P([drawn.count, *more], className="count")] if drawn.count else []
    note = [html.P(drawn.note, className="note")] if drawn.note else []
    return html.Section(
        [
            html.H2(drawn.title, id="title-coverage"),
            html.P(drawn.subtitle, className="sub"),
            html.Div([_choices(name, offered) for name, offered in choices if len(offered) > 1], className="terms-of"),
            legend(drawn.legend),
            html.A("Skip the table", href="#after-coverage", className="over"),
            html.Div(_table(drawn), className="heat-box", tabIndex=0, role="region", **{"aria-label": drawn.caption}),
            html.Div([*count, *note, html.P(drawn.source_line, className="source")], id="after-coverage", tabIndex=-1),
        ],
        className="panel coverage" + (" dense" if drawn.dense else " few" if len(drawn.columns) <= FEW else ""),
        **{"aria-labelledby": "title-coverage"},
    )


def _choices(name: str, offered: Sequence[Choice]) -> html.Div:
    links = [
        html.A(
            choice.words,
            href=f"/data?{choice.query}" if choice.query else "/data",
            className="on" if choice.on else "",
            **{"data-search": choice.query},
            **({"aria-current": "true"} if choice.on else {}),
        )
        for choice in offered
    ]
    inside = [html.Span(name, className="about"), html.Div(links, className="ways")]
    return html.Div(inside, className="choices", role="group", **{"aria-label": name})


def _table(drawn: Heat) -> html.Table:
    first, rest = drawn.rows[:SHOWN], drawn.rows[SHOWN:]
    bodies = [html.Tbody(className="together", **_rows(drawn, [drawn.together]))]
    if first:
        bodies.append(html.Tbody(**_rows(drawn, first)))
    if rest:
        bodies.append(html.Tbody(className="rest", **_rows(drawn, rest)))
    return html.Table(
        [html.Caption(drawn.caption, className="heard-only"), html.Thead(_head(drawn)), *bodies], className="heat"
    )


def _head(drawn: Heat) -> html.Tr:
    return html.Tr(
        [
            html.Th(drawn.heading, scope="col", className="name"),
            html.Th("Years reported", scope="col", className="told"),
            *(html.Th(_year(words, drawn.dense), scope="col") for words in drawn.columns),
            html.Th("Sum", scope="col", className="sum"),
        ]
    )


def _year(words: str, dense: bool) -> Any:
    """Two digits fit a narrow column; those who listen hear four."""
    if not dense or not words.isdigit():
        return words
    return [html.Span(words[-2:], **{"aria-hidden": "true"}), html.Span(words, className="heard-only")]


def _rows(drawn: Heat, rows: Sequence[Row]) -> dict[str, str]:
    told = [[row.code, row.name, row.told, row.cells, row.total, row.href] for row in rows]
    return filled(
        "heat",
        {
            "columns": drawn.columns,
            "linked": drawn.linked,
            "palette": drawn.palette,
            "dense": drawn.dense,
            "rows": told,
        },
    )
