"""A command run and watched: how long it took, and the most memory it and its children held."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
EVERY = 0.05  # seconds between two looks at the memory


@dataclass(frozen=True)
class Run:
    """What a command did. `peak` in bytes: the largest sum of resident memory of the whole family of processes."""

    seconds: float
    peak: int
    code: int
    said: str


class Failed(RuntimeError):
    """A command that was to be measured did not do its work."""


def run(command: Sequence[str], log: Path, allowed: Sequence[int] = (0,), **environ: str) -> Run:
    """Runs a command from the project's folder; what it says goes to `log`. Raises Failed."""
    began, peak = time.perf_counter(), 0
    with log.open("wb") as out:
        given = {**os.environ, **environ}
        child = subprocess.Popen(list(command), cwd=ROOT, env=given, stdout=out, stderr=out, stdin=subprocess.DEVNULL)
        while child.poll() is None:
            peak = max(peak, resident(child.pid))
            time.sleep(EVERY)
    seconds, said = time.perf_counter() - began, log.read_text("utf-8", "replace")
    if child.returncode not in allowed:
        raise Failed(f"{' '.join(command)} ended with {child.returncode}:\n{said[-2000:]}")
    return Run(seconds, peak, child.returncode, said)


def resident(pid: int) -> int:
    """Bytes in memory of a process and all its descendants now; those that have gone count nothing."""
    return sum(_own(member) for member in family(pid))


def family(pid: int) -> list[int]:
    """The process and all its descendants, itself first."""
    found = [pid]
    for parent in found:  # grows while it is read
        try:
            listed = Path(f"/proc/{parent}/task/{parent}/children").read_text("ascii")
        except OSError:
            continue
        found += [int(child) for child in listed.split()]
    return found


def _own(pid: int) -> int:
    try:
        pages = Path(f"/proc/{pid}/statm").read_text("ascii").split()[1]
    except (OSError, IndexError):
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")
