"""A part filled by one reader from files, without the rest of a load: for tests of what readers read and refuse."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, NamedTuple

import duckdb

from data_access import tables
from data_access.ingest.catalogue import READERS
from data_access.ingest.readers import Lookups, Part
from data_access.ingest.report import Report
from data_access.lookups import read_lookups
from tests.built import REFERENCE

CODES = ("member", "place", "rate", "deflator")


class Filled(NamedTuple):
    """The part and the lines of its rejects; `rows` asks it."""

    part: Part
    rejects: list[dict[str, str]]

    def rows(self, question: str, *values: Any) -> list[tuple[Any, ...]]:
        return self.part.connection.execute(question, list(values)).fetchall()

    @property
    def report(self) -> Report:
        return self.part.report

    def codes(self) -> list[str]:
        return [row["code"] for row in self.rejects]


@cache
def lookups() -> Lookups:
    """What the embedded codes translate."""
    path = Path(mkdtemp(prefix="codes-")) / "codes.duckdb"
    with duckdb.connect(str(path)) as connection:
        for name in CODES:
            connection.execute(f"CREATE TABLE {name} AS FROM read_parquet('{REFERENCE / name}.parquet')")
    return read_lookups(path)


def filled(source: str, *files: Path) -> Filled:
    """Raises Fault where the reader does; compares what was kept and refused with the plain reading, as a load does."""
    folder = Path(mkdtemp(prefix="filled-"))
    connection = duckdb.connect(str(folder / "part.duckdb"))
    tables.create(connection)
    report = Report(folder / "rejects.csv")
    part = Part(connection, lookups(), report, folder)
    reader = READERS[source]
    reader.fill(part, files)
    _agrees(connection, report, source, files)
    return Filled(part, _rejects(folder / "rejects.csv"))


def _agrees(connection: duckdb.DuckDBPyConnection, report: Report, source: str, files: Sequence[Path]) -> None:
    found = connection.execute("SELECT stage, year, sum(usd) FROM flow GROUP BY ALL").fetchall()
    held = {(stage, year): usd for stage, year, usd in found}
    assert {key: usd for key, usd in report.sums.items() if usd or key in held} == held
    plain = READERS[source].plain(files, lookups())
    both = {key: held.get(key, Decimal(0)) + report.refused_sums.get(key, 0) for key in {*held, *report.refused_sums}}
    assert report.balanced()
    assert plain.records == report.read
    assert {key: usd for key, usd in plain.sums.items() if usd} == {key: usd for key, usd in both.items() if usd}


def _rejects(path: Path) -> list[dict[str, str]]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
