"""Findings as a list: each with its status and history, filtered, counted and put in order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from hashlib import blake2b

from dashboard.checks import CHECKS, Check
from dashboard.column_words import FINDINGS, meaning
from dashboard.contributed import Spoken
from dashboard.findings import BY_CHECKS, BY_MODERATOR, SEVERITIES, STATUSES, Finding, Judged
from dashboard.page_terms import Terms
from dashboard.panels import Column, Table
from dashboard.pledges import Pledge
from dashboard.words import dated, usd_exact

FACETS = ("check", "severity", "status", "maker", "goal", "forum")
KEYS = (*FACETS, "finding", "page")
PAGE = 25
AGAIN = 600  # seconds after which checks that failed are run again
DOLLARS = re.compile(r"(?P<amount>-?\d+(?:\.\d+)?)(?: US dollars(?P<rest>.*))?")
BY_NAME: Mapping[str, Check] = {check.name: check for check in CHECKS}
RANK = {check.name: place for place, check in enumerate(CHECKS)}


@dataclass(frozen=True)
class Failed:
    """That the checks could not be run to their end. at: `2026-11-23 08:20`, UTC. reference: of the log."""

    at: str
    reference: str

    @property
    def sentence(self) -> str:
        day, _, hour = self.at.partition(" ")
        return (
            f"The checks failed on {dated(day)} at {hour} UTC, so no finding can be shown; the log has the fault under "
            f"reference {self.reference}. They are run again {AGAIN // 60} minutes later, when a page asks for them."
        )


@dataclass(frozen=True)
class Step:
    """One judgement in the history of a finding. at: UTC, ISO 8601."""

    status: str
    at: str
    who: str
    why: str

    @property
    def by(self) -> str:
        """The role of who changed the status, never a name of a person."""
        known = self.who == BY_CHECKS or self.who.startswith(BY_MODERATOR)
        return self.who if known else "An editor of the register"

    @property
    def words(self) -> str:
        """`23 November 2026, 14:05 UTC: explained. A moderator, after the reply of Canada: Two years are counted.`"""
        return f"{dated(self.at[:10])}, {self.at[11:16]} UTC: {self.status}. {self.by}: {self.why}"


@dataclass(frozen=True)
class Listed:
    """A finding in the list. makers: ids of those whose records it is about; goals, fora: of these records. said:
    accepted replies to it, and comments on it. last: the judgement that stands; None where it was never noted."""

    finding: Finding
    status: str = "open"
    history: tuple[Step, ...] = ()
    makers: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    fora: tuple[str, ...] = ()
    said: tuple[Spoken, ...] = ()
    last: Step | None = None

    @property
    def id(self) -> str:
        return short(self.finding.key)

    def values(self, facet: str) -> tuple[str, ...]:
        """What it answers to under a filter."""
        own = {"check": (self.finding.check,), "severity": (self.finding.severity,), "status": (self.status,)}
        return (own | {"maker": self.makers, "goal": self.goals, "forum": self.fora})[facet]


@dataclass(frozen=True)
class Page:
    """What is shown: rows of one page; total: of all that the filters let through; facets: what can be picked beside
    them, with counts under the other filters; every: of all."""

    rows: tuple[Listed, ...]
    total: int
    every: int
    page: int
    pages: int
    facets: Mapping[str, Mapping[str, int]]


def short(key: str) -> str:
    """A finding's name in addresses."""
    return blake2b(key.encode(), digest_size=5).hexdigest()


def listed(found: Iterable[Finding], judged: Mapping[str, Judged], pledges: Mapping[str, Pledge]) -> tuple[Listed, ...]:
    """Open ones first, the severest of them first, then by check and by what they are about. judged: by key."""
    made = [_listed(finding, judged.get(finding.key), pledges) for finding in found]
    return tuple(sorted(made, key=_order))


def _listed(finding: Finding, judged: Judged | None, pledges: Mapping[str, Pledge]) -> Listed:
    about = [pledges[id_] for id_ in finding.about if id_ in pledges]
    makers = tuple(dict.fromkeys(id_ for pledge in about if pledge.maker_id for id_ in pledge.maker_ids))
    goals = tuple(sorted({goal for pledge in about for goal in pledge.goals}))
    fora = tuple(sorted({pledge.forum_id for pledge in about if pledge.forum_id}))
    last = Step(judged.status, judged.at, judged.by or BY_CHECKS, judged.note) if judged else None
    return Listed(finding, last.status if last else "open", makers=makers, goals=goals, fora=fora, last=last)


def _order(one: Listed) -> tuple[int, int, int, tuple[str, ...], str]:
    finding = one.finding
    settled = list(STATUSES).index(one.status) if one.status in STATUSES else 0
    return settled, SEVERITIES.index(finding.severity), RANK.get(finding.check, len(RANK)), finding.about, finding.part


def shown(every: Sequence[Listed], terms: Terms) -> Page:
    """What an address asks for: a page of the findings that pass every filter, and counts for each filter."""
    facets = {facet: _counts([one for one in every if _passes(one, terms, facet)], facet) for facet in FACETS}
    held = passing(every, terms)
    pages = max(1, -(-len(held) // PAGE))
    page = min(int(terms.one("page", "1")), pages)
    named = terms.one("finding")
    if named and not terms.one("page"):  # a link to one finding opens the page that holds it
        at = next((place for place, one in enumerate(held) if one.id == named), 0)
        page = at // PAGE + 1
    return Page(tuple(held[(page - 1) * PAGE : page * PAGE]), len(held), len(every), page, pages, facets)


def _passes(one: Listed, terms: Terms, but: str = "") -> bool:
    picks = ((facet, terms.all(facet)) for facet in FACETS if facet != but)
    return all(not picked or set(picked) & set(one.values(facet)) for facet, picked in picks)


def _counts(held: Iterable[Listed], facet: str) -> dict[str, int]:
    counted: dict[str, int] = {}
    for one in held:
        for value in one.values(facet):
            counted[value] = counted.get(value, 0) + 1
    return counted


def known(every: Sequence[Listed]) -> dict[str, frozenset[str] | Callable[[str], bool]]:
    """What each term can be."""
    values = {facet: frozenset(value for one in every for value in one.values(facet)) for facet in FACETS}
    values |= {"check": frozenset(BY_NAME), "severity": frozenset(SEVERITIES), "status": frozenset(STATUSES)}
    values["goal"] = frozenset("12345678")
    return {**values, "finding": frozenset(one.id for one in every), "page": is_page}


def is_page(value: str) -> bool:
    return value.isascii() and value.isdigit() and int(value[:6]) >= 1 and len(value) <= 4


def table(rows: Iterable[Listed]) -> Table:
    """Findings as they are listed, figures as their sources write them."""
    columns = tuple(
        Column(key, heading)
        for key, heading in (
            ("id", "Finding"), ("check", "Check"), ("severity", "Severity"), ("status", "Status"), ("words", "Words"),
            ("first", "First figure"), ("first_source", "Its source"), ("second", "Second figure"),
            ("second_source", "Source of the second"), ("about", "About"), ("status_since", "Status since"),
            ("status_by", "Status by"), ("status_why", "Why"),
        )
    )  # fmt: skip
    return Table("Findings", meaning(columns, FINDINGS), tuple(_written(one) for one in rows))


def _written(one: Listed) -> tuple[str, ...]:
    found = one.finding
    sides = (found.first.figure, found.first.source, found.second.figure, found.second.source)
    judged = (one.last.at, one.last.by, one.last.why) if one.last else ("", "", "")
    return (one.id, found.check, found.severity, one.status, found.words, *sides, " ".join(found.about), *judged)


def passing(every: Iterable[Listed], terms: Terms) -> list[Listed]:
    """Findings that every filter lets through, in order."""
    return [one for one in every if _passes(one, terms)]


def figure_words(text: str) -> str:
    """A figure for the reader: dollars to the cent, the file has every digit; words stay as they are."""
    found = DOLLARS.fullmatch(text)
    if not found:
        return text
    return f"{usd_exact(Decimal(found['amount']))}{found['rest'] or ''}"
