"""Briefings: panels and commitments as a page to print, as PDF, as slides, and as one file for a word processor."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask, Response

from callbacks.book import Book
from callbacks.briefing_made import Asked, Maker
from callbacks.carrying import kept, mark
from callbacks.files import query
from callbacks.printer import Printer
from dashboard.briefing import AT, PLEDGE, READY, SHOW
from dashboard.sheets import Brief
from data_access.places import SLOW, Places

PLACES = Places(1, 10, SLOW, "As many briefings are being made as can be at once.")
PAPER = Places(1, 15, SLOW, "As many briefings are being printed as can be at once.")
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
FORMLIKE = (f"{AT}", f"{READY}=")  # an address that holds one of these is made plain first


def register(server: Flask, book: Book, printer: Printer) -> None:
    """Add the routes."""
    maker = Maker(book, printer)

    @server.get("/briefing")
    def briefing_page() -> Response:
        asked = maker.read(query())
        if _unlike(query()):
            return Response(status=302, headers={"Location": f"/briefing?{asked.told.write()}"})
        with PLACES.taken():
            brief = maker.brief(asked)
        held = asked.opened.held if asked.opened else book.registry.held()
        return Response(maker.page(brief, {id_: one.title for id_, one in held.pledges.items()}), mimetype="text/html")

    @server.get("/briefing.pdf")
    def printed() -> Response:
        return _file(maker, "pdf", "application/pdf", maker.pdf)

    @server.get("/briefing.pptx")
    def slides_of_panels() -> Response:
        return _file(maker, "pptx", PPTX, maker.pptx)

    @server.get("/briefing.html")
    def one_file() -> Response:
        return _file(maker, "html", "text/html", maker.html)


def _unlike(written: str) -> bool:
    """Whether an address is as a form sends it, or leaves out what it shows."""
    terms = written.split("&")
    named = any(term.startswith((f"{SHOW}=", f"{PLEDGE}=")) for term in terms)
    return not named or any(term.startswith(FORMLIKE) for term in terms)


def _file(maker: Maker, form: str, kind: str, make: Callable[[Brief], bytes]) -> Response:
    """The briefing of the address as a file, made now or lately, or the word that the reader's own still holds."""
    asked = maker.read(query())
    of = mark(asked.cube.edition, asked.state, maker.book.public, maker.printer.program)
    return kept(of) or _sent(_made(maker, asked, f"briefing {of}", make), of, form, kind)


def _made(maker: Maker, asked: Asked, name: str, make: Callable[[Brief], bytes]) -> bytes:
    held = maker.shelf.get(name)
    if held is not None:
        return held
    with PLACES.taken():
        brief = maker.brief(asked)
    with PAPER.taken():
        content = make(brief)
    maker.shelf.put(name, content)
    return content


def _sent(content: bytes, of: str, form: str, kind: str) -> Response:
    answer = Response(content, mimetype=kind)
    answer.set_etag(of)
    answer.headers["Content-Disposition"] = f'attachment; filename="briefing.{form}"'
    return answer
