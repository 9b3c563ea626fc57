"""How long files are that are sent while they are written: known once one has been written to its end."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Lock

MOST = 1_000  # files whose length is remembered


class Lengths:
    """Of the files of a process, by the mark of each. Safe for threads."""

    def __init__(self) -> None:
        self._held, self._lock = dict[str, int](), Lock()

    def of(self, mark: str) -> int:
        """Bytes; 0 where no such file has been written to its end."""
        return self._held.get(mark, 0)

    def measured(self, mark: str, pieces: Iterator[bytes]) -> Iterator[bytes]:
        """The pieces; their length is remembered when all have been taken."""
        length = 0
        for piece in pieces:
            length += len(piece)
            yield piece
        with self._lock:
            while len(self._held) >= MOST:
                del self._held[next(iter(self._held))]
            self._held[mark] = length
