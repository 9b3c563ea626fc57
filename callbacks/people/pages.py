"""A page for the person of this request, as an answer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import Response, current_app, request

from callbacks.embeds import stamped
from callbacks.people import forms, here
from data_access.people.provider import Provider
from layouts.people import page as layout
from layouts.people.page import Head

STYLES = ("app", "commitments", "people")  # sheets of `assets/`


def shown(
    title: str, inside: Iterable[Any], status: int = 200, *, styles: Iterable[str] = (), scripts: Iterable[str] = ()
) -> Response:
    """The page. inside: components and elements of `layouts.filled.el`; styles, scripts: more of `assets/`, by name.
    `?done=` in the address names what was just done (`DONE`)."""
    who = here.person()
    head = Head(
        tuple(stamped(f"/assets/{name}.css") for name in (*STYLES, *styles)),
        tuple(stamped(f"/assets/{name}.js") for name in scripts),
        forms.once() if who else "",
    )
    said = DONE.get(request.args.get("done", ""), "")
    return Response(layout.page(title, inside, who, head, said), status=status, mimetype="text/html")


def open_to_all(
    title: str, inside: Iterable[Any], *, styles: Iterable[str] = (), scripts: Iterable[str] = ()
) -> Response:
    """A page that is the same for everybody, whoever is signed in."""
    made = tuple(stamped(f"/assets/{name}.js") for name in scripts)
    head = Head(tuple(stamped(f"/assets/{name}.css") for name in (*STYLES, *styles)), made)
    return Response(layout.page(title, inside, None, head), mimetype="text/html")


def public(title: str, inside: Iterable[Any]) -> Response:
    """A page that is the same for everybody, whoever is signed in."""
    styles = tuple(stamped(f"/assets/{name}.css") for name in STYLES)
    return Response(layout.page(title, inside, None, Head(styles)), mimetype="text/html")


def elsewhere() -> str:
    """How people call the provider with whom they can sign in too; empty where none is configured."""
    found: Provider | None = current_app.extensions["provider"]
    return found.name if found else ""


DONE = {  # what an address may say was done; nothing else is ever shown from it
    "saved": "Saved.",
    "in": "You are signed in.",
    "out": "You are signed out.",
    "letter": "If there is an account with this address, a letter is on its way to it.",
    "password": "The new password is set. Please sign in with it.",
    "erased": "Your account is erased, and you are signed out.",
    "invited": "The invitation was made.",
    "withdrawn": "Withdrawn.",
    "submitted": "Sent to the moderators.",
    "answered": "Your answers are submitted.",
    "decided": "The decision is on record.",
}
