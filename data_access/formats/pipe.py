"""A file that is written from one side and sent from the other: never more of it is held than was just written."""

from __future__ import annotations

import io
from typing import Any


class Pipe(io.RawIOBase):
    """What is written stays until it is taken. It cannot be gone back in, only told how far it is."""

    def __init__(self) -> None:
        self._held, self._at = list[bytes](), 0

    def writable(self) -> bool:
        return True

    def write(self, given: Any) -> int:
        held = bytes(given)
        self._held.append(held)
        self._at += len(held)
        return len(held)

    def tell(self) -> int:
        return self._at

    def taken(self) -> bytes:
        """All that was written since it was last asked."""
        held, self._held = b"".join(self._held), []
        return held
