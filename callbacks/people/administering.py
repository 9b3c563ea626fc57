"""People, for administrators: list, invite, disable."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Flask, Response
from sqlalchemy import Connection

from callbacks.bodies import Refused
from callbacks.people import forms, here, pages
from callbacks.people.resetting import POSTMEN
from dashboard.forms import Typed
from dashboard.people import Person
from dashboard.policy import Thing
from data_access.people import accounts, invitations, keeping
from data_access.people.accounts import ACTIVE, DISABLED
from data_access.people.invitations import NotInvited
from data_access.people.inviting import send
from data_access.people.keeping import NotDone
from layouts.people import administering as layout
from layouts.people.fields import EMPTY

PEOPLE = Thing("people")
SAVED = "/admin/people?done=saved"


def register(server: Flask) -> None:
    """Add the routes."""

    @server.get("/admin/people")
    def people_page() -> Response:
        return page(here.asked("administer", PEOPLE))

    @server.post("/admin/people/invite")
    def invite() -> Response:
        who = here.asked("invite", PEOPLE)
        typed = forms.read(layout.inviting(here.registry().read(invitations.makers)))
        return page(who, typed, 400) if typed.problems else _invited(who, typed)

    @server.post("/admin/people/withdraw")
    def withdraw_invitation() -> Response:
        who, typed = here.asked("invite", PEOPLE), forms.read(layout.INVITATION)
        return _done(typed, lambda held: invitations.withdraw(held, typed["invitation"], who.id))

    @server.post("/admin/people/disable")
    def disable() -> Response:
        typed = forms.read(layout.PERSON)
        who = here.asked("disable", _person(typed))
        return _done(typed, lambda held: keeping.set_state(held, typed["person"], DISABLED, who.id))

    @server.post("/admin/people/enable")
    def enable() -> Response:
        typed = forms.read(layout.PERSON)
        who = here.asked("disable", _person(typed))
        return _done(typed, lambda held: keeping.set_state(held, typed["person"], ACTIVE, who.id))

    @server.post("/admin/people/revoke")
    def revoke() -> Response:
        typed = forms.read(layout.GRANT)
        who = here.asked("grant", _person(typed))
        taken = typed["person"], typed["role"], typed["maker"], who.id
        return _done(typed, lambda held: keeping.revoke(held, *taken))


def page(who: Person, typed: Typed = EMPTY, status: int = 200) -> Response:
    """Everybody, and those who are invited."""

    def read(connection: Connection) -> tuple[Any, ...]:
        invited = [
            {
                "id": one.id,
                "mail": one.mail,
                "as": invitations.in_words(connection, one.role, one.maker),
                "until": _day(one.ends),
            }
            for one in invitations.every(connection)
        ]
        people = [_told(one, accounts.grants(connection, one.person.id), who) for one in accounts.every(connection)]
        return people, invited, invitations.makers(connection)

    people, invited, makers = here.registry().read(read)
    return pages.shown("People", layout.page(people, invited, makers, forms.once(), typed), status)


def _told(one: accounts.Account, grants: list[tuple[str, str]], who: Person) -> Mapping[str, Any]:
    told = {"id": one.person.id, "name": one.person.name, "mail": one.mail, "state": one.state}
    return told | {"since": _day(one.at), "grants": grants, "own": one.person.id == who.id}


def _person(typed: Typed) -> Thing:
    return Thing("person", typed["person"], authors=frozenset({typed["person"]}))


def _invited(who: Person, typed: Typed) -> Response:
    """The letter goes once the invitation stands; its mark is in the letter alone."""
    house, marks = here.house(), list[str]()

    def invite(connection: Connection) -> str:
        marks.append(invitations.invite(connection, typed["mail"], typed["role"], typed["maker"], who.id))
        return "/admin/people?done=invited"

    try:
        response = forms.done(typed, invite)
    except NotInvited as why:
        return page(who, typed.with_problem(why.field, str(why)), 400)
    for mark in marks:
        words = here.registry().read(lambda held: invitations.in_words(held, typed["role"], typed["maker"]))
        POSTMEN.submit(send, house.post, house.address, typed["mail"], mark, words)
    return response


def _done(typed: Typed, do: Any) -> Response:
    def done(connection: Connection) -> str:
        do(connection)
        return SAVED

    try:
        return forms.done(typed, done)
    except (NotDone, NotInvited) as why:
        raise Refused(409, str(why)) from why


def _day(at: str) -> str:
    return at.replace("T", " ").rstrip("Z")[:16]
