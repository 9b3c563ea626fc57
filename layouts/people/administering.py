"""Who has an account and who is invited; for administrators."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dash import html

from dashboard.forms import Field, Typed
from dashboard.people import CONTRIBUTOR, ROLES
from layouts.people.fields import EMPTY, button, form, listing

PERSON = (Field("person", kind="hidden", longest=64),)
INVITATION = (Field("invitation", kind="hidden", longest=64),)
GRANT = (*PERSON, Field("role", kind="hidden"), Field("maker", kind="hidden", required=False))


def inviting(makers: Mapping[str, str]) -> tuple[Field, ...]:
    """The form of an invitation."""
    return (
        Field("mail", "E-mail address", "mail", check=no_mail),
        Field("role", "As", "choice", choices={role: role.capitalize() for role in ROLES}),
        Field("maker", "Who speaks for", "choice", required=False, choices=makers, hint="For contributors alone."),
    )


def no_mail(text: str) -> str:
    """What is wrong with an address; empty for nothing."""
    name, _, host = text.rpartition("@")
    if not name or "." not in host or any(sign in text for sign in ' <>,;"\\'):
        return "This is no e-mail address. Please write it as name@example.org."
    return ""


def page(
    people: Sequence[Mapping[str, Any]], invited: Sequence[Mapping[str, str]], makers: Mapping[str, str], once: str,
    typed: Typed = EMPTY,
) -> list[Any]:  # fmt: skip
    """people: id, name, mail, state, since, grants (role, maker), own. invited: id, mail, as, until."""
    rows = [
        [one["name"], one["mail"], roles(one, makers, once), one["state"], one["since"], state(one, once)]
        for one in people
    ]
    open_ = [
        [one["mail"], one["as"], one["until"],
         button("Withdraw", "/admin/people/withdraw", once, invitation=one["id"])]
        for one in invited
    ]  # fmt: skip
    return [
        listing(("Name", "Address", "May", "State", "Since", ""), rows, "Nobody has an account.", "People"),
        html.H2("Invitations that are open"),
        listing(("Address", "As", "Until (UTC)", ""), open_, "None.", "Invitations"),
        html.H2("Invite somebody"),
        form(inviting(makers), "/admin/people/invite", once, "Send the invitation", typed),
    ]


def roles(one: Mapping[str, Any], makers: Mapping[str, str], once: str) -> list[Any]:
    """What they may, each with a button that takes it away."""
    held = []
    for role, maker in one["grants"]:
        words = f"{role} for {makers.get(maker, maker)}" if role == CONTRIBUTOR else role
        take = {"person": one["id"], "role": role, "maker": maker}
        held.append(
            html.Div([words, " ", *([] if one["own"] else [button("Take away", "/admin/people/revoke", once, **take)])])
        )
    return held


def state(one: Mapping[str, Any], once: str) -> Any:
    """The button that disables an account or enables it again; nobody's own."""
    if one["own"]:
        return "You"
    words, action = ("Disable", "disable") if one["state"] == "active" else ("Enable", "enable")
    return button(words, f"/admin/people/{action}", once, person=one["id"])
