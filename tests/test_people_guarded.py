"""What must not happen to people's pages: others' forms, forged hosts, odd bodies, weak secrets, talkative logs, a
database that is away."""

from __future__ import annotations

import logging
import os
import re
import resource
import sqlite3
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from callbacks.people import forms, here
from dashboard import doors
from dashboard.config import Misconfigured
from data_access import audit
from data_access.people import passwords, secret
from data_access.registry import engines
from tests import persons, postgres
from tests.persons import ADDRESS, PASSWORD, SENT, Visitor, form, words
from tests.stakeholding import server_over

ROOT = Path(__file__).parent.parent
FORMS = sorted(
    rule for method, rule in doors.ACTIONS if method == "POST" and "<" not in rule and "elsewhere" not in rule
)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    with server_over(tmp_path_factory.mktemp("guarded")) as made:
        yield made


def ours(server: Flask) -> list[str]:
    """Addresses of forms that this server has."""
    there = {rule.rule for rule in server.url_map.iter_rules()}
    return [rule for rule in FORMS if rule in there]


@pytest.mark.parametrize(
    ("headers", "cookie", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, True, 403),
        ({"Sec-Fetch-Site": "same-site"}, True, 403),
        ({"Sec-Fetch-Site": "cross-site", "Origin": ADDRESS}, True, 403),
        ({"Origin": "https://evil.example"}, True, 403),
        ({"Origin": "https://evil.example"}, False, 403),
        ({"Origin": "null"}, True, 403),
        ({}, True, 403),
        ({"Origin": ADDRESS}, True, 303),
        ({"Sec-Fetch-Site": "same-origin"}, True, 303),
        ({"Sec-Fetch-Site": "none"}, True, 303),
    ],
)
def test_a_form_of_another_site_is_refused(server: Flask, headers: dict[str, str], cookie: bool, status: int) -> None:
    one = persons.visitor(server, "moderator") if cookie else Visitor(server)
    typed = form(one.get("/my"), "/my/about") if cookie else {"name": "x"}
    answer = one.client.post("/my/about", base_url=ADDRESS, headers=headers, data=typed)
    assert answer.status_code == status, words(answer)


def test_a_form_without_its_mark_or_with_somebody_elses_is_refused(server: Flask) -> None:
    one, other = persons.visitor(server, "moderator"), persons.visitor(server, "moderator")
    typed, theirs = form(one.get("/my"), "/my/about"), form(other.get("/my"), "/my/about")
    for once in ("", "x", "x.y", theirs["once"], typed["once"][:-1] + "é"):
        answer = one.post("/my/about", typed | {"once": once})
        assert answer.status_code == 403 and "made for another session" in words(answer)
    assert one.post("/my/about", typed).status_code == 303


def test_a_form_sent_twice_does_one_thing(server: Flask) -> None:
    one = persons.visitor(server, "moderator")
    registry, typed = server.extensions["people"].registry, form(one.get("/my"), "/my/about") | {"name": "New"}
    before = audit.head(registry)[0]
    with ThreadPoolExecutor(6) as pool:
        tabs = [persons.Visitor(server) for _ in range(6)]
        for tab in tabs:
            tab.client = server.test_client()
            tab.client.set_cookie(
                "session", one.client.get_cookie("session", domain="127.0.0.1").value, domain="127.0.0.1"
            )
        answers = list(pool.map(lambda tab: tab.post("/my/about", typed), tabs))
    assert {answer.headers["Location"] for answer in answers} == {"/my?done=saved"}
    assert audit.head(registry)[0] == before + 1


@pytest.mark.parametrize(
    "typed",
    [
        {"name": "x", "roles": "administrator"}, {"name": "x", "state": "active"}, {"name": ["a", "b"]},
        {"name": "x", "id": "1", "mail": "other@example.org"},
    ],
)  # fmt: skip
def test_a_form_with_more_than_it_has_is_refused(server: Flask, typed: dict[str, object]) -> None:
    one = persons.visitor(server, "moderator", name="Before")
    answer = one.client.post(
        "/my/about", base_url=ADDRESS, headers=SENT, data=form(one.get("/my"), "/my/about") | typed
    )
    assert answer.status_code == 400
    assert "Before" in words(one.get("/my"))


@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [
        ("application/json", b"{}", 415),
        ("text/plain", b"name=x", 415),
        ("multipart/form-data; boundary=x", b"--x--", 415),
        ("application/x-www-form-urlencoded", b"name=" + b"x" * 70_000, 413),
        ("application/x-www-form-urlencoded", b"name=%ff%fe&once=%00", 400),
        ("application/x-www-form-urlencoded", b"&".join(b"a%d=1" % n for n in range(5000)), 400),
    ],
)
def test_an_odd_body_is_refused(server: Flask, kind: str, body: bytes, status: int) -> None:
    one = persons.visitor(server, "moderator")
    answer = one.client.post("/my/about", base_url=ADDRESS, headers=SENT, data=body, content_type=kind)
    assert answer.status_code in (status, 403 if status == 400 else status)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_is_typed_ends_in_an_answer(server: Flask, data: st.DataObject) -> None:
    """No fault of the server, and nothing of it comes back as anything but text."""
    anyone = getattr(test_whatever_is_typed_ends_in_an_answer, "anyone", None)
    if anyone is None or anyone[0] is not server:
        anyone = server, persons.visitor(server, "administrator"), persons.visitor(server, "administrator")
        test_whatever_is_typed_ends_in_an_answer.anyone = anyone
    one = anyone[1]
    path = data.draw(
        st.sampled_from([path for path in ours(server) if path not in ("/sign-out", "/sign-in", "/my/erase")])
    )
    cookie = one.client.get_cookie("session", domain="127.0.0.1")
    if one.get("/my").status_code != 200 or cookie is None:  # it was ended by a form
        one = persons.signed_in(server, one.id)
        cookie = one.client.get_cookie("session", domain="127.0.0.1")
    with server.test_request_context(path, base_url=ADDRESS, headers={"Cookie": f"session={cookie.value}"}):
        once = forms.once()
    names = [
        "name",
        "mail",
        "role",
        "maker",
        "person",
        "session",
        "seed",
        "code",
        "now",
        "password",
        "again",
        "invitation",
    ]
    texts = st.one_of(
        st.text(max_size=60), st.sampled_from(["<script>alert(1)</script>", "' OR 1=1 --", "\x00", "🏴", "contributor"])
    )
    typed = data.draw(st.dictionaries(st.sampled_from(names), texts, max_size=4))
    answer = one.post(path, typed | {"once": once})
    assert answer.status_code < 500 and "<script>alert" not in answer.text


def test_a_name_is_text_wherever_it_is_shown(server: Flask) -> None:
    hostile = "<img src=x onerror=alert(1)>\"'&{{7*7}}"
    one = persons.visitor(server, "administrator", name=hostile)
    for page in ("/my", "/admin/people"):
        shown = one.get(page).text
        assert "<img src=x" not in shown and "&lt;img src=x onerror=alert(1)&gt;" in shown and "{{7*7}}" in shown


def test_a_host_that_is_not_ours_is_refused_and_in_no_link(server: Flask) -> None:
    one = Visitor(server)
    for host in ("evil.example", "127.0.0.1:8051", "127.0.0.1.evil.example:8050"):
        assert one.client.get("/sign-in", base_url=f"http://{host}", headers=SENT).status_code == 400
    assert one.get("/sign-in", **{"X-Forwarded-Host": "evil.example"}).status_code == 200
    assert "evil" not in one.get("/sign-in", **{"X-Forwarded-Host": "evil.example"}).text


def test_pages_of_people_are_kept_by_nobody_and_framed_by_nobody(server: Flask) -> None:
    one = persons.visitor(server, "administrator")
    for answer in (
        one.get("/my"),
        one.get("/admin/people"),
        Visitor(server).get("/my"),
        Visitor(server).get("/sign-in"),
    ):
        assert answer.headers["Cache-Control"] == "no-store" and "Cookie" in answer.headers["Vary"]
        policy = answer.headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in policy and "form-action 'self'" in policy and "unsafe-eval" not in policy


def test_no_page_makes_an_administrator(tmp_path: Path) -> None:
    with server_over(tmp_path) as fresh:
        paths = [rule.rule for rule in fresh.url_map.iter_rules() if not re.search("setup|install|first", rule.rule)]
        assert len(paths) == len(list(fresh.url_map.iter_rules()))
        assert "no account" in words(Visitor(fresh).get("/sign-in"))


def test_the_secret_is_made_once_and_readable_by_its_owner_alone(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(lambda _: secret.of_server(tmp_path), range(8)))
    assert len(found) == 1 and len(found.pop()) >= 32
    assert stat.S_IMODE((tmp_path / secret.FILE).stat().st_mode) == 0o600
    assert [file.name for file in tmp_path.iterdir()] == [secret.FILE]


@pytest.mark.parametrize(
    "weak", ["short", "x" * 64, "changeme" * 8, "0123456789abcdef" * 4, "my very own secret of the server!!"]
)
def test_a_secret_that_could_be_guessed_is_refused_without_being_shown(tmp_path: Path, weak: str) -> None:
    with pytest.raises(Misconfigured, match="IIF_SECRET must be 32 random bytes") as why:
        secret.of_server(tmp_path, weak)
    assert weak not in str(why.value) and "token_hex" in str(why.value)


def test_logs_hold_nothing_of_people(server: Flask, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    one = persons.visitor(server, "administrator", name="Anna Unmistakable")
    one.get("/my", **{"User-Agent": "x\tforged: line"})
    one.fill("/my", "/my/password", now="not my words", password=PASSWORD, again=PASSWORD)
    one.fill("/admin/people", "/admin/people/invite", mail="invited@example.org", role="moderator")
    Visitor(server, mail=one.mail).sign_in("wrong but telling")
    with pytest.raises(Exception, match="audit") as fault:
        server.extensions["people"].registry.put(
            lambda held: held.exec_driver_sql("INSERT INTO audit (number, who) VALUES (1, ?)", (one.mail,))
        )
    cookie = one.client.get_cookie("session", domain="127.0.0.1")
    told = caplog.text + str(fault.value)
    for private in (
        one.mail,
        "Unmistakable",
        "not my words",
        PASSWORD,
        "wrong but telling",
        "invited@",
        cookie.value,
        "forged",
    ):
        assert private not in told


def test_workers_count_attempts_together(tmp_path: Path) -> None:
    with server_over(tmp_path) as first, server_over(tmp_path) as second:
        persons.invited(first.extensions["people"].registry, "moderator")
        codes = [Visitor(each, mail="a@example.org").sign_in("x").status_code for each in (first, second) * 3]
    assert codes == [400] * 5 + [429]


def test_many_sign_ins_at_once_take_little_memory() -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    held = passwords.hashed(PASSWORD)
    with ThreadPoolExecutor(20) as pool:
        assert all(pool.map(lambda _: passwords.fits(PASSWORD, held), range(40)))
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100 * 1024  # KB


def test_a_database_that_another_holds_is_not_saved_and_said_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "BUSY", 300)
    with server_over(tmp_path) as server:
        one = persons.visitor(server, "moderator", name="Before")
        typed = form(one.get("/my"), "/my/about") | {"name": "After"}
        other = sqlite3.connect(tmp_path / "registry.sqlite")
        other.execute("BEGIN IMMEDIATE")
        answer = one.post("/my/about", typed)
        assert answer.status_code == 503 and "It was not saved" in words(answer) and "Retry-After" in answer.headers
        assert "Before" in words(one.get("/my")), "reading goes on"
        other.rollback()
        assert one.post("/my/about", typed).status_code == 303


def test_a_database_that_stands_still_is_told_and_the_form_may_be_sent_again(
    tmp_path: Path, postgres_server: str, postgres_database: str
) -> None:
    with server_over(tmp_path, registry=postgres_database) as server:
        registry = server.extensions["people"].registry
        registry._watch._patience = 1.0
        one = persons.visitor(server, "moderator", name="Before")
        typed = form(one.get("/my"), "/my/about") | {"name": "After"}
        with postgres.stopped(postgres_server):
            begun = time.monotonic()
            answer = one.post("/my/about", typed)
            assert answer.status_code == 503 and time.monotonic() - begun < 5
            assert Visitor(server).get("/sign-in").status_code == 200, "what needs no database goes on"
        assert one.post("/my/about", typed).status_code == 303
        assert "After" in words(one.get("/my")) and audit.verify(registry) is None


def test_a_registry_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    with server_over(tmp_path) as server:
        one = persons.visitor(server, "moderator")
        typed = form(one.get("/my"), "/my/about")
        server.extensions["people"].registry.writable = False
        answer = one.post("/my/about", typed)
        assert answer.status_code == 409 and "open for reading alone" in words(answer)


def test_a_route_that_does_not_ask_shows_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    actions = dict(doors.ACTIONS) | {("GET", "/my/forgotten"): ("read", "account")}
    monkeypatch.setattr(doors, "ACTIONS", actions)
    with server_over(tmp_path) as server:
        server.add_url_rule("/my/forgotten", "forgotten", view_func=lambda: "what nobody was asked for")
        server.add_url_rule("/my/unknown", "unknown", view_func=lambda: "what the table does not know")
        server.config["PROPAGATE_EXCEPTIONS"] = False
        one = persons.visitor(server, "moderator")
        for path, status in (("/my/forgotten", 500), ("/my/unknown", 404)):
            answer = one.get(path)
            assert answer.status_code == status and "what" not in answer.text.partition("<body>")[2]


def test_by_https_browsers_are_told_to_stay_with_it(tmp_path: Path) -> None:
    with server_over(tmp_path, address="https://example.org") as server:
        answer = server.test_client().get("/sign-in", base_url="https://example.org")
        assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"


def test_of_the_proxies_in_front_only_those_that_are_known_are_believed(tmp_path: Path) -> None:
    with (
        server_over(tmp_path, hops=1) as server,
        server.test_request_context("/sign-in", headers={"X-Forwarded-For": "192.0.2.1, 198.51.100.7"}),
    ):
        assert here.sender() == "198.51.100.7"
    with (
        server_over(tmp_path) as server,
        server.test_request_context(
            "/sign-in", headers={"X-Forwarded-For": "192.0.2.1"}, environ_base={"REMOTE_ADDR": "203.0.113.5"}
        ),
    ):
        assert here.sender() == "203.0.113.5"


def test_a_database_that_ends_every_connection_is_found_again(
    tmp_path: Path, postgres_server: str, postgres_database: str
) -> None:
    with server_over(tmp_path, registry=postgres_database) as server:
        one = persons.visitor(server, "moderator")
        with psycopg.connect(f"{postgres_server}/postgres", autocommit=True) as other:
            ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
            other.execute(ended, (postgres_database.rpartition("/")[2],))
        assert one.get("/my").status_code == 200
        assert one.fill("/my", "/my/about", name="After").status_code == 303


def test_a_server_with_a_secret_that_could_be_guessed_does_not_start(tmp_path: Path) -> None:
    given = {"IIF_SECRET": "changeme", "IIF_HOME": str(tmp_path), "PATH": ""}
    command = [sys.executable, "-m", "gunicorn", "app:server"]
    done = subprocess.run(command, cwd=ROOT, env=given, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == os.EX_CONFIG and "token_hex" in done.stderr and "changeme" not in done.stderr
