"""A password set anew. Nobody learns from it who has an account."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor

from flask import Flask, Response
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from callbacks.bodies import Refused
from callbacks.people import forms, here, pages
from callbacks.people.here import House
from dashboard.policy import Thing
from data_access.people import accounts, attempts, keeping, passwords, resets, sessions
from data_access.people.letters import Post
from data_access.registry.store import Registry
from layouts.people import entering as layout

LOG = logging.getLogger(__name__)
PASSWORD = Thing("password")
GONE = "This link is not good any more. Please ask for another letter."
LETTER = """Somebody, probably you, asked to set a new password for your account at Tracking Support for the MDGs.

Open this address within half an hour:

{address}/reset/{mark}

If it was not you, nothing has changed, and there is nothing to do.
"""
MANY = "Too many letters were asked for. Please wait 15 minutes."
POSTMEN = ThreadPoolExecutor(1, "letters")  # the answer does not wait: how long it took would tell who has an account


def register(server: Flask) -> None:
    """Add the routes."""

    @server.get("/reset")
    def ask_reset() -> Response:
        here.open_to("reset", PASSWORD)
        return pages.shown("Set a new password", layout.ask_reset(forms.once()))

    @server.post("/reset")
    def send_reset() -> Response:
        here.open_to("reset", PASSWORD)
        typed = forms.read(layout.ASK_RESET)
        if typed.problems:
            return pages.shown("Set a new password", layout.ask_reset(forms.once(), typed), 400)
        if not _few():
            return pages.shown("Set a new password", layout.ask_reset(forms.once(), typed.with_problem("", MANY)), 429)
        POSTMEN.submit(write_to, here.house(), typed["mail"])
        return forms.onward("/sign-in?done=letter")

    @server.get("/reset/<mark>")
    def reset_page(mark: str) -> Response:
        here.open_to("reset", PASSWORD)
        _account(mark)
        response = pages.shown("Set a new password", layout.reset(mark, forms.once()))
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    @server.post("/reset/<mark>")
    def reset_password(mark: str) -> Response:
        here.open_to("reset", PASSWORD)
        _account(mark)
        typed = forms.read(layout.RESET)
        if typed["password"] != typed["again"]:
            typed = typed.with_problem("again", layout.UNLIKE)
        if typed.problems:
            return pages.shown("Set a new password", layout.reset(mark, forms.once(), typed), 400)
        hashed = passwords.hashed(typed["password"])
        return forms.done(typed, lambda connection: _set(connection, mark, hashed))


def write_to(house: House, mail: str) -> None:
    """The letter, where there is an account, and not too many letters to it."""
    try:
        _write(house.registry, house.secret, house.post, house.address, mail)
    except (OSError, TimeoutError, SQLAlchemyError) as error:
        LOG.warning("A letter could not be written: %s", type(error).__name__)


def _write(registry: Registry, secret: bytes, post: Post, address: str, mail: str) -> None:
    name = attempts.named(secret, "letter", accounts.plain(mail))

    def begin(connection: Connection) -> str:
        return resets.begin(connection, mail) if attempts.counted(connection, name, attempts.OF_LETTERS) else ""

    mark = registry.put(begin)
    if mark:
        post.send(mail, "A new password", LETTER.format(address=address, mark=mark))


def _few() -> bool:
    """Whether their network did not ask for too many letters."""
    net = attempts.net(here.sender())
    name = attempts.named(here.house().secret, "reset", net)
    counted = here.registry().put(lambda held: attempts.counted(held, name, attempts.OF_NET)) if net else 1
    return counted is not None


def _account(mark: str) -> str:
    found = here.registry().read(lambda connection: resets.find(connection, mark))
    if not found:
        raise Refused(404, GONE)
    return found


def _set(connection: Connection, mark: str, hashed: str) -> str:
    account = resets.find(connection, mark)
    if not account:
        raise Refused(404, GONE)
    keeping.change(connection, account, "reset password", password=hashed)
    resets.end(connection, account)
    sessions.end_all(connection, account)
    _let_in(connection, account)
    return "/sign-in?done=password"


def _let_in(connection: Connection, account: str) -> None:
    """Who has a new password by a letter is not kept out by what was tried before, whoever tried it; nor from another
    letter."""
    held, secret = accounts.by_id(connection, account), here.house().secret
    mail = held.mail if held else ""
    for kind, of in (("account", mail), ("letter", mail), ("own", account)):
        attempts.forgiven(connection, attempts.named(secret, kind, of))
