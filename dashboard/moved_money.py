"""What moved of a promise of money: prices and exchange rates, what is not due yet, years without figures.

prices: of a promise in constant prices, the same aid at current prices less at constant ones; of a promise in another
currency, its worth in dollars when it fell due less when it was made.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from dashboard import due as profiles
from dashboard.amount_words import amount, dollars, plain
from dashboard.amounts import Absence
from dashboard.measured import Measured
from dashboard.moves import EIGHT, ENDS, IN_DOLLARS, TOGETHER, ZERO, End, Known, Move, end_of, less, step
from dashboard.ranges import EXACT, Range, quotient, summed
from dashboard.words import listed, years


def moves(found: Measured, known: Known) -> tuple[Move, ...]:
    """The causes of `waterfalls.GIVEN`, in their order, US dollars (at the rule's prices until the step of prices)."""
    no_share = Move("denominator", "What was promised is an amount, no share of an income: no income is reckoned with.")
    return no_share, _prices(found, known), _not_due(found), _out_of_scope(found)


def level(found: Measured) -> Decimal:
    """What was delivered with the level it stands on, where the promise is of a yearly rise."""
    held = found.delivered.low if isinstance(found.delivered, Range) else ZERO
    return EXACT.add(base_of(found) or ZERO, held)


def base_of(found: Measured) -> Decimal | None:
    """The level that a promise of a yearly rise stands on; None of a sum, and where there is none."""
    return found.base if found.rule.counts != "sum" and found.rule.baseline != "none" else None


def promised(found: Measured, end: End) -> Decimal | None:
    """The total of a sum over a period, of which `due_whole` is what is due to date; otherwise the level itself."""
    rule, whole = found.rule, end_of(found.due_whole, end)
    if rule.counts != "sum" or rule.low is None or rule.high is None or rule.of == "change" or whole is None:
        return whole
    total = rule.low if end == "low" else rule.high
    shares = profiles.weights(rule.profile, rule.since, rule.until, dict(rule.stated))
    return total if profiles.to_date(total, shares, found.at) == whole else whole


def _not_due(found: Measured) -> Move:
    rule, held = found.rule, [less(end_of(found.due_whole, end), promised(found, end)) for end in ENDS]
    if not any(held):
        return Move("not_due", f"All of it was due by the end of {min(found.at, rule.until)}.")
    how = f"What falls due after {found.at}: {profiles.PROFILES[rule.profile]}, {years(rule.since, rule.until)}."
    return step("not_due", how, held)


def _out_of_scope(found: Measured) -> Move:
    held = [less(end_of(found.due, end), end_of(found.due_whole, end)) for end in ENDS]
    if not any(held):
        return Move("out_of_scope", "The source has figures of every year that counts.")
    blank = listed([str(one.year) for one in found.years if one.delivered is None], 12)
    return step("out_of_scope", f"Due in years of which the source has nothing: {blank}. It is no shortfall.", held)


def _prices(found: Measured, known: Known) -> Move:
    rule = found.rule
    if rule.prices != "current":
        now = known.current
        if now is None or not isinstance(now.delivered, Range):
            why = f"The same aid cannot be counted at current prices. {now.why if now else ''}"
            return Move("prices", why.strip(), absence=Absence.NOT_MEASURABLE)
        moved = EXACT.subtract(level(now), level(found))
        return step("prices", f"The same aid at current prices less at those of {rule.prices}. {TOGETHER}", [moved] * 2)
    if known.amount.currency in ("", "USD"):
        return Move("prices", IN_DOLLARS)
    return _exchange(found, known)


def _exchange(found: Measured, known: Known) -> Move:
    """Of a promise in another currency: its worth at the rates of the years in which it was due, less when made."""
    rule, whole, currency = found.rule, known.amount.whole(), known.amount.currency
    if whole is None or not rule.low or known.then not in (None, rule.low, rule.high):
        why = f"The record does not say what the {currency} promised were worth in US dollars when they were promised."
        return Move("prices", why, absence=Absence.NOT_CLEAR)
    seen = [one.year for one in found.years if one.delivered is not None]
    seen = seen if rule.counts == "sum" else seen[-1:]
    if lacking := [str(year) for year in seen if not known.rates.get(year)]:
        why = f"No yearly exchange rate of {currency} is known for {listed(lacking, 6)}."
        return Move("prices", why, absence=Absence.NOT_MEASURABLE)
    held = [
        less(_worth(found, total, known.rates, seen), end_of(found.due, end))
        for end, total in zip(ENDS, whole, strict=True)
    ]
    rate, stated = plain(quotient(whole[0], rule.low)), dollars(known.then or rule.low)
    how = f"{amount(known.amount)} at the DAC's rate of each year in which it was due, less the {stated} that it was"
    return step("prices", f"{how} worth when it was promised ({currency} {rate} to the dollar).", held)


def _worth(found: Measured, total: Decimal, rates: Mapping[int, Decimal], seen: Sequence[int]) -> Decimal:
    rule, due = found.rule, dict.fromkeys(seen, total)
    if rule.counts == "sum":
        due = profiles.by_year(total, profiles.weights(rule.profile, rule.since, rule.until, dict(rule.stated)))
    return summed(EXACT.divide(due[year], rates[year]).quantize(EIGHT, context=EXACT) for year in seen) or ZERO
