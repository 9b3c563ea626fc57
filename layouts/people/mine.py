"""A person's own page: who they are, for whom they speak, where they are signed in, what they can change."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from dash import html

from dashboard.forms import Field, Typed
from dashboard.people import CONTRIBUTOR, MODERATOR, ROLES, Person
from layouts.filled import el
from layouts.people.entering import AGAIN, NAME, NAMED, NEW
from layouts.people.fields import EMPTY, button, form, listing
from layouts.people.tasks import Tasks, tasks

SEED = re.compile(r"[A-Z2-7]{32}", re.ASCII)
NOW = Field("now", "Your password now", "password", autocomplete="current-password")
ABOUT = (NAME, NAMED)
PASSWORD = (NOW, replace(NEW, label="The new password"), replace(AGAIN, label="The new password again"))
DEVICE = (
    Field("seed", kind="hidden", longest=64, check=lambda seed: "" if SEED.fullmatch(seed) else "This is no key."),
    Field("code", "The code that your app shows now", "code", longest=8, autocomplete="one-time-code"),
    NOW,
)
WITHOUT = (NOW,)
SURE = (
    Field(
        "sure", "Erase my account. I know that this cannot be undone.", "check", choices={"yes": ""},
        hint="Your name, address, password and sessions are erased. What you contributed and decided stays on record, "
        "under “former contributor”.",
    ),
)  # fmt: skip
ERASE = (*SURE, NOW)  # SURE alone is for who has no password of ours
MEANS = {
    CONTRIBUTOR: "Contributor: you can report implementation, propose changes and answer findings.",
    MODERATOR: "Moderator: you can decide on what others contributed.",
    "administrator": "Administrator: you can invite people and disable accounts.",
}


def page(
    who: Person, makers: Mapping[str, str], sessions: Sequence[tuple[str, str, str, str]], once: str,
    typed: Mapping[str, Typed], *, second: bool, elsewhere: bool, seed: str, address: str,
    erase: Sequence[Field] = SURE, waiting: Tasks | None = None,
) -> list[Any]:  # fmt: skip
    """sessions: id, since, last seen (UTC), whether it is this one. typed: what came under which form. seed, address:
    of a second device that could be set up. erase: fields of the last form. waiting: for who speaks for makers."""
    own = [] if elsewhere else [*password(once, typed), *device(once, typed, second, seed, address)]
    return [
        *roles(who, makers),
        *(tasks(waiting) if waiting else []),
        html.H2("What we show of you"),
        form(ABOUT, "/my/about", once, "Save", typed.get("about", EMPTY), values=_about(who)),
        *own,
        html.H2("Where you are signed in"),
        *signed(sessions, once),
        html.H2("Leave"),
        form(erase, "/my/erase", once, "Erase my account", typed.get("erase", EMPTY)),
    ]


def roles(who: Person, makers: Mapping[str, str]) -> list[Any]:
    """What they may, in sentences."""
    held = [el.li(MEANS[role]) for role in ROLES if role in who.roles]
    for_ = [makers.get(one, one) for one in sorted(who.makers)]
    speaks = [html.P(["You speak for ", html.B(", ".join(for_)), "."])] if for_ else []
    return [*speaks, el.ul(held, className="means")]


def password(once: str, typed: Mapping[str, Typed]) -> list[Any]:
    """A new one."""
    return [
        html.H2("Your password"),
        form(PASSWORD, "/my/password", once, "Change the password", typed.get("password", EMPTY)),
    ]


def device(once: str, typed: Mapping[str, Typed], second: bool, seed: str, address: str) -> list[Any]:
    """A second device, to be set up or taken away."""
    if second:
        said = html.P("Each sign-in asks for a code of your second device.")
        taken = form(WITHOUT, "/my/device/away", once, "Do without it", typed.get("device-away", EMPTY))
        return [html.H2("Your second device"), said, taken]
    return [
        html.H2("A second device"),
        html.P("An app on your telephone can show a code that each sign-in asks for, so that a password alone does "
               "not let anybody in. Moderators and administrators are asked to set one up."),
        html.P(["Give your app this key: ", el.span(_fours(seed), className="mono"),
                " (time-based, six digits), or open ", el.a("this link", href=address), " on the telephone."]),
        form(DEVICE, "/my/device", once, "Set it up", typed.get("device", EMPTY), values={"seed": seed}),
    ]  # fmt: skip


def signed(sessions: Iterable[tuple[str, str, str, str]], once: str) -> list[Any]:
    """Each session with a button that ends it."""
    rows = [
        [at.replace("T", " ").rstrip("Z"), seen.replace("T", " ").rstrip("Z"),
         this or button("End", "/my/session", once, session=id_)]
        for id_, at, seen, this in sessions
    ]  # fmt: skip
    return [listing(("Since (UTC)", "Last used (UTC)", ""), rows, "Nowhere.", "Sessions")]


def _about(who: Person) -> dict[str, str]:
    return {"name": who.name, "named": "yes" if who.named else ""}


def _fours(seed: str) -> str:
    return " ".join(seed[at : at + 4] for at in range(0, len(seed), 4))
