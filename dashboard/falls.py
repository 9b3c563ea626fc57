"""The waterfall of a measured promise: its figures put in the order of the causes, opened by donor where they are told.

Years that are due and of which the source has nothing are a step of their own, out of scope: they are never taken for a
shortfall. A promise that is a range has two waterfalls, one for either end. A promise in constant prices is told at
them from end to end; what its delivery is at current prices is told onward from there, apart.
"""

from __future__ import annotations

from decimal import Decimal

from dashboard import moved_income, moved_money
from dashboard.measured import Measured
from dashboard.moves import End, Known, Move, Names, end_of, steps
from dashboard.ranges import EXACT, Range, summed
from dashboard.waterfalls import Bar, waterfall

NOTHING_BESIDE = Known()


def moves(found: Measured, known: Known = NOTHING_BESIDE, names: Names = str) -> tuple[Move, ...]:
    """The four causes of `waterfalls.GIVEN`, in their order; empty where no money is due."""
    if found.unit == "USD" and isinstance(found.due_whole, Range) and isinstance(found.delivered, Range):
        return moved_money.moves(found, known)
    if found.unit == "%" and found.money and isinstance(found.money[0], Range):
        return moved_income.moves(found, known, names)
    return ()


def fall(
    found: Measured, end: End = "low", known: Known = NOTHING_BESIDE, names: Names = str, opened: bool = False
) -> tuple[Bar, ...]:
    """Rows of the waterfall, US dollars at the rule's prices; empty where there is none.

    end: which end of a range is taken as promised. known: what tells the causes, as far as it is known. opened: the
    shortfall by donor, for shares of income."""
    every = steps(moves(found, known, names), end)
    if found.unit == "USD":
        return _of_money(found, end, every)
    return _of_share(found, end, every, names, opened) if found.unit == "%" and found.money else ()


def _of_money(found: Measured, end: End, every: dict[str, Decimal]) -> tuple[Bar, ...]:
    promised = moved_money.promised(found, end)
    if promised is None or end_of(found.due, end) is None or not isinstance(found.delivered, Range):
        return ()
    if restated(found):
        every = {cause: value for cause, value in every.items() if cause != "prices"}
    return waterfall(moved_money.base_of(found), promised, moved_money.level(found), every)


def restated(found: Measured) -> bool:
    """Whether a promise of money stands in constant prices, so that current ones are another unit than its own."""
    return found.unit == "USD" and found.rule.prices != "current"


def onward(found: Measured, known: Known = NOTHING_BESIDE) -> tuple[Bar, ...]:
    """From what was delivered at the constant prices of the rule to the same at current ones: a level, what prices and
    exchange rates make, a level. Empty where the rule's prices are current, or the same aid is not known at them."""
    step = steps(moves(found, known), "low").get("prices") if restated(found) else None
    if not step:
        return ()
    start = moved_money.level(found)
    end = EXACT.add(start, step)
    levels = Bar("delivered", Decimal(0), start, level=True), Bar("current", Decimal(0), end, level=True)
    return levels[0], Bar("prices", start, end), levels[1]


def _of_share(found: Measured, end: End, every: dict[str, Decimal], names: Names, opened: bool) -> tuple[Bar, ...]:
    due, delivered, _ = found.money or (None, None, None)
    if not isinstance(due, Range) or not isinstance(delivered, Range):
        return ()
    owed = due.low if end == "low" else due.high
    promised = EXACT.subtract(owed, summed(every.values()) or Decimal(0))
    return waterfall(
        None, promised, delivered.low, every, shares=moved_income.members(found, end, names) if opened else ()
    )
