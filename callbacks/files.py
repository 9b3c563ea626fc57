"""Files of what figures are made of, whole: all rows behind a selection, and the values of a series."""

from __future__ import annotations

from contextlib import ExitStack, nullcontext
from threading import Lock

from flask import Flask, Response, request
from werkzeug.exceptions import NotFound

from callbacks.bodies import Refused
from callbacks.carrying import DESCRIPTION, beside, described, kept, mark, offered, sent, whole
from callbacks.drawings import asked
from callbacks.taken import pinned, taken
from callbacks.things import thing
from callbacks.writer import Writer
from dashboard import series_file
from dashboard.carried import Carried
from dashboard.config import FILES, settings
from dashboard.figures.listings import CARRIED, sourced, wanted
from dashboard.panels import Table
from dashboard.selection import Selection
from dashboard.words import listed
from data_access.cube import Cube
from data_access.formats.flows import of_all, of_rows
from data_access.formats.streams import Stream
from data_access.formats.values import of_values
from data_access.library import Library
from data_access.places import Places
from layouts.pages import ROWS_PATH

PLACES = Places(FILES, 30, why="As many files of rows are being written as can be at once.")
WRITER, BEGUN = Writer(), Lock()
ROWS = ("/export/rows.", "/export/flows.")


def register(server: Flask, library: Library) -> None:
    """Add the routes."""
    public = settings().address

    @offered(server, "/export/rows", name="rows")
    @offered(server, "/export/flows", name="flows")
    def rows(name: str, form: str) -> Response:
        cube = taken(library, query())
        selection, of = selected(cube).without("page"), mark(cube.edition)
        if known := kept(of):
            return known
        if form == DESCRIPTION:
            return described(of, rows_as_a_whole(cube, selection), Table("", CARRIED, ()), public, selection.write())

        def made() -> Stream:
            # one after the other: rows are counted within a limit of time; those of a text, which takes longer, apart
            with nullcontext() if selection.text else BEGUN:
                return rows_of(cube, selection, public)

        with ExitStack() as place:
            place.enter_context(PLACES.taken())
            answer = sent(of, made, form, name, WRITER.pieces)
            answer.call_on_close(
                place.pop_all().close
            )  # the place is left when the file is sent, or its reader is gone
        return beside(answer, selection.write())

    @offered(server, "/export/series", name="series")
    @offered(server, "/export/indicators", name="indicators")
    def series(name: str, form: str) -> Response:
        cube = taken(library, query())
        one = values_of(cube)
        of = mark(cube.edition)
        return kept(of) or whole(of, one, form, name, public)


def rows_as_a_whole(cube: Cube, selection: Selection) -> Carried:
    """The list of rows as it is cited: what its file says of itself, without the rows."""
    return of_all(thing(cube, "rows", selection), sourced(cube, selection)[1].rows)


def rows_of(cube: Cube, selection: Selection, public: str) -> Stream:
    """All rows of a selection, of the source that the list shows."""
    source, counts = sourced(cube, selection)
    named = selection.change(source=source.code)
    return of_rows(thing(cube, "rows", selection), cube, named, wanted(selection), counts, public)


def values_of(cube: Cube) -> Carried:
    """The values of the series of the address."""
    read = series_file.read(query(), cube.codes)
    if read[-1] or pinned(query()) not in ("", cube.edition):
        raise Refused(400, f"No file was made: {read[-1] or 'the edition is not kept here.'}")
    one = of_values(cube, read, query())
    if one is None:
        raise NotFound("No value of this series is held for that country and these years.")
    return one


def query() -> str:
    """That of the request, without `?`."""
    return request.query_string.decode("utf-8", "replace")


def selected(cube: Cube) -> Selection:
    """The selection of the address, all of it: a file made from half a link would be another file."""
    page = ROWS_PATH if request.path.startswith(ROWS) else "/"
    selection, refused = asked(cube, query(), page)
    if refused:
        parts = listed([f"{refusal.key}={refusal.value}"[:60] for refusal in refused])
        raise Refused(400, f"No file was made, because a part of the link could not be followed: {parts}.")
    return selection
