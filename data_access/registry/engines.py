"""Engines of a registry: SQLite in a file, in memory or read-only, and PostgreSQL. Transactions begin at our word."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.parse import quote
from uuid import uuid4

from sqlalchemy import URL, Engine, QueuePool, create_engine, event, text
from sqlalchemy.exc import OperationalError

from dashboard.config import Misconfigured

BUSY = 2_500  # milliseconds that a writer waits for another process: somebody waits for the answer
QUEUE = 4_500  # that it waits for others, of the same process or of the same server
MAKING = 60  # seconds, while another makes the tables or fills them
LIMITS = f"-c statement_timeout=15000 -c lock_timeout={QUEUE}"
PATIENCE = {"connect_timeout": 5, "options": LIMITS, "tcp_user_timeout": 10_000}
BESIDE = ("-wal", "-shm")  # endings of what SQLite keeps beside a file
PAUSE = 0.02  # seconds
KEPT = ("secure_delete = ON", "recursive_triggers = ON")  # what is erased is gone; what replaces a row is a change
SWEPT = "swept"  # of a connection: that what it writes over has to be gone
QUIET: dict[str, Any] = {"hide_parameters": True}  # faults name statements, not the names and addresses in them
SCHEMES = ("postgresql", "postgres", "postgresql+psycopg")


def postgresql(address: str) -> Engine:
    """Raises Misconfigured, without the address, which may hold a password."""
    scheme, _, rest = address.partition("://")
    if scheme not in SCHEMES or not rest:
        raise Misconfigured("IIF_REGISTRY must be an address that starts with postgresql://, or be left out.")
    made = {"pool_pre_ping": True, "pool_size": 5, "connect_args": PATIENCE, **QUIET}
    return create_engine(f"postgresql+psycopg://{rest}", **made)


def in_file(file: Path) -> Engine:
    """Read and written, several processes at once. It holds addresses of people and drafts: it is made for the server
    alone, and so are the files that SQLite makes beside it; one that everybody could read no longer is."""
    _private(file)
    place = URL.create("sqlite", database=str(file))
    return _sqlite(place, "foreign_keys = ON", "journal_mode = WAL", "synchronous = NORMAL", *KEPT)


def _private(file: Path) -> None:
    with suppress(OSError):  # it is there, or SQLite says what is wrong; opening and closing it would end locks on it
        os.mknod(file, 0o600)
    for one in (file, *(file.with_name(f"{file.name}{end}") for end in BESIDE)):
        with suppress(FileNotFoundError, PermissionError):  # of another's file the owner decides
            if one.stat().st_mode & 0o007:
                one.chmod(one.stat().st_mode & 0o770)


def in_memory() -> Engine:
    """Of this process alone; it lives as long as the engine."""
    of = {"mode": "memory", "cache": "shared", "uri": "true"}
    engine = _sqlite(URL.create("sqlite", database=f"file:{uuid4().hex}", query=of), "foreign_keys = ON")
    held = engine.raw_connection()  # the last connection to close would take the content with it
    event.listen(engine, "engine_disposed", lambda _: held.close())
    return engine


def read_only(file: Path) -> Engine:
    """A file that cannot be written to; where the files beside it cannot be made either, it is taken as it is."""
    for more in ({}, {"immutable": "1"}):
        place = URL.create("sqlite", database=f"file:{quote(str(file))}", query={"mode": "ro", "uri": "true", **more})
        engine = _sqlite(place)
        try:
            with engine.connect() as connection:
                connection.execute(text("SELECT count(*) FROM sqlite_master"))
            return engine
        except OperationalError:
            engine.dispose()
    raise Misconfigured(f"{file} cannot be read.")


def _sqlite(place: URL, *pragmas: str) -> Engine:
    engine = create_engine(place, poolclass=QueuePool, connect_args={"check_same_thread": False}, **QUIET)

    def begun_by_us(raw: Any, _: Any) -> None:
        # the driver would begin transactions at a moment of its own choice, and never before a table is made
        raw.isolation_level = None
        for pragma in (f"busy_timeout = {BUSY}", *pragmas):
            _set(raw, pragma)

    event.listen(engine, "connect", begun_by_us)
    event.listen(engine, "begin", _begin)
    return engine


class Turns:
    """Writers of one process one after the other: a file of SQLite is had by whoever happens to ask again first, and
    among many somebody would wait for good; of PostgreSQL they would hold all connections while they wait."""

    def __init__(self) -> None:
        self._turn = Lock()

    @contextmanager
    def taken(self) -> Iterator[None]:
        """One of them. Raises OperationalError, as SQLite does, where it takes too long."""
        if not self._turn.acquire(timeout=QUEUE / 1000):
            raise OperationalError("BEGIN IMMEDIATE", {}, sqlite3.OperationalError("database is locked"))
        try:
            yield
        finally:
            self._turn.release()


def sweep(engine: Engine) -> None:
    """After what was written over has to be gone: SQLite would keep it readable in the journal beside its file until
    that is used again. Where somebody reads just now, it goes with the next time."""
    if engine.dialect.name == "sqlite":
        raw = engine.raw_connection()
        with closing(raw), suppress(sqlite3.OperationalError):
            raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")


def held(error: OperationalError) -> bool:
    """Whether it came to nothing because another was writing, so that it may be tried again."""
    return getattr(error.orig, "sqlstate", "") == "55P03" or "locked" in str(error.orig)


def _set(raw: Any, pragma: str) -> None:
    """Waits where another is making the same file: SQLite itself does not while the kind of journal changes."""
    until = time.monotonic() + MAKING
    while True:
        try:
            raw.execute(f"PRAGMA {pragma}")
            return
        except sqlite3.OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(PAUSE)


def _begin(connection: Any) -> None:
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
