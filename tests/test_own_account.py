"""What a session alone does not allow: whoever sits down at it has to know the password too."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pyotp
import pytest
from flask import Flask
from sqlalchemy import update

from data_access.people import accounts, passwords
from data_access.people.tables import account
from data_access.registry.store import Registry
from tests import persons
from tests.persons import PASSWORD, Visitor, form, signed_in, words
from tests.stakeholding import server_over


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    with server_over(tmp_path_factory.mktemp("own")) as made:
        yield made


@pytest.fixture(scope="module")
def registry(server: Flask) -> Registry:
    return server.extensions["people"].registry


@pytest.fixture(scope="module")
def kept() -> str:
    return passwords.hashed(PASSWORD)


@pytest.fixture
def anna(server: Flask, registry: Registry, kept: str) -> Visitor:
    """Signed in, with a password."""
    one = persons.visitor(server, "contributor", "CAN")
    registry.put(lambda held: held.execute(update(account).where(account.c.id == one.id).values(password=kept)))
    return one


def code(seed: str) -> str:
    return pyotp.TOTP(seed).at(int(time.time()))


def test_a_second_device_is_set_up_with_the_password_alone(anna: Visitor) -> None:
    seed = form(anna.get("/my"), "/my/device")["seed"]
    for now, sentence in (("", "Please fill this in"), ("not it at all", "not your password")):
        sent = anna.fill("/my", "/my/device", seed=seed, code=code(seed), now=now)
        assert sent.status_code == 400 and sentence in words(sent) and "A second device" in words(sent)
    assert anna.fill("/my", "/my/device", seed=seed, code=code(seed), now=PASSWORD).status_code == 303


def test_no_device_takes_the_place_of_another(anna: Visitor, server: Flask, registry: Registry) -> None:
    """Also not by a form that was opened before it was set up."""
    early = form(anna.get("/my"), "/my/device")
    assert anna.post("/my/device", early | {"code": code(early["seed"]), "now": PASSWORD}).status_code == 303
    other, held = pyotp.random_base32(), seed_of(registry, anna.id)
    once = form(anna.get("/my"), "/my/about")["once"]
    forged = {"once": once, "seed": other, "code": code(other), "now": PASSWORD}
    sent = anna.post("/my/device", forged)
    assert sent.status_code == 409 and "do without it first" in words(sent)
    assert seed_of(registry, anna.id) == held


def seed_of(registry: Registry, id_: str) -> str:
    sealed = account.update().where(account.c.id == id_).values(id=id_).returning(account.c.seed)
    return str(registry.put(lambda held: held.execute(sealed).scalar_one()))


def test_wrong_passwords_are_counted_on_every_page_together(anna: Visitor, server: Flask) -> None:
    typed = {"password": "three other words", "again": "three other words", "now": "not it at all"}
    codes = [anna.fill("/my", "/my/password", **typed).status_code for _ in range(4)]
    codes += [anna.fill("/my", "/my/erase", sure="yes", now="not it").status_code for _ in range(2)]
    assert codes == [400, 400, 400, 400, 400, 429]
    other = signed_in(server, anna.id, anna.mail)
    late = other.fill("/my", "/my/password", **typed | {"now": PASSWORD})
    assert late.status_code == 429 and "too many attempts" in words(late)


def test_an_account_is_erased_with_its_password_alone(anna: Visitor, registry: Registry) -> None:
    for now in ("", "not it at all"):
        assert anna.fill("/my", "/my/erase", sure="yes", now=now).status_code == 400
    held = registry.read(lambda connection: accounts.by_id(connection, anna.id))
    assert held and held.state == accounts.ACTIVE
    assert anna.fill("/my", "/my/erase", sure="yes", now=PASSWORD).location == "/sign-in?done=erased"


def test_who_has_no_password_of_ours_is_asked_for_none(server: Flask) -> None:
    one = persons.visitor(server, "moderator")
    assert "now" not in form(one.get("/my"), "/my/erase")
    assert one.fill("/my", "/my/erase", sure="yes").location == "/sign-in?done=erased"
