"""The ladder of a commitment: four rungs side by side, each with its figure, source and date, or why it has none."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from dash import html

from dashboard.commitment_words import Gap
from dashboard.rungs import Rung
from layouts.pieces import absent

ONE = Decimal(1)


def ladder(rungs: Sequence[Rung]) -> html.Ol:
    longest = max([ONE, *(rung.part for rung in rungs if rung.part is not None)])
    return html.Ol([_rung(rung, longest) for rung in rungs], className="ladder")


def _rung(rung: Rung, longest: Decimal) -> html.Li:
    known = bool(rung.figure)
    swatch = html.I(className=f"key-{rung.stage}" if known else "key-none", **{"aria-hidden": "true"})
    value: Any = [html.B(rung.figure), html.Small(f" {rung.share}") if rung.share else ""]
    if rung.absence is not None:
        value = absent(rung.absence.value, rung.absence.words)
    return html.Li(
        [
            html.Span([swatch, rung.stage.capitalize()], className="r"),
            html.Span(value, className="v" if known else "na"),
            html.Span(_bar(rung, longest), className="bar", **{"aria-hidden": "true"}),
            html.P(rung.under),
        ]
    )


def _bar(rung: Rung, longest: Decimal) -> list[Any]:
    if rung.part is None or rung.part < 0:
        return []
    width = f"{float(100 * rung.part / longest):.2f}%"
    return [html.Span(className=f"key-{rung.stage}", style={"width": width})]


def gaps(every: Sequence[Gap]) -> html.Dl:
    """The three gaps, each with its basis or its reason."""
    return html.Dl([_gap(one) for one in every], className="gaps")


def _gap(one: Gap) -> html.Div:
    said: Any = html.B(one.said) if one.said else ""
    if one.absence is not None:
        said = absent(one.absence.value, one.absence.words)
    basis = [html.Small(one.basis)] if one.basis else []
    return html.Div([html.Dt([one.name, html.Small(one.means)]), html.Dd([said, *basis])])
