"""A drawing turned into components. `pieces` makes all that a redraw may replace; `panel` puts the same pieces into
the frame that stays, so that a page drawn at once and a page redrawn can never differ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from dash import dcc, html

from dashboard.carried import Carried
from dashboard.definitions import DEFINITIONS
from dashboard.figures.style import GRAPH_CONFIG
from dashboard.panels import Drawing, Panel
from dashboard.series_file import address
from layouts import away, ids
from layouts.filled import el, filled, planted
from layouts.pages import ROWS_PATH, Place
from layouts.parts import mark, part
from layouts.tables import table

BLANK: dict[str, Any] = {"data": [], "layout": {"xaxis": {"visible": False}, "yaxis": {"visible": False}}}
Pieces = dict[tuple[str, str], Any]  # ("head", ""), ("figure", slot), ... -> children, figure or address


@dataclass(frozen=True)
class Failure:
    """What is said when a panel could not be drawn: the cause for the reader, the reference for the log."""

    about: str
    cause: str
    reference: str


def pieces(panel: Panel, drawing: Drawing | Failure, query: str, leaving: Carried | None = None) -> Pieces:
    """Everything of a panel that depends on the selection. leaving: the same as it leaves, for what the browser takes
    away of it."""
    made: Pieces = {("csv", ""): f"/export/{panel.name}.csv{query}"}
    if isinstance(drawing, Failure):
        made |= {("figure", slot): BLANK for slot in panel.slots}
        parts = [_failed(panel.name, drawing)]
        return made | {
            ("head", ""): _heading(panel.name, drawing.about, "", ""),
            ("parts", ""): parts,
            ("foot", ""): [],
        }
    made |= {("figure", slot): drawing.figures.get(slot, BLANK) for slot in panel.slots}
    body = [part(described) for described in drawing.parts] + ([_empty(drawing)] if drawing.empty else [])
    missing = [html.I(className=f"no-{slot}") for slot in panel.slots if slot not in drawing.figures]
    note = [html.P(drawing.note, className="note")] if drawing.note else []
    head = _heading(panel.name, drawing.title, drawing.subtitle, drawing.sentence)
    return made | {
        ("head", ""): head,
        ("parts", ""): body + missing + note,
        ("foot", ""): _foot(drawing, panel.name, query, leaving),
    }


def panel(panel: Panel, place: Place, made: Pieces) -> html.Section:
    """The frame of a panel with its pieces in it."""
    name = panel.name
    return html.Section(
        [
            html.Div(made["head", ""], id=ids.head_id(name), className="head"),
            html.Div(
                [
                    html.Div(made["parts", ""], id=ids.parts_id(name), className="parts"),
                    *_tools(panel),
                    *_slots(panel, made),
                ],
                className="body",
            ),
            html.Div(
                [
                    html.Div(made["foot", ""], id=ids.foot_id(name), className="said"),
                    _actions(name, made["csv", ""]),
                ],
                className="foot",
            ),
            html.Div(id=ids.table_id(name), className="twin"),
        ],
        className=f"panel c{place.span} w{place.wide}",
        style={"--o": place.order},
        **{"data-panel": name, "aria-labelledby": f"title-{name}"},
    )


def _tools(panel: Panel) -> list[html.Div]:
    """What can be done to a map without picking: zoom, alone or with the other map, and a box that picks several."""
    if "map" not in panel.slots:
        return []
    named = (("in", "+", "Zoom in"), ("out", "−", "Zoom out"), ("all", "World", "Show the whole world"))
    plain = [_tool(does, words, said) for does, words, said in named]
    pressed = [_tool("box", "Box", "Pick several with a box", True), _tool("together", "Zoom both maps", "", True)]
    return [html.Div([*plain, *pressed], className="tools", role="group", **{"aria-label": "Map"})]


def _tool(does: str, words: str, said: str, presses: bool = False) -> html.Button:
    more = ({"aria-label": said} if said else {}) | ({"aria-pressed": "false"} if presses else {})
    return html.Button(words, type="button", title=said, **{"data-tool": does}, **more)


def _slots(panel: Panel, made: Pieces) -> list[html.Div]:
    return [
        html.Div(
            dcc.Graph(
                id=ids.figure_id(panel.name, slot),
                figure=made["figure", slot],
                config=GRAPH_CONFIG,
                responsive=True,
                className="graph",
                style={"height": "100%"},
            ),
            role="img",
            className=f"slot slot-{slot}" + ("" if height else " map"),
            style={"height": f"{height}px"} if height else {},
            **{"aria-labelledby": f"sentence-{panel.name}"},
        )
        for slot, height in panel.slots.items()
    ]


def _heading(name: str, title: str, subtitle: str, sentence: str) -> list[Any]:
    return [
        html.H2(title, id=f"title-{name}"),
        planted(
            html.Div(
                [el.P(subtitle, className="sub"), el.P(sentence, id=f"sentence-{name}", className="heard-only")],
                className="under",
            )
        ),
    ]


def _foot(drawing: Drawing, name: str, query: str, leaving: Carried | None) -> list[Any]:
    terms = [[name, DEFINITIONS[name]] for name in drawing.terms if name in DEFINITIONS]
    about, rows = {"aria-describedby": f"title-{name}"}, list[Any]()
    if drawing.rows:
        to = {"href": f"{ROWS_PATH}?{drawing.rows}", "data-page": ROWS_PATH}
        rows = [html.A("Rows", className="to-rows", **to, **about)]
    elif drawing.values:
        edition = dict(parse_qsl(query.removeprefix("?"))).get("edition", "")
        file = address(drawing.values, edition=edition)
        rows = [html.A("Values", href=file, download="", className="to-rows", **about)]
    return [
        html.P(drawing.source_line, className="source", **(away.leaving(leaving) if leaving else {})),
        *rows,
        html.Dl(className="terms", **filled("terms", terms)),
    ]


def _actions(name: str, href: str) -> html.Div:
    about = {"aria-describedby": f"title-{name}"}
    opener = html.Button("Table", id=ids.opener_id(name), type="button", n_clicks=0, className="opener", **about)
    listed = name == "rows"  # a table already
    return html.Div(
        [
            *([] if listed else [opener]),
            html.A("CSV of all rows" if listed else "CSV", id=ids.csv_id(name), href=href, download="", **about),
            html.Button("Definitions", type="button", className="define", **about),
            away.menu(name),
        ],
        className="acts",
    )


def _empty(drawing: Drawing) -> html.Div:
    ways = [html.A(way.words, href=f"?{way.query}", **{"data-search": way.query}) for way in drawing.ways]
    return html.Div([mark("not-reported"), html.P(drawing.empty), html.P(ways, className="ways")], className="empty")


def _failed(name: str, failure: Failure) -> html.Div:
    cause = html.P([html.B("This panel could not be drawn. "), failure.cause, " Other panels are not affected."])
    again = html.Button("Try again", type="button", className="again", **{"data-again": name})
    return html.Div([cause, html.P(again), html.P(f"Reference {failure.reference}", className="id")], className="err")


def twin(drawing: Drawing | Failure) -> list[Any]:
    """The panel in words and figures, opened in place below it."""
    if isinstance(drawing, Failure) or drawing.table is None:
        return [html.P("There is no table for this selection.", className="sentence")]
    return [html.P(drawing.sentence, className="sentence"), table(drawing.table)]
