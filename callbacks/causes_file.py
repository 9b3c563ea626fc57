"""The steps of a commitment's waterfall as a file, with every digit."""

from __future__ import annotations

from flask import Flask, Response, request
from werkzeug.exceptions import NotFound

from callbacks.bodies import Refused
from callbacks.book import Book
from callbacks.carrying import kept, mark, offered, whole
from callbacks.taken import taken
from dashboard.refusals import outright
from data_access import leaving
from data_access.leaving import At


def files(server: Flask, book: Book) -> None:
    @offered(server, "/export/causes/<id_>")
    def export_causes(id_: str, form: str) -> Response:
        search = request.query_string.decode("utf-8", "replace")
        cube = taken(book.library, search)
        pins, _, refused = book.asked(cube, search)
        if refused:
            raise Refused(400, f"No file was made: {outright(refused[0])}")
        opened = book.at(cube, pins)
        if id_ not in opened.held.pledges:
            raise NotFound("The register holds no commitment of that name.")
        one = leaving.causes(At(cube, opened.held), opened.told(id_), id_)
        of = mark(cube.edition, opened.held.state)
        return kept(of) or whole(of, one, form, f"{id_}-causes", book.public)
