"""Tables that are published in a zip: found, opened, and what is wrong with the archive said by name."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from data_access.ingest.faults import Fault

UNPACKED = 2_000_000_000  # bytes of a table in a zip


@contextmanager
def in_archive(path: Path) -> Iterator[zipfile.ZipFile]:
    """A zip to read from. Raises Fault where it cannot be, at whatever point that shows."""
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, KeyError) as error:
        reason, remedy = f"cannot be unpacked ({str(error)[:80]})", "take the archive again"
        raise Fault(path.name, 0, "", path.name, reason, remedy, "FILE-ZIP-01") from error


def table_in(path: Path) -> str:
    """The only table of a zip. Raises Fault where there is none, or more, or it is locked or too large."""
    with in_archive(path) as archive:
        inside = [
            one for one in archive.infolist() if one.filename.endswith(".csv") and not one.filename.startswith("__")
        ]
    names = ", ".join(one.filename for one in inside) or "none"
    if len(inside) != 1:
        reason, remedy = "are the tables inside, where there should be one", "pack one table, or give it unpacked"
        raise Fault(path.name, 0, "", names, reason, remedy, "FILE-ZIP-02")
    if inside[0].flag_bits & 1 or inside[0].file_size > UNPACKED:
        reason = f"is locked, or holds more than {UNPACKED:,} bytes unpacked"
        raise Fault(path.name, 0, "", names, reason, "give the table unpacked", "FILE-ZIP-03")
    return inside[0].filename
