"""What was promised under a selection, from commitments that are measured already: nobody who clicks waits for it."""

from __future__ import annotations

import logging
from collections import OrderedDict
from threading import Lock, Thread
from time import monotonic

from callbacks.book import Book, Opened
from dashboard.figures.ladders import PANEL
from dashboard.parts import Rungs
from dashboard.pins import Pins
from dashboard.pools import Pool
from dashboard.promised import Promised, promised
from dashboard.promised_words import AWAITED, rungs
from dashboard.selection import Selection
from data_access.cube import Cube
from data_access.measuring import ready
from data_access.registry.store import Held

LOG = logging.getLogger(__name__)
LATEST = 2.0  # seconds after which it is looked whether the register has changed
LADDER = PANEL.name
Above = tuple[Rungs | None, str]
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

    def above(self, cube: Cube, name: str, selection: Selection, wait: bool = False) -> Above:
        """What leaves with a panel of this name: of a ladder the rung of the register, and the state that tells it.
        wait: for a file, which stays as it is made. Raises Busy where that takes more than some seconds."""
        if name != LADDER:
            return None, ""
        state = self.state(cube)
        if wait and not state and (held := self._current()):
            self._book.kept.soon(cube, held.state, held.pledges)
            state = self.state(cube)
        return rungs(self.told(cube, selection, state), kept(selection)), state

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
            found = ready.ready(cube, held, register)
            with self._lock:
                self._pools[key] = found
                while len(self._pools) > MOST:
                    self._pools.popitem(last=False)
        return found


def above(opened: Opened, name: str, selection: Selection) -> Above:
    """As `Promises.above`, in the state that the book is open at. Raises Busy while its commitments are measured."""
    if name != LADDER:
        return None, ""
    cube, held = opened.cube, opened.held
    return ready.above(cube, held, opened.register, selection, kept(selection)), held.state


def kept(selection: Selection) -> str:
    """What links to the register carry: the edition, where the address pins one."""
    return Pins(edition=selection.edition).write()
