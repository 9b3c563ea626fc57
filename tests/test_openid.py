"""Signing in with a provider of OpenID Connect that runs beside the app."""

from __future__ import annotations

import re
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import oidc_provider_mock
import pytest
import requests
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from data_access.people import attempts, resets, under_way
from data_access.people import provider as asking
from data_access.people.marks import digest
from data_access.people.provider import Asked, NotBelieved, Provider, Unreachable
from data_access.people.tables import pending
from tests import persons
from tests.persons import ADDRESS, Visitor, words
from tests.stakeholding import server_over

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:authlib")
BACK = f"{ADDRESS}/sign-in/elsewhere"


@dataclass
class Watched:
    """The provider, and what it was asked for tokens with."""

    address: str
    tokens: list[dict[str, str]] = field(default_factory=list)


@pytest.fixture(scope="module")
def provider() -> Iterator[Watched]:
    people = [oidc_provider_mock.User(sub=one, claims={"name": f"{one} of the ministry"}) for one in ("anna", "ben")]
    with oidc_provider_mock.run_server_in_thread(require_nonce=True, user_claims=people) as running:
        yield Watched(f"http://localhost:{running.server_port}")


@pytest.fixture(scope="module")
def server(provider: Watched, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    with server_over(tmp_path_factory.mktemp("openid"), openid_issuer=provider.address, openid_client="tracking",
                     openid_secret="of the tests", openid_name="The ministry") as made:  # fmt: skip
        yield made


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What was sent to the provider for a token."""
    found, plain = list[dict[str, Any]](), asking.OAuth2Session.fetch_token

    def fetch(self: Any, url: str, **given: Any) -> Any:
        found.append(given)
        return plain(self, url, **given)

    monkeypatch.setattr(asking.OAuth2Session, "fetch_token", fetch)
    return found


def elsewhere(visitor: Visitor, page: str, subject: str) -> TestResponse:
    """All the way to the provider and back."""
    return visitor.get(agreed(away(visitor, page), subject))


def away(visitor: Visitor, page: str) -> str:
    """The address of the provider to which one is led."""
    shown = visitor.fill(page, "/sign-in/elsewhere")
    assert shown.status_code == 200, words(shown)
    led = shown.headers["Refresh"].removeprefix("0; url=")
    found = re.search(r'href="(http://localhost[^"]+)"', shown.text)
    assert found and unescape(found[1]) == led
    return led


def agreed(address: str, subject: str) -> str:
    """The address of ours to which the provider sends somebody back who signed in there."""
    answer = requests.post(address, data={"sub": subject}, allow_redirects=False, timeout=10)
    back = answer.headers["Location"]
    assert back.startswith(f"{BACK}?")
    return back.removeprefix(ADDRESS)


def test_who_is_invited_makes_an_account_with_the_provider_and_signs_in_with_it_again(
    server: Flask, sent: list[dict[str, Any]]
) -> None:
    registry = server.extensions["people"].registry
    _, mark = persons.invited(registry, "contributor", "CAN")
    anna = Visitor(server)
    entered = elsewhere(anna, f"/invitation/{mark}", "anna")
    assert (entered.status_code, entered.headers["Location"]) == (303, "/my?done=in")
    assert "anna of the ministry" in words(anna.get("/my"))
    assert "Your password" not in anna.get("/my").text
    again = Visitor(server)
    assert elsewhere(again, "/sign-in?next=/my/contributions", "anna").headers["Location"] == "/my/contributions"
    assert "anna of the ministry" in words(again.get("/my"))
    assert len(sent) == 2 and all(one["code_verifier"] for one in sent)


def test_the_request_carries_state_nonce_and_a_challenge_to_which_the_verifier_fits(
    server: Flask, sent: list[dict[str, Any]]
) -> None:
    one = Visitor(server)
    address = away(one, "/sign-in")
    asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    assert asked["redirect_uri"] == BACK and asked["response_type"] == "code" and asked["scope"] == "openid profile"
    assert asked["code_challenge_method"] == "S256" and len(asked["state"]) >= 43 and len(asked["nonce"]) >= 43
    one.get(agreed(address, "ben"))
    fits = urlsafe_b64encode(sha256(sent[0]["code_verifier"].encode()).digest()).rstrip(b"=").decode()
    assert fits == asked["code_challenge"]


def test_who_was_not_invited_is_not_let_in_whoever_vouches_for_them(server: Flask) -> None:
    ben = Visitor(server)
    shown = elsewhere(ben, "/sign-in", "ben")
    assert shown.status_code == 403 and "no account here belongs to you" in words(shown)
    assert ben.get("/my").status_code == 303


def test_what_one_browser_began_no_other_ends(server: Flask) -> None:
    anna, ben = Visitor(server), Visitor(server)
    back = agreed(away(anna, "/sign-in"), "anna")
    assert ben.get(back).status_code == 400
    away(ben, "/sign-in")
    assert ben.get(back).status_code == 400, "with another state of its own too"
    assert anna.get("/sign-in/elsewhere?state=x&code=y").status_code == 400
    assert anna.get(back).status_code == 303


def test_an_answer_of_the_provider_is_good_once(server: Flask) -> None:
    anna = Visitor(server)
    back = agreed(away(anna, "/sign-in"), "anna")
    cookie = anna.client.get_cookie("elsewhere", domain="127.0.0.1")
    assert cookie and anna.get(back).status_code == 303
    anna.client.set_cookie("elsewhere", cookie.value, domain="127.0.0.1")
    assert anna.get(back).status_code == 400


def test_whom_the_provider_refuses_gets_a_page(server: Flask) -> None:
    anna = Visitor(server)
    state = parse_qs(urlsplit(away(anna, "/sign-in")).query)["state"][0]
    shown = anna.get(f"/sign-in/elsewhere?state={state}&error=access_denied")
    assert shown.status_code == 400 and "Please begin again" in words(shown)


def test_another_issuer_than_the_one_asked_is_not_believed(server: Flask) -> None:
    anna = Visitor(server)
    back = agreed(away(anna, "/sign-in"), "anna")
    assert anna.get(f"{back}&iss=https://evil.example").status_code == 400


def test_a_token_for_another_sign_in_is_not_believed(provider: Watched) -> None:
    of = Provider(provider.address, "tracking", "of the tests", "The ministry", BACK)
    began = Asked("s" * 43, "n" * 43, "v" * 43)
    code = parse_qs(urlsplit(agreed(of.address(began), "anna")).query)["code"][0]
    with pytest.raises(NotBelieved, match="InvalidClaimError"):
        of.claimed(Asked(began.state, "m" * 43, began.verifier), code)
    with pytest.raises(NotBelieved):
        of.claimed(began, "no such code")


def test_a_description_of_another_is_no_provider(provider: Watched) -> None:
    other = provider.address.replace("localhost", "LOCALHOST")  # as it does not call itself
    with pytest.raises(Unreachable, match="another's"):
        Provider(other, "tracking", "", "The ministry", BACK).address(Asked("s", "n", "v" * 43))


def test_a_provider_that_is_down_is_a_page_and_passwords_go_on(tmp_path: Path) -> None:
    with server_over(tmp_path, openid_issuer="http://localhost:9", openid_client="tracking") as server:
        shown = Visitor(server).fill("/sign-in", "/sign-in/elsewhere")
        assert shown.status_code == 503 and "sign in with a password" in words(shown)
        assert "Retry-After" in shown.headers
        one = persons.visitor(server, "moderator")
        assert one.get("/my").status_code == 200


def test_without_a_provider_there_is_no_such_way(tmp_path: Path) -> None:
    with server_over(tmp_path) as server:
        one = Visitor(server)
        assert "/sign-in/elsewhere" not in one.get("/sign-in").text
        assert one.get("/sign-in/elsewhere").status_code == 404


def begun(server: Flask, net: str, number: int) -> TestResponse:
    """Somebody of a network begins to sign in with the provider."""
    one = Visitor(server)
    typed = persons.form(one.get("/sign-in"), "/sign-in/elsewhere")
    where = {"REMOTE_ADDR": f"{net}.{number}"}
    return one.client.post(BACK, headers=persons.SENT, data=typed, environ_overrides=where)


def test_one_network_begins_so_many_and_keeps_nobody_else_out(server: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Provider, "address", lambda self, asked: f"https://example.org/{asked.state}")
    answers = [begun(server, "198.51.100", number) for number in range(attempts.OF_NET + 1)]
    assert [one.status_code for one in answers] == [200] * attempts.OF_NET + [429]
    assert "too many attempts" in words(answers[-1]) and begun(server, "203.0.113", 1).status_code == 200


def test_the_oldest_goes_where_too_many_are_under_way_and_letters_stay(
    server: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(under_way, "MOST", 3)
    registry = server.extensions["people"].registry
    mail = persons.account(registry, "moderator")[1]
    letters = [registry.put(lambda held: resets.begin(held, mail)) for _ in range(5)]
    asked = [under_way.fresh() for _ in range(5)]
    for number, one in enumerate(asked):
        registry.put(lambda held, one=one: under_way.begin(held, one, "/my", ""))
        aged = pending.update().where(pending.c.id == digest(one.state)).values(at=f"2999-01-01T00:00:0{number}Z")
        registry.put(lambda held, aged=aged: held.execute(aged))
    left = [registry.put(lambda held, one=one: under_way.take(held, one.state)) is not None for one in asked]
    assert left == [False, False, True, True, True]
    assert all(registry.read(lambda held, one=one: resets.find(held, one)) for one in letters)


def test_nothing_is_kept_of_a_sign_in_whose_provider_is_down(tmp_path: Path) -> None:
    with server_over(tmp_path, openid_issuer="http://localhost:9", openid_client="tracking") as server:
        assert Visitor(server).fill("/sign-in", "/sign-in/elsewhere").status_code == 503
        assert server.extensions["people"].registry.read(lambda held: held.execute(select(pending)).all()) == []
