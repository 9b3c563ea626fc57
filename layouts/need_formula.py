"""The formula of the ranking by need, with the weights that are asked for."""

from __future__ import annotations

from dash import html


def formula(need: str, funding: str) -> html.Div:
    """need, funding: the weights as the address has them."""
    return html.Div(
        [
            html.P(
                [html.B("score"), f" = ({need} × need + {funding} × lack of funding) ÷ ({need} + {funding})"],
                className="formula-said",
            ),
            html.P(
                "need: the place by the indicator among those ranked, from 0 (best off) to 1 (worst off). lack of "
                "funding: the place by money a head and year, from 0 (most) to 1 (least). Ties share the middle of "
                "their places."
            ),
        ],
        className="formula-of",
    )
