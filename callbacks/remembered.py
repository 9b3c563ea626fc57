"""Pages drawn lately. A page is made of an edition, a path and a selection alone, so that the same question needs no
second drawing; a page with a failure in it is never kept."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Any

from dashboard.panels import Drawing, Panel
from layouts.panels import Failure, Pieces

MOST = 96  # pages kept in a worker, about 1 MB each


@dataclass(frozen=True)
class Shown:
    """A page under one selection: its drawings and pieces by panel, its headline, and a short mark of each piece."""

    drawn: Mapping[str, tuple[Panel, Drawing | Failure]]
    made: Mapping[str, tuple[Panel, Pieces]]
    first: list[Any]
    marks: Mapping[str, str]
    whole: bool  # nothing failed


class Remembered:
    """The pages asked for last, the oldest let go first. Safe for threads."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._held: OrderedDict[tuple[str, ...], Shown] = OrderedDict()
        self._lock = Lock()

    def page(self, key: tuple[str, ...], make: Callable[[], Shown]) -> Shown:
        """The page of a key, drawn now if it is not held."""
        with self._lock:
            held = self._held.get(key)
            if held is not None:
                self._held.move_to_end(key)
                return held
        made = make()
        if made.whole:
            with self._lock:
                self._held[key] = made
                while len(self._held) > self._most:
                    self._held.popitem(last=False)
        return made
