"""The one place that joins the floors. gunicorn: `app:server`."""

from __future__ import annotations

from typing import Any

from dash import Dash
from flask import request
from markupsafe import escape

from callbacks import (
    api,
    as_of,
    briefing,
    cards,
    commitments,
    contributing,
    data,
    embeds,
    explore,
    feeds,
    files,
    fonts,
    gate,
    headers,
    heads,
    linking,
    people,
    reckoned,
    routes,
    surveying,
    taken,
)
from callbacks.book import Book
from callbacks.first import first_words
from callbacks.printer import Printer
from callbacks.promised import Promises
from dashboard.config import Settings, settings
from data_access.library import Library
from data_access.registry.opening import open_registry
from layouts.pages import find, heading
from layouts.shell import FIRST, LATER, NAME, SHOWN, document, preloads, shell
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
        assets_path_ignore=["^asked$"],  # modules that other scripts ask for
        index_string=document(),
        meta_tags=[{"name": "viewport", "content": "width=device-width, initial-scale=1"}],
    )
    app.layout = shell()
    app.validation_layout = every_id(app.layout)
    headers.register(app, given.embeds)
    taken.register(app)
    gate.register(app)
    book = Book(library, open_registry(given.home, given.registry), given.address)
    book.warm()
    _stakeholders(app, book, given)
    promises = Promises(book)
    _by_path(app, book, promises)
    explore.register(app, library, book, promises)
    fonts.register(app)
    routes.register(app, library, promises)
    files.register(app.server, library)
    briefing.register(app.server, book, Printer(given.chromium))
    data.register(app, library)
    commitments.register(app, book)
    as_of.register(app.server, book)
    reckoned.register(app, book)
    api.register(app.server, book)
    linking.register(app.server, book, promises)
    cards.register(app.server, book)
    feeds.register(app.server, book)
    embeds.register(app, book, promises)
    app.server.test_client().get("/")
    return app


def _stakeholders(app: Dash, book: Book, given: Settings) -> None:
    """What needs a person."""
    people.register(app.server, book.registry, given)
    contributing.register(app.server, book, given.home)
    surveying.register(app.server)


def _by_path(app: Dash, book: Book, promises: Promises) -> None:
    """Every page carries its title and edition from the first byte; those with figures announce what these need, and
    say in words what they are about to show."""
    plain = app.interpolate_index

    def interpolate_index(**parts: Any) -> str:
        page, goal = find(request.path)
        written = plain(**parts | {"title": f"{heading(page, goal)} · {NAME}"})
        search = request.query_string.decode("utf-8", "replace")
        cube = taken.taken(book.library, search)
        said = heads.tags(book, request.path, search)
        written = written.replace(SHOWN, f'<meta name="edition" content="{escape(cube.edition)}">\n{said}')
        written = written.replace(FIRST, first_words(cube, request.path, search, promises))
        return written.replace(LATER, preloads(FIGURES) if page and page.drawn else "")

    app.interpolate_index = interpolate_index


def __getattr__(name: str) -> Any:
    """`app:server` is made when it is asked for, so that importing this module opens nothing."""
    if name == "server":
        return create_app().server
    raise AttributeError(name)
