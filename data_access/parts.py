"""Parts: immutable DuckDB files under `home/parts`, each of one loaded source (or of the embedded reference).

A part's name ends in a digest of what it was made from, so that the same files make the same part. It is written under
a hidden name, and renamed once it is whole; its report lies beside it.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

import duckdb

from data_access import tables

FRESH, MAKING, LOCK = ".fresh-", ".making-", "lock"
YOUNG = 60.0  # seconds
BLOCK = 1 << 22


def folder(home: Path) -> Path:
    return home / "parts"


def file_of(home: Path, name: str) -> Path:
    return folder(home) / f"{Path(name).name}.duckdb"


def kept(home: Path) -> tuple[str, ...]:
    """Names of all parts, in order."""
    return tuple(sorted(path.stem for path in folder(home).glob("[!.]*.duckdb")))


def report(home: Path, name: str) -> dict[str, Any]:
    """What was told of a part when it was made; empty where nothing that can be read is kept."""
    try:
        told = json.loads(file_of(home, name).with_suffix(".json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}


@contextmanager
def making(home: Path, name: str) -> Iterator[Path]:
    """A hidden folder in which a part is made as `part.duckdb`; gone afterwards, whatever happened."""
    clean(home)
    fresh, beside = (folder(home) / f"{kind}{name}-{os.getpid()}" for kind in (FRESH, MAKING))
    fresh.mkdir(exist_ok=True)
    with (fresh / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        fresh.rename(beside)  # once it is locked: nobody ever sees it without an owner
        try:
            yield beside
        finally:
            shutil.rmtree(beside, ignore_errors=True)


def clean(home: Path) -> None:
    """Remove what was left by those that were killed: their lock has fallen, and that of others has not."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder(home).mkdir(exist_ok=True)
    for left in folder(home).glob(f"{MAKING}*"):
        if _abandoned(left):
            shutil.rmtree(left, ignore_errors=True)
    for left in folder(home).glob(f"{FRESH}*"):
        if _age(left) > YOUNG:
            shutil.rmtree(left, ignore_errors=True)


def _abandoned(left: Path) -> bool:
    try:
        with (left / LOCK).open("r+") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # without a lock: its owner is just clearing it away, or was killed while doing so
        return _age(left) > YOUNG
    return True


def _age(left: Path) -> float:
    """Seconds since something was last put into a folder; 0 where it has just gone."""
    try:
        return time.time() - left.stat().st_mtime
    except OSError:
        return 0.0


def quoted(words: str) -> str:
    """A text of a statement, such as a path: folders may have any name."""
    return "'" + words.replace("'", "''") + "'"


def create(path: Path) -> duckdb.DuckDBPyConnection:
    """A connection to a new part, with every table and no row."""
    connection = duckdb.connect(str(path), config={"threads": 2})
    tables.create(connection)
    return connection


def sums(path: Path) -> list[dict[str, Any]]:
    """Sums of a part's rows by source, stage and year, as its report keeps them: US dollars, exact, as text."""
    with duckdb.connect(str(path), read_only=True) as connection:
        rows = connection.execute("SELECT source, stage, year, sum(usd) FROM flow GROUP BY ALL ORDER BY ALL").fetchall()
    return [{"source": row[0], "stage": row[1], "year": row[2], "usd": f"{row[3]:f}"} for row in rows]


def keep(home: Path, made: Path, name: str, told: dict[str, Any]) -> None:
    """Put a part that is whole among the others: report first, then the file, each in one step and on the disk."""
    target = file_of(home, name)
    made.chmod(0o444)
    told = told | {"part": name, "sha256": digest(made), "bytes": made.stat().st_size}
    told["written"] = made.stat().st_mtime_ns
    beside = made.with_suffix(".json")
    beside.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    for path, place in ((beside, target.with_suffix(".json")), (made, target)):
        sync(path)
        path.replace(place)
    sync(folder(home))


def damaged(home: Path, name: str) -> str:
    """What is wrong with a part, as a sentence; empty where its bytes are those that were kept."""
    path = file_of(home, name)
    if not path.is_file():
        return f"{path} is missing; load its source again."
    known = report(home, name).get("sha256")
    if known is None:
        beside = path.with_suffix(".json")
        return f"{beside} is missing or unreadable, so {path.name} cannot be checked; load its source again."
    try:
        same = digest(path) == known
    except OSError as error:
        return f"{path} cannot be read ({error.strerror}); load its source again."
    return "" if same else f"{path} has changed since it was made; remove it and load its source again."


def amiss(home: Path, name: str) -> str:
    """What is wrong with a part, as far as can be told at a start: its bytes are read only where its size is right and
    its time is not. A sentence, or empty."""
    path, told = file_of(home, name), report(home, name)
    if not path.is_file():
        return f"{path} is missing; load its source again."
    found = path.stat()
    if found.st_size != told.get("bytes", found.st_size):
        return f"{path} has {found.st_size:,} bytes and had {told['bytes']:,}; remove it and load its source again."
    return damaged(home, name) if told and found.st_mtime_ns != told.get("written") else ""


def fits(home: Path, name: str) -> bool:
    """Whether a part is there in the size that its report says: what a server that runs can ask all the time."""
    try:
        size = file_of(home, name).stat().st_size
    except OSError:
        return False
    return bool(report(home, name).get("bytes", size) == size)


def drop(home: Path, name: str) -> None:
    """Remove a part. Readers that have it open keep it until they let go."""
    for path in (file_of(home, name), file_of(home, name).with_suffix(".json")):
        path.unlink(missing_ok=True)


def digest(path: Path) -> str:
    """SHA-256 of a file, read in blocks."""
    total = sha256()
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            total.update(block)
    return total.hexdigest()


def sync(path: Path) -> None:
    """Have a file, or a folder's names, on the disk before going on."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
