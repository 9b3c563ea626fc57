"""Engines of a registry: SQLite in a file, in memory or read-only, and PostgreSQL. Transactions begin at our word."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import uuid4

from sqlalchemy import URL, Engine, QueuePool, create_engine, event, text
from sqlalchemy.exc import OperationalError

from dashboard.config import Misconfigured

BUSY = 15_000  # milliseconds that a writer waits for another
LIMITS = f"-c statement_timeout={BUSY} -c lock_timeout={BUSY}"
PATIENCE = {"connect_timeout": 5, "options": LIMITS, "tcp_user_timeout": 10_000}
PAUSE = 0.02  # seconds
SCHEMES = ("postgresql", "postgres", "postgresql+psycopg")


def postgresql(address: str) -> Engine:
    """Raises Misconfigured, without the address, which may hold a password."""
    scheme, _, rest = address.partition("://")
    if scheme not in SCHEMES or not rest:
        raise Misconfigured("IIF_REGISTRY must be an address that starts with postgresql://, or be left out.")
    return create_engine(f"postgresql+psycopg://{rest}", pool_pre_ping=True, pool_size=5, connect_args=PATIENCE)


def in_file(file: Path) -> Engine:
    """Read and written, several processes at once."""
    place = URL.create("sqlite", database=str(file))
    return _sqlite(place, "foreign_keys = ON", "journal_mode = WAL", "synchronous = NORMAL")


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
    engine = create_engine(place, poolclass=QueuePool, connect_args={"check_same_thread": False})

    def begun_by_us(raw: Any, _: Any) -> None:
        # the driver would begin transactions at a moment of its own choice, and never before a table is made
        raw.isolation_level = None
        for pragma in (f"busy_timeout = {BUSY}", *pragmas):
            _set(raw, pragma)

    event.listen(engine, "connect", begun_by_us)
    event.listen(engine, "begin", _begin)
    return engine


def _set(raw: Any, pragma: str) -> None:
    """Waits where another is making the same file: SQLite itself does not while the kind of journal changes."""
    until = time.monotonic() + BUSY / 1000
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
