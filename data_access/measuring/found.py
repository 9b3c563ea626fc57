"""What the checks find in a state of the registry and an edition, found once and kept as JSON on the shelf.

Finding takes some seconds, so it is done beside the answers: who asks meanwhile is told that it is being done.
"""

from __future__ import annotations

import json
import logging
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import blake2b
from threading import Lock, Thread
from time import monotonic, sleep
from uuid import uuid4

from dashboard.checks import run
from dashboard.finding_list import AGAIN, Failed, Listed, Step, listed
from dashboard.findings import Finding, Side
from dashboard.questions import Busy
from data_access.contributions.public import reports
from data_access.cube import Cube
from data_access.measuring.evidence import evidence
from data_access.measuring.kept import made_by, shelved_overlaps
from data_access.measuring.said import FILE, statements
from data_access.registry.findings import history, known, known_until, take_in
from data_access.registry.store import Held, Registry
from data_access.registry.watching import Away

LOG = logging.getLogger(__name__)
MOST = 4  # pairs of edition and state whose findings are held in memory
PAUSES = (2.0, 5.0, 15.0, 30.0)  # seconds before checks are run again that found no place or no time
WAIT = 0.6  # seconds for which an answer waits for findings that are being made
Key = tuple[str, str]


class Found:
    """Findings by edition and state. Safe for threads: whatever is asked is made once, one state at a time."""

    def __init__(self) -> None:
        self._lock, self._made_by = Lock(), made_by()
        self._held: OrderedDict[Key, tuple[Finding, ...]] = OrderedDict()
        self._making: Thread | None = None  # one at a time, whatever is asked
        self._failed: dict[Key, tuple[float, Failed]] = {}  # until when nothing is tried again, and what is said

    def begin(self, cube: Cube, held: Held, registry: Registry, newest: str = "") -> Thread | None:
        """Sees to it that the findings of a state are made; the thread that makes them, None where they are held. While
        those of another state are made, those of this wait for the next who asks, and that thread is told.

        newest: the edition that is current; what is found in another one is judged nowhere."""
        key = cube.edition, held.state
        with self._lock:
            if key in self._held:
                return None
            if self._stored(cube, key):
                if cube.edition == newest:
                    _caught_up(registry, held, self._held[key])
                return None
            if self._stopped(key):
                return None
            if self._making is None:
                self._making = Thread(target=self._make, args=(cube, held, registry, newest), daemon=True)
                self._making.start()
            return self._making

    def found(
        self, cube: Cube, held: Held, registry: Registry, newest: str = "", wait: float = WAIT
    ) -> tuple[Finding, ...] | None:
        """All findings of a state, in the order of the checks; None while they are being made, or where they failed."""
        until = monotonic() + wait
        while (thread := self.begin(cube, held, registry, newest)) is not None:
            thread.join(max(0.0, until - monotonic()))
            if monotonic() >= until:
                break
        with self._lock:
            return self._held.get((cube.edition, held.state))

    def failed(self, cube: Cube, held: Held) -> Failed | None:
        """When the checks of a state failed, and where the log says why; None while they run, or did not fail."""
        with self._lock:
            return self._stopped((cube.edition, held.state))

    def _stopped(self, key: Key) -> Failed | None:
        until, said = self._failed.get(key, (0.0, None))
        return said if monotonic() < until else None

    def _name(self, key: Key) -> str:
        """With the month, as what is past its deadline depends on the day, and with what sources say."""
        return f"findings {self._made_by} {_of_statements()} {datetime.now(UTC):%Y-%m} {' '.join(key)}"

    def _stored(self, cube: Cube, key: Key) -> bool:
        stored = cube.shelf.get(self._name(key))
        try:
            if stored is not None:
                self._keep(key, read(stored))
        except ValueError as error:
            LOG.warning("Findings that were kept could not be read and are made again: %s", error)
        return key in self._held

    def _keep(self, key: Key, found: tuple[Finding, ...]) -> None:
        self._held[key] = found
        while len(self._held) > MOST:
            self._held.popitem(last=False)

    def _make(self, cube: Cube, held: Held, registry: Registry, newest: str) -> None:
        key = cube.edition, held.state
        try:
            today = f"{datetime.now(UTC):%Y-%m-%d}"
            found = _patiently(lambda: _checked(cube, held, today, registry))
            cube.shelf.put(self._name(key), write(found))
            if cube.edition == newest:
                _noted(registry, held, found)
            with self._lock:
                self._keep(key, found)
        except Exception:
            said = Failed(f"{datetime.now(UTC):%Y-%m-%d %H:%M}", uuid4().hex[:8])
            LOG.exception("the checks of %s on %s, reference %s", held.state, cube.edition, said.reference)
            with self._lock:
                self._failed[key] = monotonic() + AGAIN, said
        finally:
            with self._lock:
                self._making = None


def _checked(cube: Cube, held: Held, today: str, registry: Registry) -> tuple[Finding, ...]:
    overlaps = shelved_overlaps(cube, held.state)
    return run(evidence(cube, held.pledges.values(), statements(), today, overlaps, reports(registry, held)))


def _patiently(make: Callable[[], tuple[Finding, ...]]) -> tuple[Finding, ...]:
    """What is made once the engine has time for it: a flood of readers is no fault of the checks."""
    for pause in PAUSES:
        try:
            return make()
        except (Busy, TimeoutError) as why:
            LOG.warning("the checks wait %s seconds: %s", pause, why)
            sleep(pause)
    return make()


def _of_statements() -> str:
    return blake2b(FILE.read_bytes(), digest_size=4).hexdigest()


def _noted(registry: Registry, held: Held, found: tuple[Finding, ...]) -> None:
    """What the current state shows is kept with its judgements; earlier states are looked at only."""
    if registry.writable and registry.state() == held.state:
        take_in(registry, found)


def _caught_up(registry: Registry, held: Held, found: tuple[Finding, ...]) -> None:
    """What was found for another registry of the same records, or where none could be written, is kept in this too."""
    with suppress(Away):  # they are shown all the same; whoever asks next sees to it
        if not {finding.key for finding in found} <= known(registry).keys():
            _noted(registry, held, found)


def told(found: tuple[Finding, ...], held: Held, registry: Registry) -> tuple[Listed, ...]:
    """Findings as they stand; those of the current state with what was corrected since it was found.

    Of an earlier state findings are shown as they stood when another state followed it."""
    if registry.state() != held.state:
        return listed(found, known_until(registry, registry.ended(held.state)), held.pledges)
    judged, keys = known(registry), {finding.key for finding in found}
    past = [one.finding for key, one in judged.items() if one.status == "corrected" and key not in keys]
    return listed((*found, *past), judged, held.pledges)


def with_history(rows: tuple[Listed, ...], held: Held, registry: Registry) -> tuple[Listed, ...]:
    """Each with every judgement that led to where it stands, of an earlier state those before another followed it."""
    until = registry.ended(held.state) if registry.state() != held.state else ""
    return tuple(replace(one, history=_steps(registry, one.finding.key, until)) for one in rows)


def _steps(registry: Registry, key: str, until: str) -> tuple[Step, ...]:
    every = (Step(step.status, step.at, step.who, step.why) for step in history(registry, key))
    return tuple(step for step in every if not until or step.at < until)


def write(found: tuple[Finding, ...]) -> bytes:
    rows = [(f.check, f.about, f.words, *_side(f.first), *_side(f.second), f.severity, f.part) for f in found]
    return json.dumps(rows, separators=(",", ":")).encode()


def _side(side: Side) -> tuple[str, str]:
    return side.figure, side.source


def read(stored: bytes) -> tuple[Finding, ...]:
    """What `write` wrote. Raises ValueError for anything else."""
    try:
        return tuple(
            Finding(check, tuple(about), words, Side(a, b), Side(c, d), severity, part)
            for check, about, words, a, b, c, d, severity, part in json.loads(stored)
        )
    except TypeError as error:
        raise ValueError("These are no findings.") from error
