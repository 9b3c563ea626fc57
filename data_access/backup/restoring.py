"""Putting a backup back, or only reading it through, and comparing all of it with what was kept."""

from __future__ import annotations

import io
import os
import shutil
import zipfile
from pathlib import Path

from sqlalchemy import Connection, func, select

from data_access import audit
from data_access.backup.archives import FILES, TABLES, Progress, Told, Unsound, copied, opened
from data_access.backup.rows import kept, read
from data_access.registry import engines, opening
from data_access.registry.store import Registry
from data_access.registry.tables import change

OTHER = "What was put back is not what was kept: the register or the record of audit differs."
PRIVATE = ("secret", "evidence")  # for the server alone
FULL = "The database holds a registry already; please name an empty one."


def check(source: Path, progress: Progress) -> Told:
    """What a backup holds, every byte of it read and compared. Raises Unsound, OSError."""
    with opened(source) as (archive, told), Path(os.devnull).open("wb") as nowhere:
        for name in told.parts:
            copied(archive, told, name, nowhere, progress)
        return told


def restore(source: Path, home: Path, address: str, progress: Progress) -> Told:
    """Puts a backup back into a data folder that holds nothing, and into an empty PostgreSQL database where `address`
    names one. Nobody is signed in after it. Raises Unsound and leaves the folder as it was; OSError; Misconfigured."""
    if home.exists() and any(home.iterdir()):
        raise Unsound(f"{home} is not empty; please name a new folder, so that nothing is written over.")
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        with opened(source) as (archive, told):
            _tables(archive, told, home, address, progress)
            for name in told.parts:
                if name.startswith(FILES):
                    _file(archive, told, name, home / name.removeprefix(FILES), progress)
            return told
    except BaseException:
        for left in home.iterdir():
            shutil.rmtree(left) if left.is_dir() else left.unlink()
        raise


def _tables(archive: zipfile.ZipFile, told: Told, home: Path, address: str, progress: Progress) -> None:
    registry = Registry(engines.postgresql(address) if address else engines.in_file(home / opening.FILE))
    try:
        with registry.engine.connect().execution_options(writes=True) as connection, connection.begin():
            opening.migrate(connection)
            if connection.execute(select(func.count()).select_from(change)).scalar_one():
                raise Unsound(FULL)
            _rows(archive, told, connection, progress)
        if (registry.state(), audit.head(registry), audit.verify(registry)) != (told.state, told.audit, None):
            raise Unsound(OTHER)
    finally:
        registry.close()


def _rows(archive: zipfile.ZipFile, told: Told, connection: Connection, progress: Progress) -> None:
    for table in kept():
        name = f"{TABLES}{table.name}.jsonl"
        if name in told.parts:
            held = io.BytesIO()
            copied(archive, told, name, held, progress)
            held.seek(0)
            read(connection, table, (line.decode() for line in held))


def _file(archive: zipfile.ZipFile, told: Told, name: str, target: Path, progress: Progress) -> None:
    private = name.removeprefix(FILES).startswith(PRIVATE)
    target.parent.mkdir(0o700 if private and target.parent.name in PRIVATE else 0o777, parents=True, exist_ok=True)
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as sink:
        copied(archive, told, name, sink, progress)
    if not private:
        target.chmod(0o644)
