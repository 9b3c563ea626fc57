"""The embedded engine: one DuckDB instance in memory for a process, the parts attached to it read-only, with limits on
time, memory and threads. Every question names the part that it is put to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

import duckdb
from duckdb_engine import ConnectionWrapper
from sqlalchemy import Engine, Select, create_engine
from sqlalchemy.pool import NullPool, QueuePool

from dashboard.questions import Unanswerable
from data_access.admission import Admission
from data_access.parts import quoted
from data_access.watch import Watch

Question = Select[*tuple[Any, ...]]
MOST_ROWS = 1_000_000  # no answer is larger; one that would be is refused, never cut
WRITTEN = 1_000  # texts of questions that are kept


@dataclass(frozen=True)
class Limits:
    """What one process may take. `running` questions at once, `waiting` more in the queue, then Busy."""

    memory: str = "512MB"
    threads: int = 1  # of the engine, per question; a web worker answers several questions at once
    seconds: float = 2.0  # per statement
    running: int = 4
    waiting: int = 64


class Warehouse:
    """The parts of one folder, attached as they are needed. Safe for threads: each question has a cursor of its own.

    Nothing outside the folder can be read or written through it, and no setting changed, once it stands."""

    def __init__(self, folder: Path, limits: Limits | None = None) -> None:
        self.limits, self._folder, self._lock = limits or Limits(), folder.resolve(), Lock()
        self.gate = Admission(self.limits.running, self.limits.waiting, self.limits.seconds)  # of all editions together
        self._watch = Watch()
        self._written = lru_cache(maxsize=WRITTEN)(self._write)
        self._idle = list[duckdb.DuckDBPyConnection]()  # cursors that nobody asks just now: as many as asked at once
        self._root = duckdb.connect(":memory:", config={"threads": self.limits.threads, "temp_directory": ""})
        for setting in (
            f"memory_limit = '{self.limits.memory}'",
            f"allowed_directories = [{quoted(str(self._folder))}]",
            "enable_external_access = false",
            "lock_configuration = true",
        ):
            self._root.execute(f"SET {setting}")
        self._engine = _exact(
            create_engine(
                "duckdb://",
                creator=lambda: ConnectionWrapper(self.cursor()),
                poolclass=QueuePool,
                pool_size=self.limits.running,
                max_overflow=1,
                pool_reset_on_return=None,  # nothing is written, so nothing is left to take back
                pool_timeout=max(self.limits.seconds * 2, 1),
            )
        )

    def attach(self, part: str) -> None:
        """Make a part known by its name. Raises duckdb.Error where its file is missing or is none."""
        path = self._folder / f"{part}.duckdb"
        with self._lock:
            self._root.execute(f"ATTACH IF NOT EXISTS {quoted(str(path))} AS {_named(part)} (READ_ONLY)")

    def detach(self, part: str) -> None:
        """Let go of a part's file. Questions that are being answered are answered first."""
        with self._lock:
            self._root.execute(f"DETACH DATABASE IF EXISTS {_named(part)}")

    def fetch(self, part: str, question: Question, seconds: float = 0.0) -> list[Any]:
        """The rows of a question put to a part, whole. Raises Unanswerable where they are too many to be held, and
        TimeoutError when they take longer than `seconds` (else the limit); both are sentences."""
        options = {"schema_translate_map": {None: part}}
        with self._engine.connect() as connection:
            raw: Any = connection.connection.driver_connection
            with self._watch.over(raw, seconds or self.limits.seconds):
                rows = list(connection.execute(question, execution_options=options).fetchmany(MOST_ROWS + 1))
        return _held(rows)

    def sums(self, part: str, question: Question, values: Mapping[str, Any]) -> list[Any]:
        """As `fetch`, as plain tuples and in less time: what SQLAlchemy wrote is put to the engine itself, where
        nothing needs to be begun, ended or translated; and a question is written once, whatever its values."""
        filled = self._written(part, question).construct_expanded_state(values)
        try:
            raw = self._idle.pop()
        except IndexError:
            raw = self.cursor()
        try:
            with self._watch.over(raw, self.limits.seconds):
                return _held(raw.execute(filled.statement, filled.positional_parameters).fetchmany(MOST_ROWS + 1))
        finally:
            self._idle.append(raw)

    def _write(self, part: str, question: Question) -> Any:
        """The text of a question put to a part; the values come later."""
        options: Any = {"schema_translate_map": {None: part}, "render_schema_translate": True}
        return question.compile(dialect=self._engine.dialect, **options)

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A connection of one's own to the same instance, under the same limits."""
        return self._root.cursor()

    def close(self) -> None:
        self._engine.dispose()
        self._watch.close()
        self._root.close()


def writable_engine(path: Path) -> Engine:
    """An engine that writes a new file; its one reader and writer is the build."""
    return _exact(create_engine(f"duckdb:///{path}", poolclass=NullPool))


def _held(rows: list[Any]) -> list[Any]:
    if len(rows) > MOST_ROWS:
        raise Unanswerable(f"The answer has more than {MOST_ROWS:,} rows. Please narrow the selection.")
    return rows


def _named(part: str) -> str:
    return '"' + part.replace('"', '""') + '"'


def _exact(engine: Engine) -> Engine:
    """duckdb-engine inherits a dialect that sends decimals through floating point, both ways; DuckDB needs no such
    help, and cents would be lost."""
    engine.dialect.supports_native_decimal = True
    return engine
