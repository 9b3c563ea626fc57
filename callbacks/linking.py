"""Short links, and citations of panels, pages and commitments as files."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from flask import Flask, Response, jsonify, request
from werkzeug.exceptions import NotFound

from callbacks import whole_pages
from callbacks.addressed import whole
from callbacks.askers import Shares, asker
from callbacks.bodies import Refused
from callbacks.book import Book
from callbacks.files import query, selected
from callbacks.promised import Promises
from callbacks.taken import taken
from callbacks.things import thing
from dashboard.carried import Carried
from dashboard.citations import FORMS
from dashboard.words import listed
from data_access.permalinks import OFTEN, NotKept, Permalinks
from data_access.places import SLOW, Places
from layouts.pages import ROWS_PATH

PLACES = Places(2, 5, SLOW, "As many citations and cards are being made as can be at once.")
MOST, LETTERS = 100, 20_000  # new links of one asker within an hour, and letters of their addresses
MARK = re.compile(r"[0-9a-f]{10,40}", re.ASCII)
NO_MARK = (
    "No short link of this name was ever made here. Please check that it was copied whole; ten letters and digits or "
    "more stand behind /s/."
)


def register(server: Flask, book: Book, promises: Promises) -> None:
    """Add the routes."""
    _short(server, book, Permalinks(book.library.home))
    _citations(server, book, promises)


def _short(server: Flask, book: Book, links: Permalinks) -> None:
    shares = Shares(MOST, LETTERS, OFTEN)

    @server.get("/s/<mark>")
    def follow_short(mark: str) -> Response:
        """To the address that was kept under a mark; what it names is told by its page."""
        found = links.address(mark) if MARK.fullmatch(mark) else ""
        if not found:
            raise NotFound(NO_MARK)
        return Response(status=302, headers={"Location": found})

    @server.get("/s")
    def keep_short() -> Response:
        """The short link of an address of a page of ours (`to`), all of which can be followed."""
        ours_only()
        with PLACES.taken():
            kept = whole(book, asked_for()).kept
            try:
                if not links.knows(kept):
                    shares.take(asker(request), len(kept))
                mark = links.keep(kept)
            except NotKept as why:
                raise Refused(507 if str(why).startswith("No more") else 400, str(why)) from why
        return jsonify(short=f"{book.public}/s/{mark}", mark=mark, address=kept)


def asked_for() -> str:
    """The address that a question is about. Raises Refused."""
    given = request.args.getlist("to")
    if len(given) != 1 or set(request.args) != {"to"}:
        raise Refused(400, "Please name one address of a page here, as to=/goal/5?donor=GBR, its signs escaped.")
    return given[0]


def ours_only() -> None:
    """Browsers say where a question comes from: no page of others makes links here."""
    if request.headers.get("Sec-Fetch-Site") not in (None, "same-origin", "none"):
        raise Refused(403, "Short links are made from our own pages.")


def _citations(server: Flask, book: Book, promises: Promises) -> None:
    @server.get("/cite/page.<form>")
    def cite_page(form: str) -> Response:
        with PLACES.taken():
            return cited(whole_pages.page(whole(book, asked_for())), form, book.public)

    @server.get("/cite/commitment/<id_>.<form>")
    def cite_commitment(id_: str, form: str) -> Response:
        address = f"/commitment/{id_}?{query()}".rstrip("?")
        return cited(whole_pages.page(whole(book, address)), form, book.public)

    @server.get("/cite/<panel>.<form>")
    def cite_panel(panel: str, form: str) -> Response:
        with PLACES.taken():
            if panel == "rows":  # a page of its own, with terms that no panel takes
                return cited(whole_pages.page(whole(book, f"{ROWS_PATH}?{query()}")), form, book.public)
            cube = taken(book.library, query())
            selection = selected(cube)
            above = promises.above(cube, panel, selection, wait=True)
            return cited(thing(cube, panel, selection, *above), form, book.public)


def cited(one: Carried, form: str, public: str) -> Response:
    """The citation as a file. Raises NotFound for a form that is none."""
    if form not in FORMS:
        raise NotFound(f"A citation is written as {listed(list(FORMS), len(FORMS))}.")
    written = FORMS[form].write(one, public, datetime.now(UTC).date())
    file = Response(written, content_type=f"{FORMS[form].mimetype}; charset=utf-8")
    if form != "txt":  # read where it is asked for, rather than kept
        file.headers["Content-Disposition"] = f'attachment; filename="mdg-{one.mark}.{form}"'
    file.headers["X-Robots-Tag"] = "noindex"
    return file
