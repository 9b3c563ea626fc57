"""What a reader has before any script has run: the masthead, the words at the head of a page, and its files.

Scripts take a second on an ordinary machine, more on a bad line; the answer to the question asked does not wait."""

from __future__ import annotations

from typing import Any

from dash import html
from markupsafe import Markup

from layouts.markup import markup
from layouts.pages import Page
from layouts.shell import masthead, nav
from layouts.views import top

WITHOUT = "The figures of this page are drawn by a script, which did not run. What they are drawn from, as files: "


def first(page: Page, goal: str, opening: Any, edition: str, query: str) -> Markup:
    """HTML that stands where the page will: it gives way as soon as the page is there. query: of the selection."""
    beyond = f"?{query}" if query else ""
    named = [html.A(place.about, href=f"/export/{place.panel}.csv{beyond}") for place in page.places]
    without = html.Noscript(html.P([WITHOUT, *_between(named), "."]))
    loading = html.P("Loading the figures …", className="loading")
    body = [html.Div(className="chips"), top(page, goal, opening), without, loading]
    main = html.Main(body, className="wrap")
    whole = html.Div([masthead(nav(page, goal), edition), html.Div(className="filters"), main])
    return Markup('<div id="first">%s</div>') % markup(whole)


def _between(parts: list[Any]) -> list[Any]:
    return [one for part in parts for one in (", ", part)][1:]
