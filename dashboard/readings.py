"""The same aid at two price bases side by side: a promise in constant prices read at them and in dollars of the day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from dashboard.amount_words import prices
from dashboard.measured import Measured
from dashboard.ranges import Figure, Range, summed
from dashboard.statements import Statement

CURRENT = "current"


@dataclass(frozen=True)
class Reading:
    """One basis, in words, and what it gives; said: what sources published on it of the delivery of this promise."""

    basis: str
    found: Measured
    said: tuple[Statement, ...] = ()

    @property
    def before(self) -> Decimal | None:
        """The level that the promise stands on."""
        return self.found.base

    @property
    def reached(self) -> Decimal | None:
        """That level with what was delivered on top of it."""
        held = self.found.delivered
        return summed([self.before, held.low]) if isinstance(held, Range) and self.before is not None else None

    @property
    def share(self) -> Figure:
        return self.found.share


def readings(found: Measured, current: Measured | None, statements: Iterable[Statement]) -> tuple[Reading, ...]:
    """At the rule's own prices first, then at current ones; empty where its own are current or one cannot be read."""
    if found.rule.prices == CURRENT or current is None or not (found.measured and current.measured):
        return ()
    said = [one for one in statements if one.of == "delivery"]
    made = []
    for one in (found, current):
        held = tuple(each for each in said if _basis(each) == one.rule.prices)
        made.append(Reading(prices(one.rule, "USD"), one, held))
    return tuple(made)


def _basis(one: Statement) -> str:
    """`2004` of `constant 2004`."""
    return one.amount.prices.removeprefix("constant ").strip()
