"""The page of gaps under an address."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Flask, Response, request

from callbacks.book import Book, Opened
from callbacks.carrying import kept, mark, offered, whole
from callbacks.taken import taken
from dashboard.cite import pinned
from dashboard.commitment import Entry
from dashboard.gap_list import KEYS, known
from dashboard.page_terms import Terms, read
from dashboard.selection import Refusal
from data_access import leaving
from data_access.cube import Cube
from data_access.leaving import At
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
        pins, raw, refused = book.asked(cube, search, KEYS)
        leaving.whole(refused)
        opened = book.at(cube, pins)
        of, one = mark(cube.edition, opened.held.state), leaving.gaps(At(cube, opened.held), opened.entries(), raw)
        return kept(of) or whole(of, one, form, "gaps", book.public)
