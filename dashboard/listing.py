"""The list of commitments: which are asked for, in which order, and what they come to in counts. Amounts are never
summed: currencies and units mix, and parents hold their children."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from dashboard.amount_words import amount
from dashboard.amounts import Amount
from dashboard.column_words import COMMITMENTS, meaning
from dashboard.commitment import Entry
from dashboard.links import TEXT_LINKS
from dashboard.origins import Names, by_code, origin
from dashboard.outcomes import STATES
from dashboard.panels import Column, Table
from dashboard.ranges import Figure, Range
from dashboard.register_fields import FURTHER
from dashboard.register_terms import NAMED, SIZE, Asked

LAST = "\uffff"
Codes = tuple[str, ...]


_CODES: Mapping[str, Callable[[Entry], Codes]] = {
    "goal": lambda entry: entry.pledge.goals,
    "maker": lambda entry: entry.pledge.maker_ids,
    "forum": lambda entry: (entry.pledge.forum_id,),
    "forumkind": lambda entry: (entry.pledge.forum_kind.replace(" ", "-"),),
    "kind": lambda entry: (entry.pledge.kind,),
    "state": lambda entry: (entry.state,),
    "measured": lambda entry: ("yes" if entry.outcome.measured else "no",),
    "additional": lambda entry: (entry.pledge.additional or "unsaid",),
    "confidence": lambda entry: (entry.pledge.confidence,),
    "made": lambda entry: (entry.year,),
    "record": lambda entry: (entry.pledge.id,),
}


def codes_of(entry: Entry, term: str) -> Codes:
    """The codes under which an entry stands in a term of the list."""
    return FURTHER[term].codes(entry.pledge) if term in FURTHER else _CODES[term](entry)


def matching(entries: Iterable[Entry], asked: Asked) -> list[Entry]:
    """Those that stand under a code of every term picked, and hold every word of the text."""
    words = plain(asked.text).split()
    picked = [(term, set(getattr(asked, term))) for term in NAMED if getattr(asked, term)]
    return [
        entry
        for entry in entries
        if all(codes & set(codes_of(entry, term)) for term, codes in picked) and _holds(entry, words)
    ]


def plain(text: str) -> str:
    """Small letters without their accents."""
    spread = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in spread if not unicodedata.combining(letter))


def _holds(entry: Entry, words: Sequence[str]) -> bool:
    if not words:
        return True
    pledge = entry.pledge
    said = plain(" ".join((pledge.title, pledge.maker, pledge.forum, pledge.initiative, pledge.remarks, pledge.id)))
    return all(word in said for word in words)


def ordered(entries: Sequence[Entry], sort: str) -> list[Entry]:
    """By one of `SORTS`; what has no value there comes last, whichever way."""
    name, back = sort.removeprefix("-"), sort.startswith("-")
    key = _KEYS[name]
    known = [entry for entry in entries if key(entry) is not None]
    unknown = [entry for entry in entries if key(entry) is None]
    return [*sorted(known, key=lambda entry: (key(entry), entry.pledge.id), reverse=back), *unknown]


def _of_figure(value: Figure) -> Decimal | None:
    return value.low if isinstance(value, Range) else None


def _pledged(entry: Entry) -> tuple[str, Decimal] | None:
    """By unit first: amounts of two units are not larger or smaller than each other."""
    low = entry.pledge.amount.low
    return None if low is None else (entry.pledge.amount.unit, low)


def _delivered(entry: Entry) -> tuple[str, Decimal] | None:
    low = _of_figure(entry.outcome.delivered)
    return None if low is None else (entry.outcome.unit, low)


_KEYS: dict[str, Callable[[Entry], Any]] = {
    "forum": lambda entry: (entry.pledge.forum, entry.pledge.title) if entry.pledge.forum else None,
    "made": lambda entry: entry.pledge.made or None,
    "title": lambda entry: plain(entry.pledge.title),
    "maker": lambda entry: plain(entry.pledge.maker),
    "pledged": _pledged,
    "delivered": _delivered,
    "share": lambda entry: _of_figure(entry.outcome.share),
    "due": lambda entry: entry.pledge.deadline or entry.pledge.until or None,
    "state": lambda entry: list(STATES).index(entry.state),
    "confidence": lambda entry: ("high", "medium", "low").index(entry.pledge.confidence),
}


@dataclass(frozen=True)
class Page:
    """One page of the list. number: of the page shown, the last where a later one is asked for."""

    entries: tuple[Entry, ...]
    number: int
    pages: int


def page(entries: Sequence[Entry], number: int) -> Page:
    pages = max(1, -(-len(entries) // SIZE))
    shown = min(number, pages)
    return Page(tuple(entries[(shown - 1) * SIZE : shown * SIZE]), shown, pages)


@dataclass(frozen=True)
class Count:
    """How many commitments stand under a code, how many of them are measured, how many delivered what was due (met)
    and how many committed it."""

    code: str
    all: int
    measured: int
    met: int
    committed: int = 0


def counts(entries: Sequence[Entry], term: str) -> list[Count]:
    """By code of a term, the most first. A commitment that names two Goals stands under both."""
    every, measured, met, committed = (Counter[str]() for _ in range(4))
    for entry in entries:
        for code in codes_of(entry, term):
            every[code] += 1
            measured[code] += entry.outcome.measured
            met[code] += entry.state == "met"
            committed[code] += entry.state == "committed"
    found = [Count(code, count, measured[code], met[code], committed[code]) for code, count in every.items()]
    return sorted(found, key=lambda one: (-one.all, one.code))


def by_year(entries: Sequence[Entry]) -> dict[str, tuple[int, int]]:
    """Financial and policy commitments by the year they were made."""
    found: dict[str, list[int]] = {}
    for entry in entries:
        found.setdefault(entry.year, [0, 0])[entry.pledge.kind == "policy"] += 1
    return {year: (pair[0], pair[1]) for year, pair in sorted(found.items())}


_KINDS = {
    **dict.fromkeys(("low", "high", "due_low", "due_high", "delivered", "baseline"), "number"),
    **dict.fromkeys(("share_low", "share_high"), "percent"),
    **dict.fromkeys(("made", "since", "until", "deadline", "reported_as_of"), "date"),
    "id": "code",
    "maker_code": "code",
    "figures_to": "year",
    "usd_at_time": "usd",
}
COLUMNS = meaning(
    (
    Column(name, name.replace("_", " ").capitalize(), _KINDS.get(name, "text"))
    for name in (
        "id", "title", "maker", "maker_code", "maker_kind", "kind", "forum", "forum_kind", "place", "made", "goals",
        "targets", "pledged", "unit", "low", "high", "prices", "since", "until", "deadline", "additional", "state",
        "measured", "due_low", "due_high", "delivered", "delivered_unit", "delivered_prices", "counted_stage",
        "counted_is", "figures_to", "share_low", "share_high", "reported", "reported_by", "reported_as_of",
        "reported_counts", "confidence", "part_of", "source", "initiative", "usd_at_time", "baseline", "baseline_year",
        "step", "ties", "sexes", "source_kind", "measured_from",
    )
    ),
    COMMITMENTS,
)  # fmt: skip


def table(entries: Sequence[Entry], names: Names = by_code) -> Table:
    """Every field of the list, for a file; figures exact, an absence empty with its state beside it. names: of sources
    and series."""
    return Table("Commitments", COLUMNS, tuple((*_row(entry), origin(entry, names)) for entry in entries))


def _row(entry: Entry) -> tuple[Any, ...]:
    pledge, outcome = entry.pledge, entry.outcome
    due, share = _pair(outcome.due), _pair(outcome.share)
    held = pledge.delivered
    reported = amount(held.amount) if isinstance(held.amount, Amount) else ""
    low, high = pledge.amount.low, pledge.amount.high
    return (
        pledge.id, pledge.title, pledge.maker, pledge.maker_code, pledge.maker_kind, pledge.kind, pledge.forum,
        pledge.forum_kind, pledge.place, pledge.made, " ".join(pledge.goals), " ".join(pledge.targets),
        amount(pledge.amount), pledge.amount.unit, low, high, pledge.amount.prices, pledge.since, pledge.until,
        pledge.deadline, pledge.additional, entry.words, "yes" if outcome.measured else "no", *due,
        _of_figure(outcome.delivered), outcome.unit, outcome.prices if outcome.unit == "USD" else "",
        _stage(entry), *_reach(entry), *share, reported, held.by, held.as_of,
        held.counts, pledge.confidence, pledge.parent,
        pledge.sources[0].address if pledge.sources else "", pledge.initiative, pledge.usd_at_time,
        pledge.baseline.value, pledge.baseline.year, pledge.status.replace("_", " "),
        " ".join(f"{one.kind}:{one.target}" for one in pledge.links if one.kind not in TEXT_LINKS),
        "yes" if pledge.sexes else "no", pledge.sources[0].kind if pledge.sources else "",
    )  # fmt: skip


def _stage(entry: Entry) -> str:
    """The rung that is counted; of an indicator none is."""
    rule = entry.pledge.rule
    return entry.outcome.stage if entry.outcome.measured and rule and rule.kind != "indicator" else ""


def _reach(entry: Entry) -> tuple[str, int | None]:
    """Whether all or a part of what the promise counts is counted, and up to which year."""
    outcome = entry.outcome
    return ("part" if outcome.part else "whole", outcome.to) if outcome.measured else ("", None)


def _pair(value: Figure) -> tuple[Decimal | None, Decimal | None]:
    return (value.low, value.high) if isinstance(value, Range) else (None, None)
