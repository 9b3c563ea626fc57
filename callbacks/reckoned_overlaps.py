"""The page of overlaps under an address, and its file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from flask import Flask, Response, request

from callbacks.bodies import Refused
from callbacks.book import Book, Opened
from callbacks.carrying import FORM, kept, mark, whole
from callbacks.taken import taken
from dashboard.carried import of_register
from dashboard.cite import pinned
from dashboard.finding_list import Listed
from dashboard.overlap import Overlap
from dashboard.overlap_file import table
from dashboard.overlap_list import FACETS, KEYS, Key, Pair, Sets, known, listed, passing, shown, sums
from dashboard.overlap_matrix import matrix
from dashboard.page_terms import read
from dashboard.refusals import outright
from dashboard.shared_rows import rows
from data_access.cube import Cube
from data_access.measuring.found import told
from data_access.measuring.overlapping import scopes
from layouts import overlaps as page
from layouts.pages import OVERLAPS_PATH

UNTOLD = "The overlaps could not be computed; the log says why. They are computed again at the next start."


def overlaps(book: Book, cube: Cube, search: str) -> list[Any]:
    """All that the page shows. Raises Busy while commitments are being measured: nobody waits for it here."""
    pins, raw, refused = book.asked(cube, search, KEYS)
    opened = book.at(cube, pins)
    held, sets = opened.held, together(opened)
    address = pinned(OVERLAPS_PATH, cube.edition, held.state)
    if sets is None:
        return page.untold(UNTOLD, address)
    found = _found(opened)
    every = listed(held.pledges, sets, found or ())
    terms, unknown = read(raw, known(every), FACETS, pins.write())
    view = shown(every, terms)
    drawn = matrix(view.passing)
    own = replace(terms, pins="").write()
    said = page.Said(
        terms,
        (*refused, *unknown),
        {id_: maker.name for id_, maker in held.directory.makers.items()},
        f"{address}&{own}" if own else address,
        behind(opened, (*drawn.cells.values(), *view.rows)),
        found is not None,
    )
    return page.content(view, drawn, sums(held.pledges, sets, cube.codes), said)


def together(opened: Opened) -> Sets | None:
    """What the commitments of a state count together; None where it could not be computed. Raises Busy at once while
    they are being measured."""
    return opened.book.kept.soon(opened.cube, opened.held.state, opened.held.pledges, 0.0).together


def _found(opened: Opened) -> tuple[Listed, ...] | None:
    """What the checks found; None while they run."""
    found = opened.book.findings(opened.cube, opened.held, wait=0)
    return None if found is None else told(found, opened.held, opened.book.registry)


def behind(opened: Opened, pairs: Iterable[Pair]) -> dict[Key, str]:
    """Of each pair the query of the page of rows that lists what both count, where a selection takes just these."""
    wanted = {pair.key: pair for pair in pairs if pair.usd and pair.years}
    rules = {one.id: one.rule for pair in wanted.values() for one in (pair.first, pair.second) if one.rule}
    taken_ = {scope.id: (scope, rules[scope.id]) for scope in scopes(opened.cube, rules)}
    found = dict[Key, str]()
    for key, pair in wanted.items():
        both = [taken_[id_] for id_ in key if id_ in taken_]
        overlap = Overlap(*key, pair.usd or page.NOTHING, dict.fromkeys(pair.years, page.NOTHING))
        selection = rows(both, overlap) if len(both) > 1 else None
        if selection is not None:
            found[key] = selection.change(edition=opened.cube.edition).write()
    return found


def files(server: Flask, book: Book) -> None:
    @server.get(f"/export/overlaps.{FORM}")
    def export_overlaps(form: str) -> Response:
        search = request.query_string.decode("utf-8", "replace")
        cube = taken(book.library, search)
        pins, raw, refused = book.asked(cube, search, KEYS)
        opened = book.at(cube, pins)
        sets, found = together(opened), _found(opened)
        if sets is None or found is None:
            raise Refused(503, UNTOLD if sets is None else page.CHECKING)
        every = listed(opened.held.pledges, sets, found)
        terms, unknown = read(raw, known(every), FACETS)
        for wrong in (*refused, *unknown):
            raise Refused(400, f"No file was made: {outright(wrong)}")
        state = opened.held.state
        held = passing(every, terms)
        given, of = table(held, behind(opened, held)), mark(cube.edition, state, book.registry.state())
        one = of_register("overlaps", "Overlaps of commitments", raw, OVERLAPS_PATH, cube.edition, state, given)
        return kept(of) or whole(of, one, form, "overlaps", book.public)
