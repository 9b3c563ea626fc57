"""Everything that answers a browser without a callback: health, exports, pages that do not exist, and faults."""

from __future__ import annotations

from dash import Dash
from flask import Flask, Response, jsonify, request
from werkzeug.exceptions import NotFound

from callbacks.carrying import kept, mark, offered, whole
from callbacks.faults import answer
from callbacks.files import PLACES, query, rows_of, selected
from callbacks.promised import Promises
from callbacks.taken import taken
from callbacks.things import tabled, thing
from dashboard.config import settings
from dashboard.questions import Unanswerable
from data_access.formats.sizes import sizes
from data_access.formats.streams import of_table
from data_access.library import Library
from layouts.pages import known

FILES_OF_ROWS = ("rows", "flows")  # two names of one file


def register(app: Dash, library: Library, promises: Promises) -> None:
    """Add the routes, 404 for pages that are none, and an answer of our own to every fault."""
    _health(app.server, library)
    _exports(app.server, library, promises)
    app.server.register_error_handler(Exception, answer)

    @app.server.before_request
    def _unknown() -> None:
        """Dash answers any path with its page; a page that does not exist is not found."""
        rule = request.url_rule.rule if request.url_rule else ""
        if rule.endswith("<path:path>") and not known(request.path):
            raise NotFound("There is no such page.")


def _health(server: Flask, library: Library) -> None:
    @server.get("/healthz")
    def health() -> Response:
        return jsonify(status="ok", edition=taken(library, "").edition)

    @server.get("/readyz")
    def readiness() -> Response:
        """Whether all that is shown is there as it was loaded; what is not is for the log and `editions verify`."""
        ready = library.ready()
        response = jsonify(ready=ready)
        response.status_code = 200 if ready else 503
        return response


def _exports(server: Flask, library: Library, promises: Promises) -> None:
    public = settings().address

    @offered(server, "/export/<panel>")
    def export(panel: str, form: str) -> Response:
        cube = taken(library, query())
        selection = selected(cube)
        above = promises.above(cube, panel, selection, wait=True)
        of = mark(cube.edition, above[1])
        return kept(of) or whole(of, thing(cube, panel, selection, *above), form, panel, public, selection.write())

    @server.get("/export/<panel>.sizes.json")
    def measure_export(panel: str) -> Response:
        """How many rows a file has, and how large it is in each format."""
        cube = taken(library, query())
        if panel in FILES_OF_ROWS:
            with PLACES.taken():
                stream = rows_of(cube, selected(cube).without("page"), public)
                return jsonify(rows=stream.count, sizes=sizes(stream))
        try:
            selection = selected(cube)
            one = thing(cube, panel, selection, *promises.above(cube, panel, selection, wait=True))
            return jsonify(rows=len(tabled(one).rows), sizes=sizes(of_table(one, tabled(one), public)))
        except Unanswerable as why:  # is no fault of a menu that was opened
            return jsonify(error=str(why))
