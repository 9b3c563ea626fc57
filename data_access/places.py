"""Places for what takes seconds: few of a process's threads may stand in it, so that what is quick is answered."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from dashboard.questions import MANY, Busy


class Places:
    """At most `count` at once; whoever finds no place is told so at once. within: places of which one is taken too."""

    def __init__(
        self, count: int, again: int, within: Places | None = None, why: str = MANY, *, wait: float = 0.0
    ) -> None:
        """again: seconds until it is worth asking again; why: the sentence of a refusal; wait: seconds for which
        a place is waited for, where most leave theirs sooner."""
        self._free, self._again, self._within, self._why = BoundedSemaphore(count), again, within, why
        self._wait = wait

    def enter(self) -> None:
        """Takes a place, to be left by `leave`. Raises Busy."""
        if self._within:
            self._within.enter()
        if not self._free.acquire(timeout=self._wait):
            if self._within:
                self._within.leave()
            raise Busy(self._again, self._why)

    def leave(self) -> None:
        self._free.release()
        if self._within:
            self._within.leave()

    @contextmanager
    def taken(self) -> Iterator[None]:
        """A place, for as long as the block takes. Raises Busy."""
        self.enter()
        try:
            yield
        finally:
            self.leave()


SLOW = Places(3, 5)  # of a process, whatever it is that is slow: a fourth thread is left for the pages
# reading the texts of millions of records takes as long as a reader waits; those of a small source, a blink
SEARCHES = Places(1, 20, why="As many texts are being searched for as can be at once.", wait=0.25)
