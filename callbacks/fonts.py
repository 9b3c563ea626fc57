"""Fonts, served from the packages they are installed in: nothing is fetched from elsewhere, nothing copied."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from dash import Dash
from flask import Response, abort, send_from_directory

from layouts.shell import FONTS


def register(app: Dash) -> None:
    """Add `/fonts/<name>` for the faces of the style, and no other file of those packages."""

    @app.server.get("/fonts/<name>")
    def font(name: str) -> Response:
        if name not in FONTS:
            abort(404)
        package = import_module(FONTS[name][0])
        file = send_from_directory(Path(str(package.__file__)).parent / "files", name, mimetype="font/ttf")
        file.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return file
