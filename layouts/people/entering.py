"""The pages on which people sign in, take an invitation, and have a password set anew."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard.forms import Field, Typed
from dashboard.passwords import HINT, wrong
from layouts.people.fields import EMPTY, button, form

MAIL = Field("mail", "E-mail address", "mail", autocomplete="username")
NAME = Field("name", "Your name", longest=100, autocomplete="name")
NEW = Field("password", "A password", "password", check=wrong, hint=HINT, autocomplete="new-password")
AGAIN = Field("again", "The same password again", "password", autocomplete="new-password")
NAMED = Field(
    "named", "My name may be shown in public beside what I contribute.", "check", required=False,
    choices={"yes": ""}, hint="Otherwise only the maker of the commitment is named. You can change this at any time.",
)  # fmt: skip
SIGN_IN = (
    MAIL,
    Field("password", "Password", "password", autocomplete="current-password"),
    Field(
        "code", "Code", "code", required=False, longest=8, autocomplete="one-time-code",
        hint="Six digits from the app on your second device, if you have set one up.",
    ),
    Field("next", kind="hidden", required=False, longest=2000),
)  # fmt: skip
NEWCOMER = (NAME, NEW, AGAIN, NAMED)
ASK_RESET = (MAIL,)
RESET = (NEW, AGAIN)
UNLIKE = "The two are not the same. Please type both again."


def sign_in(once: str, typed: Typed = EMPTY, next_: str = "", elsewhere: str = "") -> list[Any]:
    """For those who were invited. elsewhere: the name of the provider with whom one can sign in too; empty for none."""
    ways = [html.H2(f"Sign in with {elsewhere}"), begin(elsewhere, once, next_)] if elsewhere else []
    return [
        html.P("For contributors, moderators and administrators. Reading needs no account."),
        form(SIGN_IN, "/sign-in", once, "Sign in", typed, values={"next": next_}),
        html.P([html.A("I do not know my password", href="/reset"), "."]),
        *ways,
    ]


def begin(elsewhere: str, once: str, next_: str = "", invitation: str = "") -> Any:
    """The button that leads to a provider."""
    return button(f"Go to {elsewhere}", "/sign-in/elsewhere", once, next=next_, invitation=invitation)


def onward(elsewhere: str, address: str) -> list[Any]:
    """Shown for as long as the way to the provider takes."""
    return [html.P(["You are led on to ", html.A(elsewhere, href=address), ", and back from there."])]


def invited(mark: str, once: str, role: str, mail: str, typed: Typed = EMPTY, elsewhere: str = "") -> list[Any]:
    """For somebody new. role: what they are invited to be, in words."""
    ways = [html.H2(f"Or without a password of ours, with {elsewhere}"), begin(elsewhere, once, "", mark)]
    return [
        html.P(["You are invited as ", html.B(role), ". Your account will be under ", html.B(mail), "."]),
        form(NEWCOMER, f"/invitation/{mark}", once, "Make my account", typed),
        *(ways if elsewhere else []),
        PRIVACY,
    ]


def joining(mark: str, once: str, role: str) -> list[Any]:
    """For somebody who has an account and is signed in with it."""
    said = html.P(["You are invited as ", html.B(role), "."])
    return [said, button("Accept", f"/invitation/{mark}", once)]


def known(mark: str) -> list[Any]:
    """For somebody who has an account and is not signed in with it."""
    link = html.A("Sign in", href=f"/sign-in?next=/invitation/{mark}")
    return [html.P("The address that was invited has an account already."), html.P([link, " with it to accept."])]


def ask_reset(once: str, typed: Typed = EMPTY) -> list[Any]:
    """Where to send the letter."""
    said = html.P("We send a letter with a link by which you can set a new password. It is good for half an hour.")
    return [said, form(ASK_RESET, "/reset", once, "Send the letter", typed)]


def reset(mark: str, once: str, typed: Typed = EMPTY) -> list[Any]:
    """The new password."""
    said = html.P("You will be signed out wherever you are signed in now.")
    return [said, form(RESET, f"/reset/{mark}", once, "Set the password", typed)]


PRIVACY = html.P(
    "We keep your name, your e-mail address, what you contribute and when. Your address is shown to administrators "
    "only. You can erase your account; what you contributed stays, without your name.",
    className="note",
)
