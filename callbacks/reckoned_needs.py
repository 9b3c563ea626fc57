"""The page of needs under an address, and the ranking as a file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Flask, Response, request

from callbacks.book import Book
from callbacks.carrying import FORM, kept, mark, whole
from callbacks.taken import taken
from dashboard.cite import pinned
from dashboard.need_list import FIRST, KEYS, countries, held, offers, read, shown
from dashboard.needs import Needs
from dashboard.selection import Refusal
from data_access import leaving
from data_access.cube import Cube
from data_access.leaving import At
from layouts import needs as page
from layouts.needs import View
from layouts.pages import NEEDS_PATH


def ranking(book: Book, cube: Cube, search: str) -> list[Any]:
    """All that the page shows. Raises Busy, TimeoutError."""
    pins, raw, not_pins = book.asked(cube, search, KEYS)
    offered = _offers(cube, raw)
    terms, unknown = read(raw, offered, pins.write())
    of = shown(terms, offered)
    found = held(cube, terms, of)
    if isinstance(found, Needs):
        of = of | {"series": found.series.code}
    view = View(terms, of, offered, found, pins.write(), countries(cube.codes, terms.all("recipient")))
    own = terms.write().removesuffix(pins.write()).rstrip("&")
    address = pinned(NEEDS_PATH, cube.edition, book.at(cube, pins).held.state)
    return page.content(view, (*not_pins, *unknown), cube.codes, f"{address}&{own}" if own else address)


def refused(cube: Cube, raw: Mapping[str, str]) -> tuple[Refusal, ...]:
    """What of the page's own terms cannot be followed."""
    return read(raw, _offers(cube, raw))[1]


def _offers(cube: Cube, raw: Mapping[str, str]) -> dict[str, dict[str, str]]:
    return offers(cube, raw.get("goal", FIRST), raw.get("recipient", ""))


def files(server: Flask, book: Book) -> None:
    @server.get(f"/export/needs.{FORM}")
    def export_needs(form: str) -> Response:
        search = request.query_string.decode("utf-8", "replace")
        cube = taken(book.library, search)
        pins, raw, not_pins = book.asked(cube, search, KEYS)
        leaving.whole(not_pins)
        held_ = book.at(cube, pins).held
        of = mark(cube.edition, held_.state)
        return kept(of) or whole(of, leaving.needs(At(cube, held_), raw), form, "needs", book.public)
