"""Pages reckoned from the whole register: findings, gaps, overlaps, changes, needs. Each is filled by its address."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable
from typing import Any

from dash import Dash, Input, Output, State

from callbacks import spoken
from callbacks.book import Book
from callbacks.reckoned_changes import changes
from callbacks.reckoned_changes import files as files_of_changes
from callbacks.reckoned_findings import files as files_of_findings
from callbacks.reckoned_findings import findings
from callbacks.reckoned_gaps import files, gaps
from callbacks.reckoned_needs import files as files_of_needs
from callbacks.reckoned_needs import ranking
from callbacks.reckoned_overlaps import files as files_of_overlaps
from callbacks.reckoned_overlaps import overlaps
from callbacks.spoken import said
from callbacks.taken import taken
from dashboard.questions import Busy, Unanswerable
from data_access.cube import Cube
from layouts import ids, reckoned
from layouts.pages import CHANGES_PATH, FINDINGS_PATH, GAPS_PATH, NEEDS_PATH, OVERLAPS_PATH

LOG = logging.getLogger(__name__)
Filling = Callable[[Book, Cube, str], list[Any]]
FILLED: dict[str, Filling] = {
    FINDINGS_PATH: findings,
    GAPS_PATH: gaps,
    OVERLAPS_PATH: overlaps,
    CHANGES_PATH: changes,
    NEEDS_PATH: ranking,
}


def register(app: Dash, book: Book) -> None:
    """Add the callback of the pages, their files, and what a server does once it answers."""
    files(app.server, book)
    files_of_findings(app.server, book)
    files_of_changes(app.server, book)
    files_of_overlaps(app.server, book)
    files_of_needs(app.server, book)

    @app.callback(
        Output(ids.RECKONED, "children"),
        Output(ids.SHOWN, "data", allow_duplicate=True),
        Input(ids.RECKONED_ADDRESS, "search"),
        State(ids.PATH, "pathname"),
        prevent_initial_call=True,
    )
    def show(search: Any, path: Any) -> tuple[Any, str]:
        search, path = said(spoken.Address, search) or "", said(spoken.Address, path) or "/"
        cube = taken(book.library, search)
        return filled(book, cube, path, search), cube.edition

    app.server.extensions["later"] = book.find


def page(book: Book, cube: Cube, path: str, search: str) -> list[Any]:
    """The whole page, as a visit gets it."""
    return reckoned.frame(cube.edition, search, filled(book, cube, path, search))


def filled(book: Book, cube: Cube, path: str, search: str) -> list[Any]:
    """All that a page shows under an address; a sentence where it cannot be had."""
    if path not in FILLED:  # the reader has turned to another page meanwhile
        return []
    try:
        return FILLED[path](book, cube, search)
    except (Busy, TimeoutError, Unanswerable) as why:
        return reckoned.missing(str(why), path)
    except Exception:
        reference = uuid.uuid4().hex[:8]
        LOG.exception("page %s under %r, reference %s", path, search, reference)
        return reckoned.missing(f"An unexpected fault stopped it. Reference {reference}.", path)
