"""What a report on implementation is of: a rung and a period, by which a later report is known to be of the same."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping

from dashboard.pledges import DATE

LINE = re.compile(r"delivery \| \w+ \| (?P<maker>.+), report on (?P<period>\S+(?: to \S+)?): .+ (?P<rung>\w+)")
RUNGS = ("committed", "budgeted", "disbursed")
WORDS = {  # how those who report name a rung
    **dict.fromkeys(("committed", "obligated", "signed"), "committed"),
    "budgeted": "budgeted",
    **dict.fromkeys(("disbursed", "paid", "spent"), "disbursed"),
}
Span = tuple[str, str]


def span(since: str, until: str) -> Span:
    """First and last day of a period: of `2011` to `2012-06` they are 2011-01-01 and 2012-06-30. What is no date stays
    as it is."""
    first = f"{since}-01-01"[:10] if len(since) == 4 else f"{since}-01"[:10]
    return first if DATE.fullmatch(since) else since, _last(until) if DATE.fullmatch(until) else until


def key(fields: Mapping[str, str]) -> tuple[str, Span]:
    """Rung and period of a report, of its fields."""
    return fields.get("rung", ""), span(fields.get("since", ""), fields.get("until", ""))


def counted(fields: Mapping[str, str]) -> str:
    """What the figure of a report counts, as the register writes it: `disbursed, 2011 to 2013`; of what is no money its
    period alone."""
    since, until = fields["since"], fields["until"]
    period = since if since == until else f"{since} to {until}"
    return f"{fields['rung']}, {period}" if fields.get("rung") else period


def title(fields: Mapping[str, str], maker: str) -> str:
    """How a report stands among the sources of a record: `Canada, report on 2011 to 2013: 950.50 CAD million
    disbursed`."""
    period = (told(counted(fields)) or ("", ""))[1]
    said = f"{fields['amount']} {fields['unit']} {fields.get('rung', '')}".rstrip()
    return f"{maker.replace('|', '/')}, report on {period}: {said}"


def told(counts: str) -> tuple[str, str] | None:
    """Rung (empty of what is no money) and period of a figure that a report brought; None of one from elsewhere."""
    first, comma, rest = counts.partition(", ")
    rung, period = (first, rest) if comma else ("", first)
    since, _, until = period.partition(" to ")
    dates = DATE.fullmatch(since) and DATE.fullmatch(until or since)
    return (rung, period) if dates and rung in ("", *RUNGS) else None


def rung(counts: str) -> str:
    """The rung of a figure, from the words of whoever reported it: the first that they name, as their figure is told
    before others beside it (`disbursed (3.7 billion obligated)`); empty where they name none."""
    named = (WORDS[word] for word in re.findall(r"[a-z]+", counts.lower()) if word in WORDS)
    return next(named, "")


def of_counts(counts: str) -> tuple[str, Span]:
    """The same of a figure that a report brought into the record: `disbursed, 2011 to 2013`."""
    rung, _, period = counts.rpartition(", ")
    since, _, until = period.partition(" to ")
    return rung, span(since, until or since)


def is_line(written: str, maker: str, of: tuple[str, Span]) -> bool:
    """Whether a line of the further sources of a record quotes a report of a maker on the same rung and period."""
    found = LINE.fullmatch(" | ".join(cells_of(written)))
    if found is None or found["maker"] != maker.replace("|", "/"):
        return False
    since, _, until = found["period"].partition(" to ")
    return (found["rung"] if found["rung"] in RUNGS else "", span(since, until or since)) == of


def cells_of(line: str) -> tuple[str, ...]:
    """The cells of a line of further sources, however it is spaced."""
    return tuple(cell.strip() for cell in line.split("|"))


def _last(until: str) -> str:
    if len(until) == 4:
        return f"{until}-12-31"
    if len(until) == 7:
        return f"{until}-{monthrange(int(until[:4]), int(until[5:]))[1]:02d}"
    return until
