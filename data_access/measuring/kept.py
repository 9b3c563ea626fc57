"""Every commitment of a registry measured from an edition, once: kept in the process and on the shelf, as JSON.

Keys name the edition, the state of the registry and the software that measures, so nothing is ever invalidated.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from threading import Lock, Thread
from time import monotonic
from typing import Any

from dashboard.outcomes import UNKNOWN, Outcome, of, read, write
from dashboard.overlap import Overlap, Totals
from dashboard.pledges import Pledge
from dashboard.questions import Busy
from data_access.cube import Cube
from data_access.measuring import measure, overlap_text, standing
from data_access.measuring.overlapping import overlapping
from data_access.measuring.standing import Standings, standings
from data_access.places import SLOW, Places

LOG = logging.getLogger(__name__)
ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("dashboard", "data_access/measuring")
MOST = 6  # pairs of edition and registry that are held in memory
WAIT = 20.0  # seconds for which a reader waits for what is being measured
TURN = 2.0  # seconds for which one waits while another state is
WAITING = 2  # readers of a process who may wait at once
AGAIN = 10  # seconds until it is worth asking again
MEASURED = "The commitments of this state are being measured."
STOPPED = "It could not be measured; the log says why."
Key = tuple[str, str]  # edition, state of the registry


@dataclass(frozen=True)
class Register:
    """What is known of all commitments together. overlaps: pairs that count money in common, the largest first.

    standings: of the members of a group that promised together, by promise. together: by source and rung what the
    commitments that read it count, gross and net; None where it could not be computed."""

    outcomes: Mapping[str, Outcome]
    overlaps: tuple[Overlap, ...]
    standings: Standings = field(default_factory=dict)
    together: Mapping[tuple[str, str], Totals] | None = None


class Kept:
    """Registers by edition and state. Safe for threads: what is held is answered at once, what is not is measured
    beside the answers, one at a time and each once."""

    def __init__(self) -> None:
        self._lock, self._made_by = Lock(), made_by()  # guards what follows; nobody measures under it
        self._held: OrderedDict[Key, Register] = OrderedDict()
        self._making: tuple[Key, Thread] | None = None
        self._failed: dict[Key, tuple[float, Exception]] = {}  # until when no reader begins it again, and why
        self._waiting = Places(WAITING, AGAIN, SLOW, MEASURED)

    def register(self, cube: Cube, state: str, pledges: Mapping[str, Pledge]) -> Register:
        """Of these pledges, which are those of the state, however long it takes. What cannot be measured has its
        reason. Raises Busy where the engine has too many others to answer."""
        key = cube.edition, state
        while True:
            found = self._begin(key, cube, pledges)
            if isinstance(found, Register):
                return found
            found[1].join()
            if found[0] == key:
                return self._told(key)

    def soon(self, cube: Cube, state: str, pledges: Mapping[str, Pledge], wait: float = WAIT) -> Register:
        """As `register`, for a reader. Raises Busy where it takes more than some seconds, or where others wait."""
        key = cube.edition, state
        held = self._held.get(key)
        if held is None and self._may_begin(key):
            found = self._begin(key, cube, pledges)
            if isinstance(found, Register):
                return found
            with self._waiting.taken():
                found[1].join(wait if found[0] == key else min(wait, TURN))
        return held or self._told(key)

    def at_hand(self, cube: Cube, state: str, pledges: Mapping[str, Pledge]) -> Register | None:
        """As `register`, without waiting: None while nobody has measured them. They are then being measured."""
        key = cube.edition, state
        if key not in self._held and not self._lock.locked() and self._may_begin(key):
            self._begin(key, cube, pledges)
        return self._held.get(key)

    def _may_begin(self, key: Key) -> bool:
        return key not in self._failed or monotonic() > self._failed[key][0]

    def _told(self, key: Key) -> Register:
        """What is held. Raises why it is not."""
        with self._lock:
            if key in self._held:
                return self._held[key]
            why = self._failed.get(key, (0.0, None))[1]
        if why is None or isinstance(why, Busy):
            raise Busy(AGAIN, MEASURED)
        raise RuntimeError("The commitments could not be measured.") from why

    def _begin(self, key: Key, cube: Cube, pledges: Mapping[str, Pledge]) -> Register | tuple[Key, Thread]:
        """What is held or lies on the shelf; else what is being measured now, this where nothing was."""
        with self._lock:
            found = self._held.get(key) or self._stored(cube, key[1])
            if found is not None:
                return self._keep(key, found)
            if self._making is None:
                self._failed.pop(key, None)
                make = Thread(target=self._make, args=(key, cube, pledges), name="measuring", daemon=True)
                self._making = key, make
                make.start()
            return self._making

    def _make(self, key: Key, cube: Cube, pledges: Mapping[str, Pledge]) -> None:
        found, why = None, None
        try:
            found = self._found(cube, key[1], pledges)
        except Exception as error:
            LOG.exception("measuring the commitments of %s on %s", key[1], key[0])
            why = error
        with self._lock:
            self._making = None
            if found is not None:
                self._keep(key, found)
            if why is not None:
                self._failed[key] = monotonic() + AGAIN, why

    def _keep(self, key: Key, found: Register) -> Register:
        self._held[key] = found
        while len(self._held) > MOST:
            self._held.popitem(last=False)
        return found

    def _stored(self, cube: Cube, state: str) -> Register | None:
        """What another process has measured."""
        name = f"{self._made_by} {cube.edition} {state}"
        kinds = "outcomes", "overlaps", "standings"
        outcomes, overlaps, stood = (cube.shelf.get(f"{kind} {name}") for kind in kinds)
        if outcomes is None or overlaps is None or stood is None:
            return None
        try:
            return _register(read(outcomes), overlap_text.read(overlaps), standing.read(stood))
        except ValueError:  # whoever measures them anew says so
            return None

    def _found(self, cube: Cube, state: str, pledges: Mapping[str, Pledge]) -> Register:
        name = f"{self._made_by} {cube.edition} {state}"
        outcomes = self._one(cube, f"outcomes {name}", read, write, lambda: measured(cube, pledges), _all_told)
        overlaps = self._overlaps(cube, name, pledges)
        stood = self._one(cube, f"standings {name}", standing.read, standing.write, lambda: standings(cube, pledges))
        return _register(outcomes, overlaps, stood)

    def _overlaps(self, cube: Cube, name: str, pledges: Mapping[str, Pledge]) -> overlap_text.Sets | None:
        rules = {id_: pledge.rule for id_, pledge in pledges.items() if pledge.rule}
        text, make = overlap_text, lambda: overlapping(cube, rules)
        try:
            found: overlap_text.Sets = self._one(cube, f"overlaps {name}", text.read, text.write, make)
        except Busy:
            raise
        except Exception:  # is not kept: they are computed again at the next start
            LOG.exception("overlaps")
            return None
        return found

    def _one(
        self,
        cube: Cube,
        key: str,
        reading: Callable[[bytes], Any],
        writing: Callable[[Any], bytes],
        make: Any,
        whole: Callable[[Any], bool] = lambda found: True,
    ) -> Any:
        stored = cube.shelf.get(key)
        try:
            if stored is not None:
                return reading(stored)
        except ValueError as error:
            LOG.warning("What was kept of the commitments could not be read and is measured again: %s", error)
        made = make()
        if whole(made):
            cube.shelf.put(key, writing(made))
        return made


def _register(outcomes: Mapping[str, Outcome], found: overlap_text.Sets | None, stood: Standings) -> Register:
    return Register(outcomes, overlap_text.joined(found or {}), stood, found)


def measured(cube: Cube, pledges: Mapping[str, Pledge]) -> dict[str, Outcome]:
    """Each pledge by its id."""
    return {id_: _outcome(cube, pledge) for id_, pledge in pledges.items()}


def _outcome(cube: Cube, pledge: Pledge) -> Outcome:
    if pledge.rule is None:
        return UNKNOWN
    try:
        return of(measure(cube, pledge.rule))
    except Busy:  # is not said of the commitment, and never kept
        raise
    except Exception:
        LOG.exception("measuring %s", pledge.id)
        return Outcome(why=STOPPED)


def _all_told(outcomes: Mapping[str, Outcome]) -> bool:
    """Whether none was stopped by a fault: such a one is not kept, and measured again at the next start."""
    return all(one.why != STOPPED for one in outcomes.values())


def shelved_overlaps(cube: Cube, state: str) -> tuple[Overlap, ...] | None:
    """Those of all commitments of a state, where they have been made; None where not."""
    stored = cube.shelf.get(f"overlaps {made_by()} {cube.edition} {state}")
    try:
        return None if stored is None else overlap_text.joined(overlap_text.read(stored))
    except ValueError:  # whoever measures them anew says so
        return None


def made_by(root: Path = ROOT) -> str:
    """A mark of the code that measures: what another release kept is not an answer of this one."""
    made = blake2b(digest_size=6)
    for folder in FOLDERS:
        for path in sorted((root / folder).glob("*.py")):
            made.update(path.read_bytes())
    return made.hexdigest()
