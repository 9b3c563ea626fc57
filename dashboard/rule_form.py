"""A counting rule as the terms of an address, one for each field: what a form sends and what a link holds.

An address holds the whole rule: what it leaves out is as usual, so equal rules are written alike whatever rule is kept.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from dashboard.codes import Codes
from dashboard.counting import CODES, DEFAULTS, FIGURES, KEYS, WORDS, YEARS, Problem, Rule
from dashboard.rules import read as read_written
from dashboard.selection import shortened

TERMS = tuple(DEFAULTS)
STATED = "stated"  # years and shares: `2011:0.4,2012:0.6`


@dataclass(frozen=True)
class Field:
    """One field of the form: its key, its name, and what goes into it. choices: of a short list, value -> words."""

    key: str
    name: str
    words: str
    choices: Mapping[str, str]


KINDS: dict[str, str] = {
    "flows": "money counted from rows or a series",
    "share": "money as a share of income",
    "indicator": "an indicator against a target",
    "none": "not measured",
}
CHOICES: dict[str, dict[str, str]] = {  # of each key with a short list, value -> words
    "kind": KINDS,
    "membership": {"then": "members as in each year", "today": "members of today"},
    "method": {"": "no Goal is named", "strict": "Strict", "shared": "Shared", "muskoka": "Muskoka"},
    "stage": {"disbursed": "disbursed", "pledged": "pledged", "committed": "committed", "budgeted": "budgeted"},
    "net": {"gross": "gross", "net": "net of repayments"},
    "counts": {"sum": "the sum of its years", "last": "its last year", "each": "each year by itself"},
    "baseline": {
        "none": "none",
        "level": "the level of a year, of several their mean",
        "trend": "the trend of some years",
        "stated": "a stated figure",
    },
    "profile": {"flat": "the same each year", "front-loaded": "more in the first years", "stated": "as stated by year"},
    "of": {"amount": "in the unit counted", "change": "per cent above or below the baseline"},
    "better": {"up": "a rise", "down": "a fall"},
    "sees": {"whole": "all that the promise counts", "part": "a part of it alone"},
    "absence": {
        "not_measurable": "not measurable",
        "no_target": "no numeric target",
        "not_clear": "not clear",
        "not_reported": "not reported",
        "confidential": "confidential",
        "not_due": "not due yet",
    },
}
CODE_LIST = "codes, apart by commas; empty for all"
FIELDS: tuple[tuple[str, tuple[tuple[str, str, str], ...]], ...] = (  # part of the form -> key, name, what goes into it
    (
        "Who",
        (
            ("donors", "Donors", f"Countries, institutions or groups: {CODE_LIST}"),
            ("recipients", "Recipients", f"Countries or groups: {CODE_LIST}"),
            ("membership", "Groups hold", ""),
        ),
    ),
    (
        "What counts",
        (
            ("source", "Source of rows", "the source whose rows are summed; empty where a series is"),
            ("series", "Series", "the series that is read; empty where rows are"),
            ("weights", "Denominator or weights", "the series a share is of, or by which countries are averaged"),
            ("stage", "Rung", ""),
            ("goals", "Goals", "1 to 8, apart by commas; under a goal mapping"),
            ("method", "Goal mapping", ""),
            ("sectors", "Sectors", CODE_LIST),
            ("purposes", "Purposes", CODE_LIST),
            ("flows", "Types of flow", CODE_LIST),
            ("net", "Gross or net", ""),
            ("sees", "Counted is", "where only a part can be seen, no shortfall is told"),
            ("prices", "Prices", "current, or a base year such as 2004"),
        ),
    ),
    (
        "When",
        (
            ("since", "First year", "four digits"),
            ("until", "Last year", "four digits"),
            ("counts", "Of the period counts", ""),
            ("profile", "What is due", ""),
            (STATED, "Share of each year", "years and shares that sum to 1, as 2011:0.4,2012:0.6"),
        ),
    ),
    (
        "How much",
        (
            ("low", "Due, low end", "US dollars, per cent, or the unit of the series; empty without a target"),
            ("high", "Due, high end", "the same figure again where it is a point"),
            ("floor", "Due of each donor", "per cent; empty where it is the same for all together and for each"),
            ("of", "These figures are", ""),
            ("better", "Better is", ""),
        ),
    ),
    (
        "Above what",
        (
            ("baseline", "Baseline", ""),
            ("baseline_since", "Its first year", "four digits"),
            ("baseline_until", "Its last year", "four digits"),
            ("baseline_value", "Its figure", "where it is stated"),
        ),
    ),
    (
        "In words",
        (
            ("needs", "What would be needed", "the ledger or series from which it could be measured"),
            ("absence", "The figure is", ""),
            ("note", "Note", "a sentence added to the rule"),
        ),
    ),
)


def fields(kind: str) -> list[tuple[str, list[Field]]]:
    """The parts of the form of a kind of rule, those without a field left out."""
    parts = [
        (part, [Field(key, name, words, CHOICES.get(key, {})) for key, name, words in held if key in KEYS[kind]])
        for part, held in FIELDS
    ]
    return [(part, held) for part, held in parts if held]


def name_of(key: str) -> str:
    """What a key is called in the form."""
    return next((name for _, held in FIELDS for own, name, _ in held if own == key), "Kind of rule")


def write(rule: Rule) -> dict[str, str]:
    """Terms of an address, in the order of the fields, the usual values left out. `read(write(rule)) == (rule, ())`."""
    given = {key: getattr(rule, key) for key in TERMS}
    return {key: text(value) for key, value in given.items() if key == "kind" or value != DEFAULTS[key]}


def text(value: Any) -> str:
    """One value as a term: figures with all their digits, codes apart by commas."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, tuple):
        return ",".join(":".join(text(part) for part in one) if isinstance(one, tuple) else one for one in value)
    return "" if value is None else str(value)


def of_kind(terms: Mapping[str, str], kind: str) -> dict[str, str]:
    """The terms that a rule of another kind has too; nothing is guessed for the others."""
    held = {key: value for key, value in terms.items() if key in KEYS[kind]}
    return {"kind": kind} | {key: value for key, value in held.items() if key != "kind"}


def read(terms: Mapping[str, str], codes: Codes | None = None) -> tuple[Rule | None, tuple[Problem, ...]]:
    """The rule that terms hold, or None and what is wrong with them, a sentence each. With `codes`, only codes and
    series of that edition may be named. Empty terms are as left out."""
    if "kind" not in terms:
        known = ", ".join(f"kind={kind}" for kind in KINDS)
        why = f"kind is missing; an address holds the whole rule, so please begin it with one of {known}."
        return None, (Problem("kind", "", why),)
    held: dict[str, Any] = {"kind": terms["kind"]}
    for key, value in terms.items():
        if key == "kind" or not value.strip() or value == text(DEFAULTS.get(key)):
            continue
        held[key] = _value(key, value)
    rule, wrong = read_written(json.dumps(held), codes)
    return rule, tuple(Problem(one.key, shortened(one.value), printable(one.sentence)) for one in wrong)


def printable(sentence: str) -> str:
    """A sentence that quotes what a stranger wrote: no sign in it that cannot be seen."""
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in sentence)


def _value(key: str, value: str) -> Any:
    """As the written form of a rule has it; what is not of its kind stays as it is, and is refused there by name."""
    if key in CODES:
        return [part.strip() for part in value.split(",") if part.strip()]
    if key in YEARS:
        year = value.strip()
        return int(year) if year.isascii() and year.isdigit() and len(year) == 4 else value
    if key == STATED:
        pairs = [part.split(":") for part in value.split(",") if part.strip()]
        return [[int(pair[0]), pair[1].strip()] for pair in pairs] if all(map(_is_share, pairs)) else value
    return value.strip() if key in FIGURES or key in WORDS else value


def _is_share(pair: list[str]) -> bool:
    return len(pair) == 2 and pair[0].strip().isascii() and pair[0].strip().isdigit() and len(pair[0].strip()) == 4
