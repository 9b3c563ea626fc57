"""A person's own page, and what they can change of themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import Flask, Response
from sqlalchemy import Connection

from callbacks.bodies import Refused
from callbacks.people import forms, here, pages, tasks
from callbacks.people.entering import MANY, begun, left, rotated
from dashboard.forms import Field, Typed
from dashboard.people import Person
from dashboard.policy import Thing
from data_access.people import accounts, attempts, entering, invitations, keeping, passwords, second, sessions
from data_access.people.keeping import NotDone
from layouts.people import mine as layout
from layouts.people.entering import UNLIKE

SAVED = "/my?done=saved"
NOT_IT = "This is not your password."
ONE_ALREADY = "You have a second device already. Please do without it first."
SESSION = (Field("session", kind="hidden", longest=64),)


def register(server: Flask) -> None:
    """Add the routes."""

    @server.get("/my")
    def my_page() -> Response:
        return page(here.mine("read"), {})

    _changes(server)
    _devices(server)
    _ends(server)


def _changes(server: Flask) -> None:
    @server.post("/my/about")
    def change_about() -> Response:
        who, typed = here.mine("change"), forms.read(layout.ABOUT)
        if typed.problems:
            return page(who, {"about": typed}, 400)
        return forms.done(typed, lambda held: _changed(held, who, "change", **_about(typed)))

    @server.post("/my/password")
    def change_password() -> Response:
        who, typed = here.mine("change"), forms.read(layout.PASSWORD)
        if typed["password"] != typed["again"]:
            typed = typed.with_problem("again", UNLIKE)
        typed = _proved(who, typed)
        return _again(who, "password", typed) if typed.problems else _renewed(who, typed)


def _devices(server: Flask) -> None:
    @server.post("/my/device")
    def set_up_device() -> Response:
        who, typed = here.mine("change"), forms.read(layout.DEVICE)
        if any(one.field == "seed" for one in typed.problems):
            raise Refused(400, "This is no key of ours.")
        step = second.step(typed["seed"], typed["code"])
        typed = _proved(who, typed if step else typed.with_problem("code", "This is not the code of now."))
        if typed.problems:
            return _again(who, "device", typed)
        sealed = second.sealed(here.house().secret, typed["seed"])
        return forms.done(typed, lambda held: _second(held, who, sealed, step))

    @server.post("/my/device/away")
    def do_without_device() -> Response:
        who = here.mine("change")
        typed = _proved(who, forms.read(layout.WITHOUT))
        if typed.problems:
            return _again(who, "device-away", typed)
        return forms.done(typed, lambda held: _changed(held, who, "no second device", seed="", step=""))


def _ends(server: Flask) -> None:
    @server.post("/my/session")
    def end_session() -> Response:
        typed = forms.read(SESSION)
        found = here.registry().read(lambda held: sessions.by_id(held, typed["session"], here.house().kept))
        who = here.asked("end", Thing("session", authors=frozenset({found.person.id} if found else ())))
        return forms.done(typed, lambda held: _ended(held, who, typed["session"]))

    @server.post("/my/erase")
    def erase_me() -> Response:
        who = here.mine("erase")
        fields = _leaving(who)
        typed = forms.read(fields)
        typed = _proved(who, typed) if fields == layout.ERASE else typed
        if typed.problems:
            return _again(who, "erase", typed)
        account = here.registry().read(lambda held: accounts.by_id(held, who.id))
        try:
            answer = forms.done(typed, lambda held: _erased(held, who))
        except NotDone as why:
            raise Refused(409, str(why)) from why
        if account:
            here.house().post.forget(account.mail)
        return left(answer)


def page(who: Person, typed: Mapping[str, Typed], status: int = 200) -> Response:
    """typed: what came under which form."""
    registry, now = here.registry(), here.session()
    account = registry.read(lambda held: accounts.by_id(held, who.id))
    listed = registry.read(lambda held: sessions.of(held, who.id, here.house().kept))
    makers = registry.read(invitations.makers)
    seed = typed["device"]["seed"] if "device" in typed else second.seed()
    told = [(one.id, one.at, one.seen, "This one" if now and one.id == now.id else "") for one in listed]
    speaks = tasks.tasks(who) if who.makers else None
    inside = layout.page(
        who, makers, told, forms.once(), typed, second=bool(account and account.second),
        elsewhere=bool(account and account.elsewhere), seed=seed,
        address=second.address(seed, account.mail if account else ""), erase=_leaving(who), waiting=speaks,
    )  # fmt: skip
    return pages.shown("My page", inside, status)


def _about(typed: Typed) -> dict[str, str | bool]:
    return {"name": typed["name"], "named": typed["named"] == "yes"}


def _again(who: Person, form: str, typed: Typed) -> Response:
    """The page with what was typed under a form, and what is wrong with it."""
    many = any(one.sentence == MANY for one in typed.problems)
    return page(who, {form: typed}, 429 if many else 400)


def _leaving(who: Person) -> Sequence[Field]:
    """What is asked of who erases their account: the password too, where they have one."""
    found = here.registry().read(lambda held: entering.of(held, who.id))
    return layout.ERASE if found and found.password else layout.SURE


def _proved(who: Person, typed: Typed) -> Typed:
    """With a problem where the password of now is another, or was another too often: a session that was left open is no
    way to try passwords. These attempts are not counted with those of the sign-in, which strangers make."""
    if typed.problems:
        return typed
    registry, name = here.registry(), attempts.named(here.house().secret, "own", who.id)
    if registry.put(lambda held: attempts.counted(held, name, attempts.OF_ACCOUNT)) is None:
        return typed.with_problem("now", MANY)
    found = registry.read(lambda held: entering.of(held, who.id))
    if not (found and passwords.fits(typed["now"], found.password)):
        return typed.with_problem("now", NOT_IT)
    registry.put(lambda held: attempts.forgiven(held, name))
    return typed


def _renewed(who: Person, typed: Typed) -> Response:
    """Whoever else is signed in as them is not any more, and their own session is a new one."""
    hashed = passwords.hashed(typed["password"])

    def renew(connection: Connection) -> str:
        keeping.change(connection, who.id, "change password", password=hashed)
        sessions.end_all(connection, who.id)
        return rotated(connection, who.id, "password")

    return begun(here.registry().put(renew), SAVED)


def _changed(connection: Connection, who: Person, what: str, **columns: str | bool) -> str:
    keeping.change(connection, who.id, what, **columns)
    return SAVED


def _second(connection: Connection, who: Person, sealed: str, step: str) -> str:
    """A second device of somebody who has none: none takes the place of another."""
    found = entering.of(connection, who.id)
    if found and found.seed:
        raise Refused(409, ONE_ALREADY)
    return _changed(connection, who, "second device", seed=sealed, step=step)


def _ended(connection: Connection, who: Person, session: str) -> str:
    sessions.end(connection, session)
    keeping.noted(connection, who.id, "end session")
    return SAVED


def _erased(connection: Connection, who: Person) -> str:
    keeping.erase(connection, who.id)
    return "/sign-in?done=erased"
