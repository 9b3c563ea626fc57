"""What nobody gives themselves, and what is left of who leaves: invitations of one's own, of the erased, letters."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import insert

from data_access.people import accounts, invitations, keeping
from data_access.people.invitations import NotInvited
from data_access.people.marks import digest, now
from data_access.people.tables import invitation
from data_access.registry.store import Registry
from tests import persons
from tests.persons import Visitor, words
from tests.stakeholding import server_over

PEOPLE, INVITE = "/admin/people", "/admin/people/invite"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    with server_over(tmp_path_factory.mktemp("rights")) as made:
        yield made


@pytest.fixture
def registry(server: Flask) -> Registry:
    return server.extensions["people"].registry


@pytest.fixture(autouse=True)
def another(registry: Registry) -> None:
    """Somebody is always left who administers people."""
    persons.account(registry, "administrator")


def made_by(registry: Registry, who: str, mail: str, role: str = "administrator") -> str:
    """The mark of an invitation that somebody made."""
    return registry.put(lambda held: invitations.invite(held, mail, role, "", who))


def test_nobody_invites_themselves(server: Flask) -> None:
    admin = persons.visitor(server, "administrator")
    sent = admin.fill(PEOPLE, INVITE, mail=admin.mail.upper(), role="moderator", maker="")
    assert sent.status_code == 400 and "Nobody invites themselves" in words(sent)
    assert re.search(r'-wrong"[^>]*>(<[^>]*>)*Nobody invites themselves', sent.text)


def test_nobody_takes_an_invitation_that_they_made(server: Flask, registry: Registry) -> None:
    admin = persons.visitor(server, "administrator")
    row = {"id": digest("own"), "mail": admin.mail, "role": "moderator", "by": admin.id, "at": now(), "ends": "9999"}
    registry.put(lambda held: held.execute(insert(invitation).values(row)))
    page = "/invitation/own"
    sent = admin.fill(page, page)
    assert sent.status_code == 409 and "invitation of their own" in words(sent)
    held = registry.read(lambda connection: accounts.by_id(connection, admin.id))
    assert held and held.person.roles == {"administrator"}


@pytest.mark.parametrize(
    "leave",
    [
        lambda held, id_: keeping.set_state(held, id_, accounts.DISABLED, "operator"),
        lambda held, id_: keeping.revoke(held, id_, "administrator", "", "operator"),
        lambda held, id_: keeping.erase(held, id_),
    ],
)
def test_who_administers_no_more_left_no_open_invitation(
    server: Flask, registry: Registry, leave: Callable[[Any, str], None]
) -> None:
    id_, mail = persons.account(registry, "administrator")
    mark = made_by(registry, id_, f"second-{mail}")
    assert Visitor(server).get(f"/invitation/{mark}").status_code == 200
    registry.put(lambda held: leave(held, id_))
    assert Visitor(server).get(f"/invitation/{mark}").status_code == 404


def test_an_invitation_of_the_erased_is_worth_nothing(server: Flask, registry: Registry) -> None:
    one = persons.visitor(server, "contributor", "CAN")
    mark = persons.invited(registry, "contributor", "CAN", one.mail)[1]
    given = registry.read(lambda held: invitations.find(held, mark))
    assert given
    registry.put(lambda held: keeping.erase(held, one.id))
    assert Visitor(server).get(f"/invitation/{mark}").status_code == 404
    nameless = invitations.Invitation(**{**vars(given), "mail": ""})
    with pytest.raises(NotInvited, match="erased"):
        registry.put(lambda held: keeping.accept(held, nameless, "Nobody", "", False))


def test_letters_to_who_erases_their_account_do_not_wait_on(server: Flask) -> None:
    one, post = persons.visitor(server, "contributor", "CAN"), server.extensions["people"].post
    mine, other = post.send(one.mail.title(), "A letter", "One"), post.send("else@example.org", "A letter", one.mail)
    assert one.fill("/my", "/my/erase", sure="yes").location == "/sign-in?done=erased"
    assert not mine.exists() and other.exists()
