"""Pages drawn lately, as finished JSON: first in the process, then on the shelf that the workers share.

A page is made of an edition, a path and a selection alone, and by this software: its digest is part of every key, so
that a page drawn by another release is never shown. A page with a failure in it is never kept.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from threading import Lock

import orjson
from orjson import Fragment

from data_access.shelf import Shelf

MOST = 256  # pages kept in a worker, about 150 kB each
ROOT = Path(__file__).parent.parent
DRAWN_BY = ("dashboard", "data_access", "layouts", "callbacks")


@dataclass(frozen=True)
class Shown:
    """A page under one selection: every piece of it as JSON by "panel/kind/slot", and whether nothing failed."""

    pieces: Mapping[str, str]
    whole: bool

    @cached_property
    def marks(self) -> dict[str, str]:
        """A short mark of every piece: a piece whose mark is known is on the screen already."""
        return {key: hashlib.blake2b(piece.encode(), digest_size=6).hexdigest() for key, piece in self.pieces.items()}

    def piece(self, key: str) -> Fragment:
        """A piece as it goes into an answer: written already, not to be encoded again."""
        return Fragment(self.pieces[key])


class Remembered:
    """The pages asked for last, the oldest let go first. Safe for threads."""

    def __init__(self, shelf: Shelf | None = None, most: int = MOST) -> None:
        self._shelf, self._most, self._made_by = shelf or Shelf(), most, digest()
        self._held: OrderedDict[str, Shown] = OrderedDict()
        self._lock = Lock()

    def page(self, asked: tuple[str, ...], make: Callable[[], Shown]) -> Shown:
        """The page that was asked for, drawn now if it is held nowhere."""
        key = " ".join(("page", self._made_by, *asked))
        with self._lock:
            held = self._held.get(key)
            if held is not None:
                self._held.move_to_end(key)
                return held
        found = self._found(key)
        made = found or make()
        if found is None and made.whole:
            self._shelf.put(key, orjson.dumps([key, dict(made.pieces)]))
        if made.whole:
            self._keep(key, made)
        return made

    def _found(self, key: str) -> Shown | None:
        kept = self._shelf.get(key)
        if kept is None:
            return None
        try:
            named, pieces = orjson.loads(kept)
        except (ValueError, TypeError):  # another's bytes
            return None
        return Shown(pieces, True) if named == key and isinstance(pieces, dict) else None

    def _keep(self, key: str, made: Shown) -> None:
        with self._lock:
            self._held[key] = made
            while len(self._held) > self._most:
                self._held.popitem(last=False)


def digest(root: Path = ROOT) -> str:
    """Of all the code that asks and draws."""
    made = hashlib.blake2b(digest_size=6)
    for folder in DRAWN_BY:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in (".py", ".csv", ".json"):
                made.update(path.read_bytes())
    return made.hexdigest()
