"""Feeds of new findings, and of changes: editions and writings to the register, of all or of a selection."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

from flask import Flask, Response, request

from callbacks.bodies import Refused
from callbacks.book import Book, Opened
from callbacks.drawings import asked
from callbacks.files import query
from callbacks.linking import PLACES
from callbacks.reckoned_findings import RUNNING
from callbacks.taken import taken
from callbacks.things import page_of
from dashboard.carried import at_edition
from dashboard.exports import in_words
from dashboard.feeds import MOST, Entry, atom
from dashboard.finding_list import BY_NAME, FACETS, Listed, figure_words, known, passing
from dashboard.page_terms import read
from dashboard.pins import Pins
from dashboard.pins import read as read_pins
from dashboard.pools import about, pool
from dashboard.questions import Busy
from dashboard.refusals import outright
from dashboard.selection import Selection
from dashboard.words import dated, listed
from data_access.contributions.public import newest
from data_access.holdings import held_editions
from data_access.measuring.found import told
from data_access.registry.findings import known as judged
from data_access.registry.lately import Writing, lately
from layouts.holdings import changed
from layouts.pages import CHANGES_PATH, FINDINGS_PATH

FINDINGS_FEED, CHANGES_FEED = "/feed/findings.atom", "/feed/changes.atom"
SAID_FEED = "/feed/contributions.atom"
PAGES = {FINDINGS_FEED: FINDINGS_PATH, CHANGES_FEED: "/", SAID_FEED: "/"}  # which show what a feed is of
LONG = 600  # characters of words in an entry
NAMED = 8  # commitments that an entry names


def register(server: Flask, book: Book) -> None:
    """Add the routes. A feed is of what is newest: it takes no edition and no state."""

    @server.get(FINDINGS_FEED)
    def feed_of_findings() -> Response:
        with PLACES.taken():
            return _feed(FINDINGS_FEED, "Findings", list(_findings(book)), book)

    @server.get(SAID_FEED)
    def feed_of_contributions() -> Response:
        if query():
            raise Refused(400, "This feed is of all contributions; please name nothing.")
        return _feed(SAID_FEED, "Reports, replies and comments", list(_said(book)), book)

    @server.get(CHANGES_FEED)
    def feed_of_changes() -> Response:
        opened = book.at(taken(book.library, ""), Pins())
        selection, refused = asked(opened.cube, query(), "/")
        if refused or selection.edition:
            raise Refused(400, outright(refused[0]) if refused else "A feed is of every edition; please name none.")
        with PLACES.taken():
            entries = [*_editions(opened, selection), *_writings(opened, selection)]
        of = in_words(selection, opened.cube.codes) if selection != Selection() else ""
        return _feed(CHANGES_FEED, f"Changes. {of}" if of else "Changes", entries, book, selection.write())


def _feed(path: str, title: str, entries: list[Entry], book: Book, chosen: str = "") -> Response:
    own = chosen or ("" if path == CHANGES_FEED else query())
    address, page = (f"{at}?{own}" if own else at for at in (path, PAGES[path]))
    file = Response(atom(title, address, entries, book.public, page), mimetype="application/atom+xml")
    file.add_etag()
    return file.make_conditional(request)


def _findings(book: Book) -> Iterator[Entry]:
    """Every finding that the filters let through, as it stands. Raises Refused, Busy while the checks run."""
    opened = book.at(taken(book.library, ""), Pins())
    _, raw, refused = read_pins(query(), (), (), FACETS)
    found = book.findings(opened.cube, opened.held)
    if found is None:
        failed = book.found.failed(opened.cube, opened.held)
        raise Refused(503, failed.sentence) if failed else Busy(5, RUNNING.partition(";")[0] + ".")
    every = told(found, opened.held, book.registry)
    terms, unknown = read(raw, known(every), FACETS)
    for one in (*refused, *unknown):
        raise Refused(400, outright(one))
    since = {key: one.at for key, one in judged(book.registry).items()}
    for row in passing(every, terms):
        yield _finding(row, since.get(row.finding.key, opened.cube.edition[:10]))


def _finding(row: Listed, at: str) -> Entry:
    found, check = row.finding, BY_NAME.get(row.finding.check)
    sides = " ".join(
        f"{figure_words(side.figure)} ({side.source})." for side in (found.first, found.second) if side.figure
    )
    return Entry(
        f"finding {found.key}",
        f"{check.title if check else found.check}: {row.status}",
        at,
        f"{FINDINGS_PATH}?{urlencode({'finding': row.id})}",
        f"{found.words} {sides}".strip(),
        kinds=(found.check, found.severity, row.status),
    )


def _said(book: Book) -> Iterator[Entry]:
    """What stakeholders said and moderators accepted; what it changed of a record is in the feed of changes."""
    held = book.registry.held()
    names = {id_: maker.name for id_, maker in held.directory.makers.items()}
    for one in newest(book.registry, names, MOST):
        about = held.pledges[one.of].title if one.of in held.pledges else ""
        path = one.of if one.of.startswith("/") else f"{FINDINGS_PATH}?{urlencode({'finding': one.of})}"
        gone = f"Replaced on {dated(one.replaced[:10])} by a later report of the same period." if one.replaced else ""
        words = " ".join(part for part in (gone, one.amount and f"{one.amount}.", one.words[:LONG]) if part)
        yield Entry(
            f"contribution {one.id}",
            f"{one.title}: {about}" if about else one.title,
            one.replaced or one.at,
            f"/commitment/{one.of}" if about else path,
            words,
            one.by or one.named or "A reader",
            kinds=(one.kind, "replaced") if one.replaced else (one.kind,),
        )


def _editions(opened: Opened, selection: Selection) -> Iterator[Entry]:
    """Editions, with the page of the selection as each shows it; where a source is picked, those that changed it."""
    titles = {code: source.title for code, source in opened.cube.codes.sources.items()}
    for one in held_editions(opened.book.library.home, opened.cube.edition):
        if selection.source and not one.first and selection.source not in {*one.new, *one.renewed, *one.gone}:
            continue
        page = page_of("gap", selection)
        said = f"Edition {one.name}"
        yield Entry(
            f"edition {one.name}", said, one.made, at_edition(page, one.name), changed(one, titles), kinds=("edition",)
        )


def _writings(opened: Opened, selection: Selection) -> Iterator[Entry]:
    """Changes of the register that touched a commitment which the selection is about."""
    chosen = _about(opened, selection)
    for one in lately(opened.book.registry, MOST):
        touched = {
            id_: action
            for id_, action in one.touched.items()
            if chosen is None or id_ in chosen or action == "withdrawn"
        }
        if touched or chosen is None:
            yield _writing(one, touched, opened)


def _about(opened: Opened, selection: Selection) -> set[str] | None:
    """Commitments that a selection is about; None where it picks no Goal, donor or recipient. Raises Busy."""
    if not (selection.goal or selection.donor or selection.recipient):
        return None
    held = pool(opened.cube.codes, opened.entries(), ())
    return {entry.pledge.id for entry in held.entries if about(held, entry, selection)}


def _writing(one: Writing, touched: dict[str, str], opened: Opened) -> Entry:
    pledges = opened.held.pledges
    named = [f"{pledges[id_].title if id_ in pledges else id_} ({action})" for id_, action in touched.items()]
    count = f"{len(touched):,} commitments: " if len(touched) > 1 else ""
    words = f"{one.change.why.rstrip('.')}. {count}{listed(named, NAMED)}" if named else one.change.why
    asked = {"was": one.before, "is": one.change.state} if one.before else {"is": one.change.state}
    path = f"{CHANGES_PATH}?{urlencode(asked)}"
    title = f"The register: {one.change.why}"
    return Entry(
        f"change {one.change.number} {one.change.state}",
        title,
        one.change.at,
        path,
        words,
        one.change.who,
        ("register",),
    )
