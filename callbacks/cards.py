"""Pictures of pages and panels for those who show a link to them elsewhere."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from urllib.parse import urlsplit

from flask import Flask, Response, request

from callbacks import whole_pages
from callbacks.addressed import whole
from callbacks.book import Book
from callbacks.files import query, selected
from callbacks.linking import PLACES, asked_for
from callbacks.taken import taken
from callbacks.things import thing
from dashboard.carried import Carried
from layouts.card import png

MOST = 64  # pictures kept in a worker, about 20 kB each
KEPT = "public, max-age=86400"  # the address names the edition


class Drawn:
    """The pictures asked for last. Safe for threads."""

    def __init__(self, most: int = MOST) -> None:
        self._most, self._lock = most, Lock()
        self._held: OrderedDict[str, bytes] = OrderedDict()

    def of(self, key: str, make: Callable[[], bytes]) -> bytes:
        with self._lock:
            held = self._held.get(key)
        made = held or make()
        with self._lock:
            self._held[key] = made
            self._held.move_to_end(key)
            while len(self._held) > self._most:
                self._held.popitem(last=False)
        return made


def register(server: Flask, book: Book) -> None:
    """Add the routes: `/card.png?to=` of a page, `/card/<panel>.png?<selection>` of a panel."""
    drawn, host = Drawn(), urlsplit(book.public).netloc

    def picture(key: str, make: Callable[[], Carried]) -> Response:
        def draw() -> bytes:
            with PLACES.taken():
                return png(make(), host)

        file = Response(drawn.of(key, draw), mimetype="image/png")
        file.add_etag()
        return file.make_conditional(request)

    @server.get("/card.png")
    def card_of_page() -> Response:
        one = whole(book, asked_for())
        return picture(one.pinned, lambda: whole_pages.page(one))

    @server.get("/card/<panel>.png")
    def card_of_panel(panel: str) -> Response:
        cube = taken(book.library, query())
        selection = selected(cube).without("edition")
        key = f"{panel} {cube.edition} {selection.write()}"
        return picture(key, lambda: thing(cube, panel, selection))
