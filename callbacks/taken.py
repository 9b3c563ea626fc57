"""The one cube of an answer: taken once at its start, named in its header, and asked for everything that it shows."""

from __future__ import annotations

from urllib.parse import parse_qsl

from dash import Dash
from flask import Response, g

from data_access.cube import Cube
from data_access.editions import NoEdition
from data_access.library import Library

HEADER = "X-Edition"


def register(app: Dash) -> None:
    """Answers that a cube was taken for say which edition it is of."""

    @app.server.after_request
    def _say(response: Response) -> Response:
        if "edition" in g:
            response.headers[HEADER] = g.edition
        return response


def taken(library: Library, search: str, shown: str = "") -> Cube:
    """The cube of the edition that an address pins, else of the one on the reader's screen (`shown`), else the current
    one. What is not kept or cannot be opened gives way to the next; `asked` tells the reader of a pin that did."""
    for name in filter(None, (pinned(search), shown)):
        try:
            return _said(library.cube(name))
        except NoEdition:
            continue
    return _said(_current(library))


def pinned(search: str) -> str:
    """The edition that an address names, or empty."""
    try:
        pairs = parse_qsl(search.removeprefix("?"), max_num_fields=100)
    except ValueError:
        return ""
    return next((value for key, value in pairs if key == "edition"), "")


def _current(library: Library) -> Cube:
    """The same for all of an answer, whatever is published while it is made."""
    if "current" not in g:
        g.current = library.cube()
    held: Cube = g.current
    return held


def _said(cube: Cube) -> Cube:
    g.edition = cube.edition
    return cube
