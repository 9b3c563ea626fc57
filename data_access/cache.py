"""Answers remembered: first in the process, then on disk as Arrow bytes. Never the reason that an answer fails.

Keys name the edition, so nothing is ever invalidated. The disk is shared by the workers of one machine and holds
nothing but public sums; still, nothing read from it is believed to be more than Arrow, and never unpickled.
"""

from __future__ import annotations

import logging
import sqlite3
import sys
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import Any

import diskcache
import pandas as pd
import pyarrow as pa

log = logging.getLogger(__name__)

FRAMES, CELLS = 2_000, 4_000_000  # the most that is kept in one process
DISK_BYTES = 500_000_000
PATIENCE = 0.25  # seconds to wait for another process that writes; then the answer is simply not kept
KEY = b"question"
DISK_FAULTS = (OSError, sqlite3.Error, diskcache.Timeout, pa.ArrowException, ValueError, KeyError, TypeError)
Turn = Callable[[], AbstractContextManager[bool]]


class NoPickleDisk(diskcache.Disk):
    """Keys are text and values bytes, or they are refused, on the way in and on the way out: whoever can write into
    the cache directory must not be able to run anything here (diskcache unpickles by itself: CVE-2025-69872)."""

    def put(self, key: Any) -> tuple[Any, bool]:
        if not isinstance(key, str):
            raise TypeError("Only text is a key of this cache.")
        return key, True

    def get(self, key: Any, raw: bool) -> Any:
        if not raw or not isinstance(key, str):
            raise ValueError("A key of the cache is not plain text; it was not read.")
        return key

    def store(self, value: Any, read: bool, key: Any = diskcache.UNKNOWN) -> Any:
        if read or not isinstance(value, bytes):
            raise TypeError("Only bytes are kept in this cache.")
        return super().store(value, read, key)

    def fetch(self, mode: int, filename: str | None, value: Any, read: bool) -> Any:
        if mode not in (diskcache.core.MODE_RAW, diskcache.core.MODE_BINARY) or read:
            raise ValueError("A value of the cache is not plain bytes; it was not read.")
        return super().fetch(mode, filename, value, read)


class Cache:
    """Frames by key. `directory` None: in the process only."""

    def __init__(self, directory: Path | None = None, size: int = DISK_BYTES) -> None:
        self._lock = Lock()
        self._frames: OrderedDict[str, pd.DataFrame] = OrderedDict()
        self._cells = 0
        self._flights: dict[str, Future[pd.DataFrame]] = {}
        self._disk = open_disk(directory, size) if directory else None

    def frame(self, key: str, turn: Turn, make: Callable[[], pd.DataFrame]) -> pd.DataFrame:
        """The remembered frame, or the one that `make` gives in its `turn`, once for all who ask at the same time.

        The caller may change what it gets: columns are shared only until one is written to."""
        with self._lock:
            held = self._frames.get(key)
            if held is not None:
                self._frames.move_to_end(key)
                return held.copy(deep=False)
            flight = self._flights.get(key)
            leads = flight is None
            if flight is None:
                flight = self._flights[key] = Future()
        if leads:
            self._fly(key, flight, turn, make)
        return flight.result().copy(deep=False)

    def close(self) -> None:
        if self._disk is not None:
            self._disk.close()

    def _fly(self, key: str, flight: Future[pd.DataFrame], turn: Turn, make: Callable[[], pd.DataFrame]) -> None:
        try:
            frame = self._made(key, turn, make)
            self._keep(key, frame)
            flight.set_result(frame)
        finally:
            fault = sys.exception()
            if fault is not None:
                flight.set_exception(fault)  # those who wait get the same refusal, and nothing is remembered
            with self._lock:
                del self._flights[key]

    def _made(self, key: str, turn: Turn, make: Callable[[], pd.DataFrame]) -> pd.DataFrame:
        found = self._read(key)
        if found is not None:
            return found
        with turn() as waited:
            again = self._read(key) if waited else None  # another process may have answered meanwhile
            if again is not None:
                return again
            frame = make()
        self._write(key, frame)
        return frame

    def _keep(self, key: str, frame: pd.DataFrame) -> None:
        with self._lock:
            self._frames[key] = frame
            self._cells += frame.size
            while len(self._frames) > 1 and (len(self._frames) > FRAMES or self._cells > CELLS):
                self._cells -= self._frames.popitem(last=False)[1].size

    def _read(self, key: str) -> pd.DataFrame | None:
        if self._disk is None:
            return None
        try:
            stored = self._disk.get(key)
            return None if stored is None else from_bytes(stored, key)
        except DISK_FAULTS as error:
            log.warning("A remembered answer could not be read and is asked for again: %s", error)
            return None

    def _write(self, key: str, frame: pd.DataFrame) -> None:
        if self._disk is None:
            return
        try:
            self._disk.set(key, to_bytes(frame, key))
        except DISK_FAULTS as error:
            log.warning("An answer could not be remembered on disk: %s", error)


def to_bytes(frame: pd.DataFrame, key: str) -> bytes:
    """The frame as an Arrow stream that carries its question."""
    arrays = [pa.array(frame[name].tolist()) for name in frame.columns]  # decimals stay decimals, None stays null
    table = pa.Table.from_arrays(arrays, list(frame.columns), metadata={KEY: key.encode()})
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return bytes(sink.getvalue().to_pybytes())


def from_bytes(stored: bytes, key: str) -> pd.DataFrame:
    """The frame, exactly as it was kept. Raises ValueError or an Arrow error where it is not the answer to `key`."""
    with pa.ipc.open_stream(pa.py_buffer(stored)) as reader:
        table = reader.read_all()
    table.validate(full=True)
    if (table.schema.metadata or {}).get(KEY) != key.encode():
        raise ValueError("what is stored answers another question")
    frame: pd.DataFrame = table.to_pandas()
    return frame


def open_disk(directory: Path, size: int) -> diskcache.Cache | None:
    """The cache on disk; a broken one is moved aside; None, with a warning, where there can be none."""
    for attempt in ("first", "again"):
        try:
            directory.mkdir(mode=0o700, parents=True, exist_ok=True)
            directory.chmod(0o700)
            disk = diskcache.Cache(str(directory), disk=NoPickleDisk, size_limit=size, timeout=PATIENCE)
            disk.get("")  # reads the file, so that garbage is noticed now
        except DISK_FAULTS as error:
            log.warning("The cache in %s cannot be used (%s).", directory, error)
            if attempt == "again" or not _aside(directory):
                return None
        else:
            return disk
    return None


def _aside(directory: Path) -> bool:
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
    try:
        directory.rename(directory.with_name(f"{directory.name}-broken-{stamp}"))
    except OSError as error:
        log.warning("It could not be moved aside either (%s); answers are remembered in the process only.", error)
        return False
    return True
