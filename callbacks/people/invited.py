"""Taking an invitation: the only way to an account."""

from __future__ import annotations

from flask import Flask, Response
from sqlalchemy import Connection

from callbacks.bodies import Refused
from callbacks.people import forms, here, pages
from callbacks.people.entering import begun, rotated
from dashboard.forms import Typed
from dashboard.policy import Thing
from data_access.people import accounts, invitations, keeping, passwords
from data_access.people.invitations import Invitation, NotInvited, in_words
from layouts.people import entering as layout

GONE = "This invitation is not open: it was taken, withdrawn, or is too old. Please ask for another."


def register(server: Flask) -> None:
    """Add the routes."""

    @server.get("/invitation/<mark>")
    def invitation_page(mark: str) -> Response:
        here.open_to("accept", Thing("invitation"))
        response = _page(mark, _open(mark))
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    @server.post("/invitation/<mark>")
    def take_invitation(mark: str) -> Response:
        here.open_to("accept", Thing("invitation"))
        given = _open(mark)
        try:
            return _joined(given) if _is_theirs(given) else _new(mark, given)
        except NotInvited as why:
            raise Refused(409, str(why)) from why


def _open(mark: str) -> Invitation:
    found = here.registry().read(lambda connection: invitations.find(connection, mark))
    if found is None:
        raise Refused(404, GONE)
    return found


def _is_theirs(given: Invitation) -> bool:
    """Whether whoever is signed in has the address that was invited."""
    who = here.person()
    held = here.registry().read(lambda connection: accounts.by_id(connection, who.id)) if who else None
    return held is not None and held.mail == given.mail


def _page(mark: str, given: Invitation, typed: Typed = layout.EMPTY, status: int = 200) -> Response:
    words, there = here.registry().read(
        lambda connection: (
            in_words(connection, given.role, given.maker),
            bool(accounts.by_mail(connection, given.mail)),
        )
    )
    if _is_theirs(given):
        inside = layout.joining(mark, forms.once(), words)
    elif there:
        inside = layout.known(mark)
    else:
        inside = layout.invited(mark, forms.once(), words, given.mail, typed, pages.elsewhere())
    return pages.shown("You are invited", inside, status)


def _new(mark: str, given: Invitation) -> Response:
    typed = forms.read(layout.NEWCOMER)
    if typed["password"] != typed["again"]:
        typed = typed.with_problem("again", layout.UNLIKE)
    if typed.problems:
        return _page(mark, given, typed, 400)
    password = passwords.hashed(typed["password"])

    def make(connection: Connection) -> str:
        id_ = keeping.accept(connection, given, typed["name"], password, typed["named"] == "yes")
        return rotated(connection, id_, "password")

    return begun(here.registry().put(make), "/my?done=in")


def _joined(given: Invitation) -> Response:
    """What they are from now on, they are in a session of its own."""
    who = here.mine("change")
    forms.read(())

    def join(connection: Connection) -> str:
        keeping.join(connection, given, who.id)
        return rotated(connection, who.id, "invitation")

    return begun(here.registry().put(join), "/my?done=saved")
