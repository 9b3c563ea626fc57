"""The steps of a commitment's waterfall as a file, with every digit."""

from __future__ import annotations

from dataclasses import replace

from flask import Flask, Response, request
from werkzeug.exceptions import NotFound

from callbacks.bodies import Refused
from callbacks.book import Book
from callbacks.carrying import kept, mark, offered, whole
from callbacks.taken import taken
from dashboard.carried import pledge
from dashboard.causes import exported
from dashboard.refusals import outright


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
        found = opened.told(id_).causes
        if found is None:
            raise NotFound("No money is due under this commitment, or none of it is measured.")
        one = replace(pledge(opened.held.pledges[id_], cube.edition, opened.held.state), table=exported(found))
        of = mark(cube.edition, opened.held.state)
        return kept(of) or whole(of, one, form, f"{id_}-causes", book.public)
