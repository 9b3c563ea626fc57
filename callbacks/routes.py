"""Everything that answers a browser without a callback: health, exports, pages that do not exist, and faults."""

from __future__ import annotations

from dash import Dash
from flask import Flask, Response, jsonify, request
from werkzeug.exceptions import NotFound

from callbacks.bodies import Refused
from callbacks.drawings import asked
from callbacks.faults import answer
from callbacks.taken import taken
from dashboard.catalogue import PANELS
from dashboard.config import settings
from dashboard.exports import describe, in_words, to_csv
from dashboard.panels import Drawing, Table
from dashboard.questions import Unanswerable
from dashboard.selection import Selection
from dashboard.words import listed
from data_access.cube import Cube
from data_access.library import Library
from layouts.pages import OVERVIEW, ROWS_PATH, goal_path, known


def register(app: Dash, library: Library) -> None:
    """Add the routes, 404 for pages that are none, and an answer of our own to every fault."""
    _health(app.server, library)
    _exports(app.server, library)
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


def _exports(server: Flask, library: Library) -> None:
    public = settings().address

    @server.get("/export/<panel>.csv")
    def export(panel: str) -> Response:
        cube = taken(library, _query())
        selection = _selection(cube)
        _, table = _drawn(cube, panel, selection)
        file = Response(to_csv(table), mimetype="text/csv")
        file.headers["Content-Disposition"] = f'attachment; filename="{panel}.csv"'
        beside = _joined(f"{request.path}-metadata.json", selection.write())
        file.headers["Link"] = f'<{beside}>; rel="describedby"; type="application/csvm+json"'
        return file

    @server.get("/export/<panel>.csv-metadata.json")
    def describe_export(panel: str) -> Response:
        cube = taken(library, _query())
        selection = _selection(cube)
        drawing, table = _drawn(cube, panel, selection)
        address = public + permalink(panel, selection.change(edition=cube.edition))
        return jsonify(describe(table, drawing, in_words(selection, cube.codes), cube.edition, address))


def permalink(panel: str, selection: Selection) -> str:
    """Path and query of the page that shows a panel under a selection."""
    if panel == "rows":
        return _joined(ROWS_PATH, selection.write())
    goal = selection.goal[0] if len(selection.goal) == 1 else ""
    if goal and known(goal_path(goal)) and panel not in {place.panel for place in OVERVIEW.places}:
        return _joined(goal_path(goal), selection.without("goal").write())
    return _joined("/", selection.write())


def _joined(path: str, query: str) -> str:
    return f"{path}?{query}" if query else path


def _query() -> str:
    return request.query_string.decode("utf-8", "replace")


def _selection(cube: Cube) -> Selection:
    """The selection of the address, all of it: a file made from half a link would be another file."""
    page = ROWS_PATH if request.path.startswith("/export/rows.") else "/"
    selection, refused = asked(cube, _query(), page)
    if refused:
        parts = listed([f"{refusal.key}={refusal.value}"[:60] for refusal in refused])
        raise Refused(400, f"No file was made, because a part of the link could not be followed: {parts}.")
    return selection


def _drawn(cube: Cube, panel: str, selection: Selection) -> tuple[Drawing, Table]:
    if panel not in PANELS:
        raise NotFound(f"There is no panel of that name; there are {', '.join(PANELS)}.")
    drawing = PANELS[panel].draw(PANELS[panel].ask(cube, selection))
    if drawing.table is None:
        raise Unanswerable(drawing.empty or "This panel has no table.")
    return drawing, drawing.table
