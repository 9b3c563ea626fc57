"""What ties one record of the registry to another, and how a cell of a spreadsheet writes it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

LINKS: dict[str, str] = {  # kind -> how a reader is told; the target is a record's id, or text for those marked so
    "counts_under": "counts under",
    "restates": "restates",
    "restated_by": "restated by",
    "supersedes": "supersedes",
    "superseded_by": "superseded by",
    "sourced_from": "takes its money from",
    "includes": "includes",
    "overlaps": "overlaps with",
    "deadline_moved": "deadline moved",  # text: 2010->2015
    "contradiction": "sources disagree on",  # text: what they disagree on
}
TEXT_LINKS = frozenset({"deadline_moved", "contradiction"})
OPPOSITES = {
    "restates": "restated_by",
    "restated_by": "restates",
    "supersedes": "superseded_by",
    "superseded_by": "supersedes",
}
LINK = re.compile(r"(?P<kind>[a-z_]+):(?P<target>[^()]+?)\s*(?:\((?P<note>.*)\))?")
LINKED_AMOUNT = re.compile(r"(?P<currency>[A-Z]{3}) (?P<figure>[0-9]+(?:\.[0-9]+)?) ?(?P<scale>m|million|bn|billion)?")
SCALES = {"": Decimal(1), "m": Decimal(10) ** 6, "bn": Decimal(10) ** 9}


@dataclass(frozen=True)
class Link:
    """One record's tie to another. target: the other's id, or text for `deadline_moved` and `contradiction`.

    amount: in whole units of `currency`, where the tie has one (`sourced_from`, `overlaps`); None where not stated."""

    kind: str
    target: str
    amount: Decimal | None = None
    currency: str = ""
    note: str = ""


def read_links(text: str) -> tuple[Link, ...]:
    """Links as a cell writes them: `counts_under:ewec-2010; overlaps:globalfund-2010-canada (CAD 41.4 m)`.

    Raises ValueError, a sentence, for a part that is no link."""
    return tuple(_link(part.strip()) for part in text.split(";") if part.strip())


def _link(part: str) -> Link:
    found = LINK.fullmatch(part)
    if not found or found["kind"] not in LINKS:
        kinds = ", ".join(LINKS)
        raise ValueError(f"{part} is not a link; a link is written kind:record, and its kind is one of {kinds}.")
    note = found["note"] or ""
    stated = LINKED_AMOUNT.fullmatch(note)
    if not stated:
        return Link(found["kind"], found["target"], note=note)
    scale = {"million": "m", "billion": "bn"}.get(stated["scale"] or "", stated["scale"] or "")
    return Link(found["kind"], found["target"], Decimal(stated["figure"]) * SCALES[scale], stated["currency"])


def write_links(links: Iterable[Link]) -> str:
    """As `read_links` reads them."""
    return "; ".join(f"{link.kind}:{link.target}{_noted(link)}" for link in links)


def _noted(link: Link) -> str:
    if link.amount is None:
        return f" ({link.note})" if link.note else ""
    for short in ("bn", "m", ""):
        figure = link.amount / SCALES[short]
        if figure >= 1 or not short:
            return f" ({link.currency} {figure.normalize():f}{' ' + short if short else ''})"
    return ""
