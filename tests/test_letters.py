"""Letters on their way: one that is refused stops none behind it, and nobody waits for a server of mail."""

from __future__ import annotations

import os
import socket
import socketserver
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest
from dash import Dash

from callbacks.contributing import telling
from data_access.__main__ import main
from data_access.people import accounts, letters
from data_access.people.letters import Post
from tests.contributed import signed

SENDER = "Tracking <a@example.org>"
SAID = {"DATA": b"354 go on\r\n", "QUIT": b"221 bye\r\n"}


@contextmanager
def mail_server() -> Iterator[tuple[str, list[str]]]:
    """Its address, and whom it took letters for. It refuses `never@` and some texts for good, `later@` for now."""
    taken = list[str]()

    class Session(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"220 ready\r\n")
            to = ""
            for line in self.rfile:
                said = line.decode().strip().replace("rcpt", "RCPT").replace("data", "DATA").replace("quit", "QUIT")
                to = said.partition("<")[2].partition(">")[0] if said.startswith("RCPT") else to
                refused = {"never@example.org": b"550 no\r\n", "later@example.org": b"451 later\r\n"}.get(to)
                self.wfile.write(refused if refused and said.startswith("RCPT") else SAID.get(said, b"250 yes\r\n"))
                if said == "DATA":
                    text = b"".join(iter(self.rfile.readline, b".\r\n"))
                    self.wfile.write(b"554 not this\r\n" if b"an odd text" in text else b"250 taken\r\n")
                    taken.extend([to] if b"an odd text" not in text else [])
                if said == "QUIT":
                    return

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Session) as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield f"smtp://127.0.0.1:{server.server_address[1]}", taken
        server.shutdown()


def test_a_letter_that_is_refused_stops_none_behind_it(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    outbox = Post(tmp_path / "outbox", "", SENDER)
    written = (("never@example.org", ""), ("later@example.org", ""), ("b@example.org", "an odd text"),
               ("zoë@example.org", ""), ("c@example.org", ""))  # fmt: skip
    for to, text in written:
        outbox.send(to, "A letter", text)
    with mail_server() as (address, taken):
        assert replace(outbox, server=address).deliver() == 1
    assert taken == ["c@example.org"] and "example.org" not in caplog.text
    assert ["later@example.org" in one.read_text() for one in outbox.waiting()] == [True]
    assert len(outbox.refused()) == 3 and not list(outbox.outbox.glob("*.going"))


def test_the_operator_is_told_of_refused_letters_and_they_are_not_kept_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    outbox = Post(tmp_path / "outbox", "", SENDER)
    outbox.send("never@example.org", "A letter", "Text")
    monkeypatch.setenv("IIF_HOME", str(tmp_path))
    with mail_server() as (address, _):
        monkeypatch.setenv("IIF_SMTP", address)
        assert main(("people", "mail")) == 0
    assert (
        "0 letters went, 0 wait" in (said := capsys.readouterr().out)
        and "1 was refused for good and lies there" in said
    )
    [file] = outbox.refused()
    os.utime(file, (0, 0))
    assert main(("retention", "apply")) == 0
    assert not file.exists()


def test_nobody_waits_for_a_server_of_mail_that_is_silent(
    peopled: Dash, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = peopled.server.extensions["people"]
    signed(peopled, "addressee", {"moderator": []})
    to = [one for one in house.registry.read(accounts.every) if one.person.id == "addressee"]
    with socket.create_server(("127.0.0.1", 0)) as silent, peopled.server.test_request_context("/"):
        post = Post(tmp_path / "outbox", f"smtp://127.0.0.1:{silent.getsockname()[1]}", SENDER)
        monkeypatch.setitem(peopled.server.extensions, "people", replace(house, post=post))
        monkeypatch.setattr(letters, "PATIENCE", 1.0)
        begun = time.monotonic()
        telling._send(to, "Subject", "Said", "/my")
        assert time.monotonic() - begun < 0.9 and len(list(post.outbox.iterdir())) == 1
