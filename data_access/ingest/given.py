"""The files that a load is given: what rows call each, and whether they stay as they are while they are read."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

State = tuple[int, int, int, int]
States = Mapping[Path, State]


def names(paths: Sequence[Path]) -> list[str]:
    """Files as rows name them: their own names; where two are the same, the paths of all from the folder that holds
    them all."""
    if len({path.name for path in paths}) == len(paths):
        return [path.name for path in paths]
    whole = [path.parent.resolve() / path.name for path in paths]
    common = os.path.commonpath([path.parent for path in whole])
    return [path.relative_to(common).as_posix() for path in whole]


def states(paths: Sequence[Path]) -> States:
    """What changes of a file when it is written to, or another is put in its place."""
    return {path: _state(path) for path in paths}


def changed(before: States) -> str:
    """The first file that is no longer as it was; empty where all are."""
    for path, state in before.items():
        try:
            same = _state(path) == state
        except OSError:
            same = False
        if not same:
            return str(path)
    return ""


def _state(path: Path) -> State:
    found = path.stat()
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns
