"""Money that an activity tells more than once is counted once. What is left out stays among the raw records.

- A revised budget of a period takes the place of the original one of the same period.
- Planned disbursements count only where the activity has no budget: both say how the same money is to be spent, and one
  sum of both would tell it twice.
- What comes in (incoming commitments and pledges) counts only where the activity tells no outgoing amount of that rung:
  what comes in goes out again.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from data_access.ingest.iati.amounts import Amount, Record
from data_access.ingest.iati.facts import attribute

REVISED = ("2", "REVISED")
REPLACED = "original budgets replaced by a revised one of the same period"
PLANNED = "planned disbursements beside budgets of the same activity"
PASSED_ON = "incoming commitments and pledges beside outgoing ones of the same activity"


class Told(NamedTuple):
    """A record and its amount."""

    record: Record
    amount: Amount


def left_out(told: Sequence[Told]) -> dict[int, str]:
    """Place in `told` -> why it is not counted."""
    revised = {_period(one) for one in told if _revised(one)}
    budgeted = any(one.record.element.name == "budget" for one in told)
    outgoing = {one.record.kind.stage for one in told if not one.record.kind.incoming}
    left = {}
    for place, one in enumerate(told):
        if one.record.element.name == "budget" and not _revised(one) and _period(one) in revised:
            left[place] = REPLACED
        elif one.record.element.name == "planned-disbursement" and budgeted:
            left[place] = PLANNED
        elif one.record.kind.incoming and one.record.kind.stage in outgoing:
            left[place] = PASSED_ON
    return left


def _revised(one: Told) -> bool:
    return one.record.element.name == "budget" and attribute(one.record.element, "type").upper() in REVISED


def _period(one: Told) -> tuple[object, str]:
    return one.amount.day, one.amount.until
