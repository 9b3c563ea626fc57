"""The sentence at the head of a page, set in serif with the swatches of its figures."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard.headline import Headline, Run

GLUE = "\N{NO-BREAK SPACE}"


def opening(said: Headline, heading: bool) -> list[Any]:
    """`heading`: whether the sentence is the page's own heading."""
    runs = [_run(run) for run in said.runs]
    first = html.H1(runs, className="h") if heading else html.P(runs, className="h")
    return [first, *([html.P(said.second, className="s")] if said.second else [])]


def _run(run: Run) -> Any:
    if run.swatch:
        square = html.I(className=f"key key-{run.swatch}", **{"aria-hidden": "true"})
        return html.B([square, run.text.replace(" ", GLUE)])  # the two never part at a line end
    if run.gap:
        return html.Span(run.text, className="gap")
    return html.B(run.text) if run.strong else html.Span(run.text)
