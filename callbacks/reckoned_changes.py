"""The page of changes under an address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import Flask, Response, request
from werkzeug.exceptions import NotFound

from callbacks.bodies import Refused
from callbacks.book import Book
from callbacks.carrying import kept, mark, offered, whole
from callbacks.taken import taken
from dashboard.amount_words import figure
from dashboard.carried import Carried, of_register
from dashboard.changes import ADDS, BY, KEYS, PRICES, WORDS, Moved, meanings, records_table, table, two
from dashboard.codes import GOALS, Codes
from dashboard.data_terms import usual_stage
from dashboard.holdings import EditionHeld
from dashboard.methods import METHODS
from dashboard.page_terms import Terms, read
from dashboard.panels import Table
from dashboard.questions import Unanswerable
from dashboard.record_names import label
from dashboard.refusals import outright
from dashboard.selection import Refusal
from dashboard.words import listed
from data_access.changes import Asked, Written, compared, rewritten
from data_access.cube import Cube
from data_access.editions import NoEdition
from data_access.holdings import held_editions
from data_access.measuring import measure
from data_access.registry.store import Change, Held
from layouts import changes as page
from layouts.changes import Record, View
from layouts.holdings import changed
from layouts.pages import CHANGES_PATH

MOST = 60  # records of the register that are listed
FIRST = "crs-donors"


@dataclass(frozen=True)
class Compared:
    """What an address compares. pair: the earlier and the later edition, the earlier empty where there is none; states:
    of the register, the same. shown: every term with its value. history: words of each state, the last made first."""

    cube: Cube
    terms: Terms
    refused: tuple[Refusal, ...]
    editions: Sequence[EditionHeld]
    pair: tuple[str, str]
    shown: dict[str, str]
    history: dict[str, str]
    states: tuple[str, str]

    @property
    def query(self) -> str:
        """The query string that names both editions and both states, so that it shows the same for good."""
        pinned = {"from": self.pair[0], "to": self.pair[1], "was": self.states[0], "is": self.states[1]}
        return self.terms.change(**pinned).write()


def asked(book: Book, cube: Cube, search: str) -> Compared:
    editions = held_editions(book.library.home, cube.edition)
    history = _history(book.registry.changes())
    _, raw, refused = book.asked(cube, search, KEYS)
    terms, unknown = read(raw, _known(cube.codes, [one.name for one in editions], list(history)))
    pair = two((terms.one("from"), terms.one("to")), [one.name for one in editions])
    pair = ("", pair[1]) if pair[0] == pair[1] else pair
    states = two((terms.one("was"), terms.one("is")), list(history))
    shown = _shown(terms, cube.codes, pair)
    return Compared(cube, terms, (*refused, *unknown), editions, pair, shown, history, states)


def _history(made: Iterable[Change]) -> dict[str, str]:
    """Words of each state, from changes with the newest first. One that the register returned to has those of its
    return."""
    told = dict[str, str]()
    for one in made:
        told.setdefault(one.state, f"{one.at[:10]}, {one.who}: {one.why}")
    return told


def changes(book: Book, cube: Cube, search: str) -> list[Any]:
    """All that the page shows. Raises Busy, TimeoutError."""
    one = asked(book, cube, search)
    records, more = _records(book, cube, one.states)
    titles = {code: source.title for code, source in cube.codes.sources.items()}
    view = View(
        terms=one.terms,
        editions={edition.name: f"{edition.name}" for edition in one.editions},
        pair=one.pair,
        shown=one.shown,
        offers=_offers(cube.codes, one.shown),
        rows=_rows(book, one.pair, one.shown) if one.pair[0] else (),
        differ=_differ(one.editions, one.pair, titles),
        states=one.history,
        states_pair=one.states,
        records=records,
        more=more,
    )
    names = _names(cube.codes, one.shown["by"])
    return page.content(view, one.refused, cube.codes, names, f"{CHANGES_PATH}?{one.query}")


def files(server: Flask, book: Book) -> None:
    """What moved between two editions and two states, each as a file; beside the first what describes it."""

    @offered(server, "/export/changes")
    def export_changes(form: str) -> Response:
        one, table = _compared(book)
        of = mark(*one.pair, *one.states)
        return kept(of) or whole(of, _carried(one, table), form, "changes", book.public, one.query)

    @offered(server, "/export/changes-register")
    def export_register(form: str) -> Response:
        one = _whole(book)
        if not one.states[0]:
            raise NotFound("One state of the register is kept here, so nothing can be compared.")
        earlier, later = (book.registry.held(state).pledges for state in one.states)
        given, of = records_table(rewritten(earlier, later), one.states), mark(one.cube.edition, *one.states)
        asked_of = dict(zip(("was", "is"), one.states, strict=True))
        what = (given.caption, asked_of, CHANGES_PATH, one.cube.edition, one.states[1], given)
        return kept(of) or whole(of, of_register("changes-register", *what), form, "changes-register", book.public)


def _carried(one: Compared, table: Table) -> Carried:
    address = f"{CHANGES_PATH}?{one.query}"  # names both editions itself
    said = {"sentence": f"{ADDS} {meanings()}", "table": table}
    what = (page.TITLE, table.caption, _in_words(one), _source(one), one.pair[1])
    return Carried("changes", *what, address, address, **said)


def _whole(book: Book) -> Compared:
    """The comparison of the address, all of it: a file made from half a link would be another file."""
    search = request.query_string.decode("utf-8", "replace")
    one = asked(book, taken(book.library, search), search)
    if one.refused:
        raise Refused(400, f"No file was made: {outright(one.refused[0])}")
    return one


def _compared(book: Book) -> tuple[Compared, Table]:
    one = _whole(book)
    if not one.pair[0]:
        raise NotFound("One edition is kept here, so nothing can be compared.")
    rows = _rows(book, one.pair, one.shown)
    if isinstance(rows, str):
        raise Unanswerable(rows)
    basis = f"{one.shown['stage']}, {PRICES[one.shown['prices']].lower()}, edition {one.pair[0]} to {one.pair[1]}"
    return one, table(rows, _names(one.cube.codes, one.shown["by"]), basis)


def _source(one: Compared) -> str:
    return f"Source: {one.cube.codes.sources[one.shown['source']].title}"


def _in_words(one: Compared) -> str:
    told = {**one.shown, "by": BY[one.shown["by"]], "prices": PRICES[one.shown["prices"]]}
    told = told if one.shown["by"] == "goal" else {key: value for key, value in told.items() if key != "method"}
    return "; ".join(f"{WORDS[key]}: {value}" for key, value in told.items())


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
    parts = listed([label(part) for part in one.parts], 8)
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
