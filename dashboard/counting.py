"""A counting rule as a value: what counts as delivery of a commitment. `dashboard.rules` reads, checks and says it.

Four kinds. `flows`: rows of a source, or a series of amounts by donor, summed over years or taken at their last.
`share`: an amount as per cent of a denominator, by donor and year (ODA as per cent of national income). `indicator`:
a series by country against a target. `none`: not measurable, with what would be needed, and to whom it was promised.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from dashboard.codes import STAGES
from dashboard.methods import METHODS

VERSION = 1
FIRST, LAST = 1960, 2035
WORDS: dict[str, tuple[str, ...]] = {  # the first word is the default
    "kind": ("none", "flows", "share", "indicator"),
    "membership": ("then", "today"),
    "method": ("", *METHODS),
    "stage": ("disbursed", *(stage for stage in STAGES if stage != "disbursed")),
    "net": ("gross", "net"),
    "counts": ("sum", "last", "each"),  # of the period: its sum; its last year; each year by itself
    "baseline": ("none", "level", "trend", "stated"),
    "profile": ("flat", "front-loaded", "stated"),
    "of": ("amount", "change"),  # low and high: in the unit counted; or per cent above (or below) the baseline
    "better": ("up", "down"),
    "sees": ("whole", "part"),  # of what the promise counts: all of it, or less, so that the figure is a lower bound
    "absence": ("not_measurable", "no_target", "not_clear", "not_reported", "confidential", "not_due"),
}
CODES = ("donors", "recipients", "goals", "sectors", "purposes", "flows")
DIMENSION = {
    "donors": "donor",
    "recipients": "recipient",
    "goals": "goal",
    "sectors": "sector",
    "purposes": "purpose",
    "flows": "flow",
}
YEARS = ("since", "until", "baseline_since", "baseline_until")
FIGURES = ("low", "high", "floor", "baseline_value")
TEXTS = ("source", "series", "weights", "prices", "needs", "note")
COMMON = frozenset({"kind", "note"})
PERIOD = frozenset({"since", "until", "counts", "low", "high", "of", "membership"})
BASE = frozenset({"baseline", "baseline_since", "baseline_until", "baseline_value"})
COUNTED = frozenset({*CODES, "method", "stage", "net", "prices", "source", "series"})
KEYS: dict[str, frozenset[str]] = {  # keys that a rule of each kind may have
    "flows": COMMON | PERIOD | BASE | COUNTED | {"profile", "stated", "sees"},
    "share": COMMON | PERIOD | COUNTED | {"sees", "weights", "floor"},
    "indicator": COMMON | PERIOD | BASE | {"recipients", "series", "weights", "better", "sees"},
    "none": COMMON | {"needs", "absence", "recipients"},
}
NEEDED: dict[str, tuple[str, ...]] = {
    "flows": ("since", "until"),
    "share": ("donors", "weights", "since", "until"),
    "indicator": ("recipients", "series", "since", "until"),
    "none": ("needs",),
}
PRICES = re.compile(r"current|(19|20)[0-9]{2}")


@dataclass(frozen=True)
class Problem:
    """What is wrong with a written rule: the key, its value as written, and a sentence with reason and way out."""

    key: str
    value: str
    sentence: str


@dataclass(frozen=True)
class Rule:
    """What counts. Codes are those of selections; a group holds its members of each year (`then`) or of today.

    low, high: what is due, US dollars (`flows`), per cent (`share`) or the unit of the series (`indicator`); under
    `of=change` per cent above the baseline, negative for a cut; None where nothing numeric is promised. floor: of a
    share of several donors together, what each by itself is to give at least, where that is another figure.
    since, until: the period, whole years, inclusive; 0 where not given. baseline_since, baseline_until: the years whose
    mean is the level, or through which the trend is laid. stated: (year, share of the whole), shares sum to 1.
    weights: the series a share is of (`gni`), or by which countries are averaged; empty: each country by itself.
    sees: `part` where what is counted is less than what the promise counts: no shortfall can follow from it.
    prices: `current` or the base year. net: what the promise speaks of; a source that differs is named beside it."""

    kind: str = "none"
    donors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    membership: str = "then"
    goals: tuple[str, ...] = ()
    method: str = ""
    sectors: tuple[str, ...] = ()
    purposes: tuple[str, ...] = ()
    flows: tuple[str, ...] = ()
    stage: str = "disbursed"
    net: str = "gross"
    prices: str = "current"
    source: str = ""
    series: str = ""
    weights: str = ""
    since: int = 0
    until: int = 0
    counts: str = "sum"
    low: Decimal | None = None
    high: Decimal | None = None
    floor: Decimal | None = None
    of: str = "amount"
    baseline: str = "none"
    baseline_since: int = 0
    baseline_until: int = 0
    baseline_value: Decimal | None = None
    profile: str = "flat"
    stated: tuple[tuple[int, Decimal], ...] = ()
    better: str = "up"
    sees: str = "whole"
    needs: str = ""
    absence: str = "not_measurable"
    note: str = ""

    @property
    def measures(self) -> bool:
        """Whether the rule measures anything."""
        return self.kind != "none"

    @property
    def has_target(self) -> bool:
        return self.low is not None

    def write(self) -> str:
        """The one written form: a JSON object, keys in the order of the fields, defaults left out; figures as text so
        that no digit is lost. `read(rule.write()) == (rule, ())` for a rule without problems."""
        held: dict[str, Any] = {"version": VERSION, "kind": self.kind}
        for field in fields(self):
            value = getattr(self, field.name)
            if field.name != "kind" and value != field.default:
                held[field.name] = _plain(value)
        return json.dumps(held, ensure_ascii=False)


UNMEASURED = Rule()
DEFAULTS: dict[str, Any] = {field.name: field.default for field in fields(Rule)}


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return f"{value:f}"
    return [_plain(part) for part in value] if isinstance(value, tuple) else value
