"""The list of commitments under an address, as its page and as a file."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from callbacks.book import Opened
from dashboard.commitment import Entry
from dashboard.listing import counts, matching, ordered, page
from dashboard.matrix import matrix
from dashboard.pins import Pins
from dashboard.register_terms import PICKS, Asked, known, read
from dashboard.selection import Refusal
from layouts import commitments

TERMS = (*PICKS, "text", "sort", "page", "columns")


def filled(opened: Opened, pins: Pins, terms: dict[str, str], refused: tuple[Refusal, ...]) -> list[Any]:
    """The whole page."""
    words = known(opened.held.directory)
    asked, wrong = read(terms, pins, words)
    entries = opened.entries()
    found = matching(entries, asked)
    shown = page(ordered(found, asked.sort), asked.page)
    offered = {term: counts(_others(entries, asked, term), term) for term in PICKS}
    tallies = {term: counts(found, term) for term in ("forum", "maker", "goal", "forumkind", "state")}
    mine = Pins(opened.cube.edition, opened.held.state)
    address = "/commitments?" + replace(asked, pins=mine).write()
    return commitments.page(
        found, shown, matrix(found), asked, words, offered, tallies, len(entries), [*refused, *wrong], address
    )


def of_goal(opened: Opened, goal: str, edition: str) -> list[Any]:
    """The commitments to a Goal, under its panels; links keep the edition where the address pins it."""
    pins, words = Pins(edition=edition), known(opened.held.directory)
    asked, _ = read({"goal": goal}, pins, words)
    found = ordered(matching(opened.entries(), asked), "made")
    return [commitments.of_goal(found, goal, asked.write(), pins.write())] if found else []


def _others(entries: tuple[Entry, ...], asked: Asked, term: str) -> list[Entry]:
    """What the other terms leave, so that the form says what a choice would show."""
    return matching(entries, asked.change(**{term: ()}))


def chosen(opened: Opened, pins: Pins, terms: dict[str, str]) -> tuple[list[Entry], list[Refusal]]:
    """Every commitment that an address asks for, in its order, and what of it could not be followed."""
    asked, wrong = read(terms, pins, known(opened.held.directory))
    return ordered(matching(opened.entries(), asked), asked.sort), wrong
