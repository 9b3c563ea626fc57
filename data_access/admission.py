"""A fair queue in front of the engine: first come, first served; past its length a refusal that says when."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from math import ceil, inf
from threading import Event, Lock
from time import monotonic

from dashboard.questions import Busy

_UNTIL: ContextVar[float] = ContextVar("until", default=inf)


@contextmanager
def until(moment: float) -> Iterator[None]:
    """Within the block no turn begins after a moment of the monotonic clock, so that what asks many questions ends."""
    before = _UNTIL.set(moment)
    try:
        yield
    finally:
        _UNTIL.reset(before)


class Admission:
    """At most `running` at once, at most `waiting` behind them, each for at most `patience` seconds per place."""

    def __init__(self, running: int, waiting: int, patience: float) -> None:
        self._running, self._waiting, self._patience = running, waiting, patience
        self._free, self._lock = running, Lock()
        self._queue: deque[Event] = deque()

    @contextmanager
    def turn(self) -> Iterator[bool]:
        """A turn at the engine; says whether it had to be waited for. Raises Busy when the queue is full, or when
        waiting lasted too long; TimeoutError where `until` is over."""
        if monotonic() > _UNTIL.get():
            raise TimeoutError("The time that was given to this answer is over.")
        waited = self._enter()
        try:
            yield waited
        finally:
            self._leave()

    def waiting(self) -> int:
        """How many stand in the queue."""
        return len(self._queue)

    def retry_after(self) -> int:
        """Seconds until the queue as it stands will have passed if every question took its whole time."""
        return max(1, ceil(self._patience * (len(self._queue) + 1) / self._running))

    def _enter(self) -> bool:
        with self._lock:
            if self._free and not self._queue:
                self._free -= 1
                return False
            if len(self._queue) >= self._waiting:
                raise Busy(self.retry_after())
            called = Event()
            self._queue.append(called)
            longest = self.retry_after() + self._patience
        if not called.wait(longest):
            self._give_up(called)
        return True

    def _give_up(self, called: Event) -> None:
        with self._lock:
            if called.is_set():
                return  # the turn came at the last moment
            self._queue.remove(called)
            raise Busy(self.retry_after())

    def _leave(self) -> None:
        with self._lock:
            if self._queue:
                self._queue.popleft().set()  # the turn is handed on, so nobody who comes later can take it
            else:
                self._free += 1
