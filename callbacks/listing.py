"""The list of commitments under an address, as its page and as a file."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dash import html

from callbacks.book import Opened
from dashboard.commitment import Entry
from dashboard.gap_list import needed
from dashboard.goal_register import gaps, targets
from dashboard.listing import counts, matching, ordered, page
from dashboard.matrix import matrix
from dashboard.pins import Pins
from dashboard.pools import pool
from dashboard.promised import promised
from dashboard.register_terms import PICKS, Asked, known, read
from dashboard.selection import Refusal, Selection
from data_access.leaving import COMMITMENTS
from data_access.measuring.said import statements
from data_access.measuring.telling import entries
from layouts import commitments, goal_register

TERMS = COMMITMENTS


def filled(opened: Opened, pins: Pins, terms: dict[str, str], refused: tuple[Refusal, ...]) -> list[Any]:
    """The whole page."""
    words = _known(opened)
    asked, wrong = read(terms, pins, words)
    every = opened.entries()
    found = matching(every, asked)
    shown = page(ordered(found, asked.sort), asked.page)
    offered = {term: counts(_others(every, asked, term), term) for term in PICKS}
    tallies = {term: counts(found, term) for term in ("forum", "maker", "goal", "forumkind", "state")}
    mine = Pins(opened.cube.edition, opened.held.state)
    address = "/commitments?" + replace(asked, pins=mine).write()
    return commitments.page(
        found, shown, matrix(found), asked, words, offered, tallies, len(every), [*refused, *wrong], address
    )


def of_goal(opened: Opened, goal: str, edition: str) -> list[Any]:
    """What the register tells of a Goal, under its panels; links keep the edition where the address pins it."""
    held = opened.held
    register = opened.book.kept.at_hand(opened.cube, held.state, held.pledges)
    if register is None:
        return [goal_register.awaited(goal)]
    every, kept = entries(held, register), Pins(edition=edition).write()
    asked, _ = read({"goal": goal}, Pins(edition=edition), known(held.directory))
    found = ordered(matching(every, asked), "made")
    told = promised(pool(opened.cube.codes, every, register.overlaps), Selection(goal=(goal,)))
    need = needed(found, statements())
    above = [
        goal_register.aims(goal, targets(goal, found), kept),
        goal_register.shortfalls(goal, told, gaps(told, need), need, kept),
    ]
    below = [commitments.of_goal(found, goal, asked.write(), kept)] if found else []
    return [html.Div(above, className="register of-goal-register"), *below]


def _others(every: tuple[Entry, ...], asked: Asked, term: str) -> list[Entry]:
    """What the other terms leave, so that the form says what a choice would show."""
    return matching(every, asked.change(**{term: ()}))


def _known(opened: Opened) -> dict[str, dict[str, str]]:
    return known(opened.held.directory, opened.held.pledges)


def chosen(opened: Opened, pins: Pins, terms: dict[str, str]) -> tuple[list[Entry], list[Refusal]]:
    """Every commitment that an address asks for, in its order, and what of it could not be followed."""
    asked, wrong = read(terms, pins, _known(opened))
    return ordered(matching(opened.entries(), asked), asked.sort), wrong
