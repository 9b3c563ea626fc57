"""Answers remembered: first in the process, then on disk as Arrow bytes. Never the reason that an answer fails.

Keys name the edition and the software that asked, so nothing is ever invalidated. The disk is shared by the workers of
one machine and holds nothing but public sums; still, nothing read from it is believed to be more than Arrow, and never
unpickled.
"""

from __future__ import annotations

import logging
import sys
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import AbstractContextManager
from decimal import Decimal
from threading import Lock
from time import monotonic
from typing import Any

import pandas as pd
import pyarrow as pa

from data_access.shelf import Shelf

log = logging.getLogger(__name__)

FRAMES, CELLS = 2_000, 4_000_000  # the most that is kept in one process
WORTH = 0.03  # seconds; a page has ten answers, and keeping one takes a thousandth, finding it again as much
DIGITS = 38  # of a decimal number, at most
KEY = b"question"
Turn = Callable[[], AbstractContextManager[bool]]


class Cache:
    """Frames by key; without a shelf in the process only. `made_by`: mark of the software that asks. `worth`: seconds
    that an answer takes to be kept on the shelf too."""

    def __init__(self, shelf: Shelf | None = None, made_by: str = "", worth: float = 0.0) -> None:
        self._lock = Lock()
        self._frames: OrderedDict[str, pd.DataFrame] = OrderedDict()
        self._cells = 0
        self._flights: dict[str, Future[pd.DataFrame]] = {}
        self.shelf, self._made_by, self._worth = shelf or Shelf(), made_by, worth

    def frame(self, key: str, turn: Turn, make: Callable[[], pd.DataFrame]) -> pd.DataFrame:
        """The remembered frame, or the one that `make` gives in its `turn`, once for all who ask at the same time.

        The caller may change what it gets: columns are shared only until one is written to."""
        key = f"{self._made_by} {key}".lstrip()
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
        self.shelf.close()

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
            began = monotonic()
            frame = make()
        if monotonic() - began >= self._worth:
            self._write(key, frame)
        return frame

    def _keep(self, key: str, frame: pd.DataFrame) -> None:
        with self._lock:
            self._frames[key] = frame
            self._cells += frame.size
            while len(self._frames) > 1 and (len(self._frames) > FRAMES or self._cells > CELLS):
                self._cells -= self._frames.popitem(last=False)[1].size

    def _read(self, key: str) -> pd.DataFrame | None:
        stored = self.shelf.get(key)
        if stored is None:
            return None
        try:
            return from_bytes(stored, key)
        except (pa.ArrowException, ValueError, KeyError, TypeError) as error:
            log.warning("A remembered answer could not be read and is asked for again: %s", error)
            return None

    def _write(self, key: str, frame: pd.DataFrame) -> None:
        try:
            self.shelf.put(key, to_bytes(frame, key))
        except (pa.ArrowException, ValueError, TypeError) as error:
            log.warning("An answer could not be remembered on disk: %s", error)


def to_bytes(frame: pd.DataFrame, key: str) -> bytes:
    """The frame as an Arrow stream that carries its question."""
    arrays = [_array(frame[name].tolist()) for name in frame.columns]
    table = pa.Table.from_arrays(arrays, list(frame.columns), metadata={KEY: key.encode()})
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return bytes(sink.getvalue().to_pybytes())


def _array(values: list[Any]) -> pa.Array:
    """Decimals stay decimals, None stays null. A column of amounts is of one kind, which need not be looked for."""
    first = next((value for value in values if value is not None), None)
    if isinstance(first, Decimal) and first.is_finite():
        try:
            return pa.array(values, type=pa.decimal128(DIGITS, -int(first.as_tuple().exponent)))
        except (pa.ArrowException, TypeError):  # kinds that differ
            return pa.array(values)
    return pa.array(values)


def from_bytes(stored: bytes, key: str) -> pd.DataFrame:
    """The frame, exactly as it was kept. Raises ValueError or an Arrow error where it is not the answer to `key`."""
    with pa.ipc.open_stream(pa.py_buffer(stored)) as reader:
        table = reader.read_all()
    table.validate(full=True)
    if (table.schema.metadata or {}).get(KEY) != key.encode():
        raise ValueError("what is stored answers another question")
    frame: pd.DataFrame = table.to_pandas()
    return frame
