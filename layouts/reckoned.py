"""The frame of the pages that are reckoned from the whole register."""

from __future__ import annotations

from typing import Any

from dash import dcc, html

from layouts import ids
from layouts.pages import find, heading


def frame(edition: str, search: str, filled: list[Any]) -> list[Any]:
    """A page around its content; `search` is the query string as it stands."""
    state = dcc.Location(id=ids.RECKONED_ADDRESS, refresh=False, search=search), dcc.Store(id=ids.SHOWN, data=edition)
    return [*state, html.Div(filled, id=ids.RECKONED)]


def missing(why: str, path: str) -> list[Any]:
    """Where a page cannot be had."""
    title = heading(*find(path))
    way = html.P(html.A("Try again", href=path, **{"data-page": path}), className="ways")
    said = [html.H1(title), html.Div([html.P(why), way], className="empty")]
    return [html.Main(said, id="content", className="wrap plain", **{"data-title": title})]
