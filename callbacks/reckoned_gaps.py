"""The page of gaps under an address."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Flask, Response, request

from callbacks.bodies import Refused
from callbacks.book import Book, Opened
from callbacks.carrying import kept, mark, offered, whole
from callbacks.taken import taken
from dashboard.carried import REGISTER, of_register
from dashboard.cite import pinned
from dashboard.commitment import Entry
from dashboard.gap_list import KEYS, known, picked, table
from dashboard.origins import line
from dashboard.page_terms import Terms, read
from dashboard.refusals import outright
from dashboard.selection import Refusal
from data_access.cube import Cube
from data_access.measuring.naming import names
from data_access.measuring.said import statements
from layouts import gaps as page
from layouts.pages import GAPS_PATH


def gaps(book: Book, cube: Cube, search: str) -> list[Any]:
    """All that the page shows. Raises Busy, TimeoutError."""
    opened, entries, terms, refused = _asked(book, cube, search)
    makers = {one.code: one.name for one in opened.held.directory.makers.values() if one.code}
    held = {entry.pledge.maker_code for entry in entries}
    labels = page.labels_of({code: name for code, name in makers.items() if code in held}, entries)
    own = replace(terms, pins="").write()
    address = pinned(GAPS_PATH, cube.edition, opened.held.state)
    return page.content(entries, terms, refused, labels, statements(), f"{address}&{own}" if own else address)


def _asked(book: Book, cube: Cube, search: str) -> tuple[Opened, tuple[Entry, ...], Terms, tuple[Refusal, ...]]:
    pins, raw, refused = book.asked(cube, search, KEYS)
    opened = book.at(cube, pins)
    entries = opened.entries()
    terms, unknown = read(raw, known(entries), KEYS, pins.write())
    return opened, entries, terms, (*refused, *unknown)


def files(server: Flask, book: Book) -> None:
    @offered(server, "/export/gaps")
    def export_gaps(form: str) -> Response:
        search = request.query_string.decode("utf-8", "replace")
        cube = taken(book.library, search)
        opened, entries, terms, refused = _asked(book, cube, search)
        if refused:
            raise Refused(400, f"No file was made: {outright(refused[0])}")
        state, held, called = opened.held.state, picked(entries, terms), names(cube)
        given, source = table(held, called), line(REGISTER, held, called)
        asked, of = {key: ",".join(terms.all(key)) for key in KEYS if terms.all(key)}, mark(cube.edition, state)
        one = of_register("gaps", "Gaps of commitments", asked, GAPS_PATH, cube.edition, state, given, source)
        return kept(of) or whole(of, one, form, "gaps", book.public)
