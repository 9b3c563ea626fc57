"""The page of needs under an address."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from callbacks.book import Book
from dashboard.cite import pinned
from dashboard.figures.indicators import recipients
from dashboard.methods import METHODS, serves
from dashboard.needs import Needs, Weights, needs
from dashboard.page_terms import Terms, read
from dashboard.questions import Unanswerable
from dashboard.selection import Refusal, Selection
from data_access.cube import Cube
from layouts import needs as page
from layouts.needs import View
from layouts.pages import NEEDS_PATH, short

KEYS = ("goal", "series", "method", "recipient", "need", "funding")
OFFERED = ("0", "1", "2", "3", "5")
GOALS = "1234567"  # Goal 8 is measured of donors
FIRST = "5"


def is_weight(value: str) -> bool:
    """`2` or `0.25`, below a thousand."""
    return re.fullmatch(r"\d{1,3}(\.\d{1,3})?", value, re.ASCII) is not None


def ranking(book: Book, cube: Cube, search: str) -> list[Any]:
    """All that the page shows. Raises Busy, TimeoutError."""
    pins, raw, not_pins = book.asked(cube, search, KEYS)
    offers = _offers(cube, raw.get("goal", FIRST), raw.get("recipient", ""))
    terms, unknown = _read(raw, offers, pins.write())
    shown = _shown(terms, offers)
    held = _held(cube, terms, shown)
    if isinstance(held, Needs):
        shown = shown | {"series": held.series.code}
    view = View(terms, shown, offers, held, pins.write(), _countries(cube, terms.all("recipient")))
    own = terms.write().removesuffix(pins.write()).rstrip("&")
    address = pinned(NEEDS_PATH, cube.edition, book.at(cube, pins).held.state)
    return page.content(view, (*not_pins, *unknown), cube.codes, f"{address}&{own}" if own else address)


def refused(cube: Cube, raw: Mapping[str, str]) -> tuple[Refusal, ...]:
    """What of the page's own terms cannot be followed."""
    return _read(raw, _offers(cube, raw.get("goal", FIRST), raw.get("recipient", "")))[1]


def _read(
    raw: Mapping[str, str], offers: dict[str, dict[str, str]], pins: str = ""
) -> tuple[Terms, tuple[Refusal, ...]]:
    known = {key: is_weight if key in ("need", "funding") else tuple(offers[key]) for key in KEYS}
    return read(raw, known, ("recipient",), pins)


def _countries(cube: Cube, codes: Sequence[str]) -> tuple[str, ...]:
    """Those of the recipients picked that are countries: they are lifted out of the ranking, which groups limit."""
    ranked = recipients(cube.codes)
    return tuple(code for code in codes if code in ranked)


def _offers(cube: Cube, goal: str, picked: str) -> dict[str, dict[str, str]]:
    """picked: recipients as written; countries among them are offered beside the groups."""
    listed = cube.series_list()
    names = dict(zip(listed["series"].tolist(), listed["name"].tolist(), strict=True))
    series = {name: names.get(name, name) for name, of in cube.codes.series.items() if of == goal}
    groups = {code: group.name for code, group in cube.codes.groups["recipient"].items()}
    groups |= {code: cube.codes.name("recipient", code) for code in _countries(cube, picked.split(","))}
    weights = {value: value for value in OFFERED}
    return {
        "goal": {one: short(one) for one in GOALS},
        "series": series,
        "method": {name: name.capitalize() for name in METHODS if goal in GOALS and serves(name, goal)},
        "recipient": dict(sorted(groups.items(), key=lambda pair: pair[1])),
        "need": weights,
        "funding": weights,
    }


def _shown(terms: Terms, offers: dict[str, dict[str, str]]) -> dict[str, str]:
    """What is shown where nothing else is asked: strict mapping where any of its codes serves the Goal."""
    method = next(iter(offers["method"]), "strict")
    goal, series = terms.one("goal", FIRST), terms.one("series")
    own = {"goal": goal, "series": series, "method": terms.one("method", method)}
    return own | {"need": terms.one("need", "1"), "funding": terms.one("funding", "1")}


def _held(cube: Cube, terms: Terms, shown: dict[str, str]) -> Needs | str:
    asked = Selection(goal=(shown["goal"],), series=shown["series"], method=shown["method"])
    try:
        weights = Weights(Decimal(shown["need"]), Decimal(shown["funding"]))
        countries = _countries(cube, terms.all("recipient"))
        groups = tuple(code for code in terms.all("recipient") if code not in countries)
        return needs(cube, asked.change(recipient=groups), weights)
    except (Unanswerable, ValueError) as why:
        return str(why)
