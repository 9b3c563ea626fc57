"""The sentence at the head of a page, set in serif with the swatches of its figures."""

from __future__ import annotations

import re
from typing import Any

from dash import html

from dashboard.headline import Headline, Run

JOIN = "\N{WORD JOINER}"
ROWS_OPENING = [
    html.H1("The rows behind the figures", className="h"),
    html.P(
        "Every amount on these pages is a sum of rows like these. "
        "Each row leads to its file, its line and the record as it was read.",
        className="s",
    ),
]


def opening(said: Headline, heading: bool) -> list[Any]:
    """`heading`: whether the sentence is the page's own heading."""
    runs = [_run(run) for run in said.runs]
    first = html.H1(runs, className="h") if heading else html.P(runs, className="h")
    told = ((said.promised, "of-register"), (said.unmeasured, "s of-register-not"))
    register = [html.P([_run(run) for run in runs], className=kind) for runs, kind in told if runs]
    return [first, *([html.P(said.second, className="s")] if said.second else []), *register]


def _run(run: Run) -> Any:
    text = whole(run.text)
    if run.swatch:
        square = html.I(className=f"key key-{run.swatch}", **{"aria-hidden": "true"})
        first, space, rest = text.partition(" ")  # square and figure never part at a line end
        return html.B([html.Span([square, first], className="whole"), space + rest])
    if run.href:
        return html.A(text, href=run.href, **{"data-page": run.href.partition("?")[0]})
    if run.gap:
        return html.Span(text, className="gap")
    return html.B(text) if run.strong else html.Span(text)


def whole(text: str) -> str:
    """Text whose spans of years do not break at a line end."""
    return re.sub(r"(?<=\d)–(?=\d)", f"{JOIN}–{JOIN}", text)
