"""What the register tells above a ladder, for a file that is written without the pages."""

from __future__ import annotations

from pathlib import Path

from dashboard.config import settings
from dashboard.figures.ladders import PANEL
from dashboard.parts import Rungs
from dashboard.selection import Selection
from data_access.cube import Cube
from data_access.measuring import ready
from data_access.measuring.kept import Kept
from data_access.registry.opening import open_registry

LADDER = PANEL.name


def above(folder: Path, cube: Cube, selection: Selection) -> tuple[Rungs, str]:
    """The rung of the register as it stands, and its state; measured first, where it has not been."""
    registry = open_registry(folder, settings().registry)
    try:
        held = registry.held()
    finally:
        registry.close()
    register = Kept().register(cube, held.state, held.pledges)
    return ready.above(cube, held, register, selection), held.state
