"""What is told of people: to everybody, what is kept of them; to those who watch over it, what was done."""

from __future__ import annotations

import json

from flask import Flask, Response, request

from callbacks.people import here, pages
from callbacks.people.here import House
from dashboard.policy import Thing
from dashboard.retention import words
from data_access import audit
from data_access.audit import Noted
from data_access.people import accounts, attempts, invitations, resets
from layouts.people import telling as layout
from layouts.people.telling import Kept


def register(server: Flask) -> None:
    """Add the routes."""

    @server.get("/privacy")
    def privacy() -> Response:
        return pages.public("Privacy", layout.privacy(_kept(here.house())))

    @server.get("/admin/record")
    def record_page() -> Response:
        here.asked("read", Thing("audit"))
        typed = request.args.get("before", "")
        before = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0
        names = here.registry().read(accounts.names)
        rows = audit.rows(here.registry(), before)
        return pages.shown("The record", layout.record([_told(one, names) for one in rows], rows))


def _told(one: Noted, names: dict[str, str]) -> list[str]:
    detail = ", ".join(f"{name} {value}" for name, value in json.loads(one.detail).items() if value)
    at = one.at.replace("T", " ").rstrip("Z")
    return [str(one.number), at, names.get(one.who, one.who), one.action, one.thing, detail, one.digest[:12]]


def _kept(house: House) -> Kept:
    """What the server follows, in words."""
    kept = house.kept
    return Kept(
        idle=words(kept.idle),
        whole=words(kept.whole),
        attempts=words(attempts.WINDOW),
        reset=words(resets.LASTS),
        invitation=words(invitations.LASTS),
        invited=words(kept.invited),
        letters=words(kept.letters),
        files=words(kept.files) if kept.files else "",
        unused=words(kept.unused) if kept.unused else "",
        anybody=house.comments == "open",
    )
