"""Commitments of a state, measured from an edition, made ready for selections."""

from __future__ import annotations

from dashboard.parts import Rungs
from dashboard.pools import Pool, pool
from dashboard.promised import promised
from dashboard.promised_words import rungs
from dashboard.selection import Selection
from data_access.cube import Cube
from data_access.measuring.kept import Register
from data_access.measuring.telling import entries
from data_access.registry.store import Held


def ready(cube: Cube, held: Held, register: Register) -> Pool:
    """What does not depend on a selection."""
    return pool(cube.codes, entries(held, register), register.overlaps)


def above(cube: Cube, held: Held, register: Register, selection: Selection, kept: str = "") -> Rungs:
    """What stands above the ladder of a source. kept: what links to the register carry of the address."""
    return rungs(promised(ready(cube, held, register), selection), kept)
