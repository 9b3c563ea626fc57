"""The doors of people: no route of theirs is reached that the policy table does not know, none answers unasked."""

from __future__ import annotations

import logging
from contextlib import suppress

from flask import Flask, Response, g, redirect, request
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from callbacks.bodies import Refused
from callbacks.faults import answer
from callbacks.people import here
from callbacks.people.here import House, SignIn
from dashboard.doors import action, of_people
from dashboard.policy import ever, hidden
from data_access.people import sessions
from data_access.registry.writing import Refused as NotWritten

LOG = logging.getLogger(__name__)
UNKNOWN = (
    "The database did not answer in time, so it is not known whether this was saved. Please send the form again: what "
    "was saved already is not saved twice."
)
NOT_SAVED = "The database does not take this at the moment. It was not saved; please try again in a moment."
UNREAD = "The database does not answer. Please try again in a moment."


def register(server: Flask, house: House) -> None:
    """Call before the routes of people are added."""
    server.extensions["people"] = house
    server.register_error_handler(SignIn, _to_sign_in)
    for fault in (DBAPIError, TimeoutError, NotWritten):
        server.register_error_handler(fault, _not_done)

    @server.before_request
    def _known() -> None:
        if of_people(request.path) and request.url_rule is not None:
            _check_host(house)
            check(request.method, request.url_rule.rule)
            _used()

    @server.after_request
    def _asked(response: Response) -> Response:
        """A route that let nobody be asked for shows nothing."""
        if of_people(request.path):
            response.headers["Vary"] = "Cookie"
            if house.secure:
                response.headers["Strict-Transport-Security"] = "max-age=31536000"
            if response.status_code < 300 and request.method != "OPTIONS" and not g.get("asked"):
                raise RuntimeError(f"{request.url_rule} answered without asking who it was.")
        return response


def check(method: str, rule: str) -> None:
    """Whether anybody with the roles of who asks may ever do this. Raises Refused, or SignIn."""
    if method == "OPTIONS":
        return
    known = action(method, rule)
    if known is None:
        raise Refused(404, here.NOT_THERE)
    held = here.person()
    if ever(held, *known):
        return
    if held is None and method in ("GET", "HEAD"):
        raise SignIn
    if held is None:
        raise Refused(401, here.SIGNED_OUT)
    raise Refused(404, here.NOT_THERE) if hidden(*known) else Refused(403, here.NOT_YOURS)


def _check_host(house: House) -> None:
    """By the name under which readers reach it, no other: a name that a request made up ends in no letter or link."""
    if request.host != house.host:
        raise Refused(400, f"Please use the address {house.address}.")


def _used() -> None:
    """The session lasts on; where that cannot be written down, it lasts as long as it does."""
    held = here.session()
    if held and held.stale and here.registry().writable:
        with suppress(SQLAlchemyError, TimeoutError):
            here.registry().put(lambda connection: sessions.seen(connection, held.id))


def _not_done(fault: Exception) -> Response:
    """What the database did not do, told to the person; nothing is half saved."""
    if not of_people(request.path):
        return answer(fault)
    if isinstance(fault, NotWritten):
        return answer(Refused(409, str(fault)))
    LOG.warning("The database did not answer a %s of people: %s", request.method, type(fault).__name__)
    if request.method != "POST":
        return answer(Refused(503, UNREAD))
    return answer(Refused(503, UNKNOWN if isinstance(fault, TimeoutError) else NOT_SAVED))


def _to_sign_in(_: SignIn) -> Response:
    way = here.sign_in_address()
    if request.path == "/my/comments/new" and here.house().comments == "open":
        way = f"/comment?{request.query_string.decode('utf-8', 'replace')}"
    return Response(status=303, headers={"Location": redirect(way).location})
