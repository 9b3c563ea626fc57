"""A page of the register as it stood on a day: the state that was the last on it, as an address that stays."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from flask import Flask, Response, request

from callbacks.bodies import Refused
from callbacks.book import Book
from dashboard.ways import own
from data_access.registry.store import Change
from layouts.as_of import AS_OF
from layouts.pages import COMMITMENTS_PATH, FINDINGS_PATH, in_register

PAGES = (COMMITMENTS_PATH, FINDINGS_PATH)


def register(server: Flask, book: Book) -> None:
    """Add the route."""

    @server.get(AS_OF)
    def as_of() -> Response:
        if set(request.args) - {"date", "page"}:
            raise Refused(400, "This address takes a date and a page.")
        page = own(request.args.get("page") or COMMITMENTS_PATH)
        if page not in PAGES and not in_register(page):
            raise Refused(400, "A page of the register is shown as of a day; this is none.")
        state = on(_day(request.args.get("date", "")), book.registry.changes())
        return Response(status=303, headers={"Location": f"{page}?{urlencode({'registry': state})}"})


def on(day: str, changes: tuple[Change, ...]) -> str:
    """The state that stood at the end of a day (UTC). changes: newest first. Raises Refused where there was none."""
    found = next((one.state for one in changes if one.at[:10] <= day), "")
    if not found:
        began = f" The register begins on {changes[-1].at[:10]}." if changes else ""
        raise Refused(404, f"The register held nothing on {day}.{began}")
    return found


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat() if len(text) == 10 and text.isascii() else _wrong()
    except ValueError:
        return _wrong()


def _wrong() -> str:
    raise Refused(400, "Please give the day as 2014-06-30.")
