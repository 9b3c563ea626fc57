"""People of tests: accounts as they are made by invitation, browsers of theirs, forms filled in as they are shown."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from itertools import count

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Connection
from werkzeug.test import TestResponse

from data_access.people import invitations, keeping, sessions
from data_access.registry.store import Registry

ADDRESS = "http://127.0.0.1:8050"
PASSWORD = "plum tree river"
NUMBERS = count(1)
SENT = {"Accept": "text/html", "Sec-Fetch-Site": "same-origin"}


class Visitor:
    """Somebody at a browser, signed in or not."""

    def __init__(self, server: Flask, id_: str = "", mail: str = "") -> None:
        self.id, self.mail, self._server = id_, mail, server
        self.client: FlaskClient = server.test_client()

    def get(self, path: str, **more: str) -> TestResponse:
        return self.client.get(path, base_url=ADDRESS, headers={**SENT, **more})

    def post(self, path: str, data: Mapping[str, str], **more: str) -> TestResponse:
        return self.client.post(path, base_url=ADDRESS, headers={**SENT, **more}, data=dict(data))

    def fill(self, page: str, action: str, **typed: str) -> TestResponse:
        """Opens a page, fills in the form of it that goes to an address, and sends it."""
        shown = self.get(page)
        assert shown.status_code == 200, (page, shown.status_code, words(shown))
        return self.post(action, form(shown, action) | typed)

    def sign_in(self, password: str = PASSWORD, **typed: str) -> TestResponse:
        return self.fill("/sign-in", "/sign-in", mail=self.mail, password=password, **typed)


def form(shown: TestResponse, action: str) -> dict[str, str]:
    """The fields of a form with what stands in them, checked boxes and chosen options only."""
    found = re.search(rf'<form method="post" action="{re.escape(action)}".*?</form>', shown.text, re.S)
    assert found, f"There is no form to {action}."
    values = dict[str, str]()
    for tag in re.findall(r"<input [^>]*>", found[0]):
        said = dict(re.findall(r'([a-z-]+)="([^"]*)"', tag))
        if said.get("type") not in ("checkbox", "radio", "file") or " checked" in tag:
            values[said["name"]] = unescape(said.get("value", ""))
    for name, body in re.findall(r'<select [^>]*name="([^"]+)".*?>(.*?)</select>', found[0], re.S):
        chosen = re.search(r'value="([^"]*)" selected', body)
        values[name] = unescape(chosen[1]) if chosen else ""
    for name, body in re.findall(r'<textarea [^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', found[0], re.S):
        values[name] = unescape(body)
    return values


def words(shown: TestResponse) -> str:
    """What is read on a page, in one line."""
    body = shown.text.partition("<body>")[2] or shown.text
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def invited(registry: Registry, role: str, maker: str = "", mail: str = "") -> tuple[str, str]:
    """Address and mark of an invitation."""
    mail = mail or f"person{next(NUMBERS)}@example.org"
    return mail, registry.put(lambda held: invitations.invite(held, mail, role, maker, "operator"))


def account(registry: Registry, role: str, maker: str = "", *, name: str = "", named: bool = False) -> tuple[str, str]:
    """Id and address of somebody who took an invitation, without a password."""
    mail, mark = invited(registry, role, maker)

    def take(held: Connection) -> str:
        given = invitations.find(held, mark)
        assert given
        return keeping.accept(held, given, name or f"A {role}", "", named)

    return registry.put(take), mail


def visitor(server: Flask, role: str = "", maker: str = "", *, name: str = "", named: bool = False) -> Visitor:
    """Somebody signed in with a role; nobody where it is empty. Without the hash of a password, which takes time."""
    if not role:
        return Visitor(server)
    house = server.extensions["people"]
    id_, mail = account(house.registry, role, maker, name=name, named=named)
    return signed_in(server, id_, mail)


def signed_in(server: Flask, id_: str, mail: str = "") -> Visitor:
    """The same person in one browser more."""
    house, one = server.extensions["people"], Visitor(server, id_, mail)
    mark = house.registry.put(lambda held: sessions.begin(held, id_, "password"))
    one.client.set_cookie(house.cookie, mark, domain="127.0.0.1")
    return one
