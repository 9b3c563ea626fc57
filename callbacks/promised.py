"""What was promised under a selection, from commitments that are measured already: nobody who clicks waits for it."""

from __future__ import annotations

import logging
from collections import OrderedDict
from threading import Lock, Thread
from time import monotonic

from callbacks.book import Book
from dashboard.pins import Pins
from dashboard.pools import Pool, pool
from dashboard.promised import Promised, promised
from dashboard.promised_words import AWAITED
from dashboard.selection import Selection
from data_access.cube import Cube
from data_access.measuring.telling import entries
from data_access.registry.store import Held

LOG = logging.getLogger(__name__)
LATEST = 2.0  # seconds after which it is looked whether the register has changed
MOST = 6  # pairs of edition and state made ready


class Promises:
    """Commitments made ready for selections. Safe for threads. The register is read beside the answers, never under
    one: a database elsewhere may take its time."""

    def __init__(self, book: Book) -> None:
        self._book, self._lock = book, Lock()
        self._held: Held | None = None
        self._looked, self._looking = 0.0, Thread()
        self._pools: OrderedDict[tuple[str, str], Pool] = OrderedDict()
        self._look()

    def state(self, cube: Cube) -> str:
        """The state of the register whose commitments are at hand for an edition; empty where none are."""
        held = self._current()
        return held.state if held and self._pool(cube, held) else ""

    def told(self, cube: Cube, selection: Selection, state: str) -> Promised:
        """What was promised under a selection, in a state that `state` named."""
        found = self._pools.get((cube.edition, state))
        return promised(found, selection) if found else AWAITED

    def _current(self) -> Held | None:
        """The register as it was a moment ago."""
        with self._lock:
            if monotonic() - self._looked > LATEST and not self._looking.is_alive():
                self._looked = monotonic()
                self._looking = Thread(target=self._look, name="register", daemon=True)
                self._looking.start()
        return self._held

    def _look(self) -> None:
        try:
            self._held, self._looked = self._book.registry.held(), monotonic()
        except Exception:
            LOG.exception("the register cannot be read for the overview")

    def _pool(self, cube: Cube, held: Held) -> Pool | None:
        key = cube.edition, held.state
        found = self._pools.get(key)
        if found is None:
            register = self._book.kept.at_hand(cube, held.state, held.pledges)
            if register is None:
                return None
            found = pool(cube.codes, entries(held, register), register.overlaps)
            with self._lock:
                self._pools[key] = found
                while len(self._pools) > MOST:
                    self._pools.popitem(last=False)
        return found


def kept(selection: Selection) -> str:
    """What links to the register carry: the edition, where the address pins one."""
    return Pins(edition=selection.edition).write()
