"""Signing in and out."""

from __future__ import annotations

from flask import Flask, Response, g, request
from sqlalchemy import Connection

from callbacks.people import forms, here, pages
from dashboard import ways
from dashboard.forms import Typed
from dashboard.policy import Thing
from data_access import audit
from data_access.people import accounts, attempts, forgetting, passwords, second, sessions
from data_access.people.accounts import ACTIVE
from data_access.people.entering import Held, held
from layouts.people import entering as layout

SESSION = Thing("session")
WRONG = "The address, the password or the code is not right. Please try again."
MANY = "There were too many attempts. Please wait 15 minutes, or have a new password sent to you."


def register(server: Flask) -> None:
    """Add the routes."""

    @server.get("/sign-in")
    def sign_in_page() -> Response:
        here.open_to("sign in", SESSION)
        next_, elsewhere = ways.own(request.args.get("next", "")), pages.elsewhere()
        inside = layout.sign_in(forms.once(), next_=next_, elsewhere=elsewhere)
        return pages.shown("Sign in", inside)

    @server.post("/sign-in")
    def sign_in() -> Response:
        here.open_to("sign in", SESSION)
        typed = forms.read(layout.SIGN_IN)
        return _again(typed) if typed.problems else entered(typed)

    @server.post("/sign-out")
    def sign_out() -> Response:
        who = here.asked("sign out", SESSION)
        forms.read(())
        now = here.session()
        here.registry().put(lambda connection: _out(connection, now.id if now else "", who.id))
        return left(forms.onward("/sign-in?done=out"))


def entered(typed: Typed) -> Response:
    """Who typed the right address, password and code is signed in. Whoever did not is told the same, in the same time,
    whether there is such an account or not."""
    registry, secret = here.registry(), here.house().secret
    names = _names(typed["mail"])
    numbers = registry.put(lambda connection: _counted(connection, names))
    if not all(numbers):
        return _again(typed.with_problem("", MANY), 429)
    found = registry.read(lambda connection: held(connection, typed["mail"]))
    fits = passwords.fits(typed["password"], found.password if found else "")
    step = _step(found, typed["code"], secret)
    if not (fits and found and found.state == ACTIVE and step is not None):
        return _again(typed.with_problem("", WRONG))
    mark = registry.put(lambda connection: _in(connection, found, step, names))
    return begun(mark, ways.own(typed["next"])) if mark else _again(typed.with_problem("", WRONG))


def begun(mark: str, path: str) -> Response:
    """The answer that hands the mark of a new session to the browser, and leads on."""
    response, house = forms.onward(path), here.house()
    response.set_cookie(house.cookie, mark, secure=house.secure, httponly=True, samesite="Lax", path="/")
    g.asked = True
    return response


def left(response: Response) -> Response:
    """Takes the session from the browser, and whatever was typed there and not sent: the next who sits at it is perhaps
    somebody else."""
    response.delete_cookie(here.house().cookie, secure=here.house().secure, httponly=True, samesite="Lax")
    response.headers["Clear-Site-Data"] = '"storage"'
    return response


def rotated(connection: Connection, account: str, how: str) -> str:
    """A session of an account in place of the one that the browser had; its mark."""
    forgetting.forget(connection, here.house().kept)
    before = here.session()
    if before:
        sessions.end(connection, before.id)
    audit.append(connection, account, "sign in", f"person {account}", {"how": how})
    return sessions.begin(connection, account, how)


def _names(mail: str) -> list[tuple[str, int]]:
    """Under what an attempt is counted, each with the most that may fail."""
    secret, net = here.house().secret, attempts.net(here.sender())
    of_account = attempts.named(secret, "account", accounts.plain(mail)), attempts.OF_ACCOUNT
    return [of_account, *([(attempts.named(secret, "net", net), attempts.OF_NET)] if net else [])]


def _counted(connection: Connection, names: list[tuple[str, int]]) -> list[int | None]:
    return [attempts.counted(connection, name, most) for name, most in names]


def _step(found: Held | None, code: str, secret: bytes) -> str | None:
    """The step of the code; empty where none is asked for; None where it is wrong."""
    if found is None or not found.seed:
        return ""
    return second.step(second.unsealed(secret, found.seed), code, found.step) or None


def _in(connection: Connection, found: Held, step: str, names: list[tuple[str, int]]) -> str:
    """The mark of a session; empty where the code was used meanwhile."""
    if step and not second.used(connection, found.id, step):
        return ""
    attempts.forgiven(connection, names[0][0])
    for name, _ in names[1:]:
        attempts.forgiven_once(connection, name)
    return rotated(connection, found.id, "password")


def _out(connection: Connection, session: str, who: str) -> None:
    sessions.end(connection, session)
    audit.append(connection, who, "sign out", f"person {who}")


def _again(typed: Typed, status: int = 400) -> Response:
    inside = layout.sign_in(forms.once(), typed, ways.own(typed["next"]), pages.elsewhere())
    return pages.shown("Sign in", inside, status)
