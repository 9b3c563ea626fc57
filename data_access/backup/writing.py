"""Writing a backup of a data folder, while it is served."""

from __future__ import annotations

import os
import sqlite3
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, select

from data_access import permalinks
from data_access.audit import START
from data_access.backup.archives import FILES, MANIFEST, PIECE, TABLES, Progress, Told
from data_access.backup.rows import kept, written
from data_access.people import secret
from data_access.people.tables import audit
from data_access.registry.store import Registry
from data_access.registry.tables import change

ALWAYS = (secret.FILE, "evidence")  # of a data folder; the register is read through its tables
EDITIONS = ("current", "editions", "parts")


def write(home: Path, registry: Registry, target: Path, progress: Progress, *, editions: bool = True) -> Told:
    """What it holds. `target` appears whole or not at all, readable by its owner alone, as it holds what people wrote
    in confidence. editions: with the flows, which can be loaded again from their files. Raises OSError."""
    made = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
    new = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as raw:
            with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
                into = _Into(archive, progress)
                state, last = registry.read(lambda connection: _tables(connection, into))
                for name, path in _files(home, ALWAYS + (EDITIONS if editions else ())):
                    into.put(FILES + name, _pieces(path))
                _short_links(home, into)
                told = Told(made, state, last, into.parts, into.size)
                archive.writestr(MANIFEST, told.written())
            raw.flush()
            os.fsync(raw.fileno())
        new.rename(target)
    finally:
        new.unlink(missing_ok=True)
    return told


class _Into:
    """An archive that is being written, with the checksums of its parts."""

    def __init__(self, archive: zipfile.ZipFile, progress: Progress) -> None:
        self._archive, self._progress = archive, progress
        self.parts: dict[str, str] = {}
        self.size = 0

    def put(self, name: str, pieces: Iterable[bytes]) -> None:
        digest = sha256()
        with self._archive.open(name, "w", force_zip64=True) as sink:
            for piece in pieces:
                digest.update(piece)
                sink.write(piece)
                self.size += len(piece)
                self._progress(len(piece))
        self.parts[name] = digest.hexdigest()


def _tables(connection: Connection, into: _Into) -> tuple[str, tuple[int, str]]:
    """All of one moment: state of the registry, end of the record of audit."""
    for table in kept():
        into.put(f"{TABLES}{table.name}.jsonl", (line.encode() for line in written(connection, table)))
    state = connection.execute(select(change.c.state).order_by(change.c.number.desc()).limit(1)).scalar() or ""
    last = connection.execute(select(audit.c.number, audit.c.digest).order_by(audit.c.number.desc()).limit(1)).first()
    return str(state), (last.number, last.digest) if last else (0, START)


def _files(home: Path, names: Iterable[str]) -> Iterator[tuple[str, Path]]:
    """Files below, by their name in the folder; what loads leave while they run is left out."""
    for name in names:
        found = sorted((home / name).rglob("*")) if (home / name).is_dir() else [home / name]
        for path in found:
            inside = path.relative_to(home)
            if path.is_file() and not any(step.startswith(".") for step in inside.parts):
                yield inside.as_posix(), path


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as held:
        while piece := held.read(PIECE):
            yield piece


def _short_links(home: Path, into: _Into) -> None:
    """As they stand at one moment: the file may be written to meanwhile."""
    file = home / permalinks.FILE
    if not file.is_file():
        return
    with TemporaryDirectory() as folder:
        copy = Path(folder) / permalinks.FILE
        with closing(sqlite3.connect(file)) as held, closing(sqlite3.connect(copy)) as sink:
            held.backup(sink)
        into.put(FILES + permalinks.FILE, _pieces(copy))
