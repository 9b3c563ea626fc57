"""What the checks find in a state of the registry and an edition, found once and kept as JSON on the shelf.

Finding takes some seconds, so it is done beside the answers: who asks meanwhile is told that it is being done.
"""

from __future__ import annotations

import json
import logging
from collections import OrderedDict
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import blake2b
from threading import Lock, Thread

from dashboard.checks import run
from dashboard.finding_list import Listed, Step, listed
from dashboard.findings import Finding, Side
from data_access.cube import Cube
from data_access.measuring.evidence import evidence
from data_access.measuring.kept import made_by
from data_access.measuring.said import FILE, statements
from data_access.registry.findings import history, known, take_in
from data_access.registry.store import Held, Registry

LOG = logging.getLogger(__name__)
MOST = 4  # pairs of edition and state whose findings are held in memory
WAIT = 0.6  # seconds for which an answer waits for findings that are being made
Key = tuple[str, str]


class Found:
    """Findings by edition and state. Safe for threads: whatever is asked is made once."""

    def __init__(self) -> None:
        self._lock, self._made_by = Lock(), made_by()
        self._held: OrderedDict[Key, tuple[Finding, ...]] = OrderedDict()
        self._making: dict[Key, Thread] = {}

    def begin(self, cube: Cube, held: Held, registry: Registry, newest: str = "") -> Thread | None:
        """Sees to it that the findings of a state are made; the thread that makes them, None where they are held.

        newest: the edition that is current; what is found in another one is judged nowhere."""
        key = cube.edition, held.state
        with self._lock:
            if key in self._held:
                return None
            if self._stored(cube, key):
                if cube.edition == newest:
                    _caught_up(registry, held, self._held[key])
                return None
            if key not in self._making:
                self._making[key] = Thread(target=self._make, args=(cube, held, registry, newest), daemon=True)
                self._making[key].start()
            return self._making[key]

    def found(
        self, cube: Cube, held: Held, registry: Registry, newest: str = "", wait: float = WAIT
    ) -> tuple[Finding, ...] | None:
        """All findings of a state, in the order of the checks; None while they are being made."""
        thread = self.begin(cube, held, registry, newest)
        if thread is not None:
            thread.join(wait)
        with self._lock:
            return self._held.get((cube.edition, held.state))

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
            found = run(evidence(cube, held.pledges.values(), statements(), today))
            cube.shelf.put(self._name(key), write(found))
            if cube.edition == newest:
                _noted(registry, held, found)
            with self._lock:
                self._keep(key, found)
        except Exception:
            LOG.exception("the checks of %s on %s", held.state, cube.edition)
        finally:
            with self._lock:
                self._making.pop(key, None)


def _of_statements() -> str:
    return blake2b(FILE.read_bytes(), digest_size=4).hexdigest()


def _noted(registry: Registry, held: Held, found: tuple[Finding, ...]) -> None:
    """What the current state shows is kept with its judgements; earlier states are looked at only."""
    if registry.writable and registry.state() == held.state:
        take_in(registry, found)


def _caught_up(registry: Registry, held: Held, found: tuple[Finding, ...]) -> None:
    """What was found for another registry of the same records, or where none could be written, is kept in this too."""
    if not {finding.key for finding in found} <= known(registry).keys():
        _noted(registry, held, found)


def told(found: tuple[Finding, ...], held: Held, registry: Registry) -> tuple[Listed, ...]:
    """Findings as they stand; those of the current state with what was corrected since it was found.

    A judgement is passed on the current state: of an earlier one findings are shown as they were found."""
    if registry.state() != held.state:
        return listed(found, {}, held.pledges)
    judged, keys = known(registry), {finding.key for finding in found}
    past = [one.finding for key, one in judged.items() if one.status == "corrected" and key not in keys]
    return listed((*found, *past), judged, held.pledges)


def with_history(rows: tuple[Listed, ...], held: Held, registry: Registry) -> tuple[Listed, ...]:
    """Each with every judgement that led to where it stands."""
    if registry.state() != held.state:
        return rows
    return tuple(replace(one, history=_steps(registry, one.finding.key)) for one in rows)


def _steps(registry: Registry, key: str) -> tuple[Step, ...]:
    return tuple(Step(step.status, step.at, step.who, step.why) for step in history(registry, key))


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
