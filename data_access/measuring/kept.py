"""Every commitment of a registry measured from an edition, once: kept in the process and on the shelf, as JSON.

Keys name the edition, the state of the registry and the software that measures, so nothing is ever invalidated.
"""

from __future__ import annotations

import json
import logging
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from hashlib import blake2b
from pathlib import Path
from threading import Lock
from typing import Any

from dashboard.outcomes import UNKNOWN, Outcome, of, read, write
from dashboard.overlap import Overlap
from dashboard.pledges import Pledge
from data_access.cube import Cube
from data_access.measuring import measure
from data_access.measuring.overlapping import pairs

LOG = logging.getLogger(__name__)
ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("dashboard", "data_access/measuring")
MOST = 6  # pairs of edition and registry that are held in memory
STOPPED = "It could not be measured; the log says why."


@dataclass(frozen=True)
class Register:
    """What is known of all commitments together. overlaps: pairs that count money in common, the largest first."""

    outcomes: Mapping[str, Outcome]
    overlaps: tuple[Overlap, ...]


class Kept:
    """Registers by edition and state. Safe for threads; two who ask at once wait for one answer."""

    def __init__(self) -> None:
        self._lock, self._made_by = Lock(), made_by()
        self._held: OrderedDict[tuple[str, str], Register] = OrderedDict()

    def register(self, cube: Cube, state: str, pledges: Mapping[str, Pledge]) -> Register:
        """Of these pledges, which are those of the state. What cannot be measured has its reason; never raises for
        one of them."""
        key = cube.edition, state
        with self._lock:
            if key not in self._held:
                self._held[key] = self._found(cube, state, pledges)
                while len(self._held) > MOST:
                    self._held.popitem(last=False)
            return self._held[key]

    def _found(self, cube: Cube, state: str, pledges: Mapping[str, Pledge]) -> Register:
        name = f"{self._made_by} {cube.edition} {state}"
        outcomes = self._one(cube, f"outcomes {name}", read, write, lambda: measured(cube, pledges))
        overlaps = self._one(cube, f"overlaps {name}", _read, _write, lambda: _overlaps(cube, pledges))
        return Register(outcomes, overlaps)

    def _one(
        self, cube: Cube, key: str, reading: Callable[[bytes], Any], writing: Callable[[Any], bytes], make: Any
    ) -> Any:
        stored = cube.shelf.get(key)
        try:
            if stored is not None:
                return reading(stored)
        except ValueError as error:
            LOG.warning("What was kept of the commitments could not be read and is measured again: %s", error)
        made = make()
        cube.shelf.put(key, writing(made))
        return made


def measured(cube: Cube, pledges: Mapping[str, Pledge]) -> dict[str, Outcome]:
    """Each pledge by its id."""
    return {id_: _outcome(cube, pledge) for id_, pledge in pledges.items()}


def _outcome(cube: Cube, pledge: Pledge) -> Outcome:
    if pledge.rule is None:
        return UNKNOWN
    try:
        return of(measure(cube, pledge.rule))
    except Exception:
        LOG.exception("measuring %s", pledge.id)
        return Outcome(why=STOPPED)


def _overlaps(cube: Cube, pledges: Mapping[str, Pledge]) -> tuple[Overlap, ...]:
    try:
        return pairs(cube, {id_: pledge.rule for id_, pledge in pledges.items() if pledge.rule})
    except Exception:
        LOG.exception("overlaps")
        return ()


def _write(found: tuple[Overlap, ...]) -> bytes:
    rows = [[o.first, o.second, str(o.usd), {str(y): str(v) for y, v in o.years.items()}] for o in found]
    return json.dumps(rows).encode()


def _read(stored: bytes) -> tuple[Overlap, ...]:
    try:
        return tuple(
            Overlap(first, second, Decimal(usd), {int(year): Decimal(value) for year, value in years.items()})
            for first, second, usd, years in json.loads(stored)
        )
    except (ArithmeticError, AttributeError, TypeError) as error:
        raise ValueError("These are no overlaps.") from error


def made_by(root: Path = ROOT) -> str:
    """A mark of the code that measures: what another release kept is not an answer of this one."""
    made = blake2b(digest_size=6)
    for folder in FOLDERS:
        for path in sorted((root / folder).glob("*.py")):
            made.update(path.read_bytes())
    return made.hexdigest()
