"""A CRS release into the tables of a part: files to pieces of text, pieces to rows, and the account of it."""

from __future__ import annotations

import contextlib
import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from data_access.ingest import given
from data_access.ingest.crs import amounts, codes, naming, plausible, repeated, rows
from data_access.ingest.crs.judge import CORE, Bench
from data_access.ingest.crs.layouts import FIELDS, Layout
from data_access.ingest.crs.parquet import ParquetFile
from data_access.ingest.crs.pieces import Piece, ahead, together
from data_access.ingest.crs.tally import Tally
from data_access.ingest.crs.text import TextFile
from data_access.ingest.faults import Fault
from data_access.ingest.readers import Part

TOGETHER = 2 * 122_880  # records that one round of statements treats: two whole row groups go straight to the disk
EMPTY = "''"  # empty text in SQL
HOPELESS = 20_000  # refused records after which, if they are most of all, nothing is read any more
BLANK = ' |,;\t\r\n"{}'  # of a record that says nothing
CHECKED = (
    "record", "line", "item", "year", "donor", "recipient", "flow", "core", "gender", "committed", "disbursed",
    "purpose", "sector",
)  # fmt: skip


def fill(part: Part, paths: Sequence[Path]) -> None:
    """Rows of `flow` and `record` from CRS files.

    USD millions become US dollars, exactly. One row per rung with an amount: USD_Commitment is committed,
    USD_Disbursement disbursed; a blank is not reported, 0 is. Core contributions to multilaterals (bi_multi 2) are kept
    as records and not counted: what those organisations spend is reported by themselves. Raises Fault where a file
    cannot be read as a whole."""
    filling = _Filling(part, Tally(part.report))
    part.connection.execute(rows.TABLES)
    naming.tables(part.connection, part.lookups)
    for path, name in zip(paths, given.names(paths), strict=True):
        filling.file(path, name)
    filling.end()


@dataclass
class _Filling:
    part: Part
    tally: Tally
    before: int = 0  # lines of the files before: what numbers the records
    core: int = 0  # records of core contributions to multilaterals
    layouts: dict[str, Layout] = field(default_factory=dict)

    def file(self, path: Path, name: str) -> None:
        """One file, read ahead in a thread of its own."""
        met = self.part.report.read
        file: TextFile | ParquetFile = TextFile(path, name)
        if path.suffix.lower() == ".parquet":
            file = ParquetFile(path, name)
        with contextlib.closing(ahead(together(file.pieces(), TOGETHER))) as pieces:
            for piece in pieces:
                self.layouts[name] = piece.layout
                self._piece(piece)
        if self.part.report.read == met:
            reason = f"rows follow the line of headings ({path.stat().st_size:,} bytes)"
            raise Fault(name, 1, "", 0, reason, "take the file again, whole", codes.NOTHING)
        self.part.report.notes += file.notes
        self.before += file.line
        naming.vintage(self.part.connection, self.tally, name)

    def end(self) -> None:
        """What only all files together show."""
        gone = repeated.look(self.part.connection, self.tally, self._column)
        self.part.report.kept -= gone
        _sums(self.part)
        naming.said(self.part, self.core)
        self.tally.close()

    def _column(self, file: str, name: str) -> tuple[str, int]:
        return self.layouts[file].column(name), self.layouts[file].position(name)

    def _piece(self, piece: Piece) -> None:
        report = self.part.report
        for name in ("lines", "headings", "blank", "continued"):
            setattr(report, name, getattr(report, name) + getattr(piece, name))
        report.read += piece.table.num_rows + len(piece.refused)
        for fault, raw in piece.refused:
            self.tally.refuse(fault, raw)
        for warning, raw in piece.warnings:
            self.tally.warn(warning, raw)
        for code, times in piece.counted.items():
            self.tally.count(code, times)
        if piece.table.num_rows:
            self._rows(piece)
        report.tell(piece.size)
        if report.refused > HOPELESS and 2 * report.refused > report.read:
            reason = f"of the first {report.read:,} records were refused; the file is not of its headings' layout"
            raise Fault(piece.name, 0, "", f"{report.refused:,}", reason, "see the first of them", codes.HOPELESS)

    def _rows(self, piece: Piece) -> None:
        connection, layout = self.part.connection, piece.layout
        chunk = connection.from_arrow(piece.table).project(_columns(piece, self.before))
        if piece.cells:  # cells are made in SQL: once, not at every question
            connection.register("cells", chunk)
            connection.execute("CREATE OR REPLACE TEMP TABLE made AS FROM cells")
            connection.unregister("cells")
            chunk = connection.sql("FROM made")
        connection.register("chunk", chunk)
        connection.execute(plausible.USUAL)
        connection.execute(rows.LOOKED.replace("{mask}", plausible.mask(layout)).replace("{joins}", plausible.JOINS))
        connection.execute("DELETE FROM checked; DELETE FROM crs_refused")
        connection.execute(rows.ORDINARY)
        bench = Bench(piece.name, layout, self.part.lookups, datetime.date.today().year)
        gone, blank = self._odd(bench)
        plausible.warn(connection, piece.name, layout, self.tally)
        connection.execute(rows.FLOW, {"file": piece.name})
        connection.execute(rows.RECORD + (rows.KEPT_ONLY if gone or blank else ""), {"file": piece.name})
        connection.execute(rows.PRINT + (rows.KEPT_ONLY if gone or blank else ""))
        connection.unregister("chunk")
        self.core += _count(connection, "SELECT count(*) FROM checked WHERE core")
        self.part.report.kept += piece.table.num_rows - gone - blank
        self.part.report.blank += blank
        self.part.report.read -= blank

    def _odd(self, bench: Bench) -> tuple[int, int]:
        """Records that are not ordinary, one at a time; how many were refused, and how many say nothing at all."""
        connection = self.part.connection
        kept: list[dict[str, Any]] = []
        refused: list[int] = []
        blank: list[int] = []
        for row in connection.sql(rows.ODD).to_arrow_table().to_pylist():
            if not row["raw"].strip(BLANK):
                blank.append(row["record"])
                continue
            try:
                fixed, warnings = bench.judge(row)
            except Fault as fault:
                self.tally.refuse(fault, row["raw"])
                refused.append(row["record"])
                self._readable(row)
                continue
            kept.append(fixed)
            for warning in warnings:
                self.tally.warn(warning, row["raw"])
        _insert(connection, "checked", pa.Table.from_pylist(kept, _schema()))
        _insert(connection, "crs_refused", pa.table({"record": pa.array(refused + blank, pa.int32())}))
        return len(refused), len(blank)

    def _readable(self, row: Mapping[str, Any]) -> None:
        """What of a refused record can be read counts among the refused sums."""
        year = row["year"].strip()
        if not re.fullmatch("[0-9]{4}", year) or row["bi_multi"].strip() == CORE:
            return
        for stage in ("committed", "disbursed"):
            with contextlib.suppress(amounts.Unreadable):
                usd = amounts.read(row[stage]).usd
                if usd is not None:
                    self.part.report.refused_sums[stage, int(year)] += usd


def _count(connection: duckdb.DuckDBPyConnection, question: str) -> int:
    return sum(int(found[0]) for found in connection.execute(question).fetchall())


def _insert(connection: duckdb.DuckDBPyConnection, table: str, more: pa.Table) -> None:
    if more.num_rows:
        connection.from_arrow(more).insert_into(table)


def _schema() -> pa.Schema:
    """Of table `checked`, in its order."""
    kinds = {"core": pa.bool_()} | dict.fromkeys(("record", "line", "year"), pa.int32())
    kinds |= dict.fromkeys(("committed", "disbursed"), pa.decimal128(24, 8))
    return pa.schema([(name, kinds.get(name, pa.string())) for name in CHECKED])


def _columns(piece: Piece, before: int) -> str:
    """The fields under our names, those the file lacks as empty text; `line`, `record` and the record verbatim."""
    found = {name: piece.cells.get(name, name) for name in (*piece.layout.places, "line")}
    cells = [f"{found.get(name, EMPTY)} AS {name}" for name in (*FIELDS, "line")]
    return ", ".join([*cells, f"CAST({found['line']} + {before} AS INTEGER) AS record", f"{piece.raw} AS raw"])


def _sums(part: Part) -> None:
    for stage, year, usd in part.connection.execute(rows.SUMS).fetchall():
        part.report.add(stage, year, usd)
