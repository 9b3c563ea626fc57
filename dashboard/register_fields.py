"""The further fields of a commitment that the list of commitments can be narrowed by, each with its codes and words.

Texts of the register (a place, a unit, a price basis) stand in addresses as small letters and hyphens.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from dashboard.amounts import MONEY
from dashboard.links import LINKS
from dashboard.pledges import MAKER_KINDS, SOURCE_KINDS, STATUSES, Pledge
from dashboard.records import Directory

Codes = tuple[str, ...]
Words = Mapping[str, str]
UNSAID, NONE = "unsaid", "none"
NOTHING: Words = MappingProxyType({})
NOT_SAID = {UNSAID: "not said"}
YEARS = range(1960, 2061)
TIES = {kind: kind.replace("_", " ") for kind in LINKS}
RULES = {"flows": "an amount of money", "share": "a share of income", "indicator": "an indicator"}


class Term(NamedTuple):
    """label: of the form. codes: under which a commitment stands. words: what each code is, where all of them are known
    beforehand; text: the words of one commitment, from which its code is made, where they are those of the register."""

    label: str
    codes: Callable[[Pledge], Codes]
    words: Words = NOTHING
    texts: Callable[[Pledge], Codes] | None = None


@lru_cache(maxsize=4096)
def slug(text: str) -> str:
    """`% GNI` -> `gni`, `L'Aquila` -> `l-aquila`."""
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    return "-".join(re.findall("[a-z0-9]+", plain))[:64].strip("-") or UNSAID


def _of(texts: Callable[[Pledge], Codes], label: str) -> Term:
    return Term(label, lambda pledge: tuple(map(slug, texts(pledge))) or (UNSAID,), NOT_SAID, texts)


def _year(said: str) -> Codes:
    return (said[:4],) if said[:4].isdigit() and int(said[:4]) in YEARS else (UNSAID,)


def _counted(pledge: Pledge) -> Codes:
    """The currency of money, or what else the figure counts."""
    unit, money = pledge.amount.unit, MONEY.fullmatch(pledge.amount.unit)
    return (unit[:3],) if money else ((unit,) if unit else ())


def _figure(pledge: Pledge) -> Codes:
    low, high = pledge.amount.low, pledge.amount.high
    return (NONE,) if low is None else ("point",) if low == high else ("range",)


def _yes(told: bool) -> Codes:
    return ("yes",) if told else ("no",)


def _years(words: str) -> dict[str, str]:
    return {**{str(year): f"{words} {year}" for year in YEARS}, **NOT_SAID}


FURTHER: Mapping[str, Term] = {
    "initiative": Term("Initiative", lambda pledge: (pledge.initiative_id or NONE,), {NONE: "none"}),
    "makerkind": Term(
        "Kind of maker",
        lambda pledge: (pledge.maker_kind.replace("_", "-"),),
        {kind.replace("_", "-"): kind.replace("_", " ") for kind in MAKER_KINDS},
    ),
    "place": _of(lambda pledge: (pledge.place,) if pledge.place else (), "Place"),
    "target": Term(
        "Target", lambda pledge: pledge.targets or (NONE,), {NONE: "none named"}, lambda pledge: pledge.targets
    ),
    "figure": Term("Figure", _figure, {"point": "one figure", "range": "a range", NONE: "words only"}),
    "unit": _of(_counted, "Currency or unit"),
    "basis": _of(lambda pledge: (pledge.amount.prices,) if pledge.amount.prices else (), "Prices"),
    "begins": Term("Begins", lambda pledge: _year(pledge.since), _years("from")),
    "ends": Term("Ends", lambda pledge: _year(pledge.until), _years("to")),
    "deadline": Term("Due", lambda pledge: _year(pledge.deadline), _years("by")),
    "baseline": Term(
        "Baseline",
        lambda pledge: (pledge.baseline.method or ("stated" if pledge.baseline.year else NONE),),
        {"level": "a level", "trend": "a trend", "stated": "stated", NONE: "none"},
    ),
    "rule": Term(
        "Counted as",
        lambda pledge: (pledge.rule.kind if pledge.rule else NONE,),
        {**RULES, NONE: "no rule"},
    ),
    "part": Term(
        "Part of another", lambda pledge: _yes(bool(pledge.parent)), {"yes": "part of another", "no": "stands alone"}
    ),
    "tie": Term(
        "Tied to others",
        lambda pledge: tuple(dict.fromkeys(one.kind for one in pledge.links)) or (NONE,),
        {**TIES, NONE: "no ties"},
    ),
    "step": Term(
        "Step of a policy",
        lambda pledge: tuple(dict.fromkeys(one.step for one in pledge.statuses)) or (NONE,),
        {**{step: step.replace("_", " ") for step in STATUSES}, NONE: "none recorded"},
    ),
    "reported": Term(
        "Reported by others", lambda pledge: _yes(bool(pledge.delivered.by)), {"yes": "reported", "no": "not reported"}
    ),
    "sexes": Term(
        "Women and girls",
        lambda pledge: _yes(pledge.sexes),
        {"yes": "concerned, or told by sex", "no": "not told apart"},
    ),
    "document": Term(
        "Source",
        lambda pledge: tuple(dict.fromkeys(one.kind for one in pledge.sources if one.kind)) or (NONE,),
        {**{kind: kind for kind in SOURCE_KINDS}, "maker": "its maker", NONE: "none"},
    ),
}


def words(directory: Directory, pledges: Iterable[Pledge]) -> dict[str, dict[str, str]]:
    """What each further term can be, code by code; texts of the register in the order of their letters."""
    every, found = tuple(pledges), dict[str, dict[str, str]]()
    for name, term in FURTHER.items():
        texts = {text for pledge in every for text in term.texts(pledge)} if term.texts else set[str]()
        made = {text if name == "target" else slug(text): text for text in sorted(texts, key=str.casefold)}
        found[name] = {**made, **term.words}
    found["initiative"] |= {one.id: one.name for one in directory.initiatives.values()}
    return found
