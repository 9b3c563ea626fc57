"""One selection: what is picked, under which terms. Its only written form is the query string of the address.

Dimensions hold codes (a group such as `LDC` is a code like others); terms hold one word each. Equal selections are
written alike: keys in the order below, codes sorted, defaults left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any
from urllib.parse import parse_qsl, quote_plus

from dashboard.codes import STAGES, Codes

DIMENSIONS = ("goal", "donor", "recipient", "sector", "purpose", "flow", "gender")
OF_ROWS = tuple(name for name in DIMENSIONS if name != "goal")  # what a row says itself; a Goal is made of its purpose
ABOUT = tuple(name for name in OF_ROWS if name not in ("donor", "recipient"))  # what a flow is for and of which kind
YEARS = ("since", "until")
FIRST_YEAR, LAST_YEAR = 1960, 2025  # the DAC counts since 1960
TERMS: dict[str, tuple[str, ...]] = {  # the first word is the default
    "prices": ("current", "constant"),
    "method": ("strict", "shared", "muskoka"),
    "membership": ("then", "today"),
    "provided": ("gni", "amount", "head", "share"),  # measure of the donor map
    "received": ("amount", "head", "gni", "share"),  # measure of the recipient map
    "open": ("none", "goal", "donor", "recipient"),  # what the waterfall is opened by
    "rank": ("recipient", "donor"),  # what the ranking lists
    "stage": ("any", *STAGES),  # of the rows listed
    "sort": (
        "row",
        "-row",
        *(f"{sign}{name}" for name in ("year", "donor", "recipient", "purpose", "usd") for sign in ("", "-")),
    ),
}
COLUMNS: dict[str, bool] = {  # columns of the list of rows that can be chosen, and whether they usually are
    **dict.fromkeys(("item", "donor", "recipient", "purpose", "flow", "gender", "original", "share"), True),
    **dict.fromkeys(("constant", "title", "description", "agency", "channel"), False),
}
USUAL = tuple(name for name, usual in COLUMNS.items() if usual)
CAME = "utm_"  # how a reader came, which letters and other sites add to links
LOOK = ("view", "brief")  # how a page is looked at, in the browser alone: no part of a selection
GRID = ("stage", "sort", "text", "columns", "page")  # terms of the list of rows alone
TEXT_LIMIT = 100  # characters of a text that is searched for
PAGES_LIMIT = 10_000_000
LENGTH_LIMIT = 4000  # characters of a query string that are read at all; below what servers take as a request line
KEYS_LIMIT = 100  # keys of a query string that are read at all
CODES_LIMIT = 200  # codes in one dimension


@dataclass(frozen=True)
class Refusal:
    """A part of a link that could not be followed: the key, the value as written, and a sentence saying why."""

    key: str
    value: str
    sentence: str


@dataclass(frozen=True)
class Selection:
    """What is picked. An empty dimension means all of it. Years are inclusive."""

    goal: tuple[str, ...] = ()
    donor: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()
    sector: tuple[str, ...] = ()
    purpose: tuple[str, ...] = ()
    flow: tuple[str, ...] = ()
    gender: tuple[str, ...] = ()
    since: int = 2000
    until: int = 2015
    source: str = ""  # empty: each panel uses the source that answers it best
    prices: str = "current"
    method: str = "strict"
    membership: str = "then"
    provided: str = "gni"
    received: str = "amount"
    open: str = "none"
    rank: str = "recipient"
    series: str = ""  # the indicator a goal page shows; empty: the goal's first
    edition: str = ""
    stage: str = "any"
    sort: str = "row"  # by what the rows are listed; `-` is from the largest or last
    text: str = ""  # what titles and descriptions of the rows hold
    columns: tuple[str, ...] = ()  # those chosen, in the order of COLUMNS; empty: as usual
    page: int = 1

    def picked(self, dimension: str) -> tuple[str, ...]:
        """The codes picked in a dimension, sorted."""
        return tuple(getattr(self, dimension))

    @property
    def dimensions(self) -> list[str]:
        """Those in which something is picked, in their order."""
        held = self.__dict__
        return [name for name in DIMENSIONS if held[name]]

    def change(self, **values: Any) -> Selection:
        """This selection with other values; codes are sorted and said once, so equal selections are equal."""
        tidy: dict[str, Any] = {key: _tidy(value) if key in DIMENSIONS else value for key, value in values.items()}
        return self._with(tidy)

    def without(self, *keys: str) -> Selection:
        """This selection with the named dimensions or terms back at their defaults."""
        defaults: dict[str, Any] = {key: _DEFAULTS[key] for key in keys if key}
        return self._with(defaults)

    def toggle(self, dimension: str, codes: Iterable[str], add: bool = False) -> Selection:
        """What a click does: picks the codes; lets go if all are picked; `add` keeps what else was picked."""
        new, old = set(codes), set(self.picked(dimension))
        kept = old - new if new <= old else (old | new if add else new)
        return self.change(**{dimension: kept})

    def write(self, keys: Iterable[str] = ()) -> str:
        """The query string, without `?`. `read(write(s)) == s`. keys: only what it says of these, in their order."""
        pairs, held = [], self.__dict__
        for key in keys or _DEFAULTS:
            value = held[key]
            if value != _DEFAULTS[key]:
                pairs.append(f"{key}={_quoted(','.join(value) if isinstance(value, tuple) else str(value))}")
        return "&".join(pairs)

    def _with(self, values: dict[str, Any]) -> Selection:
        """As `dataclasses.replace`, which would set each of two dozen fields anew."""
        if not values.keys() <= _DEFAULTS.keys():
            raise TypeError(f"A selection has no {', '.join(sorted(values.keys() - _DEFAULTS.keys()))}.")
        made = object.__new__(Selection)
        made.__dict__.update(self.__dict__, **values)
        return made


_DEFAULTS: dict[str, Any] = {f.name: f.default for f in fields(Selection)}


def _quoted(text: str) -> str:
    """As addresses write it; most of what is said needs nothing."""
    return text if text.isascii() and text.replace(",", "").isalnum() else quote_plus(text, safe=",")


def _tidy(codes: Iterable[str] | None) -> tuple[str, ...]:
    return tuple(sorted(set(codes))) if codes else ()


def read(query: str, codes: Codes) -> tuple[Selection, tuple[Refusal, ...]]:
    """Read a query string (with or without `?`). What is not valid is refused by name and the rest still works."""
    text = query.removeprefix("?")
    if len(text) > LENGTH_LIMIT:
        why = f"The link is longer than {LENGTH_LIMIT} characters; everything is shown instead."
        return Selection(), (Refusal("link", text[:20] + "…", why),)
    if text.count("&") >= KEYS_LIMIT:
        why = f"The link has more than {KEYS_LIMIT} parts; everything is shown instead."
        return Selection(), (Refusal("link", text[:20] + "…", why),)
    selection, refused, seen = Selection(), list[Refusal](), set[str]()
    for key, value in parse_qsl(text, keep_blank_values=True):
        if key in seen:
            why = f"{shortened(key)} is given twice; the first is used and {shortened(key)}={shortened(value)} ignored."
            refused.append(Refusal(key, value, why))
            continue
        seen.add(key)
        values, refusals = _value(key, value, codes)
        refused += refusals
        selection = selection.change(**values)
    if selection.since > selection.until:
        refused.append(_turned(selection, seen))
        selection = selection.without(*YEARS)
    return selection, tuple(refused)


def _turned(selection: Selection, given: set[str]) -> Refusal:
    """Of years in the wrong order: names one that was given."""
    since, until, left = selection.since, selection.until, "the years were left as they usually are."
    if "since" not in given:
        why = f"until={until} lies before {since}, the first year where no since is named; {left}"
        return Refusal("until", str(until), why)
    end = f"until={until}" if "until" in given else f"{until}, the last year where no until is named"
    return Refusal("since", str(since), f"since={since} lies after {end}; {left}")


def beside(key: str, value: str) -> bool:
    """Whether a term of an address is about the visit and no part of what is shown."""
    return (key, value) == LOOK or key.startswith(CAME)


def _value(key: str, value: str, codes: Codes) -> tuple[dict[str, Any], list[Refusal]]:
    if beside(key, value):
        return {}, []
    if key in DIMENSIONS:
        return _codes(key, value, codes)
    if key in YEARS:
        if len(value) == 4 and value.isascii() and value.isdigit() and FIRST_YEAR <= int(value) <= LAST_YEAR:
            return {key: int(value)}, []
        return {}, [Refusal(key, value, f"{key}={shortened(value)} is not a year from {FIRST_YEAR} to {LAST_YEAR}.")]
    if key in ("text", "columns", "page"):
        return _grid(key, value)
    if key == "source":
        allowed: tuple[str, ...] = tuple(codes.sources)
    elif key == "edition":
        allowed = tuple(codes.editions)
    elif key == "series":
        allowed = tuple(codes.series)
    elif key in TERMS:
        allowed = TERMS[key]
    else:
        return {}, [Refusal(key, value, f"{shortened(key)}={shortened(value)} is not a filter and was ignored.")]
    if value in allowed:
        return {key: value}, []
    known = ", ".join(allowed)
    return {}, [Refusal(key, value, f"{key}={shortened(value)} is not known; it can be {known}.")]


def _grid(key: str, value: str) -> tuple[dict[str, Any], list[Refusal]]:
    """The terms of the list of rows that are no words of a short list."""
    if key == "page":
        if value.isascii() and value.isdigit() and len(value) <= 8 and 1 <= int(value) <= PAGES_LIMIT:
            return {"page": int(value)}, []
        return {}, [Refusal(key, value, f"page={shortened(value)} is not the number of a page; the first is shown.")]
    if key == "text":
        text = " ".join(value.split())
        if len(text) <= TEXT_LIMIT and text.isprintable():
            return {"text": text}, []
        why = f"A text of {TEXT_LIMIT} characters at most is searched for, without signs that cannot be printed."
        return {}, [Refusal(key, shortened(value), why)]
    named = {name for name in value.split(",") if name}
    chosen = tuple(name for name in COLUMNS if name in named)
    refused = [
        Refusal(key, name, f"columns={shortened(name)} is not known; it can be {', '.join(COLUMNS)}.")
        for name in sorted(named - set(COLUMNS))[:1]
    ]
    return {"columns": () if chosen == USUAL else chosen}, refused


def _codes(key: str, value: str, codes: Codes) -> tuple[dict[str, Any], list[Refusal]]:
    written = [code for code in value.split(",") if code]
    if len(written) > CODES_LIMIT:
        why = f"{key} names {len(written)} codes; at most {CODES_LIMIT} are read, so all are shown."
        return {}, [Refusal(key, shortened(value), why)]
    known = [code for code in written if codes.knows(key, code)]
    refused = [
        Refusal(key, code, f"{key}={shortened(code)} is not a code of this edition; the rest of the link is followed.")
        for code in written
        if not codes.knows(key, code)
    ]
    return {key: known}, refused


def shortened(value: str) -> str:
    """A part of a link as it may be quoted: 30 characters at most, none that cannot be seen."""
    shown = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in value)
    return shown if len(shown) <= 30 else shown[:29] + "…"
