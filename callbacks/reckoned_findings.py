"""The page of findings under an address."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Flask, Response, request

from callbacks.bodies import Refused
from callbacks.book import Book
from callbacks.carrying import kept, mark, offered, whole
from callbacks.taken import taken
from dashboard.carried import CHECKED, of_register
from dashboard.cite import pinned
from dashboard.finding_list import FACETS, KEYS, known, passing, shown, table
from dashboard.page_terms import read
from dashboard.refusals import outright
from data_access.contributions.public import answered
from data_access.cube import Cube
from data_access.measuring.found import told, with_history
from layouts import findings as page
from layouts.pages import FINDINGS_PATH

RUNNING = "The checks are being run; please try again in some seconds."


def files(server: Flask, book: Book) -> None:
    @offered(server, "/export/findings")
    def export_findings(form: str) -> Response:
        search = request.query_string.decode("utf-8", "replace")
        cube = taken(book.library, search)
        pins, raw, refused = book.asked(cube, search, KEYS)
        held = book.at(cube, pins).held
        found = book.findings(cube, held)
        if found is None:
            failed = book.found.failed(cube, held)
            raise Refused(503, failed.sentence if failed else RUNNING)
        every = told(found, held, book.registry)
        terms, unknown = read(raw, known(every), FACETS)
        for wrong in (*refused, *unknown):
            raise Refused(400, f"No file was made: {outright(wrong)}")
        of = mark(cube.edition, held.state, book.registry.state())
        given = table(passing(every, terms))
        one = of_register("findings", "Findings", raw, FINDINGS_PATH, cube.edition, held.state, given, CHECKED)
        return kept(of) or whole(of, one, form, "findings", book.public)


def findings(book: Book, cube: Cube, search: str) -> list[Any]:
    """All that the page shows; while the checks run for the first time, that they do."""
    pins, raw, refused = book.asked(cube, search, KEYS)
    held = book.at(cube, pins).held
    address = pinned(FINDINGS_PATH, cube.edition, held.state)
    found = book.findings(cube, held)
    if found is None:
        return page.waiting(address, book.found.failed(cube, held))
    every = told(found, held, book.registry)
    terms, unknown = read(raw, known(every), FACETS, pins.write())
    own = terms.write().removesuffix(pins.write()).rstrip("&")
    named = held.directory.makers
    makers = {id_: named[id_].name for id_ in sorted({m for one in every for m in one.makers}) if id_ in named}
    makers = dict(sorted(makers.items(), key=lambda pair: pair[1]))
    titles = {id_: pledge.title for id_, pledge in held.pledges.items()}
    kept = f"{address}&{own}" if own else address
    view = shown(every, terms)
    names = {id_: one.name for id_, one in named.items()}
    rows = with_history(view.rows, held, book.registry)
    view = replace(view, rows=answered(rows, book.registry, names, pins.registry))
    return page.content(view, terms, (*refused, *unknown), makers, titles, kept)
