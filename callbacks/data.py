"""The page of data, filled by its own address: editions, sources, coverage, loads; and the reports as files."""

from __future__ import annotations

import logging
import uuid
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl

from dash import Dash, Input, Output
from flask import Flask, Response, jsonify
from werkzeug.exceptions import NotFound

from callbacks import spoken
from callbacks.spoken import said
from dashboard.codes import Codes
from dashboard.data_terms import Asked, read
from dashboard.figures.coverage import Heat, draw
from dashboard.questions import Busy, Unanswerable
from dashboard.selection import LENGTH_LIMIT
from data_access.coverage import coverage
from data_access.cube import Cube
from data_access.editions import NoEdition
from data_access.holdings import holdings, report
from data_access.library import Library
from layouts import data, ids

LOG = logging.getLogger(__name__)


def register(app: Dash, library: Library) -> None:
    """Add the callback of the page and the route of the reports."""
    _reports(app.server, library)

    @app.callback(Output(ids.DATA, "children"), Input(ids.DATA_ADDRESS, "search"))
    def show(search: Any) -> list[Any]:
        return filled(library, said(spoken.Address, search) or "")


def filled(library: Library, search: str) -> list[Any]:
    """All that the page shows under an address, from one edition."""
    cube, codes = chosen(library, search)
    asked, refused = read(search, codes)
    return data.content(asked, refused, codes, holdings(library.home, cube), drawn(cube, asked), cube.edition)


def chosen(library: Library, search: str) -> tuple[Cube, Codes]:
    """The cube of the edition that an address names, or of the current one, with the editions there are by now."""
    named = dict(reversed(parse_qsl(search[:LENGTH_LIMIT].removeprefix("?")))).get("edition", "")
    try:
        cube = library.cube(named)
    except NoEdition:  # the terms say so
        cube, named = library.cube(), ""
    codes = cube.codes
    return cube, replace(codes, editions=tuple(sorted({*codes.editions, named}))) if named else codes


def drawn(cube: Cube, asked: Asked) -> Heat | str:
    """The coverage asked for, or a sentence where it cannot be had; the rest of the page stands without it."""
    try:
        return draw(coverage(cube, asked.source, asked.stage, asked.by), asked, cube.codes)
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
