"""Every example in the papers runs as it stands: commands, addresses, Python, pieces of pages.

What cannot run here says so beside it, in a comment of the paper that names the reason, and is counted."""

from __future__ import annotations

import re
import shlex
import shutil
import socket
import subprocess
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import NamedTuple
from urllib.parse import quote

import pytest
from dash import Dash
from flask.testing import FlaskClient
from sqlalchemy import update
from werkzeug.serving import make_server

from dashboard import doors
from dashboard.citations import FORMS
from data_access.people.tables import account as people
from data_access.registry.opening import open_registry
from tests import crs_made, persons
from tests.test_api import got

ROOT = Path(__file__).parent.parent
PAPERS = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")])
ADDRESS = "http://127.0.0.1:8050"  # as the papers write it
NOT_RUN = re.compile(r"<!-- not run: ([^>]+) -->")
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
PYTHON = re.compile(r"(?:\.venv/bin/)?python -m (\w+) (.+)")
STANDS_FOR = {  # what the papers leave to the reader
    "<panel>": "gap", "<selection>": "donor=GBR", "<name>": "gni", "{series}": "gni", "{dimension}": "donor",
    "<id>": "muskoka-2010", "{id}": "muskoka-2010", "/ID": "/muskoka-2010", "{method}": "strict", "GET ": "",
    "<day>": "2099-01-01",
    "<address>": "%2Fgoal%2F5", "url=…": f"url={quote(ADDRESS, safe='')}%2Fgoal%2F5", "https://…": ADDRESS,
    "?...": "?show=gap&donor=GBR",
}  # fmt: skip
ONE_PRINTED = (
    "-o france.pdf"  # others are made as slides, so that a browser starts but once; test_briefing.py has them all
)
RUNS = {"dashboard": "callbacks"}  # whose `__main__` names another, of a floor above
OF_SURVEYS = ("/surveys/", "/export/survey/", "/embed/survey/", "/api/v1/surveys/")
ANNA = "anna@example.org"
NOT_HERE = {  # reasons why an example does not run here, and how many say so
    "needs the network": 2,
    "needs the published files": 2,
}


class Example(NamedTuple):
    """kind: shell, address, python, html or tree. words: of one command, address, or block."""

    paper: str
    kind: str
    words: str
    reason: str = ""


def examples(paper: Path) -> Iterator[Example]:
    """Those of a paper, in its order."""
    text = paper.read_text("utf-8")
    for language, block in FENCE.findall(text):
        yield Example(paper.name, language or "?", block)
    last = "/"  # the address that `?...` goes on from
    for line in FENCE.sub("", text).splitlines():
        last = "/" if not line or line.startswith("- ") else last
        reason = NOT_RUN.search(line)
        why = reason[1] if reason else ""
        if line.startswith("    ") and not re.match(r"\s+(-|\d\.) ", line) and line.strip():
            yield Example(paper.name, _kind(line.strip()), line.strip(), why)
            continue
        for words in re.findall(r"`([^`]+)`", line):
            kind = _kind(words)
            if kind == "address":
                words = words if not words.startswith("?") else f"{last.partition('?')[0]}{words}"
                last = words
            if kind in ("address", "shell"):
                yield Example(paper.name, kind, words, why)


def _kind(words: str) -> str:
    if words.startswith(("make ", ".venv/bin/", "python -m ")):
        return "shell"
    if re.match(r"(GET )?/[a-z]|\?[a-z]+=", words) and " " not in words.removeprefix("GET "):
        return "address"
    if words.startswith("<"):
        return "html"
    return "tree"


EVERY = [one for paper in PAPERS for one in examples(paper)]


def of(kind: str) -> list[Example]:
    return [one for one in EVERY if one.kind == kind and not one.reason]


@pytest.fixture(scope="module")
def client(real: Dash) -> FlaskClient:
    return real.server.test_client()


@pytest.fixture(scope="module")
def folder(edition_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where commands are typed: a data folder, and a release with a few sound lines."""
    made = tmp_path_factory.mktemp("typed")
    shutil.copytree(edition_home, made / "var")
    (made / "crs_2023.txt").write_text(crs_made.text(crs_made.sound(1, 20)), "utf-8")
    return made


def test_there_are_examples_of_every_kind_and_of_no_other() -> None:
    assert {one.kind for one in EVERY} == {"shell", "address", "python", "html", "tree"}
    assert len(of("shell")) > 8 and len(of("address")) > 30 and len(of("python")) > 2


def test_what_does_not_run_here_says_why_and_is_counted() -> None:
    reasons = [one.reason for one in EVERY if one.reason]
    assert {reason: reasons.count(reason) for reason in reasons} == NOT_HERE
    said = [reason for paper in PAPERS for reason in NOT_RUN.findall(paper.read_text("utf-8"))]
    assert len(said) <= len(reasons), "a reason without an example"


@pytest.mark.parametrize("example", of("address"), ids=lambda one: f"{one.paper} {one.words}")
def test_an_address_answers(client: FlaskClient, example: Example) -> None:
    words = example.words
    for stands, what in STANDS_FOR.items():
        words = words.replace(stands, what)
    family = words.endswith(("...", "/")) and len(words) > 1
    if family or doors.of_people(words) or words.startswith(OF_SURVEYS):  # of many, or for those who are signed in
        rules = [re.sub("<.*?>", "<>", rule.rule) for rule in client.application.url_map.iter_rules()]
        words = re.sub("[<{].*?[>}]", "<>", example.words.rstrip(".")).replace("/all.", "/<>.")
        assert any(rule.startswith(words.rpartition(".")[0] or words) for rule in rules)
        return
    mark = (client.get("/s?to=%2Fgoal%2F5").json or {})["mark"]
    for form in FORMS if "<form>" in words else ("",):
        answer = got(client, words.replace("<form>", form).replace("<mark>", mark))
        leads = {"/s/<mark>": 302, "/as-of": 303}.get(words.partition("?")[0], 200)
        assert answer.status_code == leads, answer.get_data(as_text=True)[:300]


@pytest.mark.parametrize("paper", sorted({one.paper for one in of("shell")}))
def test_commands_run_in_the_order_in_which_they_are_told(
    paper: str, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(folder)
    monkeypatch.setenv("IIF_HOME", str(folder / "var"))
    if paper == "people.md":  # whose examples are of somebody who has an account
        registry = open_registry(folder / "var")
        account, _ = persons.account(registry, "moderator")
        registry.put(lambda held: held.execute(update(people).where(people.c.id == account).values(mail=ANNA)))
        registry.close()
    for one in of("shell"):
        if one.paper == paper:
            code = _runs(one.words.partition("  #")[0].strip())
            fine = (0, 1) if " load " in one.words else (0,)  # 1: published, with warnings
            assert code in fine, (one.words, capsys.readouterr().err)


def _runs(words: str) -> int:
    """The exit code. Commands of ours run in this process, targets of make are gone through and not begun."""
    words = words.replace(" ID", " afsi-2009-united-states")
    if " brief " in words and not words.endswith(ONE_PRINTED):
        words = words.replace("-o briefings/", "-o briefings/ --format pptx").replace(".html", ".pptx")
    if ours := PYTHON.fullmatch(words):
        return int(import_module(f"{RUNS.get(ours[1], ours[1])}.__main__").main(shlex.split(ours[2])))
    assert words.startswith("make "), words
    return subprocess.run(["make", "-n", "-C", ROOT, *words.split()[1:]], capture_output=True, timeout=60).returncode


@pytest.mark.parametrize("example", of("html"), ids=lambda one: f"{one.paper} {one.words}")
def test_a_piece_for_another_page_names_what_is_there(client: FlaskClient, example: Example) -> None:
    [source] = re.findall(r'src="https://…([^"]+)"', example.words)
    answer = client.get(source)
    assert answer.status_code == 200 and answer.mimetype == "text/javascript"


def test_the_tree_names_what_is_there() -> None:
    named = [one.words.split()[0] for one in of("tree")]
    assert len(named) > 8 and not [name for name in named if not any(
        (place / name).exists() for place in (ROOT, ROOT / "data_access"))]  # fmt: skip


@pytest.fixture(scope="module")
def server(real: Dash) -> Iterator[str]:
    """The real app behind a port of its own."""
    made = make_server("127.0.0.1", 0, real.server, threaded=True)
    thread = Thread(target=made.serve_forever, daemon=True)
    thread.start()
    socket.setdefaulttimeout(60)  # no piece says how long it waits for an answer
    yield f"http://127.0.0.1:{made.server_port}"
    socket.setdefaulttimeout(None)
    made.shutdown()
    thread.join(60)
    made.server_close()


@pytest.mark.parametrize("paper", sorted({one.paper for one in of("python")}))
def test_python_runs_as_it_stands(paper: str, server: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The pieces of a paper one after another: each may use what those before it made."""
    written = "\n".join(one.words for one in of("python") if one.paper == paper)
    assert written.count(ADDRESS) == 1
    exec(compile(written.replace(ADDRESS, server), paper, "exec"), {})
    said = capsys.readouterr().out
    assert paper != "api.md" or ("United Kingdom 2009 " in said and "[('since', '1850')]" in said)


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
def test_links_between_papers_lead_somewhere(paper: Path) -> None:
    links = [link for link in re.findall(r"\]\(([^)]+)\)", paper.read_text("utf-8")) if "://" not in link]
    for link in links:
        path, _, anchor = link.partition("#")
        target = (paper.parent / path) if path else paper
        assert target.exists(), link
        if anchor:
            heads = re.findall(r"^#+ (.+)$", target.read_text("utf-8"), re.MULTILINE)
            assert anchor in {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads}, link
