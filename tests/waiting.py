"""Waiting for what another thread or process does: never for ever."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Thread, Timer
from typing import Any


def until(condition: Callable[[], bool], seconds: float = 20.0, pause: float = 0.005) -> None:
    """Returns when it holds; fails where it does not within some seconds."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(pause)


@contextmanager
def begun(command: Sequence[str | Path], seconds: float = 120.0, **given: Any) -> Iterator[subprocess.Popen[Any]]:
    """A process that outlives neither what is done with it, whatever fails there, nor some seconds."""
    with subprocess.Popen(command, **given) as process:
        limit = Timer(seconds, process.kill)
        limit.start()
        try:
            yield process
        finally:
            limit.cancel()
            process.kill()


def at_once(*work: Callable[[], object], seconds: float = 60.0) -> None:
    """Each in a thread of its own; fails where one of them does not end in time."""
    threads = [Thread(target=one, daemon=True) for one in work]
    for thread in threads:
        thread.start()
    until(lambda: not any(thread.is_alive() for thread in threads), seconds)
