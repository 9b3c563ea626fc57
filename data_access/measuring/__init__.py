"""Where flows and rules meet: a counting rule and a cube in, terms by year gathered, and the pure engine's answer."""

from __future__ import annotations

from dashboard import delivery, reached, shares
from dashboard.counting import Rule
from dashboard.measured import Measured, not_yet
from dashboard.questions import Unanswerable
from dashboard.rule_words import needed
from data_access.cube import Cube
from data_access.measuring import gathering

__all__ = ["measure"]


def measure(cube: Cube, rule: Rule, at: int = 0) -> Measured:
    """A rule measured as of the end of year `at` (0: the end of its period), with every term that went in.

    What cannot be measured from the edition comes back with `why`, a sentence. Raises Busy, TimeoutError."""
    when = at or rule.until
    if not rule.measures:
        return Measured(rule, when, "", why=needed(rule))
    if when < rule.since:
        return not_yet(rule, when)
    try:
        found = gathering.gathered(cube, rule, min(when, rule.until))
    except Unanswerable as reason:
        return Measured(rule, when, "", why=str(reason))
    if rule.kind == "flows":
        return delivery.measure(rule, found.terms, when, found.wanted, found.limits)
    if rule.kind == "share":
        return shares.measure(rule, found.terms, when, found.wanted, found.limits)
    return reached.measure(rule, found.terms, when, found.wanted, found.limits, found.unit)
