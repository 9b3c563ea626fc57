"""Commitments of lists, made by code."""

from __future__ import annotations

from decimal import Decimal

from dashboard.amounts import Amount
from dashboard.commitment import Entry
from dashboard.outcomes import Outcome
from dashboard.pledges import Pledge
from dashboard.ranges import Range, difference, share


def outcome(due: str, delivered: str, unit: str = "USD") -> Outcome:
    """Measured, of points."""
    owed, have = (Range(Decimal(value), Decimal(value)) for value in (due, delivered))
    return Outcome(2015, unit, "current", owed, have, difference(owed, have), share(have, owed), 1, 1)


def entry(id_: str, found: Outcome | None = None, **fields: object) -> Entry:
    """A commitment of a list; `fields` are those of its record."""
    given: dict[str, object] = {
        "title": f"Title of {id_}", "maker": "France", "maker_id": "FRA", "goals": ("1",), "made": "2005-07",
        "amount": Amount(Decimal(5), Decimal(5), "USD million"), "forum": "A summit", "forum_id": "a-summit",
    }  # fmt: skip
    pledge = Pledge(id_, **(given | fields))
    return Entry(pledge, found or Outcome(why="Nothing is held."))
