"""One flow as OCHA's Financial Tracking Service publishes it, in texts, whatever the layout it came in."""

from __future__ import annotations

from typing import NamedTuple

INCOMING = "incoming"
STAGES = {"pledge": "pledged", "commitment": "committed", "paid": "disbursed"}
BOUNDARIES = (INCOMING, "internal", "outgoing")
LEFT_BLANK = ("", "NA", "null")


class Contribution(NamedTuple):
    """A flow's texts. `line`: physical line, or the place of the flow in a page of JSON, which `where` then says in
    words. `years`: those in which the money is to be used. `donors`, `recipients`: as named; more than one where the
    flow is shared among them."""

    file: str
    line: int
    where: str
    raw: str
    id: str
    version: str
    updated: str
    status: str
    boundary: str
    amount: str
    date: str
    years: tuple[str, ...]
    donors: tuple[str, ...]
    donor_types: tuple[str, ...]
    recipients: tuple[str, ...]
    receiver: str
    title: str
    description: str
    parent: str
    currency: str
    original: str


def several(text: str, separator: str) -> tuple[str, ...]:
    """The parts of a cell that names one or more, without what is left blank."""
    if separator not in text:
        only = text.strip()
        return () if only in LEFT_BLANK else (only,)
    return tuple(part.strip() for part in text.split(separator) if part.strip() not in LEFT_BLANK)


def blank(text: str) -> str:
    """A cell in which R wrote NA for nothing."""
    return "" if text.strip() in LEFT_BLANK else text.strip()
