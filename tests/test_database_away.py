"""A PostgreSQL that is killed, frozen, without a connection to spare or without room, and an SQLite that another holds:
readers go on reading, whoever writes is told, nothing is half saved, and all goes on by itself afterwards."""

from __future__ import annotations

import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from pathlib import Path
from shutil import copytree
from typing import TypeVar

import psycopg
import pytest
from dash import Dash
from sqlalchemy import Engine, func, select
from sqlalchemy.exc import DBAPIError

from app import create_app
from dashboard.config import Settings
from data_access import audit
from data_access.contributions import store
from data_access.contributions.tables import contribution_step
from data_access.people.tables import audit as record
from data_access.registry.store import Registry
from tests import persons, postgres
from tests.persons import ADDRESS, Visitor, form, words
from tests.stakeholding import server_over
from tests.visits import Visitor as Reader
from tests.waiting import until

PAGES = ("/", "/goal/5", "/commitments", "/commitment/muskoka-2010-canada", "/findings")
FILES = ("/sitemap.xml", "/feed/changes.atom", "/comments", "/export/commitments.csv")
READ, WRITTEN = 10.0, 15.0  # seconds: those in which the product gives up, three and six, and room on a busy machine
UNREAD = {  # commitments that nobody looked at before
    "killed": "/commitment/muskoka-2010", "frozen": "/commitment/abuja-2001-rwanda",
    "full of connections": "/commitment/doha-2008-oda",
}  # fmt: skip
NEW = "/my/comments/new"
T = TypeVar("T")
Away = Callable[[], AbstractContextManager[None]]


@pytest.fixture(scope="module")
def database(postgres_server: str) -> str:
    return postgres.database(postgres_server, "away")


@pytest.fixture(scope="module")
def app(edition_home: Path, tmp_path_factory: pytest.TempPathFactory, database: str) -> Iterator[Dash]:
    home = copytree(edition_home, tmp_path_factory.mktemp("away") / "home")
    made = create_app(Settings(home=Path(home), address=ADDRESS, registry=database))
    checked = made.server.test_client()  # pages tell more once the commitments are measured and checked
    until(lambda: checked.get("/export/findings.json").status_code == 200, 120, 0.1)
    yield made


@contextmanager
def crowded(address: str, engine: Engine) -> Iterator[None]:
    """Every connection that there is, is another's."""
    engine.dispose()
    with ExitStack() as held:
        for _ in range(200):
            try:
                held.enter_context(psycopg.connect(f"{address}/postgres", autocommit=True))
            except psycopg.OperationalError:
                break
        yield


def timed(most: float, ask: Callable[[], T]) -> T:
    began = time.monotonic()
    answer = ask()
    assert time.monotonic() - began < most
    return answer


def whole(registry: Registry, wrote: str) -> None:
    """Each action has its row, and none is of what was not saved."""
    steps = registry.read(lambda held: held.execute(select(func.count()).select_from(contribution_step)).scalar_one())
    told = select(func.count()).select_from(record).where(record.c.thing.startswith("contribution"))
    assert registry.read(lambda held: held.execute(told).scalar_one()) == steps
    assert audit.verify(registry) is None
    kept = [one.now.fields["narrative"] for one in store.listed(registry, author=wrote).rows]
    assert kept == ["Sent again."], kept


@pytest.mark.parametrize("how", UNREAD)
def test_readers_go_on_and_whoever_writes_is_told(app: Dash, postgres_server: str, how: str) -> None:
    server = app.server
    registry: Registry = server.extensions["people"].registry
    away: dict[str, Away] = {
        "killed": lambda: postgres.killed(postgres_server),
        "frozen": lambda: postgres.stopped(postgres_server),
        "full of connections": lambda: crowded(postgres_server, registry.engine),
    }
    one, reader = persons.visitor(server, "contributor", "CAN"), Reader(server.test_client())
    before = {path: reader.page(path).text for path in PAGES} | {path: reader.fetch(path) for path in FILES}
    typed = form(one.get(f"{NEW}?commitment=muskoka-2010-canada"), NEW) | {"narrative": "Sent again."}
    patience = registry._watch._patience
    with away[how]():
        registry._watch._patience = 1.0  # while the pages are read one after the other
        for path, was in before.items():
            assert (reader.page(path).text if path in PAGES else reader.fetch(path)) == was, path
        assert "cannot be shown at the moment" in reader.page(UNREAD[how]).text
        registry._watch._patience = patience
        for most, ask in ((READ, lambda: one.get("/my")), (WRITTEN, lambda: one.post(NEW, typed))):
            answer = timed(most, ask)
            assert answer.status_code == 503 and answer.headers["Retry-After"], words(answer)
    until(lambda: one.get("/my").status_code == 200, 60, 0.1)
    assert one.post(NEW, typed).status_code == 303
    until(lambda: "cannot be shown" not in reader.page(UNREAD[how]).text, 60, 0.1)
    whole(registry, one.id)


def test_writers_wait_for_another_as_long_as_people_do(tmp_path: Path) -> None:
    with server_over(tmp_path) as server:
        one = persons.visitor(server, "moderator", name="Before")
        typed = form(one.get("/my"), "/my/about") | {"name": "After"}
        other = sqlite3.connect(tmp_path / "registry.sqlite")
        other.execute("BEGIN EXCLUSIVE")
        answer = timed(WRITTEN, lambda: one.post("/my/about", typed))
        assert answer.status_code == 503 and "It was not saved" in words(answer)
        assert "Before" in words(one.get("/my"))  # while the other goes on
        other.rollback()
        assert one.post("/my/about", typed).status_code == 303


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A disk of its own, which can be filled; where the machine gives none, the test is skipped and says so."""
    folder = Path(tempfile.mkdtemp(prefix="disk-of-tests-"))  # which PostgreSQL may reach under its own name
    folder.chmod(0o755)
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=128m", "tmpfs", folder], capture_output=True, check=False, timeout=60
    )
    if made.returncode:
        pytest.skip(f"no disk of its own may be made here: {made.stderr.decode().strip()}")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True, timeout=60)
    folder.rmdir()


@contextmanager
def full(disk: Path) -> Iterator[None]:
    """Not a byte is left on it."""
    filler = disk / "filler"
    with filler.open("wb") as file, suppress(OSError):
        while True:
            file.write(b"x" * 65536)
            file.flush()
    try:
        yield
    finally:
        filler.unlink()


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_full_disk_keeps_what_was_saved_and_says_what_was_not(small_disk: Path, tmp_path: Path, kind: str) -> None:
    with ExitStack() as held:
        given = {}
        if kind == "postgresql":
            given["registry"] = postgres.database(held.enter_context(postgres.server(small_disk)), "full")
        server = held.enter_context(server_over(small_disk if kind == "sqlite" else tmp_path, **given))
        registry = server.extensions["people"].registry
        one = persons.visitor(server, "moderator", name="Before")
        typed = form(one.get("/my"), "/my/about") | {"name": "After"}
        rows = audit.head(registry)[0]
        with full(small_disk):
            with suppress(DBAPIError, TimeoutError):
                while True:  # until there is no room for one more
                    registry.put(lambda writing: audit.append(writing, "operator", "x" * 4000, "test"))
                    rows += 1
            answer = one.post("/my/about", typed)
            assert answer.status_code == 503 and "saved" in words(answer), words(answer)
            assert Visitor(server).get("/privacy").status_code == 200
        until(lambda: one.get("/my").status_code == 200, 60, 0.1)  # one that went down over it recovers first
        assert "Before" in words(one.get("/my")) and audit.head(registry)[0] == rows
        assert one.post("/my/about", typed).status_code == 303
        assert audit.verify(registry) is None


def test_writers_that_wait_keep_no_reader_from_reading(
    app: Dash, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = app.server
    registry: Registry = server.extensions["people"].registry
    people = [persons.visitor(server, "moderator") for _ in range(12)]
    sent = [(one, form(one.get("/my"), "/my/about") | {"name": "After"}) for one in people]
    monkeypatch.setattr(registry._watch, "_patience", 30.0)  # so that nothing is shown as it was last
    with psycopg.connect(database) as other, ThreadPoolExecutor(len(people)) as pool:
        other.execute("LOCK TABLE change IN EXCLUSIVE MODE")
        waiting = [pool.submit(one.post, "/my/about", typed) for one, typed in sent]
        until(lambda: bool(other.execute("SELECT 1 FROM pg_locks WHERE NOT granted").fetchall()))
        assert registry.state() and Visitor(server).get("/comments").status_code == 200
        assert not all(one.done() for one in waiting), "readers waited for writers"
        other.rollback()
        told = [one.result().status_code for one in waiting]
    assert set(told) <= {303, 503}  # on a busy machine some have waited for as long as people do, and send it again
    again = [one.post("/my/about", typed) for (one, typed), code in zip(sent, told, strict=True) if code == 503]
    assert {answer.status_code for answer in again} <= {303}
