"""A form of this request, read strictly; its mark, by which it is ours, this session's, and done once."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable, Sequence
from hashlib import sha256

from flask import Response, request
from sqlalchemy import Connection

from callbacks.bodies import Refused
from callbacks.people import here
from dashboard import forms
from dashboard.forms import Field, Odd, Typed
from data_access.people import forms_taken

STALE = "This form was made for another session. Please open the page again, and repeat what you typed."


def once() -> str:
    """The mark of a form that is about to be shown: random, signed for this session."""
    made = secrets.token_urlsafe(18)
    return f"{made}.{_signed(made)}"


def read(fields: Sequence[Field], files: Sequence[str] = ()) -> Typed:
    """What came. files: names of fields that carry files, which the caller reads. Raises Refused: 400 for what our form
    does not send, 403 for a mark that is not of this session."""
    if set(request.files) - set(files):
        raise Refused(400, "The form came with a file that it does not take.")
    try:
        typed = forms.read(fields, dict(request.form.lists()))
    except Odd as why:
        raise Refused(400, str(why)) from why
    made, _, signed = typed.once.partition(".")
    if not hmac.compare_digest(signed.encode(), _signed(made).encode()):
        raise Refused(403, STALE)
    return typed


def done(typed: Typed, do: Callable[[Connection], str]) -> Response:
    """Does what a form asks for in one transaction, once, and leads on. do: answers the address that follows. A form
    that was sent before leads where it led, and nothing is done. Whatever `do` raises leaves nothing behind."""

    def first(connection: Connection) -> str:
        before = forms_taken.before(connection, typed.once)
        if before is not None:
            return before
        leads = do(connection)
        forms_taken.taken(connection, typed.once, leads)
        return leads

    return onward(here.registry().put(first))


def onward(path: str) -> Response:
    """To a page of ours, by GET."""
    return Response(status=303, headers={"Location": path})


def _signed(made: str) -> str:
    held = here.session()
    told = f"form {held.id if held else ''} {made}"
    return hmac.new(here.house().secret, told.encode(), sha256).hexdigest()
