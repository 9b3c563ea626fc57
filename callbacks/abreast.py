"""Several panels of one page drawn at a time: while the engine answers for one, another is put into words."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

One, Made = TypeVar("One"), TypeVar("Made")
HELPERS = ThreadPoolExecutor(4, "panels")  # of a process; as many as the engine answers at once


def abreast(make: Callable[[One], Made], wanted: Sequence[One]) -> list[Made]:
    """What `make` gives for each, in order. The caller's own thread works, and one that helps where one is free: a busy
    process is never slower than without. Raises what `make` raises."""
    left, made = deque(enumerate(wanted)), dict[int, Made]()

    def work() -> None:
        while left:
            try:
                place, one = left.popleft()
            except IndexError:  # the other took the last
                return
            made[place] = make(one)

    helper = HELPERS.submit(work)
    try:
        work()
    finally:
        left.clear()  # where one failed nobody waits for the others
        if not helper.cancel():
            helper.result()
    return [made[place] for place in range(len(wanted))]
