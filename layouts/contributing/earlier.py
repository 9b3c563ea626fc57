"""What was accepted on a commitment before, beside a proposal: reports, statements, and what a report would replace."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboard.amounts import Amount
from dashboard.contributed import Spoken, delivery
from dashboard.contributions import KINDS, Contribution
from dashboard.pledges import Delivery
from dashboard.report_periods import key
from dashboard.statements import figure
from dashboard.words import dated
from layouts.contributing import pieces
from layouts.filled import el
from layouts.people.fields import listing

COLUMNS = ("When", "What", "Period", "Figure", "In words")
KINDS_SHOWN = ("report", "statement")
LONGEST = 400  # characters of words
NONE = "No report and no statement on this commitment was accepted before."
STAND = "What was accepted before stays as it is, whatever becomes of this proposal."
SERIES = "It is of a period of its own: it would stand beside the earlier reports as one of a series, never added up."
REPLACES = "It would replace the report accepted {day} ({figure}), which stays readable, struck, with the day."
Rows = list[Sequence[Any]]


def earlier(one: Contribution, maker: str, said: Sequence[Spoken], own: Delivery | None) -> list[Any]:
    """maker: the name on whose behalf it is. said: accepted contributions on the commitment, oldest first. own: what
    the register holds of the delivery."""
    held = [each for each in said if each.kind in KINDS_SHOWN and each.id != one.id]
    gone = _replaced(one, maker, held)
    rows = [*_proposed(one, maker), *_register(own, held), *(_row(each, each is gone) for each in held)]
    heading, words = el.h2("Beside what was accepted before"), _words(one, gone, held)
    table = [listing(COLUMNS, rows, "", "This proposal and what was accepted before")] if held else []
    return [heading, el.p(words, className="note"), *table]


def _replaced(one: Contribution, maker: str, held: Sequence[Spoken]) -> Spoken | None:
    """The report that stands for the same rung and period."""
    if one.kind != "report" or not one.now.fields.get("amount"):
        return None
    stands = (each for each in held if each.kind == "report" and each.figure and not each.replaced)
    return next((each for each in stands if each.by == maker and key(each.fields) == key(one.now.fields)), None)


def _words(one: Contribution, gone: Spoken | None, held: Sequence[Spoken]) -> str:
    if not held:
        return NONE
    if one.kind != "report" or not one.now.fields.get("amount"):
        return STAND
    if gone is not None:
        return REPLACES.format(day=dated(gone.at[:10]), figure=gone.amount)
    return SERIES if any(each.kind == "report" and each.figure for each in held) else STAND


def _proposed(one: Contribution, maker: str) -> Rows:
    fields = one.now.fields
    if one.kind not in KINDS_SHOWN:
        return []
    told = ""
    if one.kind == "report" and fields.get("amount"):
        told = f"{figure(_amount(one, maker))} {fields.get('rung', '')}".strip()
    what, period = el.b(f"This {KINDS[one.kind]}"), _period(fields.get("since", ""), fields.get("until", ""))
    return [("Proposed now", what, period, el.b(told or pieces.EMPTY), _short(fields.get("narrative", "")))]


def _amount(one: Contribution, maker: str) -> Amount:
    held = delivery(one.now.fields, maker).amount
    return held if isinstance(held, Amount) else Amount()


def _register(own: Delivery | None, held: Sequence[Spoken]) -> Rows:
    """The figure that the register has from elsewhere; one that a report brought is told by the report."""
    if own is None or not isinstance(own.amount, Amount) or any(each.delivery == own for each in held):
        return []
    counts = f"{figure(own.amount)} {own.counts}".strip()
    return [("In the register", f"Reported by {own.by}" if own.by else "Reported", dated(own.as_of), counts, "")]


def _row(one: Spoken, gone: bool) -> Sequence[Any]:
    day = f"Accepted {dated(one.at[:10])}" + (f"; replaced {dated(one.replaced[:10])}" if one.replaced else "")
    day += "; would be replaced" if gone else ""
    amount: Any = el.s(one.amount) if one.replaced else one.amount or pieces.EMPTY
    words = _short(one.words or (f"On: {one.answers}" if one.answers else ""))
    what = f"{KINDS[one.kind].capitalize()}. {one.who}"
    return day, what, _period(one.fields.get("since", ""), one.fields.get("until", "")), amount, words


def _period(since: str, until: str) -> str:
    return (since if since == until else f"{since} to {until}") or pieces.EMPTY


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"
