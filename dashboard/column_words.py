"""What each column of the tables of the register means: for the sheet of definitions and what stands beside a CSV."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from dashboard.panels import Column

ENDS = "The {} end of a range; both ends are the same where there is one figure."
_ID = "The name of the commitment in addresses: /commitment/ and this."
_TITLE = "What was promised, in short."
_MAKER = "Who made it, as the register names them."
_STATE = "What came of it: a verdict, or the reason why there is none."
_FROM = "The sources and series that its counting rule reads; empty where nothing is measured."
_TO = "The last year for which the source has a figure that was counted."
_SEEN = "whole: all that the promise counts is seen; part: less is seen, so that no shortfall can follow from it."
_SHARE = "What was delivered, as a part of what was due. "
_DUE = "What was to be delivered by then, under the counting rule. "

GAPS: Mapping[str, str] = {
    "id": _ID,
    "title": _TITLE,
    "maker": _MAKER,
    "unit": "What due, delivered and gap are in, with their prices; figures of two units are never added.",
    "at": "The year at whose end it is measured.",
    **{f"due_{end}": _DUE + ENDS.format(words) for end, words in (("low", "lower"), ("high", "upper"))},
    **{
        f"delivered_{end}": "What the source reports of what the promise counts. " + ENDS.format(words)
        for end, words in (("low", "lower"), ("high", "upper"))
    },
    **{
        f"gap_{end}": "Due less delivered; below zero where more came than was due. " + ENDS.format(words)
        for end, words in (("low", "lower"), ("high", "upper"))
    },
    **{f"share_{end}": _SHARE + ENDS.format(words) for end, words in (("low", "lower"), ("high", "upper"))},
    "to": _TO,
    "seen": _SEEN,
    "state": _STATE,
    "measured_from": _FROM,
}
COMMITMENTS: Mapping[str, str] = {
    **{key: GAPS[key] for key in ("id", "title", "maker", "state", "measured_from", "due_low", "due_high")},
    **{key: GAPS[key] for key in ("share_low", "share_high")},
    "maker_code": "Code of the maker: ISO 3166 alpha-3, of the DAC, or of a group.",
    "maker_kind": "Government, collective, multilateral, foundation, company or civil society.",
    "kind": "financial: money; policy: something else that was promised.",
    "forum": "The summit, conference or initiative at which it was made.",
    "forum_kind": "What kind of forum that is.",
    "place": "Where it was made.",
    "made": "When it was made.",
    "goals": "The Goals that it serves, 1 to 8.",
    "targets": "The targets of the Goals that it names.",
    "pledged": "The amount in words, as it was promised.",
    "unit": "Currency, or what else the promised figure counts.",
    "low": "The promised figure in its unit. " + ENDS.format("lower"),
    "high": "The promised figure in its unit. " + ENDS.format("upper"),
    "prices": "The year of the prices that the promise speaks of; empty where it does not say.",
    "since": "When what it promises begins.",
    "until": "When what it promises ends.",
    "deadline": "By when it is due, where a day or year was named.",
    "additional": "Whether it was said to come on top of what was promised before: yes, no, unclear; empty: not said.",
    "measured": "Whether a figure was counted: yes or no.",
    "delivered": "What the source reports of what the promise counts; the lower end where it is a range.",
    "delivered_unit": "What due and delivered are in.",
    "delivered_prices": "current, or the year whose prices the measured dollars are in.",
    "counted_stage": "The rung that is counted: pledged, committed or disbursed.",
    "counted_is": _SEEN,
    "figures_to": _TO,
    "reported": "What was delivered, as somebody else reported it. It is set beside what was measured, never added.",
    "reported_by": "Who reported that.",
    "reported_as_of": "Of when that is.",
    "reported_counts": "What their figure counts, in their words.",
    "confidence": "How sure the record is: high, medium or low.",
    "part_of": "The commitment that it is a part of; amounts of both are never added.",
    "source": "Address of the document in which it was promised.",
    "initiative": "The initiative that it belongs to.",
    "usd_at_time": "The promise in US dollars at the rate of the day, where that was stated.",
    "baseline": "The figure from which the promise counts.",
    "baseline_year": "The year of that figure.",
    "step": "The furthest step that a policy commitment has reached.",
    "ties": "What ties it to other commitments, each as kind:id.",
    "sexes": "Whether it concerns women and girls, or can be told apart by sex: yes or no.",
    "source_kind": "Who wrote that document: official, academic, ngo, press; memory: no document is at hand.",
}
FINDINGS: Mapping[str, str] = {
    "id": "The name of the finding in addresses: /findings?finding= and this.",
    "check": "The check that found it; the page Methods tells its rule.",
    "severity": "high, medium or low: how much depends on it.",
    "status": "What became of it, as moderators decided.",
    "words": "What does not add up, in a sentence.",
    "first": "One of two figures that are compared, as its source writes it.",
    "first_source": "Where that figure was read or computed.",
    "second": "The other figure.",
    "second_source": "Where the other figure was read or computed.",
    "about": "The commitments or sources that it concerns, by id, with a space between them.",
    "status_since": "Since when it has this status, UTC.",
    "status_by": "Who gave it this status: the checks, or a role.",
    "status_why": "The reason that was given.",
}


def meaning(columns: Iterable[Column], words: Mapping[str, str]) -> tuple[Column, ...]:
    """The columns, each with what it means."""
    return tuple(replace(column, means=words[column.key]) for column in columns)
