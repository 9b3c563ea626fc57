"""The one place that joins the floors. gunicorn: `app:server`."""

from __future__ import annotations

from typing import Any

from dash import Dash
from flask import request
from markupsafe import escape

from callbacks import commitments, data, explore, fonts, gate, headers, reckoned, routes, taken
from callbacks.book import Book
from dashboard.config import Settings, settings
from data_access.library import Library
from data_access.registry.opening import open_registry
from layouts.pages import find, heading
from layouts.shell import LATER, NAME, SHOWN, document, preloads, shell
from layouts.views import every_id

FIGURES = (  # what is asked for only once a figure is there, late if it is not announced
    ("/_dash-component-suites/dash/dcc/async-graph.js", "script"),
    ("/_dash-component-suites/plotly/package_data/plotly.min.js", "script"),
    ("/assets/geo/world_50m.json", "fetch"),
)


def create_app(given: Settings | None = None) -> Dash:
    """The app over the editions of the data folder, warmed up: Dash's first request is not safe among threads."""
    given = given or settings()
    library = Library(given.home, fixed=given.edition)
    app = Dash(
        "app",
        title=NAME,
        update_title=None,
        compress=False,
        assets_ignore=r"^geo/",
        index_string=document(),
        meta_tags=[{"name": "viewport", "content": "width=device-width, initial-scale=1"}],
    )
    app.layout = shell()
    app.validation_layout = every_id(app.layout)
    _by_path(app, library)
    headers.register(app)
    taken.register(app)
    gate.register(app)
    book = Book(library, open_registry(given.home, given.registry), given.address)
    book.warm()
    explore.register(app, library, book)
    fonts.register(app)
    routes.register(app, library)
    data.register(app, library)
    commitments.register(app, book)
    reckoned.register(app, book)
    app.server.test_client().get("/")
    return app


def _by_path(app: Dash, library: Library) -> None:
    """Every page carries its title and edition from the first byte; those with figures announce what these need."""
    plain = app.interpolate_index

    def interpolate_index(**parts: Any) -> str:
        page, goal = find(request.path)
        written = plain(**parts | {"title": f"{heading(page, goal)} · {NAME}"})
        edition = taken.taken(library, request.query_string.decode("utf-8", "replace")).edition
        written = written.replace(SHOWN, f'<meta name="edition" content="{escape(edition)}">')
        return written.replace(LATER, preloads(FIGURES) if page and page.drawn else "")

    app.interpolate_index = interpolate_index


def __getattr__(name: str) -> Any:
    """`app:server` is made when it is asked for, so that importing this module opens nothing."""
    if name == "server":
        return create_app().server
    raise AttributeError(name)
