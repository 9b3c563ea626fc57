"""The pages of the register, each filled by its own address, and the terms of a figure as a file."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from dash import Dash, Input, Output, State
from flask import Flask, Response, request
from werkzeug.exceptions import NotFound

from callbacks import abouts, causes_file, listing, rule, spoken
from callbacks.bodies import Refused
from callbacks.book import Book, Opened
from callbacks.carrying import kept, mark, offered, whole
from callbacks.spoken import said
from callbacks.taken import pinned, taken
from dashboard.carried import REGISTER, of_register, pledge
from dashboard.commitment import Commitment
from dashboard.explained import table
from dashboard.listing import table as listed
from dashboard.measured import Measured
from dashboard.origins import line
from dashboard.pins import Pins
from dashboard.questions import Busy
from dashboard.readings import CURRENT
from dashboard.refusals import outright
from dashboard.selection import Refusal, shortened
from data_access.cube import Cube
from data_access.measuring import measure
from data_access.measuring.naming import names
from data_access.measuring.telling import stages
from layouts import commitment, ids
from layouts.pages import COMMITMENTS_PATH, find, in_register

LOG = logging.getLogger(__name__)
LATER = "Please try again in a moment"
TERMS = {"commitments": listing.TERMS, "rule": rule.TERMS}  # of an address, beside its pins
Filling = Callable[[Opened, str, Pins, dict[str, str], tuple[Refusal, ...]], list[Any]]


def register(app: Dash, book: Book) -> None:
    """Add the callback of the pages, 404 for records that are none, and the files."""
    _files(app.server, book)
    rule.files(app.server, book)
    causes_file.files(app.server, book)

    @app.callback(
        Output(ids.REGISTER, "children"),
        Output(ids.SHOWN, "data", allow_duplicate=True),
        Input(ids.REGISTER_ADDRESS, "search"),
        State(ids.PATH, "pathname"),
        prevent_initial_call=True,
    )
    def show(search: Any, path: Any) -> tuple[Any, str]:
        search, path = said(spoken.Address, search) or "", said(spoken.Address, path) or "/"
        cube = taken(book.library, search)
        return filled(book, cube, path, search), cube.edition

    @app.server.before_request
    def _unknown() -> None:
        """A record that the register does not hold is not found, whatever its page would say of it."""
        rule = request.url_rule.rule if request.url_rule else ""
        if rule.endswith("<path:path>") and in_register(request.path) and not _holds(book, request.path):
            raise NotFound("The register holds nothing of that name.")


def _holds(book: Book, path: str) -> bool:
    search = request.query_string.decode("utf-8", "replace")
    cube = taken(book.library, search)
    pins, _, _ = book.asked(cube, search)
    return holds(book.at(cube, pins), *(in_register(path) or ("", "")))


def holds(opened: Opened, kind: str, id_: str) -> bool:
    """Whether there is a page of that kind and name."""
    if kind in ("commitment", "rule"):
        return id_ in opened.held.pledges
    return kind == "commitments" or abouts.holds(opened, kind, id_)


def page(book: Book, cube: Cube, path: str, search: str) -> list[Any]:
    """The whole page, as a visit gets it."""
    return commitment.frame(cube.edition, search, filled(book, cube, path, search))


def filled(book: Book, cube: Cube, path: str, search: str) -> list[Any]:
    """All that a page of the register shows under an address."""
    kind, id_ = in_register(path) or ("", "")
    pins, terms, refused = book.asked(cube, search, TERMS.get(kind, ()))
    opened = book.at(cube, pins)
    if not holds(opened, kind, id_):
        return commitment.missing(commitment.NONE, pins.write())
    try:
        return FILLED[kind](opened, id_, pins, terms, refused)
    except Busy as why:
        return commitment.missing(str(why), pins.write(), LATER)
    except TimeoutError as why:
        return commitment.missing(f"{why} Please try again in a moment.", pins.write(), LATER)
    except Exception:
        reference = uuid.uuid4().hex[:8]
        LOG.exception("page %s under %r, reference %s", path, search, reference)
        why = f"An unexpected fault stopped it. Reference {reference}."
        return commitment.missing(why, pins.write(), "This page cannot be shown")


def below(book: Book, cube: Cube, path: str, search: str) -> list[Any]:
    """What the register adds to a page of panels: under those of a Goal its commitments. The page stands without it."""
    goal = find(path)[1]
    try:
        return listing.of_goal(book.at(cube, Pins()), goal, pinned(search) and cube.edition) if goal else []
    except Exception:
        LOG.exception("commitments under %s", path)
        return []


def _commitment(opened: Opened, id_: str, pins: Pins, terms: dict[str, str], refused: tuple[Refusal, ...]) -> list[Any]:
    return commitment.page(opened.told(id_), refused, pins.write(), opened.book.public)


def _commitments(opened: Opened, _: str, pins: Pins, terms: dict[str, str], refused: tuple[Refusal, ...]) -> list[Any]:
    return listing.filled(opened, pins, terms, refused)


def _about(kind: str) -> Filling:
    def filling(opened: Opened, id_: str, pins: Pins, _: dict[str, str], refused: tuple[Refusal, ...]) -> list[Any]:
        return abouts.filled(kind, opened, id_, pins, refused)

    return filling


FILLED: dict[str, Filling] = {"commitment": _commitment, "commitments": _commitments, "rule": rule.filled}
FILLED |= {kind: _about(kind) for kind in ("forum", "donor", "recipient")}


def _files(server: Flask, book: Book) -> None:
    @offered(server, "/export/commitments")
    def all_of_them(form: str) -> Response:
        search = request.query_string.decode("utf-8", "replace")
        cube = taken(book.library, search)
        pins, asked, refused = book.asked(cube, search, listing.TERMS)
        opened = book.at(cube, pins)
        found, wrong = listing.chosen(opened, pins, asked)
        if refused or wrong:
            raise Refused(400, f"No file was made: {outright([*refused, *wrong][0])}")
        state, called = opened.held.state, names(cube)
        of, source = mark(cube.edition, state), line(REGISTER, found, called)
        told = (COMMITMENTS_PATH, cube.edition, state, listed(found, called), source)
        one = of_register("commitments", "Commitments", asked, *told)
        return kept(of) or whole(of, one, form, "commitments", book.public)

    @offered(server, "/export/commitment/<id_>")
    def terms(id_: str, form: str) -> Response:
        search = request.query_string.decode("utf-8", "replace")
        cube = taken(book.library, search)
        pins, asked, refused = book.asked(cube, search, ("stage", "prices"))
        if refused:
            raise Refused(400, f"No file was made: {outright(refused[0])}")
        opened = book.at(cube, pins)
        if id_ not in opened.held.pledges:
            raise NotFound("The register holds no commitment of that name.")
        told = opened.told(id_)
        found = _at(cube, told, asked.get("stage", ""), asked.get("prices", ""))
        held, given = opened.held, table(found, told.names, cube.edition, book.public)
        of = mark(cube.edition, held.state)
        one = replace(pledge(held.pledges[id_], cube.edition, held.state), table=given)
        return kept(of) or whole(of, one, form, id_, book.public)


def _at(cube: Cube, told: Commitment, stage: str, prices: str) -> Measured:
    """The rule under one rung of the ladder, or read at current prices; as it is where neither is asked. Raises
    NotFound."""
    held = stages(cube, told.measured) if stage else {"": told.measured}
    if stage not in held:
        raise NotFound(f"No file was made: what was {shortened(stage)} for this commitment is not told by its source.")
    found = held[stage]
    if prices in ("", found.rule.prices):
        return found
    if prices != CURRENT or not told.readings:
        raise NotFound(f"No file was made: this commitment is not read at prices={shortened(prices)}.")
    return measure(cube, replace(found.rule, prices=CURRENT), found.at)
