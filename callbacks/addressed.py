"""An address of one of our pages, read whole: which page, of which edition and state, under which terms; and that page
as it leaves the product. The one way from an address to a link, a citation, a card."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import parse_qsl, urlencode

from werkzeug.exceptions import NotFound

from callbacks import listing, reckoned_changes, reckoned_needs
from callbacks import rule as rule_page
from callbacks.bodies import Refused
from callbacks.book import Book, Opened
from callbacks.commitments import holds
from callbacks.drawings import asked
from callbacks.survey_results import panel, public
from callbacks.taken import pinned, taken
from dashboard import cite, data_terms, finding_list, gap_list, overlap_list, page_terms
from dashboard.api.parameters import Wrong as Unread
from dashboard.api.parameters import read as read_terms
from dashboard.carried import Carried, at_edition
from dashboard.heard import address
from dashboard.pins import Pins
from dashboard.refusals import outright
from dashboard.rule_form import read as read_rule
from dashboard.selection import Refusal, Selection
from dashboard.surveys.leaving import ALL, PUBLISHED, replaced
from dashboard.surveys.leaving import PATH as SURVEYS
from data_access.cube import Cube
from data_access.measuring.found import told
from layouts.pages import (
    CHANGES,
    CHANGES_PATH,
    COMMITMENTS_PATH,
    DATA,
    FINDINGS_PATH,
    GAPS_PATH,
    NEEDS_PATH,
    OVERLAPS_PATH,
    RECKONED,
    Page,
    find,
    in_register,
    row_of,
)

PINS = ("edition", "registry")
COMPARED = ("from", "to", "was", "is")  # what the page of changes pins instead
KEYS: dict[str, Sequence[str]] = {
    COMMITMENTS_PATH: listing.TERMS,
    FINDINGS_PATH: finding_list.KEYS,
    GAPS_PATH: gap_list.KEYS,
    OVERLAPS_PATH: overlap_list.KEYS,
    NEEDS_PATH: reckoned_needs.KEYS,
    CHANGES_PATH: reckoned_changes.KEYS,
}
RESULTS = Page("survey", "Results of a survey")
Wrong = Sequence[str]  # sentences


@dataclass(frozen=True)
class Addressed:
    """pinned: path and query that show the same while edition and state are kept; newest: those that always show what
    is newest. names: whether the address itself names an edition. opened: the register, on its own pages. refused:
    sentences about what cannot be followed. results: of a survey, as they leave."""

    cube: Cube
    path: str
    page: Page
    goal: str
    pinned: str
    newest: str
    names: bool
    selection: Selection = field(default_factory=Selection)
    opened: Opened | None = None
    refused: Wrong = ()
    results: Carried | None = None

    @property
    def kept(self) -> str:
        """The address as it was meant, in its one written form."""
        return self.pinned if self.names else self.newest


def whole(book: Book, written: str) -> Addressed:
    """An address all of which can be followed. Raises NotFound, or Refused with a sentence."""
    one = read(book, written)
    wrong = one.refused or _amiss(one, written.partition("?")[2])
    if wrong:
        raise Refused(400, f"A part of the address could not be followed: {wrong[0]}")
    return one


def read(book: Book, written: str) -> Addressed:
    """An address as far as it can be followed. Raises NotFound where no page lives there."""
    path, _, query = written.partition("#")[0].partition("?")
    if path.startswith(f"{SURVEYS}/"):
        return _of_survey(book, path, query, written.partition("#")[2])
    page, goal = find(path)
    if page is None:
        raise NotFound("There is no such page.")
    cube = taken(book.library, query)
    if in_register(path) or path in RECKONED:
        return _of_register(book, cube, path, page, query)
    if page is DATA:
        told, refused = data_terms.read(query, cube.codes)
        own, selection = replace(told, edition="").write(cube.codes), Selection()
    else:
        selection, refused = asked(cube, query, path)
        selection = selection.without("edition")
        own = address(selection, goal).removeprefix("?")
        refused = (*refused, *_more(cube, path, page, selection))
    newest = f"{path}?{own}" if own else path
    wrong, shown = _sentences(refused), at_edition(newest, cube.edition)
    return Addressed(cube, path, page, goal, shown, newest, bool(pinned(query)), selection, refused=wrong)


def _of_survey(book: Book, path: str, query: str, question: str) -> Addressed:
    """Published results of a survey, or of the question at which an address leads into their page. Raises NotFound."""
    told = public(book.registry, path.removeprefix(f"{SURVEYS}/"))[1]
    one, wrong = panel(told, question or ALL), list[str]()
    try:
        given = read_terms(query, (PUBLISHED,))[PUBLISHED]
        wrong += filter(None, [replaced(given, told.closed)])
    except Unread as why:
        given, wrong = "", [str(why)]
    return Addressed(
        book.library.cube(), path, RESULTS, "", one.address, one.newest, bool(given), refused=wrong, results=one
    )


def _sentences(refused: Sequence[Refusal]) -> Wrong:
    return [outright(one) for one in refused]


def _more(cube: Cube, path: str, page: Page, selection: Selection) -> tuple[Refusal, ...]:
    """What pages without panels do not take."""
    source, _ = row_of(path) or ("", 0)
    if source and source not in cube.codes.sources:
        raise NotFound("There is no such source.")
    if page.places or selection == Selection():
        return ()
    return (Refusal("link", selection.write(), "This page takes an edition and no filter."),)


def _of_register(book: Book, cube: Cube, path: str, page: Page, query: str) -> Addressed:
    kind, id_ = in_register(path) or ("", "")
    known = rule_page.TERMS if kind == "rule" else KEYS.get(path, ())
    pins, terms, refused = book.asked(cube, query, known)
    opened = book.at(cube, pins)
    if kind and not holds(opened, kind, id_):
        raise NotFound("The register holds nothing of that name.")
    names = bool(pins.edition or pins.registry)
    own = urlencode(list(terms.items()), safe=",:")
    newest = f"{path}?{own}" if own else path
    shown = cite.pinned(path, cube.edition, opened.held.state) + (f"&{own}" if own else "")
    if page is CHANGES:
        names = bool(terms.keys() & set(COMPARED))
        loose = urlencode([pair for pair in terms.items() if pair[0] not in COMPARED], safe=",:")
        newest = f"{path}?{loose}" if loose else path
        shown = f"{path}?{reckoned_changes.asked(book, cube, query).query}"
    return Addressed(cube, path, page, "", shown, newest, names, opened=opened, refused=_sentences(refused))


def _amiss(one: Addressed, query: str) -> Wrong:
    """What a page of the register refuses of its own terms, beside its pins. Raises Busy, TimeoutError."""
    if one.opened is None:
        return ()
    terms = {key: value for key, value in parse_qsl(query, keep_blank_values=True) if key not in PINS}
    kind, _ = in_register(one.path) or ("", "")
    check = CHECKS.get(kind or one.path)
    return check(one.opened, terms) if check and terms else ()


def _commitments(opened: Opened, terms: dict[str, str]) -> Wrong:
    return _sentences(listing.chosen(opened, Pins(), terms)[1])


def _rule(opened: Opened, terms: dict[str, str]) -> Wrong:
    return [one.sentence for one in read_rule(terms, opened.cube.codes)[1]]


def _findings(opened: Opened, terms: dict[str, str]) -> Wrong:
    found = opened.book.findings(opened.cube, opened.held, wait=0) or ()
    every = told(found, opened.held, opened.book.registry)
    return _sentences(page_terms.read(terms, finding_list.known(every), finding_list.FACETS)[1])


def _gaps(opened: Opened, terms: dict[str, str]) -> Wrong:
    return _sentences(page_terms.read(terms, gap_list.known(opened.entries()), gap_list.KEYS)[1])


def _overlaps(opened: Opened, terms: dict[str, str]) -> Wrong:
    every = overlap_list.listed(opened.held.pledges, opened.register.together or {})
    return _sentences(page_terms.read(terms, overlap_list.known(every), overlap_list.FACETS)[1])


def _needs(opened: Opened, terms: dict[str, str]) -> Wrong:
    return _sentences(reckoned_needs.refused(opened.cube, terms))


def _changes(opened: Opened, terms: dict[str, str]) -> Wrong:
    return _sentences(reckoned_changes.asked(opened.book, opened.cube, urlencode(terms)).refused)


CHECKS: dict[str, Callable[[Opened, dict[str, str]], Wrong]] = {
    "commitments": _commitments,
    "rule": _rule,
    FINDINGS_PATH: _findings,
    GAPS_PATH: _gaps,
    OVERLAPS_PATH: _overlaps,
    NEEDS_PATH: _needs,
    CHANGES_PATH: _changes,
}
