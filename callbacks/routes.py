"""Everything that answers a browser without a callback: health, exports, and pages that do not exist."""

from __future__ import annotations

from dash import Dash
from flask import Response, jsonify

from data_access.cube import Cube


def register(app: Dash, cube: Cube) -> None:
    """Add the routes; call after Dash has added its own."""
    server = app.server

    @server.get("/healthz")
    def health() -> Response:
        return jsonify(status="ok", edition=cube.edition)
