"""The pages of a forum, a donor and a recipient, from the book open at one edition and state."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from callbacks.book import Opened
from callbacks.drawings import drawing
from callbacks.forum import beside
from dashboard.about import NEEDS, About, forum, party
from dashboard.catalogue import PANELS
from dashboard.codes import Group
from dashboard.figures.indicators import recipients
from dashboard.measured import Standing
from dashboard.panels import Drawing
from dashboard.peers import Need, income, near_place, peers, region, within
from dashboard.pins import Pins
from dashboard.selection import Refusal, Selection
from dashboard.words import ordinal
from data_access.measuring.placing import Placing
from data_access.measuring.series import units, values
from layouts import about

SERIES, FIRST, LAST = "oda_gni", 2000, 2015
PLACING = Placing()  # of every edition, for every reader


def filled(kind: str, opened: Opened, id_: str, pins: Pins, refused: tuple[Refusal, ...]) -> list[Any]:
    """The whole page of one of them."""
    held = opened.held
    shown = pins.write(), opened.cube.edition, held.state
    if kind == "forum":
        found = forum(held.directory.fora[id_], opened.entries())
        return about.page(found, refused, *shown, beside(opened, id_, pins))
    return about.page(_party(kind, opened, id_), refused, *shown)


def _party(kind: str, opened: Opened, code: str) -> About:
    found = party(kind, code, opened.cube.codes, opened.held.directory, opened.entries())
    asked = Selection().change(**{kind: (code,)})
    drawn = drawing(opened.cube, PANELS["years"], asked, "years")
    found = replace(found, flows=drawn if isinstance(drawn, Drawing) else None, shares=_shares(kind, opened, code))
    return _among(_beside(found, opened), opened)


def _beside(found: About, opened: Opened) -> About:
    """With the same promises kept by others."""
    codes, code = opened.cube.codes, found.code
    stood = opened.register.standings
    every = peers(found.kind, code, codes, opened.entries(), stood, units(opened.cube))
    group = income(codes, code) if found.kind == "recipient" else None
    places = {
        one.of.pledge.id: _place(place, group, " of its region" if one.among else "")
        for one in every
        if group and (place := within(one.rows, group))
    }
    return replace(found, peers=every, places=places, standings=_own(found, opened), units=units(opened.cube))


def _own(found: About, opened: Opened) -> dict[str, Standing]:
    """Its own figure in what was asked of many, by promise: of a donor as a donor, of a recipient as a country."""
    rules = {entry.pledge.id: entry.pledge.rule for entry in opened.entries()}
    rows = {
        id_: next((row for row in held if row.code == found.code), None)
        for id_, held in opened.register.standings.items()
        if (rule := rules.get(id_)) and bool(rule.donors) is (found.kind == "donor")
    }
    return {id_: row for id_, row in rows.items() if row is not None}


def _place(place: tuple[int, int], group: Group, where: str) -> str:
    """`5th of 20 among lower-middle-income economies of its region.`"""
    return f"{ordinal(place[0])} of {place[1]} among {group.name[:1].lower()}{group.name[1:]}{where}."


def _among(found: About, opened: Opened) -> About:
    """With where a recipient stands by need against funding for each Goal."""
    codes, code = opened.cube.codes, found.code
    if found.kind != "recipient" or code not in recipients(codes):  # groups and regional recipients are not ranked
        return found
    near = region(codes, code)
    made = tuple(
        Need(goal, of.rows.get(code), of.ranked, of.series, of.unit, near_place(of.rows, code, near), of.why)
        for goal, of in PLACING.of(opened.cube).items()
    )
    worst = min((one for one in made if one.row and one.row.place), key=_rank, default=None)
    way = f"/needs?goal={worst.goal}&recipient={code}" if worst else ""
    ways = tuple((words, way if words == NEEDS and way else path) for words, path in found.ways)
    return replace(found, needs=made, region=f"In {near.name}" if near else "", ways=ways)


def _rank(one: Need) -> Decimal:
    """Its place as a part of all places: the smallest is the worst off and least funded."""
    return Decimal(one.row.place or 0) / one.ranked if one.row else Decimal(1)


def _shares(kind: str, opened: Opened, code: str) -> dict[int, Decimal]:
    """Aid as a share of income of a donor; nothing of others."""
    return values(opened.cube, SERIES, FIRST, LAST).get(code, {}) if kind == "donor" else {}


def holds(opened: Opened, kind: str, id_: str) -> bool:
    """Whether there is such a forum, donor or recipient."""
    if kind == "forum":
        return id_ in opened.held.directory.fora
    return kind in ("donor", "recipient") and opened.cube.codes.knows(kind, id_)
