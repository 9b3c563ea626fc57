"""Whole pages put together: filter bar, chips, headline, panels, foot. Everything is handed in drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from dash import dcc, html

from dashboard.carried import at_edition
from dashboard.codes import Codes, Source
from dashboard.definitions import DEFINITIONS
from dashboard.figures.places import BOUNDARIES
from dashboard.heard import address
from dashboard.panels import Panel, Table
from dashboard.selection import Refusal, Selection
from layouts import citing, ids
from layouts.chips import chips
from layouts.filters import bar
from layouts.methods import contents, sections
from layouts.pages import ROWS, ROWS_PATH, Page, heading
from layouts.panels import Pieces, panel
from layouts.parts import mark

SAID = ids.GESTURE, ids.AGAIN  # of the page as its address is: what is asked as one leaves has nobody to answer
NAMES = "Names of countries, areas and organizations follow United Nations usage. The sources may name them otherwise."
ROUNDING = (
    "Figures are rounded to three significant digits; tables and downloads are exact, shares to two decimals. "
    "$ means United States dollars. "
    "Two dots (..) mean not reported; 0 means reported as nil. Sources are never added together."
)


def explored(
    page: Page,
    goal: str,
    written: str,
    selection: Selection,
    refused: Sequence[Refusal],
    codes: Codes,
    opening: Any,
    drawn: Mapping[str, tuple[Panel, Pieces]],
    marks: Mapping[str, str],
    edition: str,
    below: Sequence[Any] = (),
) -> list[Any]:
    """A page of panels. `written`: the query string as it stands; `marks`: what `ids.DRAWN` starts with. The
    opening and the pieces may be written already: they are only put in their place. below: what stands under them."""
    sections = [
        panel(*drawn[place.panel][:1], place, drawn[place.panel][1]) for place in page.places if place.panel in drawn
    ]
    return [
        dcc.Location(id=ids.ADDRESS, refresh=False, search=written),
        dcc.Store(id=ids.DRAWN, data=dict(marks)),
        dcc.Store(id=ids.SHOWN, data=edition),
        *(dcc.Store(id=name) for name in SAID),
        bar(selection, codes, goal),
        html.Main(
            [
                html.Div(chips(selection, codes, refused, goal), id=ids.CHIPS, className="chips"),
                top(page, goal, opening),
                html.Div(sections, className="grid"),
                *below,
                html.P(id=ids.STATUS, role="status", className="heard-only"),
            ],
            id="content",
            className="wrap",
            **_title(heading(page, goal)),
        ),
        foot(selection, edition, goal, page),
    ]


def top(page: Page, goal: str, opening: Any) -> html.Div:
    """The head of a page of panels."""
    if not goal:
        return html.Div(opening, id=ids.HEADLINE, className="hero")
    title = html.Div([mark(f"goal-{goal}"), html.H1(heading(page, goal))], className="goal-title")
    return html.Div([title, html.Div(opening, id=ids.HEADLINE)], className="hero")


def permalink(selection: Selection, edition: str, goal: str, page: Page | None = None) -> list[Any]:
    """A link that names its edition, so that it shows these figures for as long as the edition is kept; of a page of
    panels also the way to the same as a briefing."""
    path = ROWS_PATH if page is ROWS else f"/goal/{goal}" if goal else "/"
    href = at_edition(f"{path}{address(selection.without('edition'), goal)}", edition)
    link = ["Permalink ", html.A(href, href=href)]
    if page is None or page is ROWS:
        return link
    panels = ",".join(place.panel for place in page.places)
    beyond = "&".join(filter(None, (f"show={panels}", selection.without("edition").write())))
    brief = [html.A("Briefing: print it, or take it as PDF or slides", href=f"/briefing?{beyond}")]
    about = next((one for one in ("goal", "donor", "recipient") if len(selection.picked(one)) == 1), "")
    if about and (goal or about != "goal"):
        ready = f"/briefing?ready={about}&{selection.without('edition').write()}"
        brief += [" ", html.A("On one sheet", href=ready)]
    comment = html.A("Comment on this view", href=f"/my/comments/new?view={quote(href, safe='/')}", rel="nofollow")
    return [*link, " ", *brief, " ", comment, " ", html.A("Comments", href="/comments")]


def foot(selection: Selection, edition: str, goal: str = "", page: Page | None = None) -> html.Footer:
    """`page`: the page of panels whose clicks redraw the permalink; on any other it stands still."""
    redrawn = {"id": ids.PERMALINK} if page else {}
    return html.Footer(
        html.Div(
            [
                html.P(BOUNDARIES, className="boundaries"),
                html.P(ROUNDING),
                html.P(permalink(selection, edition, goal, page), className="permalink", **redrawn),
                citing.of_page(),
            ],
            className="wrap",
        ),
        className="site-foot",
    )


def not_found(path: str) -> list[Any]:
    said = [html.H1("Page not found"), html.P(["Nothing lives at ", html.Code(path[:120]), "."])]
    ways = html.P([html.A("Overview", href="/", **{"data-page": "/"})], className="ways")
    return [html.Main([*said, ways], id="content", className="wrap plain", **_title("Page not found"))]


def methods(codes: Codes, edition: str, spread: Table | str = "") -> list[Any]:
    """Sources with their coverage and attribution, every definition, and all that computes. spread: of the mapping."""
    terms = html.Dl([html.Div([html.Dt(name), html.Dd(words)]) for name, words in DEFINITIONS.items()])
    body = [
        html.H1("Methods and sources"),
        html.P(f"Edition {edition}."),
        contents(),
        html.H2("Sources"),
        *(_source(source) for source in codes.sources.values()),
        html.H2("Names"),
        html.P(NAMES),
        html.H2("Definitions"),
        terms,
        *sections(codes, spread),
    ]
    return [
        html.Main(body, id="content", className="wrap plain", **_title("Methods and sources")),
        foot(Selection(), edition),
    ]


def _source(source: Source) -> html.Section:
    disbursed = [html.P(f"Disbursed here means {source.disbursed_is}.")] if source.disbursed_is else []
    note = [html.P(source.note)] if source.note else []
    terms = f"{source.attribution} Licence: {source.licence}. Released: {source.released}."
    whose = html.P(terms, className="attribution")
    return html.Section([html.H3(source.title), html.P(source.coverage), *disbursed, *note, whose])


def _title(words: str) -> dict[str, str]:
    return {"data-title": words}


def every_id(frame: html.Div) -> html.Div:
    """The shell with an empty page in it: lets Dash check the callbacks' ids at the start."""
    page = [dcc.Location(id=ids.ADDRESS), *(dcc.Store(id=name) for name in (ids.DRAWN, ids.SHOWN, *SAID))]
    page += [dcc.Location(id=name) for name in (ids.DATA_ADDRESS, ids.REGISTER_ADDRESS, ids.RECKONED_ADDRESS)]
    spoken = (ids.CHIPS, ids.HEADLINE, ids.PERMALINK, ids.STATUS, ids.DATA, ids.REGISTER, ids.RECKONED)
    return html.Div([frame, *page, *(html.Div(id=name) for name in spoken)])
