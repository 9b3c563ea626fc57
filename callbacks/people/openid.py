"""Signing in with a provider (OpenID Connect). Who was not invited is not let in, whoever vouches for them."""

from __future__ import annotations

import hmac
import logging

from flask import Flask, Response, current_app, request
from sqlalchemy import Connection

from callbacks.bodies import Refused
from callbacks.people import forms, here, pages
from callbacks.people.entering import begun, rotated
from dashboard import ways
from dashboard.forms import Field
from dashboard.policy import Thing
from data_access.people import attempts, invitations, keeping, under_way
from data_access.people.invitations import NotInvited
from data_access.people.marks import digest
from data_access.people.provider import Claimed, NotBelieved, Provider, Unreachable
from data_access.people.under_way import UnderWay
from layouts.people import entering as layout

LOG = logging.getLogger(__name__)
BACK = "/sign-in/elsewhere"
SESSION = Thing("session")
ASKED = (
    Field("next", kind="hidden", required=False, longest=2000),
    Field("invitation", kind="hidden", required=False, longest=100),
)
DOWN = "{name} does not answer at the moment. Please try again in a moment, or sign in with a password."
STRANGE = "The sign-in with {name} did not succeed. Please begin again."
UNKNOWN = "{name} knows you, but no account here belongs to you. Please open the link of your invitation first."
MANY = "There were too many attempts. Please wait 15 minutes, or sign in with a password."
MINUTES = 10


def register(server: Flask, provider: Provider | None) -> None:
    """Add the routes. provider: none where none is configured."""
    server.extensions["provider"] = provider

    @server.post(BACK)
    def sign_in_elsewhere() -> Response:
        here.open_to("sign in", SESSION)
        typed = forms.read(ASKED)
        return _sent(_provider(), ways.own(typed["next"]), typed["invitation"])

    @server.get(BACK)
    def back_from_elsewhere() -> Response:
        here.open_to("sign in", SESSION)
        found = _provider()
        held = _under_way(found)
        try:
            who = found.claimed(held.asked, request.args.get("code", ""))
        except Unreachable as why:
            raise Refused(503, DOWN.format(name=found.name)) from why
        except NotBelieved as why:
            LOG.warning("What the provider of sign-ins said is not believed: %s", why)
            raise Refused(400, STRANGE.format(name=found.name)) from why
        return _entered(found, held, who)


def _provider() -> Provider:
    found: Provider | None = current_app.extensions["provider"]
    if found is None:
        raise Refused(404, here.NOT_THERE)
    return found


def _cookie() -> str:
    return "__Host-elsewhere" if here.house().secure else "elsewhere"


def _net() -> str:
    """The name under which sign-ins that were begun are counted, of the network they come from; it may be empty."""
    net = attempts.net(here.sender())
    return attempts.named(here.house().secret, "elsewhere", net) if net else ""


def _sent(provider: Provider, next_: str, invitation: str) -> Response:
    """A page that leads on by itself: a form that leads to another's page is stopped by our own policy."""
    kept = digest(invitation) if invitation else ""
    asked, net = under_way.fresh(), _net()
    if net and not here.registry().put(lambda held: attempts.counted(held, net, attempts.OF_NET)):
        raise Refused(429, MANY)
    try:
        address = provider.address(asked)
    except Unreachable as why:
        raise Refused(503, DOWN.format(name=provider.name)) from why
    here.registry().put(lambda held: under_way.begin(held, asked, next_, kept))
    response = pages.shown(f"On to {provider.name}", layout.onward(provider.name, address))
    response.headers["Refresh"] = f"0; url={address}"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.set_cookie(
        _cookie(), asked.state, max_age=60 * MINUTES, secure=here.house().secure, httponly=True, samesite="Lax"
    )
    return response


def _under_way(provider: Provider) -> UnderWay:
    """What this browser began, and nobody else: it holds the state too."""
    state, begun_ = request.args.get("state", ""), request.cookies.get(_cookie(), "")
    odd = Refused(400, STRANGE.format(name=provider.name))
    if not state or not hmac.compare_digest(state.encode(), begun_.encode()):
        raise odd
    held = here.registry().put(lambda connection: under_way.take(connection, state))
    if held is None or request.args.get("iss", provider.issuer) != provider.issuer or "error" in request.args:
        raise odd
    return held


def _entered(provider: Provider, held: UnderWay, who: Claimed) -> Response:
    def enter(connection: Connection) -> str:
        attempts.forgiven_once(connection, _net())
        account = under_way.known(connection, who)
        if account:
            return rotated(connection, account.person.id, "openid")
        given = invitations.by_id(connection, held.invitation)
        if given is None:
            raise Refused(403, UNKNOWN.format(name=provider.name))
        id_ = keeping.accept_elsewhere(connection, given, who)
        return rotated(connection, id_, "openid")

    try:
        mark = here.registry().put(enter)
    except NotInvited as why:
        raise Refused(409, str(why)) from why
    response = begun(mark, held.next if not held.invitation else "/my?done=in")
    response.delete_cookie(_cookie(), secure=here.house().secure, httponly=True, samesite="Lax")
    return response
