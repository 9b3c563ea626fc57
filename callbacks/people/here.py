"""Who asks: the person of this request, and whether they may."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from flask import current_app, g, request

from callbacks.bodies import Refused
from dashboard.people import Person
from dashboard.policy import Thing, hidden, may
from dashboard.retention import DEFAULT, Retention
from data_access.people import sessions
from data_access.people.letters import Post
from data_access.people.sessions import Session
from data_access.registry.store import Registry

NOT_THERE = "There is nothing at this address."
NOT_YOURS = "Your account does not allow this."
SIGNED_OUT = "You are not signed in, or your session has ended. Please sign in and send the form again."


@dataclass(frozen=True)
class House:
    """What the routes of people share. secret: of the server; address: how readers reach it; hops: proxies in front
    that say who asks."""

    registry: Registry
    secret: bytes
    address: str
    post: Post
    hops: int = 0
    comments: str = "signed"  # who may comment: `signed`, `open`
    kept: Retention = DEFAULT

    @property
    def secure(self) -> bool:
        return self.address.startswith("https://")

    @property
    def cookie(self) -> str:
        """A name that browsers take from this host alone, by https alone; where that is not had, a plain one."""
        return "__Host-session" if self.secure else "session"

    @property
    def host(self) -> str:
        return urlsplit(self.address).netloc

    @property
    def here_alone(self) -> bool:
        """Whether it is reached from this machine only."""
        return urlsplit(self.address).hostname in ("localhost", "127.0.0.1", "::1")


class SignIn(Exception):
    """Nobody is signed in, and a page was asked for that needs somebody."""


def house() -> House:
    """Of this app."""
    held: House = current_app.extensions["people"]
    return held


def registry() -> Registry:
    """The registry, in which people and contributions are kept too."""
    return house().registry


def session() -> Session | None:
    """The session of this request, looked up once."""
    if "session" not in g:
        mark = request.cookies.get(house().cookie, "")
        g.session = registry().read(lambda connection: sessions.find(connection, mark, house().kept)) if mark else None
    found: Session | None = g.session
    return found


def person() -> Person | None:
    """Who asks; None where nobody is signed in."""
    held = session()
    return held.person if held else None


def asked(action: str, thing: Thing) -> Person:
    """Who asks, where they may do this with that thing; every route of people calls it before it does or shows
    anything. Raises Refused (403; 404 where they are not to know of it; 401 for a form of nobody), and SignIn for a
    page that nobody signed in asks for: it is answered by the way to the sign-in."""
    held = person()
    if held is not None and may(held, action, thing):
        g.asked = True
        return held
    if held is None and request.method in ("GET", "HEAD"):
        raise SignIn
    if held is None:
        raise Refused(401, SIGNED_OUT)
    raise Refused(404, NOT_THERE) if hidden(action, thing.kind) else Refused(403, NOT_YOURS)


def mine(action: str) -> Person:
    """Who asks, where they may do this with their own account."""
    held = person()
    return asked(action, Thing("account", authors=frozenset({held.id} if held else ())))


def open_to(action: str, thing: Thing) -> Person | None:
    """For what a reader may do too: who asks, or None."""
    held = person()
    if not may(held, action, thing):
        raise Refused(404, NOT_THERE) if hidden(action, thing.kind) else Refused(403, NOT_YOURS)
    g.asked = True
    return held


def sender() -> str:
    """The address from which the request comes: of the connection, or as the proxies in front say it where there are
    any. What else a request says of itself is not believed."""
    hops, said = house().hops, request.headers.getlist("X-Forwarded-For")
    named = [one.strip() for one in ",".join(said).split(",") if one.strip()]
    return named[-hops] if 0 < hops <= len(named) else request.remote_addr or ""


def sign_in_address() -> str:
    """The sign-in, with the way back to this page."""
    here = request.full_path.rstrip("?") if request.query_string else request.path
    return f"/sign-in?next={quote(here, safe='/')}"
