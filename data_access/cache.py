"""Answers remembered as columns: first in the process, then on disk as Arrow bytes. Never why an answer fails.

Keys name the edition and the software that asked, so nothing is ever invalidated. The disk is shared by the workers of
one machine and holds nothing but public sums; still, nothing read from it is believed to be more than Arrow, and never
unpickled.
"""

from __future__ import annotations

import logging
import sys
from collections import OrderedDict
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager
from decimal import Decimal
from math import inf
from threading import Lock
from time import monotonic
from typing import Any

import pandas as pd
import pyarrow as pa

from dashboard.questions import Sums
from data_access.frames import framed
from data_access.shelf import Shelf

log = logging.getLogger(__name__)

ANSWERS, CELLS = 2_000, 2_000_000  # the most that is kept in one process: an amount takes a hundred bytes
WORTH = 0.03  # seconds; a page has ten answers, and keeping one takes a thousandth, finding it again as much
DIGITS = 38  # of a decimal number, at most
KEY = b"question"
Turn = Callable[[], AbstractContextManager[bool]]


class Held:
    """An answer, and the frame that is made of it once somebody wants one."""

    def __init__(self, columns: Sums) -> None:
        self.columns = columns
        self.cells = sum(map(len, columns.values()))
        self._frame: pd.DataFrame | None = None

    def frame(self) -> pd.DataFrame:
        """The caller may change what it gets: columns are shared only until one is written to."""
        if self._frame is None:
            self._frame = framed(self.columns)
        return self._frame.copy(deep=False)


class Cache:
    """Answers by key; without a shelf in the process only. `made_by`: mark of the software that asks. `worth`: seconds
    that an answer takes to be kept on the shelf too."""

    def __init__(self, shelf: Shelf | None = None, made_by: str = "", worth: float = 0.0) -> None:
        self._lock = Lock()
        self._answers: OrderedDict[str, Held] = OrderedDict()
        self._cells = 0
        self._flights: dict[str, Future[Held]] = {}
        self.shelf, self._made_by, self._worth = shelf or Shelf(), made_by, worth if shelf else inf

    def answer(self, key: str, turn: Turn, make: Callable[[], Sums]) -> Held:
        """What is remembered, or what `make` gives in its `turn`, once for all who ask at the same time."""
        key = f"{self._made_by} {key}".lstrip()
        with self._lock:
            held = self._answers.get(key)
            if held is not None:
                self._answers.move_to_end(key)
                return held
            flight = self._flights.get(key)
            leads = flight is None
            if flight is None:
                flight = self._flights[key] = Future()
        return self._fly(key, flight, turn, make) if leads else flight.result()

    def close(self) -> None:
        self.shelf.close()

    def _fly(self, key: str, flight: Future[Held], turn: Turn, make: Callable[[], Sums]) -> Held:
        try:
            held = Held(self._made(key, turn, make))
            self._keep(key, held)
            flight.set_result(held)
            return held
        finally:
            fault = sys.exception()
            if fault is not None:
                flight.set_exception(fault)  # those who wait get the same refusal, and nothing is remembered
            with self._lock:
                del self._flights[key]

    def _made(self, key: str, turn: Turn, make: Callable[[], Sums]) -> Sums:
        found = self._read(key)
        if found is not None:
            return found
        with turn() as waited:
            again = self._read(key) if waited else None  # another process may have answered meanwhile
            if again is not None:
                return again
            began = monotonic()
            columns = make()
        if monotonic() - began >= self._worth:
            self._write(key, columns)
        return columns

    def _keep(self, key: str, held: Held) -> None:
        with self._lock:
            self._answers[key] = held
            self._cells += held.cells
            while len(self._answers) > 1 and (len(self._answers) > ANSWERS or self._cells > CELLS):
                self._cells -= self._answers.popitem(last=False)[1].cells

    def _read(self, key: str) -> Sums | None:
        stored = self.shelf.get(key)
        if stored is None:
            return None
        try:
            return from_bytes(stored, key)
        except (pa.ArrowException, ValueError, KeyError, TypeError) as error:
            log.warning("A remembered answer could not be read and is asked for again: %s", error)
            return None

    def _write(self, key: str, columns: Sums) -> None:
        try:
            self.shelf.put(key, to_bytes(columns, key))
        except (pa.ArrowException, ValueError, TypeError) as error:
            log.warning("An answer could not be remembered on disk: %s", error)


def to_bytes(columns: Sums, key: str) -> bytes:
    """The columns as an Arrow stream that carries its question."""
    arrays = list(map(_array, columns.values()))
    table = pa.Table.from_arrays(arrays, list(columns), metadata={KEY: key.encode()})
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return bytes(sink.getvalue().to_pybytes())


def _array(values: Sequence[Any]) -> pa.Array:
    """Decimals stay decimals, None stays null. A column of amounts is of one kind, which need not be looked for."""
    first = next((value for value in values if value is not None), None)
    if isinstance(first, Decimal) and first.is_finite():
        try:
            return pa.array(values, type=pa.decimal128(DIGITS, -int(first.as_tuple().exponent)))
        except (pa.ArrowException, TypeError):  # kinds that differ
            return pa.array(values)
    return pa.array(values)


def from_bytes(stored: bytes, key: str) -> Sums:
    """The columns, exactly as they were kept. Raises ValueError or an Arrow error where they are no answer to `key`."""
    with pa.ipc.open_stream(pa.py_buffer(stored)) as reader:
        table = reader.read_all()
    table.validate(full=True)
    if (table.schema.metadata or {}).get(KEY) != key.encode():
        raise ValueError("what is stored answers another question")
    columns: Sums = table.to_pydict()
    return columns
