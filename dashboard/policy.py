"""Who may do what with which thing: one table, from which the tests of authorisation are made.

A row is an action on a kind of thing; its cells say for each role under which condition it may. A person may where one
of their roles may. What stands in no cell may not be done.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from dashboard.people import ADMINISTRATOR, CONTRIBUTOR, MODERATOR, READER, Person


@dataclass(frozen=True)
class Thing:
    """What is acted upon. maker: on whose behalf it is; authors: ids of all who wrote or submitted any part of it."""

    kind: str
    id: str = ""
    maker: str = ""
    authors: frozenset[str] = frozenset()
    state: str = ""


@dataclass(frozen=True)
class Row:
    """cells: role -> condition. hidden: whoever may not is not told that the thing exists (404, not 403)."""

    action: str
    kind: str
    cells: Mapping[str, str] = field(default_factory=dict)
    hidden: bool = False


Condition = Callable[[Person, Thing], bool]
ANY, MAKER, AUTHOR, OTHERS, SENT = "any", "of their makers", "their own", "of others", "once sent"
TOGETHER = "their own, or of their makers"
SENT_OTHERS = "of others, for makers for whom they do not speak, once sent"
OPEN = "where the operator opened it"
UNSENT = ("draft",)
NOBODY = Person("", "", frozenset(), frozenset(), False)
CONDITIONS: Mapping[str, Condition] = {
    ANY: lambda person, thing: True,
    MAKER: lambda person, thing: thing.maker in person.makers,
    AUTHOR: lambda person, thing: person.id in thing.authors,
    TOGETHER: lambda person, thing: person.id in thing.authors or thing.maker in person.makers,
    OTHERS: lambda person, thing: person.id not in thing.authors,  # four eyes
    SENT: lambda person, thing: thing.state not in UNSENT,
    OPEN: lambda person, thing: thing.state == "open",
    SENT_OTHERS: lambda person, thing: (
        person.id not in thing.authors and thing.maker not in person.makers and thing.state not in UNSENT
    ),
}
SIGNED = {CONTRIBUTOR: ANY, MODERATOR: ANY, ADMINISTRATOR: ANY}
OWN = {CONTRIBUTOR: AUTHOR, MODERATOR: AUTHOR, ADMINISTRATOR: AUTHOR}
OURS = OWN | {CONTRIBUTOR: TOGETHER}  # what was said on behalf of a maker is of all who speak for it
EVERYBODY = {READER: ANY} | SIGNED

MATRIX = (
    # people
    Row("sign in", "session", EVERYBODY),
    Row("accept", "invitation", EVERYBODY),
    Row("reset", "password", EVERYBODY),
    Row("sign out", "session", SIGNED),
    Row("end", "session", OWN, hidden=True),
    Row("read", "account", OWN, hidden=True),
    Row("change", "account", OWN, hidden=True),
    Row("erase", "account", OWN, hidden=True),
    Row("administer", "people", {ADMINISTRATOR: ANY}, hidden=True),
    Row("invite", "people", {ADMINISTRATOR: ANY}, hidden=True),
    Row("disable", "person", {ADMINISTRATOR: OTHERS}, hidden=True),  # nobody locks themselves out
    Row("grant", "person", {ADMINISTRATOR: OTHERS}, hidden=True),  # nor gives themselves a role
    Row("read", "audit", {ADMINISTRATOR: ANY, MODERATOR: ANY}, hidden=True),
    # contributions
    Row("list", "contributions", SIGNED),
    Row("start", "contribution", {CONTRIBUTOR: MAKER}),
    Row("read", "contribution", {CONTRIBUTOR: MAKER, MODERATOR: SENT}, hidden=True),
    Row("edit", "contribution", {CONTRIBUTOR: MAKER}, hidden=True),
    Row("submit", "contribution", {CONTRIBUTOR: MAKER}, hidden=True),
    Row("withdraw", "contribution", {CONTRIBUTOR: MAKER}, hidden=True),
    Row("attach", "contribution", {CONTRIBUTOR: MAKER}, hidden=True),
    Row("read", "evidence", {CONTRIBUTOR: MAKER, MODERATOR: SENT}, hidden=True),
    Row("write", "comment", SIGNED),
    Row("leave", "comment", dict.fromkeys(EVERYBODY, OPEN), hidden=True),  # without an account
    Row("read", "comment", OURS, hidden=True),
    Row("withdraw", "comment", OURS, hidden=True),
    # surveys
    Row("list", "surveys", {CONTRIBUTOR: ANY}),
    Row("answer", "survey", {CONTRIBUTOR: MAKER}, hidden=True),
    Row("administer", "surveys", {ADMINISTRATOR: ANY}, hidden=True),
    # moderation
    Row("list", "queue", {MODERATOR: ANY}, hidden=True),
    Row("moderate", "contribution", {MODERATOR: SENT}, hidden=True),
    Row("moderate", "comment", {MODERATOR: SENT}, hidden=True),
    Row("decide", "contribution", {MODERATOR: SENT_OTHERS}),
    Row("decide", "comment", {MODERATOR: SENT_OTHERS}),
)
ROWS: Mapping[tuple[str, str], Row] = {(row.action, row.kind): row for row in MATRIX}


def may(person: Person | None, action: str, thing: Thing) -> bool:
    """Whether a person, or a reader where it is None, may do it. Raises KeyError where no row tells."""
    cells = ROWS[action, thing.kind].cells
    if person is None:
        return READER in cells and CONDITIONS[cells[READER]](NOBODY, thing)
    return any(CONDITIONS[cells[role]](person, thing) for role in sorted(person.roles) if role in cells)


def ever(person: Person | None, action: str, kind: str) -> bool:
    """Whether there is any such thing with which they might: a role of theirs has a cell."""
    cells = ROWS[action, kind].cells
    return READER in cells if person is None else bool(person.roles & set(cells))


def hidden(action: str, kind: str) -> bool:
    """Whether whoever may not is told that there is no such thing."""
    return ROWS[action, kind].hidden
