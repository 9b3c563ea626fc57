"""What needs a person: pages written by the server, with forms that work without a script. No callbacks of Dash."""

from __future__ import annotations

import logging

from flask import Flask

from callbacks.people import administering, doors, entering, invited, mine, openid, resetting, telling
from callbacks.people.here import House
from dashboard.config import Settings
from data_access.people.letters import Post
from data_access.people.provider import Provider
from data_access.people.secret import of_server
from data_access.registry.store import Registry

LOG = logging.getLogger(__name__)


def register(server: Flask, registry: Registry, given: Settings) -> None:
    """Add the doors and the routes."""
    post = Post(given.home / "outbox", given.smtp, given.sender)
    secret = of_server(given.home, given.secret)
    house = House(registry, secret, given.address, post, given.hops, given.comments, given.kept)
    if not house.secure and not house.here_alone:
        LOG.warning("%s is not https: whoever signs in sends their password for all on the way to read.", given.address)
    doors.register(server, house)
    for routes in (entering, invited, resetting, mine, administering, telling):
        routes.register(server)
    openid.register(server, _provider(given))


def _provider(given: Settings) -> Provider | None:
    """That of the environment."""
    if not given.openid_issuer:
        return None
    back = f"{given.address}{openid.BACK}"
    return Provider(given.openid_issuer, given.openid_client, given.openid_secret, given.openid_name, back)
