"""Bytes kept on disk by key, shared by the workers of one machine. A fault of the disk is a miss, never an error.

What is kept holds nothing but public figures; still, nothing read here is ever unpickled.
"""

from __future__ import annotations

import logging
import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import Any

import diskcache

log = logging.getLogger(__name__)

PATIENCE = 0.25  # seconds to wait for another process that writes; then the answer is simply not kept
SHELF_BYTES = 500_000_000
QUIET = 60.0  # seconds between two lines of the log: a disk that is full or busy is so at every answer
DISK_FAULTS = (OSError, sqlite3.Error, diskcache.Timeout, ValueError, KeyError, TypeError)


class NoPickleDisk(diskcache.Disk):
    """Keys are text and values bytes, or they are refused, on the way in and on the way out: whoever can write into
    the cache directory must not be able to run anything here (diskcache unpickles by itself: CVE-2025-69872)."""

    def put(self, key: Any) -> tuple[Any, bool]:
        if not isinstance(key, str):
            raise TypeError("Only text is a key of this cache.")
        return key, True

    def get(self, key: Any, raw: bool) -> Any:
        if not raw or not isinstance(key, str):
            raise ValueError("A key of the cache is not plain text; it was not read.")
        return key

    def store(self, value: Any, read: bool, key: Any = diskcache.UNKNOWN) -> Any:
        if read or not isinstance(value, bytes):
            raise TypeError("Only bytes are kept in this cache.")
        return super().store(value, read, key)

    def fetch(self, mode: int, filename: str | None, value: Any, read: bool) -> Any:
        if mode not in (diskcache.core.MODE_RAW, diskcache.core.MODE_BINARY) or read:
            raise ValueError("A value of the cache is not plain bytes; it was not read.")
        return super().fetch(mode, filename, value, read)


class Shelf:
    """What is kept in a directory. `directory` None: nothing is."""

    def __init__(self, directory: Path | None = None, size: int = SHELF_BYTES) -> None:
        self._disk = open_disk(directory, size) if directory else None
        self._said = -QUIET

    def get(self, key: str) -> bytes | None:
        """The bytes kept under a key, or None."""
        if self._disk is None:
            return None
        try:
            kept = self._disk.get(key)
            return kept if isinstance(kept, bytes) else None
        except DISK_FAULTS as error:
            self._warn("A remembered answer could not be read and is asked for again", error)
            return None

    def put(self, key: str, value: bytes) -> None:
        """Keep bytes under a key, for as long as there is room."""
        if self._disk is None:
            return
        try:
            self._disk.set(key, value)
        except DISK_FAULTS as error:
            self._warn("An answer could not be remembered on disk", error)

    def _warn(self, what: str, error: Exception) -> None:
        now = monotonic()
        if now - self._said >= QUIET:
            self._said = now
            log.warning("%s (said once a minute): %s", what, str(error) or type(error).__name__)

    def close(self) -> None:
        if self._disk is not None:
            self._disk.close()


def open_disk(directory: Path, size: int) -> diskcache.Cache | None:
    """The cache on disk; a broken one is moved aside; None, with a warning, where there can be none."""
    for attempt in ("first", "again"):
        try:
            directory.mkdir(mode=0o700, parents=True, exist_ok=True)
            directory.chmod(0o700)
            disk = diskcache.Cache(str(directory), disk=NoPickleDisk, size_limit=size, timeout=PATIENCE)
            disk.get("")  # reads the file, so that garbage is noticed now
        except DISK_FAULTS as error:
            log.warning("The cache in %s cannot be used (%s).", directory, error)
            if attempt == "again" or not _aside(directory):
                return None
        else:
            return disk
    return None


def _aside(directory: Path) -> bool:
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
    try:
        directory.rename(directory.with_name(f"{directory.name}-broken-{stamp}"))
    except OSError as error:
        log.warning("It could not be moved aside either (%s); answers are remembered in the process only.", error)
        return False
    return True
