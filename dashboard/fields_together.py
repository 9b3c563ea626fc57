"""What fields of one contribution say of each other: periods that end, amounts with their unit, parts by sex."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal

from dashboard.forms import Problem
from dashboard.report_periods import span

FIGURE = re.compile(r"\d{1,15}(\.\d{1,8})?", re.ASCII)
UNIT = re.compile(r"[A-Z]{3}( (thousand|million|billion))?( per year)?", re.ASCII)
OF_MONEY = ("% GNI", "percent of budget", "percent of GDP", "percent of aid")  # shares that are paid


def monetary(unit: str) -> bool:
    """Whether what has this unit is committed, budgeted and disbursed; people, births and the like are counted."""
    return bool(UNIT.fullmatch(unit)) or unit in OF_MONEY


def _report(fields: Mapping[str, str], today: str, own: str) -> Iterator[Problem]:
    since, until = fields["since"], fields["until"]
    if until[: len(since)] < since[: len(until)]:
        yield Problem("until", f"The period ends before it begins ({since}); please correct one of the two.")
    if since > today[: len(since)]:
        yield Problem("since", "The period has not begun; what was done is reported after it was done.")
    elif span(since, until)[1] > today:
        yield Problem("until", "The period ends after today; please report up to a month or a day that has passed.")
    yield from _unit(fields, own)
    split = [fields[key] for key in ("women", "men") if fields[key]]
    if split and not fields["amount"]:
        yield Problem("amount", "Figures by sex are parts of the amount: please fill it in too.")
    elif split and all(FIGURE.fullmatch(value) for value in (*split, fields["amount"])):
        total = sum(map(Decimal, split))
        if total > Decimal(fields["amount"]):
            yield Problem("women", f"The parts by sex make {total:f}, which is more than the amount.")


def _unit(fields: Mapping[str, str], own: str) -> Iterator[Problem]:
    """The unit of the commitment may stand without an amount, where words alone are reported."""
    if bool(fields["amount"]) != bool(fields["unit"]) and (fields["amount"] or fields["unit"] != own):
        yield Problem(
            "unit" if fields["amount"] else "amount", "An amount and its unit go together: fill in both, or none."
        )
    elif fields["amount"] and monetary(fields["unit"]) and not fields["rung"]:
        yield Problem("rung", "Please choose whether the money was committed, budgeted or disbursed.")
    elif fields["amount"] and not monetary(fields["unit"]) and fields["rung"]:
        yield Problem("rung", f"This is for money alone: {fields['unit']} are counted, so please leave it empty.")


def _link(fields: Mapping[str, str], today: str, own: str) -> Iterator[Problem]:
    if bool(fields["amount"]) != bool(fields["currency"]):
        yield Problem("currency", "An amount and its currency go together: fill in both, or none.")


def _status(fields: Mapping[str, str], today: str, own: str) -> Iterator[Problem]:
    if fields["date"] > today[: len(fields["date"])]:
        yield Problem("date", "The day has not come; a step is reported after it was reached.")


TOGETHER: Mapping[str, Callable[[Mapping[str, str], str, str], Iterator[Problem]]] = {
    "report": _report,
    "link": _link,
    "status": _status,
}
