"""A database elsewhere that has stopped answers nothing, not even that it has: reading from it is given up in time."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from sqlalchemy.exc import InterfaceError, OperationalError

T = TypeVar("T")
THREADS = 8  # at most as many readings hang; those that come after them wait no longer than they would
SENTENCE = "The registry of commitments does not answer. Please try again in a moment."


class Watch:
    """Reads in threads of its own. A thread that hangs is free again when the database is."""

    def __init__(self, patience: float) -> None:
        self._patience = patience
        self._threads = ThreadPoolExecutor(THREADS, "registry")

    def over(self, read: Callable[[], T]) -> T:
        """What is read. Raises TimeoutError, a sentence, where it takes too long or nobody is there."""
        reading = self._threads.submit(read)
        try:
            return reading.result(self._patience)
        except TimeoutError:
            reading.cancel()
            raise TimeoutError(SENTENCE) from None
        except (OperationalError, InterfaceError) as error:
            raise TimeoutError(SENTENCE) from error

    def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)
