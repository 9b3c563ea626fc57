"""What others reported of a commitment, line by line: the register's own account, and each report of a maker."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboard.amount_words import amount
from dashboard.amounts import Amount
from dashboard.contributed import MARK, Spoken
from dashboard.pledges import Delivery
from dashboard.report_periods import told
from dashboard.report_series import standing
from dashboard.words import dated
from layouts.parts import mark
from layouts.pieces import absent

Pairs = list[tuple[str, Any]]


def reported(held: Delivery, said: Sequence[Spoken]) -> Pairs:
    """held: as the record has it. said: accepted contributions; a report that the record holds is told once, and one
    that a later report of the same period replaced is told by that one."""
    every = [one for one in said if one.figure]
    reports = standing(every)
    if any(one.delivery == held for one in every):
        return _theirs(reports)
    if isinstance(held.amount, Amount) and amount(held.amount):
        own: Pairs = [
            ("Reported", amount(held.amount) + (f", {held.amount.prices}" if held.amount.prices else "")),
            ("By", held.by),
            ("As of", dated(held.as_of)),
            ("What they count", held.counts),
        ]
        return own + _theirs(reports)
    words = next((one for one in said if one.declined), None)
    none = f"A statement was made by {words.by}; its figure was not accepted" if words else ""
    return _theirs(reports) or [("Reported", none or absent("not_reported", "not reported"))]


def _theirs(reports: Sequence[Spoken]) -> Pairs:
    return [("Reported by its maker", _line(one)) for one in reports]


def _line(one: Spoken) -> list[Any]:
    period = told(one.delivery.counts) if one.delivery else None
    counts = f", {period[1]}" if period else ""
    accepted = f"; accepted {dated(one.at[:10])}"
    accepted += f", in place of the report accepted {dated(one.replaces[:10])}" if one.replaces else ""
    return [mark(MARK, "reported by its maker:"), f" {one.amount}{counts}; by {one.by}{accepted}"]
