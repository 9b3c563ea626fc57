"""The page of findings under an address."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Flask, Response, request

from callbacks.bodies import Refused
from callbacks.book import Book
from callbacks.taken import taken
from dashboard.cite import pinned
from dashboard.exports import to_csv
from dashboard.finding_list import FACETS, KEYS, known, passing, shown, table
from dashboard.page_terms import read
from data_access.cube import Cube
from data_access.measuring.found import told, with_history
from layouts import findings as page
from layouts.pages import FINDINGS_PATH


def files(server: Flask, book: Book) -> None:
    @server.get("/export/findings.csv")
    def export_findings() -> Response:
        search = request.query_string.decode("utf-8", "replace")
        cube = taken(book.library, search)
        pins, raw, refused = book.asked(cube, search, KEYS)
        held = book.at(cube, pins).held
        found = book.findings(cube, held)
        if found is None:
            raise Refused(503, "The checks are being run; please try again in some seconds.")
        every = told(found, held, book.registry)
        terms, unknown = read(raw, known(every), FACETS)
        for one in (*refused, *unknown):
            raise Refused(400, f"No file was made: {one.sentence}")
        file = Response(to_csv(table(passing(every, terms))), mimetype="text/csv")
        file.headers["Content-Disposition"] = 'attachment; filename="findings.csv"'
        return file


def findings(book: Book, cube: Cube, search: str) -> list[Any]:
    """All that the page shows; while the checks run for the first time, that they do."""
    pins, raw, refused = book.asked(cube, search, KEYS)
    held = book.at(cube, pins).held
    address = pinned(FINDINGS_PATH, cube.edition, held.state)
    found = book.findings(cube, held)
    if found is None:
        return page.waiting(address)
    every = told(found, held, book.registry)
    terms, unknown = read(raw, known(every), FACETS, pins.write())
    own = terms.write().removesuffix(pins.write()).rstrip("&")
    makers = {id_: held.directory.makers[id_].name for id_ in sorted({m for one in every for m in one.makers})}
    makers = dict(sorted(makers.items(), key=lambda pair: pair[1]))
    titles = {id_: pledge.title for id_, pledge in held.pledges.items()}
    kept = f"{address}&{own}" if own else address
    view = shown(every, terms)
    view = replace(view, rows=with_history(view.rows, held, book.registry))
    return page.content(view, terms, (*refused, *unknown), makers, titles, kept)
