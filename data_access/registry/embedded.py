"""The embedded registry: four files in `reference/registry`, read at the first start of a registry."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path

from sqlalchemy import Connection

from dashboard.pledges import Pledge
from dashboard.records import Directory, Forum, Initiative, Maker, Record
from data_access.registry import cells as texts
from data_access.registry.columns import FORUM_COLUMNS, INITIATIVE_COLUMNS, MAKER_COLUMNS, NAMES
from data_access.registry.writing import Edits, Noted, digests, write

FOLDER = Path(__file__).resolve().parents[1] / "reference" / "registry"
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


def fill(connection: Connection, noted: Noted, folder: Path = FOLDER) -> None:
    """Writes them into a registry that has no record yet; leaves any other as it is."""
    if not digests(connection):
        write(connection, edits(folder), noted)


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
