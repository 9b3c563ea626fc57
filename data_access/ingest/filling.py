"""Rows of readers into the tables of a part: in batches, exact, each with the record that it was read from.

`by_rows` makes a loadable source of a reader that yields rows: memory is that of one batch, a record with a fault is
refused and reading goes on, and every line of the file is accounted for.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple

import duckdb
from sqlalchemy import Column, String, Table

from data_access import tables
from data_access.arrow import arrow_table
from data_access.ingest.archives import table_in
from data_access.ingest.faults import Fault
from data_access.ingest.given import names
from data_access.ingest.groups import Spelled
from data_access.ingest.indicators import Value
from data_access.ingest.names import Named
from data_access.ingest.published import Published, Refuse
from data_access.ingest.readers import Lookups, Part
from data_access.ingest.report import Report
from data_access.ingest.rows import Flow, Record, Total

BATCH = 50_000  # rows
WORDS = 16_000_000  # characters of raw records
WIDTH = "CSV-WIDTH-01"
Row = Flow | Total | Record | Value | Named | Spelled
TABLES: dict[type, tuple[Table, tuple[str, ...]]] = {
    Flow: (tables.flow, Flow._fields),
    Total: (tables.total, Total._fields),
    Record: (tables.record, Record._fields),
    Value: (tables.indicator, Value._fields),
    Named: (tables.member, Named._fields),
    Spelled: (tables.membership, Spelled._fields),
}
Worth = Callable[[Published, Lookups], Iterable[tuple[str, int, Decimal]]]  # of the record in hand: stage, year, USD


class Aside(NamedTuple):
    """A record that is kept word for word and makes no row; `why` continues "rows"."""

    line: int
    item: str
    why: str


Made = Flow | Total | Value | Aside
Read = Callable[[Published, Lookups, Refuse], Iterable[Made]]


class Told(NamedTuple):
    """What of a record is searched, beside its words."""

    title: str = ""
    description: str = ""
    agency: str = ""
    channel: str = ""


class Filling:
    """Gathers rows and puts them into a part's tables, a batch at a time. Numbers the records."""

    def __init__(self, part: Part) -> None:
        self.part = part
        self.records = 0
        self.aside: Counter[str] = Counter()
        self._words = 0
        self._rows: dict[type, list[Row]] = defaultdict(list)

    def __enter__(self) -> Filling:
        return self

    def __exit__(self, kind: type[BaseException] | None, wrong: BaseException | None, at: TracebackType | None) -> None:
        if kind is None:
            for each in list(self._rows):
                self._insert(each)

    def put(self, row: Row) -> None:
        kind = type(row)
        self._rows[kind].append(row)
        self._words += len(row.raw) if isinstance(row, Record) else 0
        if len(self._rows[kind]) >= BATCH or self._words >= WORDS:
            self._insert(kind)
            self._words = 0 if kind is Record else self._words

    def record(self, file: str, line: int, item: str, raw: str, told: Told) -> int:
        """Keep a raw record; its number."""
        self.records += 1
        self.put(Record(self.records, file, line, item, *told, raw))
        return self.records

    def _insert(self, kind: type) -> None:
        rows, self._rows[kind] = self._rows[kind], []
        if rows:
            insert(self.part.connection, TABLES[kind][0], TABLES[kind][1], rows)


def insert(
    connection: duckdb.DuckDBPyConnection, table: Table, names: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Rows with these fields into a table; columns without a field stay null, or empty where they are text."""
    places = [names.index(column.name) for column in table.columns if column.name in names]
    without = [column.name for column in table.columns if column.name not in names]
    arrow = arrow_table(table, ([row[place] for place in places] for row in rows), without)
    columns = [_filled(column) if column.name in without else f'"{column.name}"' for column in table.columns]
    connection.from_arrow(arrow).project(", ".join(columns)).insert_into(table.name)


def by_rows(read: Read, worth: Worth) -> Callable[[Part, Sequence[Path]], None]:
    """What fills a part from files by a reader of rows; of a zip, from the table in it."""

    def fill(part: Part, paths: Sequence[Path]) -> None:
        with Filling(part) as filling:
            for path, name in zip(paths, names(paths), strict=True):
                inner = table_in(path) if path.suffix == ".zip" else ""
                fill_from(filling, Published(path, name, inner), read, worth)
        part.report.notes += [f"{count:,} rows {why}." for why, count in sorted(filling.aside.items())]

    return fill


def fill_from(filling: Filling, file: Published, read: Read, worth: Worth) -> None:
    """All rows of one file, with their records; faults of records and the lines go to the report."""
    report, last, told = filling.part.report, 0, 0

    def refuse(fault: Fault) -> None:
        for stage, year, usd in worth(file, filling.part.lookups) if fault.code != WIDTH else ():
            report.refused_sums[stage, year] += usd
        report.refuse(fault, file.now.text())

    before, number = report.refused, 0
    for row in read(file, filling.part.lookups, refuse):
        if row.line != last:
            item, last = row.series if isinstance(row, Value) else row.item, row.line
            number = filling.record(file.name, last, item, file.now.text(), _told(file.now.cells))
            report.tell(file.now.offset - told)
            told = file.now.offset
        if isinstance(row, Aside):
            filling.aside[row.why] += 1
            continue
        if isinstance(row, Flow):
            report.add(row.stage, row.year, row.usd)
            row = row._replace(record=number)
        filling.put(row)
    account(report, file, report.refused - before)
    report.tell(file.now.offset - told)


def account(report: Report, file: Published, refused: int, repeated: int = 0) -> None:
    """Every line of a file that has been read, into the report. Raises Fault where it holds no record at all."""
    now = file.now
    if not now.records:
        reason, remedy = "has headings and no record", "take the file again"
        raise Fault(file.name, 1, "", now.text(), reason, remedy, "FILE-EMPTY-02")
    report.read, report.kept = report.read + now.records, report.kept + now.records - refused - repeated
    report.lines, report.headings = report.lines + now.line, report.headings + now.headings
    report.blank, report.continued = report.blank + now.blank, report.continued + now.continued


def _told(cells: Mapping[str, str]) -> Told:
    return Told(*(cells.get(name, "") for name in ("title", "description", "reporting-org", "implementing-org")))


def _filled(column: Column[Any]) -> str:
    return "''" if isinstance(column.type, String) else f"CAST(NULL AS {tables.kind(column)})"
