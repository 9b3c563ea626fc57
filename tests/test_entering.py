"""Being invited, signing in and out, passwords, second devices, sessions: as a browser meets them."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyotp
import pytest
from flask import Flask
from sqlalchemy import update

from dashboard import ways
from dashboard.retention import DEFAULT
from data_access import audit
from data_access.people import attempts, invitations, resets, second, sessions
from data_access.people.marks import digest
from data_access.people.tables import session
from data_access.registry.store import Registry
from tests import persons
from tests.persons import ADDRESS, PASSWORD, Visitor, form, words
from tests.stakeholding import server_over

WRONG = "The address, the password or the code is not right."


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    with server_over(tmp_path_factory.mktemp("people")) as made:
        yield made


@pytest.fixture
def registry(server: Flask) -> Registry:
    return server.extensions["people"].registry


@pytest.fixture
def anna(server: Flask, registry: Registry) -> Visitor:
    """A contributor for Canada with a password, signed in by her invitation."""
    mail, mark = persons.invited(registry, "contributor", "CAN")
    one = Visitor(server, mail=mail)
    page = f"/invitation/{mark}"
    taken = one.fill(page, page, name="Anna", password=PASSWORD, again=PASSWORD, named="yes")
    assert taken.headers["Location"] == "/my?done=in"
    return one


def cookie(one: Visitor) -> str:
    held = one.client.get_cookie("session", domain="127.0.0.1")
    return held.value if held else ""


def outbox(server: Flask, to: str, wait: float = 5.0) -> str:
    """The newest letter to somebody, its lines put together again."""
    until = time.monotonic() + wait
    while time.monotonic() < until:
        for file in reversed(server.extensions["people"].post.waiting()):
            text = file.read_text()
            if f"To: {to}\n" in text:
                return text.replace("=\n", "")
        time.sleep(0.02)
    return ""


def test_an_invitation_makes_an_account_once(anna: Visitor, server: Flask, registry: Registry) -> None:
    shown = words(anna.get("/my"))
    assert "Signed in as Anna" in shown and "You speak for Canada" in shown
    mail, mark = persons.invited(registry, "moderator")
    ben, page = Visitor(server), f"/invitation/{mark}"
    first = ben.get(page)
    assert "as a moderator" in words(first) and mail in words(first)
    typed = form(first, page) | {"name": "Ben", "password": PASSWORD, "again": PASSWORD}
    assert ben.post(page, typed).status_code == 303
    assert Visitor(server).get(page).status_code == 404
    assert Visitor(server).get("/invitation/none-such").status_code == 404


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"password": "short", "again": "short"}, "please use 12 at least"),
        ({"password": "password1234", "again": "password1234"}, "among the first that others would try"),
        ({"password": "aaaaaaaaaaaaaaaa", "again": "aaaaaaaaaaaaaaaa"}, "repeats the same signs"),
        ({"password": PASSWORD, "again": "plum tree rivet"}, "The two are not the same"),
        ({"name": " "}, "Please fill this in"),
        ({"name": "x" * 101}, "it can have 100 at most"),
    ],
)
def test_what_is_mistyped_is_said_beside_its_field_and_the_rest_is_kept(
    server: Flask, registry: Registry, typed: dict[str, str], said: str
) -> None:
    _, mark = persons.invited(registry, "moderator")
    page = f"/invitation/{mark}"
    given = {"name": "Ben <b>", "password": PASSWORD, "again": PASSWORD} | typed
    shown = Visitor(server).fill(page, page, **given)
    assert shown.status_code == 400 and said in words(shown)
    assert 'aria-invalid="true"' in shown.text and "1 field below needs your attention" in words(shown)
    assert given["name"].strip()[:100].replace("<", "&lt;").replace(">", "&gt;") in shown.text
    assert PASSWORD not in shown.text


def test_an_invitation_that_was_withdrawn_or_is_old_is_worth_nothing(server: Flask, registry: Registry) -> None:
    _, mark = persons.invited(registry, "moderator")
    registry.put(lambda held: invitations.withdraw(held, digest(mark), "operator"))
    assert Visitor(server).get(f"/invitation/{mark}").status_code == 404


def test_who_has_an_account_takes_an_invitation_with_it(anna: Visitor, server: Flask, registry: Registry) -> None:
    _, mark = persons.invited(registry, "contributor", "RWA", anna.mail)
    page = f"/invitation/{mark}"
    assert "has an account already" in words(Visitor(server).get(page))
    before = cookie(anna)
    assert anna.fill(page, page).headers["Location"] == "/my?done=saved"
    assert cookie(anna) != before
    assert "You speak for Canada, Rwanda" in words(anna.get("/my"))


def test_signing_in_and_out(anna: Visitor, server: Flask) -> None:
    first = cookie(anna)
    assert anna.fill("/my", "/sign-out").headers["Location"] == "/sign-in?done=out"
    assert anna.get("/my").headers["Location"] == "/sign-in?next=/my"
    anna.client.set_cookie("session", first, domain="127.0.0.1")
    assert anna.get("/my").status_code == 303, "the old mark is worth nothing"
    assert anna.sign_in().headers["Location"] == "/my"
    assert cookie(anna) not in ("", first) and anna.get("/my").status_code == 200
    again = cookie(anna)
    anna.sign_in()
    assert cookie(anna) != again, "a sign-in is a new session"
    other = Visitor(server)
    other.client.set_cookie("session", again, domain="127.0.0.1")
    assert other.get("/my").status_code == 303, "in place of the old one"


def test_the_cookie_is_for_this_host_by_https_alone_and_for_no_script(tmp_path: Path) -> None:
    with server_over(tmp_path, address="https://example.org") as server:
        _, mark = persons.invited(server.extensions["people"].registry, "moderator")
        client, page = server.test_client(), f"/invitation/{mark}"
        sent = {"base_url": "https://example.org", "headers": persons.SENT}
        typed = form(client.get(page, **sent), page) | {"name": "Ben", "password": PASSWORD, "again": PASSWORD}
        said = client.post(page, data=typed, **sent).headers["Set-Cookie"]
    assert said.startswith("__Host-session=") and "Domain" not in said
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(said.split("; "))


@pytest.mark.parametrize("column", ["seen", "at"])
def test_a_session_ends_when_it_is_idle_and_when_it_is_old(anna: Visitor, registry: Registry, column: str) -> None:
    assert anna.get("/my").status_code == 200
    past = {"seen": DEFAULT.idle, "at": DEFAULT.whole}[column]
    aged = update(session).where(session.c.id == digest(cookie(anna))).values({column: sessions.now(-past * 1.01)})
    registry.put(lambda held: held.execute(aged))
    assert anna.get("/my").status_code == 303


def test_a_session_that_is_used_lasts_on(anna: Visitor, registry: Registry) -> None:
    aged = update(session).where(session.c.id == digest(cookie(anna))).values(seen=sessions.now(-DEFAULT.idle / 2))
    registry.put(lambda held: held.execute(aged))
    anna.get("/my")
    found = registry.read(lambda held: sessions.find(held, cookie(anna)))
    assert found and not found.stale


def test_the_sixth_failure_is_refused_whatever_is_typed_then_and_for_nobodys_account_too(
    anna: Visitor, server: Flask
) -> None:
    for mail in (anna.mail, "nobody@example.org"):
        one = Visitor(server, mail=mail)
        said = [one.sign_in("wrong words all") for _ in range(5)]
        assert [answer.status_code for answer in said] == [400] * 5
        assert all(WRONG in words(answer) for answer in said)
        assert one.sign_in(PASSWORD).status_code == 429


def test_attempts_at_once_are_counted_together(anna: Visitor, server: Flask) -> None:
    visitors = [Visitor(server, mail=anna.mail) for _ in range(12)]
    with ThreadPoolExecutor(12) as pool:
        codes = list(pool.map(lambda one: one.sign_in("wrong words all").status_code, visitors))
    assert codes.count(400) <= 5 and set(codes) <= {400, 429}


def test_a_sign_in_that_succeeds_is_no_failure(anna: Visitor) -> None:
    for _ in range(3):
        for _ in range(4):
            anna.sign_in("wrong words all")
        assert anna.sign_in().status_code == 303


def test_a_network_that_tries_many_accounts_is_refused(server: Flask) -> None:
    codes = []
    for number in range(attempts.OF_NET + 1):
        one = Visitor(server)
        typed = form(one.get("/sign-in"), "/sign-in") | {"mail": f"n{number}@example.org", "password": "x"}
        answer = one.client.post("/sign-in", base_url=ADDRESS, headers=persons.SENT, data=typed,
                                 environ_overrides={"REMOTE_ADDR": f"203.0.113.{number}"})  # fmt: skip
        codes.append(answer.status_code)
    assert codes == [400] * attempts.OF_NET + [429]


def test_what_a_request_says_of_its_sender_is_not_believed(server: Flask) -> None:
    one = Visitor(server, mail="forwarded@example.org")
    for number in range(5):
        one.fill("/sign-in", "/sign-in", mail=one.mail, password="x")
        one.get("/sign-in", **{"X-Forwarded-For": f"198.51.100.{number}"})
    assert one.sign_in("x").status_code == 429


def test_an_unknown_account_takes_as_long_as_a_known_one(server: Flask, registry: Registry) -> None:
    known = persons.visitor(server, "moderator")
    took = dict[bool, list[float]]({True: [], False: []})
    for number in range(12):
        for there in took:
            one = Visitor(server, mail=known.mail if there else f"unknown{number}@example.org")
            name = attempts.named(server.extensions["people"].secret, "account", one.mail)
            registry.put(lambda held, name=name: attempts.forgiven(held, name))
            typed = form(one.get("/sign-in"), "/sign-in") | {"mail": one.mail, "password": "wrong"}
            begun = time.perf_counter()
            assert one.post("/sign-in", typed).status_code == 400
            took[there].append(time.perf_counter() - begun)
    known_, unknown = (min(took[there]) for there in (True, False))  # what others do on this machine only adds
    assert 0.5 < known_ / unknown < 2, "without the work on a password it takes a tenth"


def test_a_password_is_set_anew_by_a_letter_once_and_every_session_ends(anna: Visitor, server: Flask) -> None:
    one = Visitor(server, mail=anna.mail)
    sent = one.fill("/reset", "/reset", mail=anna.mail)
    assert sent.headers["Location"] == "/sign-in?done=letter"
    found = re.search(rf"{ADDRESS}/reset/(\S+)", outbox(server, anna.mail))
    assert found
    page, new = f"/reset/{found[1]}", "three other words"
    assert one.fill(page, page, password=new, again=new).headers["Location"] == "/sign-in?done=password"
    assert one.get(page).status_code == 404
    assert anna.get("/my").status_code == 303
    assert one.sign_in(PASSWORD).status_code == 400 and one.sign_in(new).status_code == 303


def test_a_letter_for_nobody_is_answered_alike_and_not_sent(server: Flask, registry: Registry) -> None:
    one = Visitor(server)
    sent = one.fill("/reset", "/reset", mail="nobody@example.org")
    assert sent.headers["Location"] == "/sign-in?done=letter"
    assert outbox(server, "nobody@example.org", 0.5) == ""
    assert registry.put(lambda held: resets.begin(held, "nobody@example.org")) == ""


def test_a_second_device_is_asked_for_and_each_code_is_good_once(
    anna: Visitor, registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = anna.get("/my")
    seed = form(shown, "/my/device")["seed"]
    assert anna.fill("/my", "/my/device", seed=seed, code="000000").status_code == 400
    step = int(time.time()) // 30
    device = pyotp.TOTP(seed)
    assert anna.fill("/my", "/my/device", seed=seed, code=device.at(step * 30), now=PASSWORD).status_code == 303
    assert "Your second device" in words(anna.get("/my"))
    assert anna.sign_in().status_code == 400, "without a code"
    assert anna.sign_in(code=device.at(step * 30)).status_code == 400, "the code that set it up"
    assert anna.sign_in(code=device.at((step + 1) * 30)).status_code == 303
    assert anna.sign_in(code=device.at((step + 1) * 30)).status_code == 400, "a code again"
    assert seed not in str(registry.read(lambda held: held.exec_driver_sql("SELECT * FROM account").all()))


def test_a_seed_that_is_none_is_refused(anna: Visitor) -> None:
    assert anna.fill("/my", "/my/device", seed="x", code="1").status_code == 400
    assert second.unsealed(b"another secret", second.sealed(b"a secret", "SEED")) == ""


def test_a_new_password_ends_every_other_session(anna: Visitor, server: Flask) -> None:
    other = Visitor(server, mail=anna.mail)
    other.sign_in()
    new = "three other words"
    typed = {"now": "not it at all", "password": new, "again": new}
    assert "This is not your password" in words(anna.fill("/my", "/my/password", **typed))
    assert anna.fill("/my", "/my/password", **typed | {"now": PASSWORD}).status_code == 303
    assert anna.get("/my").status_code == 200 and other.get("/my").status_code == 303


def test_somebody_ends_a_session_of_theirs_and_nobody_elses(anna: Visitor, server: Flask) -> None:
    other, stranger = Visitor(server, mail=anna.mail), persons.visitor(server, "administrator")
    other.sign_in()
    of_stranger = digest(cookie(stranger))
    typed = form(anna.get("/my"), "/my/session")
    assert anna.post("/my/session", typed | {"session": of_stranger}).status_code == 404
    assert stranger.get("/my").status_code == 200
    assert anna.post("/my/session", typed | {"session": digest(cookie(other))}).status_code == 303
    assert other.get("/my").status_code == 303


def test_every_sign_in_is_on_record_without_a_name(anna: Visitor, registry: Registry) -> None:
    anna.sign_in()
    assert audit.verify(registry) is None
    told = str(registry.read(lambda held: held.exec_driver_sql("SELECT * FROM audit").all()))
    assert "sign in" in told and "example.org" not in told and "Anna" not in told


@pytest.mark.parametrize(
    "text",
    [
        "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example", "https://evil.example", "evil",
        "http:evil", "javascript:alert(1)", "/\t/evil.example", "/\n/evil.example", " /my", "/my\r\nSet-Cookie: a=b",
        "/my//evil", "/@evil\x00", "/é", "/sign-out", "/sign-in?next=/x", "", "x" * 3000, "/" + "x" * 3000,
    ],
)  # fmt: skip
def test_a_way_that_is_not_our_own_leads_home(text: str, server: Flask) -> None:
    assert ways.own(text) == "/my"
    shown = Visitor(server).client.get("/sign-in", query_string={"next": text}, base_url=ADDRESS, headers=persons.SENT)
    refused = shown.status_code == 400 and "\0" in text
    assert refused or (shown.status_code == 200 and form(shown, "/sign-in")["next"] == "/my")


@pytest.mark.parametrize("path", ["/my/contributions/new?commitment=muskoka-2010", "/commitment/a?x=1,2", "/moderate"])
def test_a_way_of_our_own_is_followed_after_the_sign_in(path: str, anna: Visitor) -> None:
    assert ways.own(path) == path
    assert anna.fill("/sign-in", "/sign-in", mail=anna.mail, password=PASSWORD, next=path).headers["Location"] == path
