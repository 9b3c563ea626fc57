"""Files of rows are written by one thread of a process, a piece of each in turn, which gives way to all other threads:
ten at once take no more of the machine than one, and pages are answered as if there were none."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import get_native_id

BEHIND = 10  # niceness: of a busy processor, a tenth of what a thread that answers a page gets


class Writer:
    """Safe for threads; its own thread begins with the first file."""

    def __init__(self) -> None:
        self._hand = ThreadPoolExecutor(1, "writer", _give_way)

    def pieces(self, written: Iterator[bytes]) -> Iterator[bytes]:
        """The pieces of a file, each made when it is asked for. Raises what their writing raises."""
        yield from iter(lambda: self._hand.submit(next, written, None).result(), None)


def _give_way() -> None:
    if sys.platform == "linux":  # where a thread has a niceness of its own
        mine = get_native_id()
        os.setpriority(os.PRIO_PROCESS, mine, min(os.getpriority(os.PRIO_PROCESS, mine) + BEHIND, 19))
