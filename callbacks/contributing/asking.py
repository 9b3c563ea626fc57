"""What the routes of contributions share: the contribution of an address, who asks for it, and the book they read."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from flask import Response, current_app, request
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from callbacks.bodies import DIGITS, Refused
from callbacks.book import Book, Opened
from callbacks.people import forms, here
from dashboard.contributed import Spoken
from dashboard.contribution_effect import parts
from dashboard.contributions import Contribution
from dashboard.finding_list import short
from dashboard.forms import Typed
from dashboard.people import Person
from dashboard.pins import Pins
from dashboard.pledges import Pledge
from dashboard.policy import ROWS, Thing
from dashboard.questions import Busy
from dashboard.rule_edits import said as in_words
from dashboard.rule_preview import Preview
from data_access.contributions import effect, evidence, store
from data_access.contributions.checking import amiss, answerable, subject
from data_access.contributions.public import accepted
from data_access.contributions.writing import Conflict
from data_access.measuring.naming import names as labelled
from data_access.people import accounts
from data_access.registry.store import Held
from data_access.registry.writing import Refused as Unsaved

COMMENT = "comment"
UNSAVED = (
    "Nothing was saved: the database cannot be written to at present. Please go back, where what you typed still "
    "stands, and send it again in some minutes."
)
UNKNOWN = (
    "The database does not answer, so it cannot be told whether this was saved. Please go back and send the same form "
    "again in some minutes: what was done already is not done twice."
)
LOG = logging.getLogger(__name__)
LATER = "The figures are being measured; please open this page again in a moment to see what would change."


def book() -> Book:
    """Of this app."""
    found: Book = current_app.extensions["contributing"]
    return found


def home() -> Path:
    """The data folder, in which files of evidence are kept."""
    found: Path = current_app.extensions["evidence"]
    return found


def files(one: Contribution, path: str = "/my/evidence") -> list[tuple[str, str, str]]:
    """Address, name and kind of each file of the version that stands."""
    kept = here.registry().read(lambda connection: evidence.of(connection, one.now.files))
    return [(f"{path}/{each.id}", each.name, each.words) for each in kept]


def opened() -> Opened:
    """The book at the current edition and state."""
    return book().at(book().library.cube(), Pins())


def held() -> Held:
    """The records as they stand."""
    return here.registry().held()


def pledge(id_: str) -> Pledge:
    """A commitment of the register. Raises Refused."""
    found = held().pledges.get(id_)
    if found is None:
        raise Refused(404, "The register holds no commitment of that name.")
    return found


def about(one: Contribution) -> Pledge:
    """The commitment that it is about; of a new one a blank. Raises Refused where the register holds it no more."""
    made = subject(held(), one.kind, one.of, one.maker)
    if made is None:
        raise Refused(404, "The register holds no commitment of that name.")
    return made


def wrong(one: Contribution) -> Typed:
    """What keeps it from being submitted."""
    return Typed({}, amiss(held(), one.kind, one.of, one.maker, one.now.fields, one.now.files))


def thing(one: Contribution) -> Thing:
    """As the policy sees it: what was withdrawn before it was ever sent is a draft still."""
    kind = COMMENT if one.kind == COMMENT else "contribution"
    return Thing(kind, one.id, one.maker, one.authors, one.state if one.sent else "draft")


def theirs(one: Contribution, who: Person) -> bool:
    """Whether somebody sees what was written since it was sent: its contributors alone do."""
    return one.maker in who.makers or who.id in one.authors


def found(id_: str, action: str) -> tuple[Contribution, Person]:
    """The contribution of an address as whoever asks may see it, for who may do this with it. Raises Refused: 404 where
    there is none."""
    one = store.one(here.registry(), id_)
    if one is None or (action, thing(one).kind) not in ROWS:
        raise Refused(404, here.NOT_THERE)
    who = here.asked(action, thing(one))
    return (one if theirs(one, who) else one.as_sent()), who


def effect_of(one: Contribution, chosen: Iterable[str] | None = None) -> Preview | str:
    """What it would change in every figure; a sentence where that cannot be told now. chosen: the parts taken; all."""
    at, taken = opened(), parts(one.kind, one.now.fields) if chosen is None else tuple(chosen)
    try:
        return effect.effect(at.cube, at.held, at.register, at.book.proposals, one, taken)
    except (Busy, TimeoutError):
        return LATER


def said(one: Contribution) -> tuple[Spoken, ...]:
    """What was accepted on the commitment that it is about, oldest first."""
    return accepted(here.registry(), [one.commitment], makers()) if one.commitment else ()


def rule_words() -> Callable[[str], str]:
    """How a written counting rule is told in words."""
    label = labelled(opened().cube)
    return lambda written: in_words(written, label)


def names() -> Mapping[str, str]:
    """id -> name of everybody; for moderators, never for the public."""
    return here.registry().read(accounts.names)


def titles() -> Mapping[str, str]:
    """id -> title of every commitment."""
    return {id_: one.title for id_, one in held().pledges.items()}


def makers() -> Mapping[str, str]:
    """id -> name of every maker."""
    return {id_: one.name for id_, one in held().directory.makers.items()}


def answers(id_: str) -> Mapping[str, str]:
    """What each finding about a commitment says, by its name in addresses."""
    return {short(key): judged.finding.words for key, judged in answerable(here.registry(), id_).items()}


def labels(one: Contribution) -> Mapping[str, str]:
    """Words for the codes that its form holds: of a finding what it says."""
    if one.kind != "statement":
        return {}
    return answers(one.of)


def page() -> int:
    """The page of a list that the address asks for."""
    text = request.args.get("page", "1")
    return int(text) if text.isascii() and text.isdigit() and 0 < len(text) < 5 and int(text) else 1


def number(text: str) -> int:
    """A version as a form carries it. Raises Refused."""
    if not (text.isascii() and text.isdigit() and len(text) <= DIGITS):
        raise Refused(400, "The form came with a version that is none.")
    return int(text)


def done(
    typed: Typed,
    do: Callable[[Connection], str],
    again: Callable[[Typed, int], Response],
    then: Callable[[], object] = lambda: None,
) -> Response:
    """Does what a form asks for, once. again: shows the form anew with what was typed, where it cannot be done. then:
    what follows once it is done, not when the form is sent again. Raises Refused (503) where the database does not
    answer."""
    first = list[bool]()

    def doing(connection: Connection) -> str:
        first.append(True)
        return do(connection)

    try:
        answer = forms.done(typed, doing)
    except Unsaved as why:
        return again(typed.with_problem("", str(why)), 409 if isinstance(why, Conflict) else 422)
    except TimeoutError as why:
        raise Refused(503, UNKNOWN) from why
    except DBAPIError as why:
        LOG.exception("nothing was saved")
        raise Refused(503, UNSAVED) from why
    if first:
        then()
    return answer
