"""The pages of a forum, a donor and a recipient, from the book open at one edition and state."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from callbacks.book import Opened
from callbacks.drawings import drawing
from dashboard.about import About, forum, party
from dashboard.catalogue import PANELS
from dashboard.panels import Drawing
from dashboard.pins import Pins
from dashboard.selection import Refusal, Selection
from data_access.measuring.series import values
from layouts import about

SERIES, FIRST, LAST = "oda_gni", 2000, 2015


def filled(kind: str, opened: Opened, id_: str, pins: Pins, refused: tuple[Refusal, ...]) -> list[Any]:
    """The whole page of one of them."""
    entries, held = opened.entries(), opened.held
    found = forum(held.directory.fora[id_], entries) if kind == "forum" else _party(kind, opened, id_)
    return about.page(found, refused, pins.write(), opened.cube.edition, held.state)


def _party(kind: str, opened: Opened, code: str) -> About:
    found = party(kind, code, opened.cube.codes, opened.held.directory, opened.entries())
    asked = Selection().change(**{kind: (code,)})
    drawn = drawing(opened.cube, PANELS["years"], asked, "years")
    return replace(found, flows=drawn if isinstance(drawn, Drawing) else None, shares=_shares(kind, opened, code))


def _shares(kind: str, opened: Opened, code: str) -> dict[int, Decimal]:
    """Aid as a share of income of a donor; nothing of others."""
    return values(opened.cube, SERIES, FIRST, LAST).get(code, {}) if kind == "donor" else {}


def holds(opened: Opened, kind: str, id_: str) -> bool:
    """Whether there is such a forum, donor or recipient."""
    if kind == "forum":
        return id_ in opened.held.directory.fora
    return kind in ("donor", "recipient") and opened.cube.codes.knows(kind, id_)
