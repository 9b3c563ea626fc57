"""The embedded engine: DuckDB in memory, one instance for the pages of a process and one for its files, the parts
attached read-only, with limits on time, memory and threads. Every question names the part that it is put to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from time import sleep
from typing import Any

import duckdb
import pyarrow as pa
from duckdb_engine import ConnectionWrapper
from sqlalchemy import Engine, Select, create_engine
from sqlalchemy.pool import NullPool, QueuePool

from dashboard.questions import Unanswerable
from data_access.admission import Admission
from data_access.instance import Instance
from data_access.watch import Watch
from data_access.written import written

Question = Select[*tuple[Any, ...]]
Columns = list[Sequence[Any]]  # an answer turned: the values of each column
MOST_ROWS = 1_000_000  # no answer is larger; one that would be is refused, never cut
WRITTEN = 1_000  # texts of questions that are kept
STOPS, PAUSE = 100, 0.02  # times that a question which is being answered is stopped, and seconds between


@dataclass(frozen=True)
class Limits:
    """What one process may take. `running` questions at once, `waiting` more in the queue, then Busy."""

    memory: str = "512MB"
    files: str = "16MB"  # of the engine while it reads the rows of files
    threads: int = 1  # of the engine, per question; a web worker answers several questions at once
    seconds: float = 2.0  # per statement
    running: int = 4
    waiting: int = 64


class Warehouse:
    """The parts of one folder, attached as they are needed. Safe for threads: each question has a cursor of its own."""

    def __init__(self, folder: Path, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        pa.set_memory_pool(pa.system_memory_pool())  # Arrow's own keeps for each thread what it once took
        self.gate = Admission(self.limits.running, self.limits.waiting, self.limits.seconds)  # of all editions together
        self._watch = Watch()
        self._written = lru_cache(maxsize=WRITTEN)(written)
        self._idle = list[duckdb.DuckDBPyConnection]()  # cursors that nobody asks just now: as many as asked at once
        self._pages = Instance(folder, self.limits.memory, self.limits.threads)
        self._files = Instance(folder, self.limits.files, 1)
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
        for instance in (self._pages, self._files):
            instance.attach(part)

    def detach(self, part: str) -> None:
        """Let go of a part's file. Questions that are being answered are answered first."""
        for instance in (self._pages, self._files):
            instance.detach(part)

    def fetch(self, part: str, question: Question, seconds: float = 0.0) -> list[Any]:
        """The rows of a question put to a part, whole. Raises Unanswerable where they are too many to be held, and
        TimeoutError when they take longer than `seconds` (else the limit); both are sentences."""
        options = {"schema_translate_map": {None: part}}
        with self._engine.connect() as connection:
            raw: Any = connection.connection.driver_connection
            with self._watch.over(raw, seconds or self.limits.seconds):
                rows = list(connection.execute(question, execution_options=options).fetchmany(MOST_ROWS + 1))
        return _held(rows)

    def sums(self, part: str, question: Question, values: Mapping[str, Any], seconds: float = 0.0) -> list[Any]:
        """As `fetch`, as plain tuples and in less time: what SQLAlchemy wrote is put to the engine itself, where
        nothing needs to be begun, ended or translated; and a question is written once, whatever its values."""
        text, given = self._written(part, question).filled(values)
        with self._asked(seconds) as raw:
            return _held(raw.execute(text, given).fetchmany(MOST_ROWS + 1))

    def arrow(self, part: str, question: Question, seconds: float = 0.0) -> pa.Table:
        """As `sums`, as columns of Arrow, for questions that are put once."""
        text, given = written(part, question).filled({})
        with self._asked(seconds) as raw:
            return raw.sql(text, params=given).to_arrow_table()

    def lot(self, part: str, question: Question, seconds: float = 0.0) -> pa.Table:
        """As `arrow`, for some of the rows of a file, which are read from one end to the other: by an instance of
        little memory, so that files neither grow a worker nor put out of memory what pages ask again; where it is too
        little, by that of the pages."""
        text, given = written(part, question).filled({})
        watched = partial(self._watch.over, seconds=seconds or self.limits.seconds)
        with suppress(duckdb.OutOfMemoryException), self._files.cursor() as raw, watched(raw):
            return raw.sql(text, params=given).to_arrow_table()
        return self.arrow(part, question, seconds)

    @contextmanager
    def _asked(self, seconds: float) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor to put one question to, under the limit of time. Raises TimeoutError."""
        try:
            raw = self._idle.pop()
        except IndexError:
            raw = self.cursor()
        try:
            with self._watch.over(raw, seconds or self.limits.seconds):
                yield raw
        finally:
            self._idle.append(raw)

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A connection of one's own to the same instance, under the same limits."""
        return self._pages.cursor()

    def close(self) -> None:
        """Stops what is being answered, and lets go of the files."""
        self._engine.dispose()
        self._watch.close()
        for _ in range(STOPS):
            with suppress(duckdb.ResourceInUseException):  # a question of another thread has not ended yet
                self._pages.close()
                self._files.close()
                break
            self._watch.stop()
            sleep(PAUSE)


def writable_engine(path: Path) -> Engine:
    """An engine that writes a new file; its one reader and writer is the build."""
    return _exact(create_engine(f"duckdb:///{path}", poolclass=NullPool))


def _held(rows: list[Any]) -> list[Any]:
    if len(rows) > MOST_ROWS:
        raise Unanswerable(f"The answer has more than {MOST_ROWS:,} rows. Please narrow the selection.")
    return rows


def _exact(engine: Engine) -> Engine:
    """duckdb-engine inherits a dialect that sends decimals through floating point, both ways; DuckDB needs no such
    help, and cents would be lost."""
    engine.dialect.supports_native_decimal = True
    return engine
