"""What is told of people, and to whom; what is forgotten by itself; the operator's commands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from dashboard.retention import DEFAULT
from data_access import audit
from data_access.__main__ import main
from data_access.people import forgetting, invitations
from data_access.people.letters import Post
from data_access.people.marks import now
from tests import persons, visits
from tests.persons import Visitor, words
from tests.stakeholding import server_over

VISIT = re.compile(rb'"end_id":"[^"]*"')  # Dash gives each visit a name of its own


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    with server_over(tmp_path_factory.mktemp("told")) as made:
        yield made


def test_the_page_on_privacy_is_the_same_for_everybody_and_says_how_long_things_are_kept(server: Flask) -> None:
    plain, known = Visitor(server).get("/privacy"), persons.visitor(server, "administrator").get("/privacy")
    assert plain.text == known.text and "Cookie" not in plain.headers.get("Vary", "")
    assert "Set-Cookie" not in plain.headers and "Signed in as" not in plain.text
    said = words(plain)
    for kept in ("30 minutes after its last use", "12 hours after the sign-in", "For 15 minutes", "open for 14 days"):
        assert kept in said


def test_public_answers_carry_no_cookie_and_do_not_vary_by_one(real) -> None:
    known = persons.visitor(real.server, "administrator")
    for path in ("/", "/commitments", "/api/v1/sources", "/healthz", "/privacy", "/feed/changes.atom"):
        one, other = Visitor(real.server).get(path), known.get(path)
        assert VISIT.sub(b"", one.data) == VISIT.sub(b"", other.data), path
        assert "Set-Cookie" not in other.headers and "Cookie" not in other.headers.get("Vary", ""), path


def test_the_record_is_for_those_who_watch_over_it_and_names_who_is_still_there(server: Flask) -> None:
    one = persons.visitor(server, "administrator", name="Dora")
    one.fill("/my", "/my/about", name="Dora D")
    said = words(one.get("/admin/record"))
    assert "Dora D change person" in said and "accept" in said and "role administrator" in said
    assert "Dora D" not in words(one.get("/admin/record?before=1")).replace("Signed in as Dora D", "")
    assert one.get("/admin/record?before=-1").status_code == one.get("/admin/record?before=x").status_code == 200
    assert persons.visitor(server, "contributor", "CAN").get("/admin/record").status_code == 404


def test_what_is_past_is_forgotten(server: Flask) -> None:
    registry = server.extensions["people"].registry
    mail, _ = persons.invited(registry, "moderator")
    past = now(-DEFAULT.invited * 1.1)
    registry.put(lambda held: held.execute(text("UPDATE invitation SET ends = :past WHERE mail = :mail"),
                                           {"past": past, "mail": mail}))  # fmt: skip
    registry.put(lambda held: held.execute(text("INSERT INTO sent (id, at) VALUES ('x', :past)"), {"past": past}))
    registry.put(forgetting.forget)
    assert registry.read(lambda held: held.execute(text("SELECT count(*) FROM sent WHERE id = 'x'")).scalar()) == 0
    assert mail not in str(registry.read(lambda held: held.execute(text("SELECT * FROM invitation")).all()))
    assert audit.verify(registry) is None


Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """A command of the operator over a folder of its own: exit code, output, faults."""
    monkeypatch.setenv("IIF_HOME", str(tmp_path))

    def run(*given: str) -> tuple[int, str, str]:
        code = main(given)
        return (code, *capsys.readouterr())

    return run


def test_the_operator_invites_lists_disables_and_verifies(command: Command, tmp_path: Path) -> None:
    _, said, _ = command("people", "invite", "Dora@Example.org", "--role", "administrator")
    assert re.fullmatch(r"http://127\.0\.0\.1:8050/invitation/[\w-]{43}\n", said)
    [letter] = Post(tmp_path / "outbox", "", "a@b").waiting()
    assert "an administrator" in letter.read_text() and letter.stat().st_mode & 0o077 == 0
    code, _, wrong = command("people", "invite", "x@example.org", "--maker", "Atlantis")
    assert code == 2 and "no maker Atlantis" in wrong
    assert command("people", "invite", "x@example.org", "--maker", "germany")[0] == 0
    with server_over(tmp_path) as server:
        registry = server.extensions["people"].registry
        found = {one.mail: one.maker for one in registry.read(invitations.every)}
        assert found == {"dora@example.org": "", "x@example.org": "DEU"}
        _, mail = persons.account(registry, "moderator")
    assert command("people", "disable", mail)[:2] == (0, "Saved.\n")
    listed = command("people", "list")[1]
    assert "moderator  disabled" in listed and "invited as contributor for DEU" in listed
    assert command("people", "disable", "nobody@example.org")[0] == 2
    assert command("people", "erase", mail)[:2] == (0, "Saved.\n")
    assert mail not in command("people", "list")[1]


def test_the_operator_verifies_the_record(command: Command) -> None:
    command("people", "invite", "dora@example.org", "--role", "administrator")
    told = command("audit", "verify")[1]
    assert "1 row, each as it was written" in told
    assert command("audit", "verify", "--holds", told.split()[-1].rstrip("."))[0] == 0
    code, _, cut = command("audit", "verify", "--holds", "0" * 64)
    assert code == 2 and "rows were taken away" in cut


def test_letters_wait_where_the_server_of_mail_is_down(tmp_path: Path) -> None:
    post = Post(tmp_path / "outbox", "smtp://127.0.0.1:9", "Tracking <a@example.org>")
    post.send("b@example.org", "A new password", "Text")
    assert len(post.waiting()) == 1
    with pytest.raises(OSError, match="refused"):
        post.deliver()
    assert len(post.waiting()) == 1 and not list(post.outbox.glob("*.going"))


@pytest.mark.parametrize(
    "path", ["/my", "/moderate", "/admin/people", "/my/contributions", "/sign-in", "//my", "/my/../admin"]
)
def test_a_forged_path_of_a_callback_shows_nothing_of_people(real, path: str) -> None:
    client = real.server.test_client()
    known = persons.visitor(real.server, "administrator", name="Dora Unmistakable")
    cookie = known.client.get_cookie("session", domain="127.0.0.1")
    client.set_cookie("session", cookie.value)
    said = str(visits.Visitor(client).page(path))
    assert "Unmistakable" not in said and "Page not found" in said and "<form" not in said


def test_who_was_signed_out_meanwhile_is_told_where_to_sign_in(server: Flask) -> None:
    one = persons.visitor(server, "moderator")
    typed = persons.form(one.get("/my"), "/my/about")
    one.client.delete_cookie("session", domain="127.0.0.1")
    answer = one.post("/my/about", typed)
    assert answer.status_code == 401 and 'href="/sign-in"' in answer.text and "send the form again" in words(answer)
