"""Locks of a data folder. They are the system's own: each falls with the process that held it, however that ended."""

from __future__ import annotations

import fcntl
import json
import logging
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

LOG = logging.getLogger(__name__)
PATIENCE = 180.0  # seconds; what is done under the lock takes some at most, on a slow machine some tens
TOLD = 5.0  # seconds after which it is said what is waited for
PAUSE = 0.02  # seconds


class Running(RuntimeError):
    """Another load is at work; the message is a sentence."""


@contextmanager
def loading(home: Path, source: str) -> Iterator[None]:
    """One load at a time; a second is told of the first by Running."""
    with (home / "editions" / ".loading").open("a+", encoding="utf-8", errors="replace") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise Running(_at_work(lock.read())) from None
        lock.truncate(0)
        lock.write(
            json.dumps({"source": source, "since": f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC", "pid": os.getpid()})
        )
        lock.flush()
        yield
        lock.truncate(0)


def _at_work(told: str) -> str:
    try:
        other = json.loads(told)
        return f"A load of {other['source']} runs since {other['since']} (process {other['pid']}); try again after it."
    except (ValueError, KeyError, TypeError):
        return "Another load is running; try again after it."


@contextmanager
def alone(home: Path, patience: float = PATIENCE) -> Iterator[None]:
    """One process at a time changes the editions. Raises TimeoutError, a sentence, where another does not let go: one
    that was suspended holds its lock for as long as it lives."""
    path = home / "editions" / ".lock"
    with path.open("r" if path.is_file() else "w") as lock:  # a folder that cannot be written to can still be read
        _wait(lock, path, patience)
        yield


def _wait(lock: TextIO, path: Path, patience: float) -> None:
    began, told = time.monotonic(), False
    while True:
        try:
            return fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            waited = time.monotonic() - began
        if waited >= patience:
            raise TimeoutError(
                f"Another process has held {path} for {waited:.0f} seconds; see which (lsof {path}), and end it if it "
                "was suspended or hangs."
            )
        if waited >= TOLD and not told:
            told = True
            LOG.warning("Waiting for another process that changes the editions (%s).", path)
        time.sleep(PAUSE)
