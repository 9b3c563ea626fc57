"""The page of changes under an address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from callbacks.book import Book
from dashboard.amount_words import figure
from dashboard.changes import BY, KEYS, PRICES, Moved, two
from dashboard.codes import GOALS, Codes
from dashboard.data_terms import usual_stage
from dashboard.holdings import EditionHeld
from dashboard.methods import METHODS
from dashboard.page_terms import Terms, read
from dashboard.questions import Unanswerable
from dashboard.words import listed
from data_access.changes import Asked, Written, compared, rewritten
from data_access.cube import Cube
from data_access.editions import NoEdition
from data_access.holdings import held_editions
from data_access.measuring import measure
from data_access.registry.store import Held
from layouts import changes as page
from layouts.changes import Record, View
from layouts.holdings import changed
from layouts.pages import CHANGES_PATH

MOST = 60  # records of the register that are listed
FIRST = "crs-donors"


def changes(book: Book, cube: Cube, search: str) -> list[Any]:
    """All that the page shows. Raises Busy, TimeoutError."""
    editions = held_editions(book.library.home, cube.edition)
    states = {one.state: f"{one.at[:10]}, {one.who}: {one.why}" for one in book.registry.changes()}
    _, raw, refused = book.asked(cube, search, KEYS)
    terms, unknown = read(raw, _known(cube.codes, [one.name for one in editions], list(states)))
    pair = two((terms.one("from"), terms.one("to")), [one.name for one in editions])
    pair = ("", pair[1]) if pair[0] == pair[1] else pair
    shown = _shown(terms, cube.codes, pair)
    states_pair = two((terms.one("was"), terms.one("is")), list(states))
    records, more = _records(book, cube, states_pair)
    titles = {code: source.title for code, source in cube.codes.sources.items()}
    view = View(
        terms=terms,
        editions={one.name: f"{one.name}" for one in editions},
        pair=pair,
        shown=shown,
        offers=_offers(cube.codes, shown),
        rows=_rows(book, pair, shown) if pair[0] else (),
        differ=_differ(editions, pair, titles),
        states=states,
        states_pair=states_pair,
        records=records,
        more=more,
    )
    query = terms.change(**{"from": pair[0], "to": pair[1], "was": states_pair[0], "is": states_pair[1]}).write()
    names = _names(cube.codes, shown["by"])
    return page.content(view, (*refused, *unknown), cube.codes, names, f"{CHANGES_PATH}?{query}")


def _known(codes: Codes, editions: list[str], states: list[str]) -> dict[str, Any]:
    stages = frozenset(stage for source in codes.sources.values() for stage in source.stages)
    own = {"source": tuple(codes.sources), "stage": stages, "by": tuple(BY), "prices": tuple(PRICES)}
    known = {"from": editions, "to": editions, **own, "method": tuple(METHODS), "was": states, "is": states}
    return {key: known[key] for key in KEYS}


def _shown(terms: Terms, codes: Codes, pair: tuple[str, str]) -> dict[str, str]:
    """What is compared where nothing else is asked: donors of the matrix, in current prices."""
    first = FIRST if FIRST in codes.sources else next(iter(codes.sources))
    name = terms.one("source", first)
    source = codes.sources[name]
    rows = [by for by in BY if ("goal" if by == "goal" else "donor") in source.dimensions]
    by = terms.one("by") if terms.one("by") in rows else next(iter(rows), "donor")
    stage = terms.one("stage") if terms.one("stage") in source.stages else usual_stage(source)
    own = {"source": name, "stage": stage, "by": by, "prices": terms.one("prices", "current")}
    return {"from": pair[0], "to": pair[1], **own, "method": terms.one("method", "strict")}


def _offers(codes: Codes, shown: Mapping[str, str]) -> dict[str, dict[str, str]]:
    stages = codes.sources[shown["source"]].stages
    titles = {code: source.title for code, source in codes.sources.items()}
    return {"source": titles, "stage": {stage: stage.capitalize() for stage in stages}}


def _rows(book: Book, pair: tuple[str, str], shown: Mapping[str, str]) -> Sequence[Moved] | str:
    asked = Asked(*(shown[key] for key in ("source", "stage", "by", "prices", "method")))
    try:
        return compared(book.library.cube(pair[0]), book.library.cube(pair[1]), asked)
    except (NoEdition, Unanswerable) as why:
        return str(why)


def _differ(editions: Sequence[EditionHeld], pair: tuple[str, str], titles: Mapping[str, str]) -> str:
    """What the later edition was made of, as the page of data says it."""
    later = next((one for one in editions if one.name == pair[1]), None)
    return f"The later edition: {changed(later, titles)}" if later else ""


def _names(codes: Codes, by: str) -> dict[str, str]:
    if by == "goal":
        return {goal: f"{goal} {name}" if goal.isdigit() else name for goal, name in GOALS.items()}
    if by == "group":
        return {code: group.name for code, group in codes.groups["donor"].items()}
    return {code: member.name for code, member in codes.members["donor"].items()}


def _records(book: Book, cube: Cube, pair: tuple[str, str]) -> tuple[list[Record], int]:
    """Commitments that differ between two states, each with its figure before and now where its rule is another."""
    if not pair[0] or pair[0] == pair[1]:
        return [], 0
    earlier, later = book.registry.held(pair[0]), book.registry.held(pair[1])
    every = rewritten(earlier.pledges, later.pledges)
    return [_record(cube, one, earlier, later) for one in every[:MOST]], max(0, len(every) - MOST)


def _record(cube: Cube, one: Written, earlier: Held, later: Held) -> Record:
    parts = listed([part.replace("_", " ") for part in one.parts], 8)
    held = Record(one.id, one.title, one.action, parts)
    if "rule" not in one.parts:
        return held
    before, now = (_delivered(cube, state, one.id) for state in (earlier, later))
    return replace(held, figures=f"{before}; now {now}" if before != now else f"{now}, as before")


def _delivered(cube: Cube, held: Held, id_: str) -> str:
    rule = held.pledges[id_].rule
    if rule is None:
        return "no rule"
    found = measure(cube, rule)
    return figure(found.delivered, found.unit)
