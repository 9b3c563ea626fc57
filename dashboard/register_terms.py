"""What the list of commitments is asked to show. Its only written form is the query string of its address: equal
requests are written alike, defaults left out, and what is not known is refused by name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import urlencode

from dashboard.codes import GOALS
from dashboard.outcomes import STATES
from dashboard.pins import Pins
from dashboard.pledges import CONFIDENCES, KINDS, Pledge
from dashboard.records import FORUM_KINDS, Directory
from dashboard.register_fields import FURTHER, words
from dashboard.selection import TEXT_LIMIT, Refusal, shortened

SORTS = ("forum", "made", "title", "maker", "pledged", "delivered", "share", "due", "state", "confidence")
FIRST = ("goal", "maker", "forum", "forumkind", "kind", "state", "measured", "additional", "confidence", "made")
PICKS = (*FIRST, *FURTHER)
NAMED = (*PICKS, "record")  # terms that hold codes; records are named by links alone, the form has no list of them
COLUMNS: dict[str, bool] = {  # columns of the list beside the title, and whether they usually are
    **dict.fromkeys(("maker", "forum", "goals", "made", "pledged", "measured", "delivery", "due", "confidence"), True),
    **dict.fromkeys(("usd", "reported", "period", "kind", "place", "targets", "additional", "initiative", "id"), False),
    **dict.fromkeys(("prices", "baseline", "parent", "ties", "step", "sexes", "source", "remarks"), False),
}
USUAL = tuple(name for name, usual in COLUMNS.items() if usual)
SIZE = 25  # commitments on a page
MOST = 200  # codes of one term
NUMBERED = 1000  # pages there can be
CURRENT = Pins()


@dataclass(frozen=True)
class Asked:
    """Codes picked in each term (none: all), a text, the order, the page, and what the address pins.

    sort: one of SORTS, with `-` before it from the last to the first."""

    goal: tuple[str, ...] = ()
    maker: tuple[str, ...] = ()
    forum: tuple[str, ...] = ()
    forumkind: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    state: tuple[str, ...] = ()
    measured: tuple[str, ...] = ()
    additional: tuple[str, ...] = ()
    confidence: tuple[str, ...] = ()
    made: tuple[str, ...] = ()  # years
    record: tuple[str, ...] = ()  # ids
    # of `register_fields`
    initiative: tuple[str, ...] = ()
    makerkind: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    figure: tuple[str, ...] = ()
    unit: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()
    begins: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    deadline: tuple[str, ...] = ()
    baseline: tuple[str, ...] = ()
    rule: tuple[str, ...] = ()
    part: tuple[str, ...] = ()
    tie: tuple[str, ...] = ()
    step: tuple[str, ...] = ()
    reported: tuple[str, ...] = ()
    sexes: tuple[str, ...] = ()
    document: tuple[str, ...] = ()
    text: str = ""
    sort: str = SORTS[0]
    page: int = 1
    columns: tuple[str, ...] = ()  # those chosen, in the order of COLUMNS; empty: as usual
    pins: Pins = CURRENT

    def write(self) -> str:
        """The query string, without `?`."""
        kept: list[tuple[str, str]] = []
        for field in fields(self):
            value = getattr(self, field.name)
            if field.name != "pins" and value != field.default:
                kept.append((field.name, ",".join(value) if isinstance(value, tuple) else str(value)))
        written = urlencode(kept, safe=",")
        return "&".join(part for part in (written, self.pins.write()) if part)

    def change(self, **values: Any) -> Asked:
        """The same with other values, from the first page on unless a page is asked for."""
        return replace(self, **({"page": 1} | values))

    def toggled(self, term: str, code: str) -> Asked:
        """What a click on one code does: picks it alone, or lets go."""
        return self.change(**{term: () if getattr(self, term) == (code,) else (code,)})

    def shown(self) -> tuple[str, ...]:
        """The columns of the list."""
        return self.columns or USUAL

    def with_column(self, name: str) -> Asked:
        """The same page of the list with one column more or less; never without any."""
        held = set(self.shown()) ^ {name}
        chosen = tuple(one for one in COLUMNS if one in held)
        return replace(self, columns=() if chosen == USUAL else chosen)

    def without(self, term: str, code: str) -> Asked:
        if term == "text":
            return self.change(text="")
        return self.change(**{term: tuple(one for one in getattr(self, term) if one != code)})

    def picked(self) -> list[tuple[str, str]]:
        """Every pick, in the order of the terms; the text last."""
        every = [(term, code) for term in NAMED for code in getattr(self, term)]
        return [*every, ("text", self.text)] if self.text else every


def known(directory: Directory, pledges: Mapping[str, Pledge] | None = None) -> dict[str, dict[str, str]]:
    """What each term can be, code by code, with its words. pledges: of the register, by id."""
    every = pledges or {}
    return {
        "goal": {goal: f"{goal} {name}" for goal, name in GOALS.items() if goal.isdigit()},
        "maker": {maker.id: maker.name for maker in directory.makers.values()},
        "forum": {forum.id: forum.name for forum in directory.fora.values()},
        "forumkind": {kind.replace(" ", "-"): kind for kind in FORUM_KINDS},
        "kind": {kind: kind for kind in KINDS},
        "state": dict(STATES),
        "measured": {"yes": "measured", "no": "not measured"},
        "additional": {"yes": "additional", "no": "not additional", "unclear": "not clear", "unsaid": "not said"},
        "confidence": {one: f"{one} confidence" for one in CONFIDENCES},
        "made": {str(year): f"made in {year}" for year in range(1960, 2036)},
        "record": {id_: one.title for id_, one in every.items()},
        **words(directory, every.values()),
    }


def read(terms: Mapping[str, str], pins: Pins, allowed: Mapping[str, Mapping[str, str]]) -> tuple[Asked, list[Refusal]]:
    """What the terms of an address ask for, and what of it could not be followed, each with a sentence."""
    found, refused = dict[str, Any](), list[Refusal]()
    for key, value in terms.items():
        if key in allowed:
            held, wrong = _codes(key, value, allowed[key])
            refused += wrong
            found[key] = held
        elif key == "columns":
            held, wrong = _codes(key, value, dict.fromkeys(COLUMNS, ""))
            refused += wrong
            chosen = tuple(name for name in COLUMNS if name in held)
            found[key] = () if chosen == USUAL else chosen
        else:
            why = _why_not(key, value)
            if why:
                refused.append(Refusal(key, value, why))
            else:
                found[key] = int(value) if key == "page" else " ".join(value.split()) if key == "text" else value
    return Asked(pins=pins, **found), refused


def _codes(key: str, value: str, allowed: Mapping[str, str]) -> tuple[tuple[str, ...], list[Refusal]]:
    written = _once(part for part in value.split(",") if part)[:MOST]
    wrong = [code for code in written if code not in allowed]
    sentence = "{key}={code} is not known to the register; the rest of the link is followed."
    refused = [Refusal(key, code, sentence.format(key=key, code=shortened(code))) for code in wrong[:3]]
    return tuple(code for code in written if code in allowed), refused


def _why_not(key: str, value: str) -> str:
    said = f"{key}={shortened(value)}"
    if key == "sort":
        return "" if value.removeprefix("-") in SORTS else f"{said} is not known; it can be {', '.join(SORTS)}."
    if key == "page":
        fine = value.isascii() and value.isdigit() and len(value) < 5 and 1 <= int(value) <= NUMBERED
        return "" if fine else f"{said} is not the number of a page; the first is shown."
    fine = len(value) <= TEXT_LIMIT and value.isprintable()
    return "" if fine else f"A text of {TEXT_LIMIT} characters at most is searched for."


def _once(codes: Iterable[str]) -> list[str]:
    return sorted(set(codes))
