"""What stays while pages change: the document, the masthead with its navigation, the stores."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from dash import dcc, html

from layouts import ids
from layouts.pages import (
    COMMITMENTS,
    COMMITMENTS_PATH,
    DATA,
    FINDINGS,
    FINDINGS_PATH,
    FULL_TITLES,
    GAPS,
    GAPS_PATH,
    NEEDS,
    NEEDS_PATH,
    OF_REGISTER,
    OVERLAPS,
    OVERLAPS_PATH,
    OVERVIEW,
    Page,
    goal_path,
    short,
)

NAME = "Tracking Support for the MDGs"
LATER = "<!-- for pages with figures -->"
SHOWN = "<!-- the edition -->"
FIRST = "<!-- the first words -->"
FONTS = {  # name in the address -> (package, family, weight, style)
    "SourceSansPro-Regular.ttf": ("font_source_sans_pro", "Source Sans 3", 400, "normal"),
    "SourceSansPro-Semibold.ttf": ("font_source_sans_pro", "Source Sans 3", 600, "normal"),
    "SourceSerifPro-Regular.ttf": ("font_source_serif_pro", "Source Serif 4", 400, "normal"),
    "SourceSerifPro-Semibold.ttf": ("font_source_serif_pro", "Source Serif 4", 600, "normal"),
}


def document() -> str:
    """The page around the app. Fonts are asked for from the first byte on: they must be there before plotly measures
    its labels. `preloads` stand where LATER is written, the edition where SHOWN is,
    what stands there before any script has run where FIRST is."""
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
{{%metas%}}
<title>{{%title%}}</title>
{preloads((f"/fonts/{name}", "font") for name in FONTS)}
{LATER}
{SHOWN}
{{%favicon%}}
{{%css%}}
</head>
<body>
{FIRST}
{{%app_entry%}}
{{%config%}}
{{%scripts%}}
{{%renderer%}}
</body>
</html>"""


def preloads(wanted: Iterable[tuple[str, str]]) -> str:
    """Links that start a download at once. Scripts are same-origin requests, fonts and shapes anonymous ones."""
    return "\n".join(
        f'<link rel="preload" href="{href}" as="{kind}"{"" if kind == "script" else " crossorigin"}>'
        for href, kind in wanted
    )


def shell() -> html.Div:
    """The frame every visit gets first. The page's own content follows in one answer, and the edition it is of."""
    return html.Div(
        [
            html.A("Skip to the content", href="#content", className="skip"),
            dcc.Location(id=ids.PATH, refresh=False),
            masthead(nav(None, "")),
            html.Div(html.Div("Loading the figures …", className="wrap opening"), id=ids.PAGE),
            ways_in(),
        ],
        className="shell",
    )


def ways_in(*, signed: bool = False) -> html.Nav:
    """The ways to what is no figure. Plain links: those pages are written by the server. signed: whether the page knows
    who looks at it."""
    first = [] if signed else [html.A("Contribute", href="/my")]
    ways = [*first, html.A("Surveys", href="/surveys"), html.A("Privacy", href="/privacy")]
    return html.Nav(html.Div(ways, className="wrap"), className="ways-in", **{"aria-label": "Account and privacy"})


def masthead(links: list[Any], edition: str | None = "") -> html.Header:
    """The name, the ways between pages, the edition shown; None for pages that show no figures."""
    of = [] if edition is None else [" | Edition ", html.Span(edition, id=ids.EDITION)]
    said = html.P(["English", *of], className="edition")
    ways = html.Nav(links, id=ids.NAV, className="nav", **{"aria-label": "Pages"})
    brand = html.A(NAME, href="/", className="brand", **{"data-page": "/"})
    return html.Header(html.Div([brand, ways, said], className="wrap"), className="top")


def nav(page: Page | None, goal: str) -> list[Any]:
    """Links between pages; the browser adds the selection to them as it stands."""
    goals = html.Details(
        [
            html.Summary("Goals", className="on" if goal else ""),
            html.Ul([html.Li(_link(short(g), goal_path(g), g == goal)) for g in FULL_TITLES], className="menu"),
        ],
        className="pop",
    )
    return [
        _link("Overview", "/", page is OVERVIEW),
        goals,
        _link("Commitments", COMMITMENTS_PATH, page is COMMITMENTS or page in OF_REGISTER.values()),
        _link("Gaps", GAPS_PATH, page is GAPS),
        _link("Overlaps", OVERLAPS_PATH, page is OVERLAPS),
        _link("Needs", NEEDS_PATH, page is NEEDS),
        _link("Findings", FINDINGS_PATH, page is FINDINGS),
        _link("Rows", "/rows", page is not None and page.name in ("rows", "record")),
        _link("Methods and sources", "/methods", page is not None and page.name == "methods"),
        _link("Data", "/data", page is DATA),
    ]


def _link(words: str, path: str, here: bool) -> html.A:
    more = {"aria-current": "page"} if here else {}
    return html.A(words, href=path, className="on" if here else "", **{"data-page": path}, **more)
