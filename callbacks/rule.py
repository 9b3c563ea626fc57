"""The page of another rule for a commitment, under its address, and the terms of that rule as a file."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import Flask, Response, request
from werkzeug.exceptions import NotFound

from callbacks.bodies import Refused
from callbacks.book import Book, Opened
from callbacks.carrying import kept, mark, offered, whole
from callbacks.taken import taken
from dashboard.carried import of_register
from dashboard.cite import pinned
from dashboard.explained import table
from dashboard.pins import Pins
from dashboard.questions import OTHERS, RELEASES, Busy
from dashboard.rule_form import TERMS, read, write
from dashboard.rule_preview import Preview
from dashboard.selection import Refusal
from data_access.cube import Cube
from data_access.measuring.gathering import TITLES
from data_access.measuring.naming import names
from data_access.measuring.proposing import amiss
from data_access.registry.rule_saving import version
from layouts import rule as page
from layouts.rule import View
from layouts.rule_form import Offers

BUSY = "A rule is being measured, one at a time; please ask again in {seconds} seconds."


def filled(opened: Opened, id_: str, pins: Pins, terms: dict[str, str], refused: tuple[Refusal, ...]) -> list[Any]:
    """All that the page shows. Raises Busy, TimeoutError where what is kept cannot be had."""
    found = view(opened, id_, pins, terms)
    address = pinned(found.path, opened.cube.edition, opened.held.state)
    own = urlencode(write(found.proposed), safe=",:") if found.proposed else ""
    return page.content(found, refused, f"{address}&{own}" if own else address)


def view(opened: Opened, id_: str, pins: Pins, terms: dict[str, str]) -> View:
    """What an address asks, and what comes of it."""
    cube, held, pledge = opened.cube, opened.held, opened.held.pledges[id_]
    registry = opened.book.registry
    number = version(registry, id_, held.state if held.state != registry.state() else "")
    asked = terms or (write(pledge.rule) if pledge.rule else {"kind": "none"})
    path, label = f"/commitment/{id_}/rule", names(cube)
    bare = View(path, pledge, pledge.rule, number, label, _offers(cube), asked, pins)
    if not terms:
        return bare
    rule, wrong = read(terms, cube.codes)
    wrong = (*wrong, *(amiss(cube, rule) if rule else ()))
    if rule is None or wrong:
        return View(**{**vars(bare), "problems": wrong})
    query = "&".join(part for part in (urlencode(write(rule), safe=",:"), pins.write()) if part)
    file = f"/export/rule/{id_}.csv?{query}"
    effect = _effect(opened, id_, rule) if rule != pledge.rule else None
    return View(**{**vars(bare), "proposed": rule, "effect": effect, "file": file, "terms": write(rule)})


def _effect(opened: Opened, id_: str, rule: Any) -> Preview | str:
    try:
        return opened.book.proposals.preview(opened.cube, opened.held, opened.register, id_, rule)
    except Busy as busy:
        return BUSY.format(seconds=busy.retry_after)


def _offers(cube: Cube) -> Offers:
    listed = cube.series_list()
    series = dict(zip(listed["series"].tolist(), zip(listed["name"], listed["unit"], strict=True), strict=True))
    sources = {code: source.title for code, source in cube.codes.sources.items()}
    absent = {
        code: f"{TITLES.get(code, code)}, not loaded here" for code in (*RELEASES, *OTHERS) if code not in sources
    }
    return Offers(cube.codes, sources | absent, {code: f"{name} ({unit})" for code, (name, unit) in series.items()})


def files(server: Flask, book: Book) -> None:
    @offered(server, "/export/rule/<id_>")
    def export_rule(id_: str, form: str) -> Response:
        search = request.query_string.decode("utf-8", "replace")
        cube = taken(book.library, search)
        pins, terms, refused = book.asked(cube, search, TERMS)
        opened = book.at(cube, pins)
        if id_ not in opened.held.pledges:
            raise NotFound("The register holds no commitment of that name.")
        found = view(opened, id_, pins, terms)
        wrong = [one.sentence for one in refused] + [one.sentence for one in found.problems]
        if wrong:
            raise Refused(400, f"No file was made: {wrong[0]}")
        if not isinstance(found.effect, Preview):
            raise Refused(
                503 if found.effect else 400, found.effect or "No file was made: the address names no other rule."
            )
        told = found.effect.after
        given = table(told.measured, told.names, cube.edition, book.public)
        title = f"{opened.held.pledges[id_].title}: under another rule"
        path, of = f"/commitment/{id_}/rule", mark(cube.edition, opened.held.state)
        one = of_register(id_, title, terms, path, cube.edition, opened.held.state, given)
        return kept(of) or whole(of, one, form, f"{id_}-another-rule", book.public)
