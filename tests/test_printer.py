"""Briefings on paper: a real Chromium, one that dies, one that hangs, and none at all."""

from __future__ import annotations

import io
import shlex
import shutil
import socket
import time
from pathlib import Path
from unicodedata import normalize

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader

from callbacks import briefing
from callbacks.book import Book
from callbacks.faults import answer as faults
from callbacks.printer import NoPrinter, Printer
from dashboard.questions import Busy

PAGE = '<!DOCTYPE html><html lang="fr" class="drawn"><title>A &lt;title&gt;</title><body><h1>Said</h1>%s</body></html>'
PATIENT = 90.0  # seconds: other tests run beside this one


@pytest.fixture(scope="module")
def chromium() -> str:
    found = shutil.which("chromium")
    assert found, "Chromium is needed: apt-get install chromium"
    return found


def program(folder: Path, *lines: str) -> str:
    """A program of these lines in the place of Chromium."""
    file = folder / "program"
    file.write_text("\n".join(("#!/bin/sh", *lines)))
    file.chmod(0o755)
    return str(file)


def test_one_that_dies_midway_is_started_once_more(chromium: str, tmp_path: Path) -> None:
    tried = shlex.quote(str(tmp_path / "tried"))
    killed = f'[ -e {tried} ] || {{ touch {tried}; exec timeout -s KILL 0.3 {chromium} "$@"; }}'
    made = Printer(program(tmp_path, killed, f'exec {chromium} "$@"'), PATIENT).pdf(PAGE % "")
    assert (tmp_path / "tried").exists() and "Said" in PdfReader(io.BytesIO(made)).pages[0].extract_text()


@pytest.mark.parametrize("lines", [("exit 1",), ("printf 'no\\0' >&4; sleep 9",)])
def test_one_that_always_dies_is_told_as_a_reason_to_try_again(tmp_path: Path, lines: tuple[str, ...]) -> None:
    with pytest.raises(Busy, match="stopped twice"):
        Printer(program(tmp_path, *lines), PATIENT).pdf(PAGE % "")


def test_one_that_hangs_is_ended_at_its_limit_with_all_that_it_started(tmp_path: Path) -> None:
    pids = tmp_path / "pids"
    hangs = program(tmp_path, f"sleep 99 & echo $! $$ > {shlex.quote(str(pids))}", "wait")
    began = time.monotonic()
    with pytest.raises(Busy, match=r"within 1\.5 seconds"):
        Printer(hangs, 1.5).pdf(PAGE % "")
    assert time.monotonic() - began < 20
    both, until = pids.read_text().split(), time.monotonic() + 10
    while any(map(running, both)) and time.monotonic() < until:  # what is killed takes its time to be gone
        time.sleep(0.05)
    assert len(both) == 2 and not any(map(running, both))


def running(pid: str) -> bool:
    """Whether a process is there and not only waits to be counted."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_a_page_that_never_is_drawn_ends_at_the_limit(chromium: str) -> None:
    with pytest.raises(Busy, match="within 2 seconds"):
        Printer(chromium, 2).pdf("<title>never</title>")


def test_nothing_is_asked_of_the_network_or_of_the_disk(chromium: str, tmp_path: Path) -> None:
    (tmp_path / "secret.html").write_text("Secret")
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.1)
        port = listening.getsockname()[1]
        outside = f'<img src="http://127.0.0.1:{port}/x"><iframe src="file://{tmp_path}/secret.html"></iframe>'
        made = PdfReader(io.BytesIO(Printer(chromium, PATIENT).pdf(PAGE % outside)))
        with pytest.raises(TimeoutError):
            listening.accept()
    assert "Secret" not in made.pages[0].extract_text()
    assert made.trailer["/Root"]["/MarkInfo"]["/Marked"] and "/StructTreeRoot" in made.trailer["/Root"]
    assert made.trailer["/Root"]["/Lang"] == "fr" and made.metadata.title == "A <title>"


def test_nothing_is_left_open_or_lying_about(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    before = opened()
    with pytest.raises(Busy):
        Printer(program(tmp_path, "exit 1")).pdf(PAGE % "")
    assert [file.name for file in tmp_path.iterdir()] == ["program"] and opened() == before


def opened() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def client(book: Book, named: str) -> FlaskClient:
    """Of the briefings alone, with time enough to be made beside other tests."""
    server = Flask("briefings")
    server.register_error_handler(Exception, faults)
    briefing.register(server, book, Printer(named, PATIENT))
    return server.test_client()


def test_where_nothing_prints_the_answer_says_what_to_do(book: Book) -> None:
    with pytest.raises(NoPrinter):
        Printer("none").pdf(PAGE % "")
    reader = client(book, "none")
    answer = reader.get("/briefing.pdf?show=gap")
    assert answer.status_code == 501 and "can be printed, or saved as PDF, from your browser" in answer.text
    file = reader.get("/briefing.html?show=gap")
    assert file.status_code == 200 and "<img" not in file.text and "<table" in file.text


@pytest.fixture(scope="module")
def printed(book: Book, chromium: str) -> PdfReader:
    """A briefing of two panels and a commitment."""
    reader = client(book, chromium)
    address = (
        "/briefing.pdf?show=gap&commitment=gleneagles-2005-oda&show=donors&donor=GBR&since=2005&say.gap=So+%3Cb%3E."
    )
    answer = reader.get(address)
    again = reader.get(address, headers={"If-None-Match": answer.headers["ETag"]})
    assert answer.status_code == 200 and again.status_code == 304 and reader.get(address).data == answer.data
    return PdfReader(io.BytesIO(answer.data))


def test_a_briefing_on_paper_is_tagged_titled_and_says_what_it_shows(printed: PdfReader) -> None:
    root, every = printed.trailer["/Root"], "".join(page.extract_text() for page in printed.pages)
    said = "".join(normalize("NFKC", every).split())  # ﬁ is fi
    assert root["/MarkInfo"]["/Marked"] and "/StructTreeRoot" in root and root["/Lang"] == "en"
    assert printed.metadata.title == "Briefing: United Kingdom · Tracking Support for the MDGs"
    for words in ("So <b>.", "Donor: United Kingdom (GBR); Years picked: 2005–2015", "Edition 20", "Source:",
                  "https://example.org/briefing?show=gap&commitment=gleneagles-2005-oda&show=donors", "registry=",
                  "do not imply official endorsement", "Delivery gap", "Promise:",
                  "Of $50.0 billion due in 2010, $29.4 billion was delivered: $20.6 billion less."):  # fmt: skip
        assert words.replace(" ", "") in said, words
    assert "Choosepanels" not in said


def test_figures_are_said_to_those_who_listen(printed: PdfReader) -> None:
    """Each figure is tagged, and what it shows stands in words beside it."""
    kinds = list[tuple[str, str]]()

    def walk(node: object) -> None:
        one = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(one, list):
            for child in one:
                walk(child)
        elif isinstance(one, dict):
            kinds.append((str(one.get("/S", "")), str(one.get("/Alt", ""))))
            walk(one.get("/K", []))

    walk(printed.trailer["/Root"]["/StructTreeRoot"])
    said = [words for kind, words in kinds if kind == "/Figure"]
    assert len(said) == 6 and all(said), said
    assert any("committed" in words for words in said) and {"/H1", "/H2"} <= {kind for kind, _ in kinds}
