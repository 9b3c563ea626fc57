"""The waterfall of a measured promise: its figures put in the order of the causes, opened by donor where they are told.

Years that are due and of which the source has nothing are a step of their own, out of scope: they are never taken for a
shortfall. A promise that is a range has two waterfalls, one for either end.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Literal

from dashboard import due as profiles
from dashboard.amounts import Absence
from dashboard.measured import Measured, by_code
from dashboard.ranges import EXACT, Figure, Range
from dashboard.waterfalls import Bar, Share, waterfall

End = Literal["low", "high"]
Names = Callable[[str], str]
ZERO = Decimal(0)


def fall(
    found: Measured, end: End = "low", current: Measured | None = None, names: Names = str, opened: bool = False
) -> tuple[Bar, ...]:
    """Rows of the waterfall, US dollars (at the rule's prices until a `prices` step); empty where there is none.

    end: which end of a range is taken as promised. current: the same promise measured at current prices, where its own
    are constant: the step between the two is shown. opened: the shortfall by donor, for shares of income."""
    if found.unit == "USD" and isinstance(found.delivered, Range):
        return _of_money(found, end, current)
    if found.unit == "%" and found.money:
        return _of_share(found, end, names, opened)
    return ()


def _end(figure: Figure, end: End) -> Decimal | None:
    if isinstance(figure, Absence):
        return None
    return figure.low if end == "low" else figure.high


def _of_money(found: Measured, end: End, current: Measured | None) -> tuple[Bar, ...]:
    rule = found.rule
    whole, seen = _end(found.due_whole, end), _end(found.due, end)
    if whole is None or seen is None or not isinstance(found.delivered, Range):
        return ()
    promised = _promised(found, end, whole)
    base = found.base if rule.counts != "sum" and rule.baseline != "none" else None
    moves = {"not_due": EXACT.subtract(whole, promised), "out_of_scope": EXACT.subtract(seen, whole)}
    level = EXACT.add(base or ZERO, found.delivered.low)
    if current is not None and isinstance(current.delivered, Range):
        now = EXACT.add(current.base if base is not None and current.base is not None else ZERO, current.delivered.low)
        moves["prices"], level = EXACT.subtract(now, level), now
    return waterfall(base, promised, level, moves)


def _promised(found: Measured, end: End, whole: Decimal) -> Decimal:
    """The total of a sum over a period, of which `whole` is what is due to date; otherwise the level itself."""
    rule = found.rule
    if rule.counts != "sum" or rule.low is None or rule.high is None or rule.of == "change":
        return whole
    total = rule.low if end == "low" else rule.high
    shares = profiles.weights(rule.profile, rule.since, rule.until, dict(rule.stated))
    return total if profiles.to_date(total, shares, found.at) == whole else whole


def _of_share(found: Measured, end: End, names: Names, opened: bool) -> tuple[Bar, ...]:
    due, delivered, _ = found.money or (Absence.NO_TARGET,) * 3
    promised = _end(due, end)
    if promised is None or not isinstance(delivered, Range):
        return ()
    return waterfall(None, promised, delivered.low, shares=_members(found, end, names) if opened else ())


def _members(found: Measured, end: End, names: Names) -> list[Share]:
    """Each donor's part, the widest shortfall first: its target of its own income, and its aid."""
    year = min(found.at, found.rule.until)
    incomes, amounts = by_code(found.terms, "denominator"), by_code(found.terms, "amount")
    parts = []
    for standing in found.standings:
        income = incomes.get(standing.code, {}).get(year)
        target = _end(standing.target, end)
        if income is None or target is None or standing.value is None:
            continue
        owed = _per_cent(target, income)
        given = amounts.get(standing.code, {}).get(year)
        have = _per_cent(standing.value, income) if given is None else given
        parts.append(Share(f"donor:{standing.code}", names(standing.code), owed, have))
    return sorted(parts, key=lambda part: (part.shortfall or ZERO, part.code))


def _per_cent(share: Decimal, income: Decimal) -> Decimal:
    return EXACT.multiply(EXACT.multiply(share, income), Decimal("0.01"))
