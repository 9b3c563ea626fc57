"""The embedded engine: SQLAlchemy on one DuckDB edition file, with limits on time, memory and threads."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Timer
from time import monotonic
from typing import Any

import duckdb
from sqlalchemy import Connection, Engine, Select, create_engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool, QueuePool

from dashboard.questions import Unanswerable

Question = Select[*tuple[Any, ...]]
MOST_ROWS = 1_000_000  # no answer is larger; one that would be is refused, never cut


@dataclass(frozen=True)
class Limits:
    """What one process may take. `running` questions at once, `waiting` more in the queue, then Busy."""

    memory: str = "512MB"
    threads: int = 1  # of the engine, per question; a web worker answers several questions at once
    seconds: float = 2.0  # per statement
    running: int = 4
    waiting: int = 64


def open_engine(path: Path, limits: Limits | None = None) -> Engine:
    """A read-only engine on an edition file. Threads never share a connection: the pool hands each its own."""
    given = limits or Limits()
    config = {"memory_limit": given.memory, "threads": given.threads, "enable_external_access": "false"}
    engine = create_engine(
        _address(path),
        connect_args={"read_only": True, "config": config},
        poolclass=QueuePool,
        pool_size=given.running,
        max_overflow=1,
        pool_timeout=max(given.seconds * 2, 1),
    )
    return _exact(engine)


def writable_engine(path: Path) -> Engine:
    """An engine that writes a new edition file; its one reader and writer is the build."""
    return _exact(create_engine(_address(path), poolclass=NullPool))


def fetch(engine: Engine, question: Question, seconds: float) -> list[Any]:
    """The rows of a question, whole. Raises Unanswerable where they are too many to be held, and TimeoutError when
    they take longer than `seconds`; both are sentences."""
    with engine.connect() as connection, _limit(connection, seconds):
        rows = list(connection.execute(question).fetchmany(MOST_ROWS + 1))
    if len(rows) > MOST_ROWS:
        raise Unanswerable(f"The answer has more than {MOST_ROWS:,} rows. Please narrow the selection.")
    return rows


@contextmanager
def _limit(connection: Connection, seconds: float) -> Iterator[None]:
    """Interrupts this connection's statement, and no other, once its time is over (DuckDB has no limit of its own;
    a timer costs a tenth of a millisecond)."""
    raw: Any = connection.connection.driver_connection
    timer = Timer(seconds, raw.interrupt)
    timer.daemon, began = True, monotonic()
    timer.start()
    try:
        yield
    except DBAPIError as error:
        if isinstance(error.orig, duckdb.InterruptException):
            words = f"This question took longer than {seconds:g} seconds and was stopped. Please narrow the selection."
            raise TimeoutError(words) from error
        raise
    finally:
        timer.cancel()
        if monotonic() - began > seconds / 2:
            timer.join()  # it may just be interrupting: never the next statement of this connection


def _address(path: Path) -> str:
    return f"duckdb:///{path}"


def _exact(engine: Engine) -> Engine:
    """duckdb-engine inherits a dialect that sends decimals through floating point, both ways; DuckDB needs no such
    help, and cents would be lost."""
    engine.dialect.supports_native_decimal = True
    return engine
