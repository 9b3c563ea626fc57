"""The embedded registry: files in `reference/registry`, taken in at the first start, and again when they are new."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from sqlalchemy import Connection, func, insert, select

from dashboard.pledges import Pledge
from dashboard.records import Directory, Forum, Initiative, Maker, Record
from data_access.registry import cells as texts
from data_access.registry import tables
from data_access.registry.columns import FORUM_COLUMNS, INITIATIVE_COLUMNS, MAKER_COLUMNS, NAMES
from data_access.registry.contradictions import tied
from data_access.registry.directory import kind
from data_access.registry.writing import Edits, Key, Noted, digests, state_of, write

FOLDER = Path(__file__).resolve().parents[1] / "reference" / "registry"
WHO = "The embedded registry"
FILES = ("fora.csv", "makers.csv", "initiatives.csv", "pledges.csv")
RULES = "rules.csv"  # pledge,rule: kept beside the records, for rules are made apart from them


def edits(folder: Path = FOLDER) -> Edits:
    """All records of the files."""
    records: list[Record] = [Forum(**row) for row in _rows(folder / "fora.csv")]
    records += [Maker(**row) for row in _rows(folder / "makers.csv")]
    records += [Initiative(**row) for row in _rows(folder / "initiatives.csv")]
    return Edits(tuple(pledges(folder, Directory.of(records))), tuple(records))


def pledges(folder: Path, directory: Directory) -> Iterator[Pledge]:
    """Every pledge of the files, with its rule where there is one."""
    rules = {row["pledge"]: row["rule"] for row in _rows(folder / RULES)} if (folder / RULES).is_file() else {}
    for row in _rows(folder / "pledges.csv"):
        yield texts.read(row | {"rule": rules.get(row["id"], row["rule"])}, directory)


def digest(folder: Path = FOLDER) -> str:
    """Names the content of the files: eight hexadecimal digits."""
    total = sha256()
    for path in (folder / name for name in (*FILES, RULES) if (folder / name).is_file()):
        total.update(f"{path.name} {path.stat().st_size}\n".encode() + path.read_bytes())
    return total.hexdigest()[:8]


def is_in(connection: Connection, folder: Path = FOLDER) -> bool:
    """Whether the registry has taken in these files before."""
    change = tables.change
    asked = select(change.c.number).where(change.c.who == WHO, change.c.why == _why(folder)).limit(1)
    return connection.execute(asked).first() is not None


def fill(connection: Connection, folder: Path = FOLDER) -> None:
    """Takes the files into a registry, once for each content of theirs. A record that somebody has edited or withdrawn
    since stays as that person left it."""
    if is_in(connection, folder):
        return
    ours, people = edits(folder), _of_people(connection)
    records = [record for record in ours.records if (kind(record), record.id) not in people]
    kept = {pledge.id: pledge for pledge in ours.pledges if ("pledge", pledge.id) not in people}
    there = {id for of, id in digests(connection) if of == "pledge"} | {*kept}
    pledges = tuple(pledge for pledge in kept.values() if not any(tied(texts.write(pledge), there)))
    noted = Noted(WHO, _why(folder))
    before = state_of(digests(connection))
    if write(connection, Edits(pledges, tuple(records)), noted) == before:  # nothing new, which is to be remembered
        at = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
        connection.execute(insert(tables.change).values(at=at, who=noted.who, why=noted.why, state=before))


def _why(folder: Path) -> str:
    return f"The records that the product comes with ({digest(folder)})."


def _of_people(connection: Connection) -> set[Key]:
    """Records whose last revision is not ours."""
    revision, change = tables.revision, tables.change
    last = select(func.max(revision.c.number)).group_by(revision.c.kind, revision.c.record)
    asked = select(revision.c.kind, revision.c.record).join(change, revision.c.change == change.c.number)
    asked = asked.where(revision.c.number.in_(last), change.c.who != WHO)
    return {(row.kind, row.record) for row in connection.execute(asked)}


def keep(folder: Path, directory: Directory, cells: Iterable[texts.Cells]) -> None:
    """Writes the four files."""
    held = (
        ("fora.csv", [column.name for column in FORUM_COLUMNS], directory.fora),
        ("makers.csv", [column.name for column in MAKER_COLUMNS], directory.makers),
        ("initiatives.csv", [column.name for column in INITIATIVE_COLUMNS], directory.initiatives),
    )
    for name, columns, records in held:
        _write(folder / name, columns, (asdict(record) for record in records.values()))
    _write(folder / "pledges.csv", NAMES, cells)


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _write(path: Path, columns: Iterable[str], rows: Iterable[Mapping[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(columns), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
