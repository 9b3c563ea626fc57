"""What strangers cannot do to somebody who signs in: keep them out, spoil their letters, count as their network."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import update

from data_access.people import attempts, passwords, resets
from data_access.people.tables import account
from data_access.registry.store import Registry
from tests import persons
from tests.persons import ADDRESS, PASSWORD, SENT, Visitor, form, words
from tests.stakeholding import server_over

NEW = "three other words"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    with server_over(tmp_path_factory.mktemp("kept_out")) as made:
        yield made


@pytest.fixture(scope="module")
def registry(server: Flask) -> Registry:
    return server.extensions["people"].registry


@pytest.fixture
def anna(server: Flask, registry: Registry) -> Visitor:
    """Not signed in; she has a password."""
    id_, mail = persons.account(registry, "contributor", "CAN")
    kept = passwords.hashed(PASSWORD)
    registry.put(lambda held: held.execute(update(account).where(account.c.id == id_).values(password=kept)))
    return Visitor(server, id_, mail)


def letter(registry: Registry, mail: str) -> str:
    return registry.put(lambda held: resets.begin(held, mail))


def test_who_was_locked_out_by_a_stranger_is_let_in_by_a_new_password(anna: Visitor, registry: Registry) -> None:
    stranger = Visitor(anna._server, mail=anna.mail)
    assert [stranger.sign_in("x").status_code for _ in range(6)] == [400] * 5 + [429]
    assert anna.sign_in().status_code == 429
    page = f"/reset/{letter(registry, anna.mail)}"
    assert anna.fill(page, page, password=NEW, again=NEW).status_code == 303
    assert anna.sign_in(NEW).status_code == 303


def test_a_letter_more_spoils_none_before_it_and_the_first_used_ends_them_all(
    anna: Visitor, registry: Registry
) -> None:
    first, second, third = (f"/reset/{letter(registry, anna.mail)}" for _ in range(3))
    assert anna.get(first).status_code == anna.get(third).status_code == 200
    assert anna.fill(first, first, password=NEW, again=NEW).status_code == 303
    assert [anna.get(page).status_code for page in (first, second, third)] == [404] * 3


def test_a_network_asks_for_so_many_letters_and_no_more(server: Flask) -> None:
    def asked(net: str, number: int) -> int:
        one = Visitor(server)
        typed = form(one.get("/reset"), "/reset") | {"mail": f"{number}@example.org"}
        from_ = {"REMOTE_ADDR": f"{net}.{number}"}
        sent = one.client.post("/reset", base_url=ADDRESS, headers=SENT, data=typed, environ_overrides=from_)
        assert sent.status_code == 303 or "Too many letters" in words(sent)
        return sent.status_code

    codes = [asked("198.51.100", number) for number in range(attempts.OF_NET + 1)]
    assert codes == [303] * attempts.OF_NET + [429]
    assert asked("203.0.113", 1) == 303


@pytest.mark.parametrize(
    ("address", "net"),
    [
        ("203.0.113.7", "203.0.113.0/24"),
        ("::ffff:203.0.113.7", "203.0.113.0/24"),
        ("[::ffff:203.0.113.7]:5678", "203.0.113.0/24"),
        ("203.0.113.7:5678", "203.0.113.0/24"),
        ("2001:db8:1:2::7", "2001:db8:1::/48"),
        ("[2001:db8:1:2::7]", "2001:db8:1::/48"),
        ("[2001:db8:1:2::7]:443", "2001:db8:1::/48"),
        ("fe80::1%eth0", "fe80::/48"),
        ("::ffff:127.0.0.1", ""),
        ("127.0.0.1:80", ""),
        ("[::1]", ""),
        ("unknown", ""),
        ("[", ""),
        ("", ""),
    ],
)
def test_a_network_is_known_however_its_address_is_written(address: str, net: str) -> None:
    assert attempts.net(address) == net
