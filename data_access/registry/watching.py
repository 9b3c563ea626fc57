"""A database elsewhere that has stopped answers nothing, not even that it has: asking it is given up in time."""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from threading import Lock
from time import monotonic
from typing import Any, TypeVar, cast

from sqlalchemy.exc import InterfaceError, OperationalError

T = TypeVar("T")
THREADS = 8  # at most as many readings hang; those that come after them wait no longer than they would
HELD = 500  # answers that are remembered
PAUSE = 2.0  # seconds for which a database that did not answer is not asked for what is remembered
LOG = logging.getLogger(__name__)
SENTENCE = "The registry of commitments does not answer. Please try again in a moment."


class Away(TimeoutError):
    """The database does not answer; the message is a sentence."""


class Last:
    """What was answered last, for readers of public pages while the database does not answer."""

    def __init__(self) -> None:
        self._held, self._lock, self._until = OrderedDict[Hashable, Any](), Lock(), 0.0

    def over(self, key: Hashable, read: Callable[[], T]) -> T:
        """What is read; what was read last under this key where nothing is. Raises Away where there is neither."""
        if monotonic() < self._until:
            return cast(T, self._last(key))
        try:
            answer = read()
        except Away:
            self._until = monotonic() + PAUSE
            LOG.warning("The database of the registry does not answer; public pages show what it said last.")
            return cast(T, self._last(key))
        with self._lock:
            self._until = 0.0
            self._held[key] = answer
            self._held.move_to_end(key)
            while len(self._held) > HELD:
                self._held.popitem(last=False)
        return answer

    def _last(self, key: Hashable) -> Any:
        try:
            return self._held[key]
        except KeyError:
            raise Away(SENTENCE) from None


class Watch:
    """Reads in threads of its own. A thread that hangs is free again when the database is."""

    def __init__(self, patience: float) -> None:
        self._patience = patience
        self._threads = ThreadPoolExecutor(THREADS, "registry")

    def over(self, read: Callable[[], T], more: float = 0.0) -> T:
        """What is read. more: seconds that it may take beyond what a reading may. Raises Away where it takes too long
        or nobody is there."""
        reading = self._threads.submit(copy_context().run, read)
        try:
            return reading.result(self._patience + more)
        except TimeoutError:
            reading.cancel()
            raise Away(SENTENCE) from None
        except (OperationalError, InterfaceError) as error:
            raise Away(SENTENCE) from error

    def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)
