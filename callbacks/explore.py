"""The whole reading side: `open_page` on a new path, `agree` on anything said, `draw` on a new selection, `tell` for a
panel's table. The address is the only state; what they decide stands in `dashboard.heard` and is tested without Dash.
"""

from __future__ import annotations

from typing import Any

from dash import ALL, MATCH, ClientsideFunction, Dash, Input, Output, State, ctx, no_update

from callbacks import commitments, data, reckoned, spoken
from callbacks.book import Book
from callbacks.drawings import asked, drawing, redraw, shown_on, visit
from callbacks.promised import Promises
from callbacks.remembered import Remembered
from callbacks.spoken import said
from callbacks.taken import taken
from dashboard.catalogue import PANELS
from dashboard.codes import Codes
from dashboard.heard import address, filtered, heard
from dashboard.selection import Selection
from data_access.cube import Cube
from data_access.library import Library
from layouts import ids, views
from layouts.chips import chips
from layouts.filters import value_words
from layouts.pages import DATA_PATH, RECKONED, find, in_register
from layouts.panels import twin
from layouts.shell import nav

FILTER, LABEL = ids.filter_id(ALL), ids.label_id(ALL)  # type of id -> its pattern
HEAD, FIGURE, PARTS = ids.head_id(ALL), ids.figure_id(ALL, ALL), ids.parts_id(ALL)
FOOT, CSV, TABLE, OPENER = ids.foot_id(ALL), ids.csv_id(ALL), ids.table_id(ALL), ids.opener_id(ALL)


def register(app: Dash, library: Library, book: Book, promises: Promises) -> None:
    """Add the callbacks of the pages."""
    memory = Remembered(library.shelf)
    _visits(app, library, memory, book, promises)
    _agreement(app, library)
    _drawing(app, library, memory, promises)
    _tables(app, library, promises)
    # In the browser: an output beside the page would have the server asked twice for every visit.
    same = ClientsideFunction("pages", "same")
    app.clientside_callback(
        same, Output(ids.EDITION, "children", allow_duplicate=True), Input(ids.SHOWN, "data"), prevent_initial_call=True
    )


def _visits(app: Dash, library: Library, memory: Remembered, book: Book, promises: Promises) -> None:
    @app.callback(
        Output(ids.PAGE, "children"),
        Output(ids.NAV, "children"),
        Output(ids.EDITION, "children"),
        Input(ids.PATH, "pathname"),
        State(ids.PATH, "search"),
        prevent_initial_call=True,
    )
    def open_page(path: Any, search: Any) -> tuple[Any, ...]:
        path, search = said(spoken.Address, path) or "/", said(spoken.Address, search) or ""
        cube = taken(library, search)
        if in_register(path):
            made = commitments.page(book, cube, path, search)
        elif path in RECKONED:
            made = reckoned.page(book, cube, path, search)
        elif path == DATA_PATH:
            made = data.page(library.home, cube, search)
        else:
            made = visit(cube, path, search, memory, commitments.below(book, cube, path, search), promises)
        return made, nav(*find(path)), cube.edition


def _agreement(app: Dash, library: Library) -> None:
    @app.callback(
        Output(ids.ADDRESS, "search"),
        Output(FILTER, "value"),
        Output(LABEL, "children"),
        Output(ids.CHIPS, "children"),
        Input(ids.ADDRESS, "search"),
        Input(FILTER, "value"),
        Input(ids.GESTURE, "data"),
        State(ids.PATH, "pathname"),
        prevent_initial_call=True,
    )
    def agree(search: Any, values: Any, gesture: Any, path: Any) -> tuple[Any, ...]:
        search, path = said(spoken.Address, search) or "", said(spoken.Address, path) or "/"
        values, gesture = said(spoken.Filters, values), said(spoken.Gestured, gesture)
        goal, cube = find(path)[1], taken(library, search)
        before, refused = asked(cube, search, path)
        keys = [output["id"]["key"] for output in ctx.outputs_list[1]]
        selection = _next(cube, before, keys, values, gesture)
        moved = isinstance(ctx.triggered_id, dict) or ctx.triggered_id == ids.GESTURE
        written = address(selection, goal) if moved else search
        told = before if moved else None
        labels = [_label(output["id"]["key"], selection, told, cube.codes) for output in ctx.outputs_list[2]]
        row = chips(selection, cube.codes, () if written != search else refused, goal)
        bar = [_kept(_value(selection, key), value) for key, value in zip(keys, values, strict=True)]
        return _kept(written, search), bar, labels, row


def _next(cube: Cube, before: Selection, keys: list[str], values: list[Any], gesture: Any) -> Selection:
    """Whoever spoke last is heard; where nobody did, the address stands."""
    spoke = ctx.triggered_id
    if spoke == ids.GESTURE and gesture:
        return heard(before, cube.codes, gesture.key, gesture.codes, gesture.add)
    if isinstance(spoke, dict) and spoke.get("key") in keys:
        return filtered(before, cube.codes, spoke["key"], values[keys.index(spoke["key"])])
    return before


def _label(key: str, selection: Selection, told: Selection | None, codes: Codes) -> Any:
    """What a filter says, where it says something else of the selection than of the one told before."""
    words = value_words(key, selection, codes)
    return no_update if told and words == value_words(key, told, codes) else words


def _value(selection: Selection, key: str) -> Any:
    value = getattr(selection, key, "")
    return list(value) if isinstance(value, tuple) else str(value)


def _kept(new: Any, old: Any) -> Any:
    same = sorted(new) == sorted(old or []) if isinstance(new, list) else new == old
    return no_update if same else new


def _drawing(app: Dash, library: Library, memory: Remembered, promises: Promises) -> None:
    @app.callback(
        Output(HEAD, "children"),
        Output(FIGURE, "figure"),
        Output(PARTS, "children"),
        Output(FOOT, "children"),
        Output(CSV, "href"),
        Output(TABLE, "children"),
        Output(ids.HEADLINE, "children"),
        Output(ids.STATUS, "children"),
        Output(ids.DRAWN, "data"),
        Output(ids.PERMALINK, "children"),
        Output(ids.SHOWN, "data"),
        Input(ids.ADDRESS, "search"),
        Input(ids.AGAIN, "data"),
        State(ids.PATH, "pathname"),
        State(ids.DRAWN, "data"),
        State(OPENER, "n_clicks"),
        State(ids.SHOWN, "data"),
        prevent_initial_call=True,
    )
    def draw(search: Any, again: Any, path: Any, shown: Any, clicks: Any, edition: Any) -> tuple[Any, ...]:
        search, path = said(spoken.Address, search) or "", said(spoken.Address, path) or "/"
        shown, clicks = said(spoken.Marks, shown) or {}, said(spoken.Clicks, clicks)
        page, goal = find(path)
        if page is None or not page.places:
            return tuple(
                [no_update] * len(group) if isinstance(group, list) else no_update for group in ctx.outputs_list
            )
        cube = taken(library, search)
        selection = asked(cube, search, path)[0]
        now = shown_on(memory, cube, page, goal, selection, promises)
        edition = _kept(cube.edition, said(spoken.Edition, edition))  # each answer has the browser visit all it shows
        named = views.permalink(selection, cube.edition, goal, page), edition
        return *redraw(cube, selection, now, shown, opened(clicks), promises), *named


def opened(clicks: list[int | None]) -> set[str]:
    """Panels whose table is open: their button was pressed an odd number of times."""
    panels = [state["id"]["panel"] for state in ctx.states_list[2]]
    return {panel for panel, count in zip(panels, clicks, strict=True) if (count or 0) % 2}


def _tables(app: Dash, library: Library, promises: Promises) -> None:
    @app.callback(
        Output(ids.table_id(MATCH), "children"),
        Input(ids.opener_id(MATCH), "n_clicks"),
        State(ids.ADDRESS, "search"),
        State(ids.PATH, "pathname"),
        State(ids.opener_id(MATCH), "id"),
        State(ids.EDITION, "children"),
        prevent_initial_call=True,
    )
    def tell(clicks: Any, search: Any, path: Any, opener: Any, shown: Any) -> list[Any]:
        clicks, search = said(spoken.Click, clicks) or 0, said(spoken.Address, search) or ""
        path = said(spoken.Address, path) or "/"
        panel = PANELS.get(said(spoken.Named, opener).get("panel", ""))
        if panel is None or clicks % 2 == 0:
            return []
        cube = taken(library, search, said(spoken.Edition, shown) or "")
        selection = asked(cube, search, path)[0]
        return twin(drawing(cube, panel, selection, panel.name, promises.above(cube, panel.name, selection)[0]))
