"""A record of the registry as a value: who promised what to whom, where, by when, and on which source that rests.

Readers see *Commitment*; in code it is a pledge, so that *committed* keeps its one meaning. Dates are text as known:
`2010`, `2010-06` or `2010-06-26`. An amount that is not known is None or an `Absence`, never zero.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from dashboard.amounts import ABSENCES, NO_AMOUNT, Absence, Amount
from dashboard.counting import Rule
from dashboard.links import LINKS, Link, read_links, write_links

__all__ = [
    "ABSENCES",
    "LINKS",
    "NO_AMOUNT",
    "Absence",
    "Amount",
    "Baseline",
    "Delivery",
    "Link",
    "Pledge",
    "Provenance",
    "Status",
    "read_links",
    "write_links",
]

MAKER_KINDS = ("government", "collective", "multilateral", "foundation", "company", "civil_society")
KINDS = ("financial", "policy")
ADDITIONAL = ("yes", "no", "unclear", "")  # empty: not said
SOURCE_KINDS = ("official", "academic", "ngo", "press", "memory")
BY_MAKER = "maker"  # what a maker reported of itself, or gave as evidence of it: no document of the register
CONFIDENCES = ("high", "medium", "low")
STATUSES = ("announced", "adopted", "funded", "in_force", "reported_on")  # of a policy commitment, in this order
DATE = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?")


@dataclass(frozen=True)
class Provenance:
    """Where something was said. kind: who wrote it (SOURCE_KINDS, or BY_MAKER). `of`: promise or delivery."""

    address: str = ""
    title: str = ""
    page: str = ""
    kind: str = ""
    of: str = "promise"


@dataclass(frozen=True)
class Status:
    """A step of a policy commitment (STATUSES), when it was reached, and the evidence for it."""

    step: str
    date: str = ""
    evidence: Provenance | None = None
    note: str = ""


@dataclass(frozen=True)
class Baseline:
    """From where a promise counts. value: in the unit of the pledge unless `unit` says otherwise; None: not stated.

    method: level or trend, empty where not said."""

    value: Decimal | None = None
    year: str = ""
    unit: str = ""
    method: str = ""


@dataclass(frozen=True)
class Delivery:
    """Delivery as somebody reported it. amount: its unit may differ from the promise's."""

    amount: Amount | Absence = Absence.NOT_REPORTED
    as_of: str = ""
    by: str = ""  # who reported it
    counts: str = ""  # what their figure counts, in their words: `signed`, `obligated`; empty where not said


@dataclass(frozen=True)
class Pledge:
    """One record. `gap`: numeric or range where two figures can be compared, else the kind of absence.

    parent: id of the collective promise it is part of. goals: `1` to `8`. targets: `8.B`. usd_at_time: whole US dollars
    at the rate of the day, None where not stated. measures: what would show delivery, in words. checked: what a check
    of the record found, and whether it was mended or kept. unverified: what rests on memory and no source, empty where
    nothing does. maker_id, forum_id, initiative_id: of `records`, whose names `maker`, `forum`, `initiative` are."""

    id: str
    title: str
    maker: str
    maker_code: str = ""  # ISO alpha-3, DAC code or group; empty where none
    maker_kind: str = "government"
    kind: str = "financial"
    parent: str = ""
    forum: str = ""
    forum_kind: str = ""
    place: str = ""
    made: str = ""
    goals: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    amount: Amount = NO_AMOUNT
    usd_at_time: Decimal | None = None
    since: str = ""
    until: str = ""
    deadline: str = ""
    baseline: Baseline = Baseline()
    additional: str = ""
    measures: str = ""
    links: tuple[Link, ...] = ()
    delivered: Delivery = Delivery()
    gap: str = "not_reported"
    remarks: str = ""
    sources: tuple[Provenance, ...] = ()
    confidence: str = "medium"
    sexes: bool = False  # concerns women and girls, or can be told apart by sex
    statuses: tuple[Status, ...] = ()
    rule: Rule | None = None
    maker_id: str = ""
    forum_id: str = ""
    initiative: str = ""
    initiative_id: str = ""
    checked: str = ""
    unverified: str = ""

    @property
    def collective(self) -> bool:
        return self.maker_kind == "collective"

    @property
    def maker_ids(self) -> tuple[str, ...]:
        """Of the maker as recorded; where two or three made it jointly (`ITA+EU`), of each of them too."""
        each = self.maker_id.split("+")
        return (self.maker_id, *each) if len(each) > 1 and all(each) else (self.maker_id,)

    @property
    def maker_codes(self) -> tuple[str, ...]:
        """Codes under which it stands among the commitments of donors and countries; each of those who made it."""
        return tuple(code for code in (self.maker_code, *self.maker_ids[1:]) if code)

    @property
    def absence(self) -> Absence | None:
        """Why no gap can be given; None where there is one."""
        return None if self.gap in ("numeric", "range") else Absence(self.gap)

    @property
    def status(self) -> str:
        """The furthest step of a policy commitment; empty for financial ones and where nothing is known."""
        reached = [status.step for status in self.statuses]
        return max(reached, key=STATUSES.index) if reached and self.kind == "policy" else ""
