"""The page of data, filled by its own address: editions, sources, coverage, loads; and the reports as files."""

from __future__ import annotations

import logging
import uuid
from dataclasses import replace
from pathlib import Path
from typing import Any

from dash import Dash, Input, Output
from flask import Flask, Response, jsonify
from werkzeug.exceptions import NotFound

from callbacks import spoken
from callbacks.spoken import said
from callbacks.taken import taken
from dashboard.coverage import periods
from dashboard.data_terms import Asked, read
from dashboard.figures.coverage import Heat, draw
from dashboard.questions import Busy, Unanswerable
from dashboard.selection import Refusal
from data_access.coverage import coverage
from data_access.cube import Cube
from data_access.holdings import holdings, report
from data_access.library import Library
from layouts import data, ids

LOG = logging.getLogger(__name__)


def register(app: Dash, library: Library) -> None:
    """Add the callback of the page and the route of the reports."""
    _reports(app.server, library)

    @app.callback(
        Output(ids.DATA, "children"),
        Output(ids.SHOWN, "data", allow_duplicate=True),
        Input(ids.DATA_ADDRESS, "search"),
        prevent_initial_call=True,
    )
    def show(search: Any) -> tuple[Any, str]:
        search = said(spoken.Address, search) or ""
        cube = taken(library, search)
        return filled(library.home, cube, search), cube.edition


def page(home: Path, cube: Cube, search: str) -> list[Any]:
    """The whole page, as a visit gets it."""
    return data.frame(search, cube.edition, filled(home, cube, search))


def filled(home: Path, cube: Cube, search: str) -> list[Any]:
    """All that the page shows under an address, from one edition."""
    asked, refused = read(search, cube.codes)
    if asked.edition not in ("", cube.edition):  # kept when the edition shown was opened, and dropped since
        why = f"edition={asked.edition} is not kept here or cannot be opened; {cube.edition} is shown instead."
        asked, refused = replace(asked, edition=""), (*refused, Refusal("edition", asked.edition, why))
    return data.content(asked, refused, cube.codes, holdings(home, cube), drawn(cube, asked), cube.edition)


def drawn(cube: Cube, asked: Asked) -> Heat | str:
    """The coverage asked for, or a sentence where it cannot be had; the rest of the page stands without it."""
    try:
        covered = coverage(cube, asked.source, asked.stage, asked.by)
        shown = periods(covered.source).get(asked.years, range(0))
        return draw(replace(covered, shown=shown), asked, cube.codes)
    except (Unanswerable, Busy, TimeoutError) as why:
        return str(why)
    except Exception:
        reference = uuid.uuid4().hex[:8]
        LOG.exception("coverage of %r, reference %s", asked, reference)
        return f"An unexpected fault stopped it. Reference {reference}."


def _reports(server: Flask, library: Library) -> None:
    @server.get("/data/<part>.json")
    def tell(part: str) -> Response:
        told = report(library.home, part)
        if not told:
            raise NotFound("There is no report of that name; the page of data lists those there are.")
        return jsonify(told)
