"""A statement's time. DuckDB has no limit of its own; while any statement runs, one thread looks which have had it.

A thread for each statement would be started and awaited for each: on a busy machine that costs more than many answers.
"""

from __future__ import annotations

import atexit
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Lock, Thread
from time import monotonic, sleep
from typing import Any

import duckdb
from sqlalchemy.exc import DBAPIError

LOOK = 0.05  # seconds between two looks


class Watch:
    """Interrupts what takes too long. Safe for threads, and for processes that are forked."""

    def __init__(self) -> None:
        self._lock, self._some, self._thread = Lock(), Event(), Thread()
        self._ends: dict[object, tuple[float, Any]] = {}
        self._closed = False
        atexit.register(self.close)  # the engine's modules are not to be taken down under a thread

    @contextmanager
    def over(self, connection: Any, seconds: float) -> Iterator[None]:
        """Stops what this DuckDB connection runs within, and nothing after it. Raises TimeoutError, a sentence."""
        running = object()
        with self._lock:
            self._ends[running] = (monotonic() + seconds, connection)
            if not self._thread.is_alive():
                self._thread = Thread(target=self._look, name="watch", daemon=True)
                self._thread.start()
        if not self._some.is_set():  # cleared under the lock only, where nothing runs
            self._some.set()
        try:
            yield
        except (DBAPIError, duckdb.Error) as error:
            if not isinstance(getattr(error, "orig", error), duckdb.InterruptException):
                raise
            words = f"This question took longer than {seconds:g} seconds and was stopped. Please narrow the selection."
            raise TimeoutError(words) from error
        finally:
            with self._lock:
                del self._ends[running]

    def close(self) -> None:
        """Ends the thread."""
        atexit.unregister(self.close)
        with self._lock:
            self._closed = True
            self._some.set()
        if self._thread.is_alive():
            self._thread.join(1)

    def stop(self) -> None:
        """Interrupts whatever runs now."""
        with self._lock:
            for _, connection in self._ends.values():
                connection.interrupt()

    def _look(self) -> None:
        while self._some.wait() and not self._closed:
            sleep(LOOK)
            with self._lock:  # what has ended is taken off under the lock: the next statement is never interrupted
                now = monotonic()
                for connection in [one for end, one in self._ends.values() if now >= end]:
                    connection.interrupt()
                if not self._ends and not self._closed:
                    self._some.clear()
