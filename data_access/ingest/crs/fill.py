"""A CRS release into the tables of a part: files to chunks of text, chunks to rows, and the account of it."""

from __future__ import annotations

import contextlib
import datetime
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from data_access.ingest.crs import amounts, codes, rows
from data_access.ingest.crs.judge import CORE, FIRST, FLOWS, GENDERS, SORTS, Bench
from data_access.ingest.crs.layouts import FIELDS, Layout
from data_access.ingest.crs.tally import Tally
from data_access.ingest.crs.text import TextFile
from data_access.ingest.faults import Fault
from data_access.ingest.readers import Lookups, Part
from data_access.ingest.rows import UNSTATED

TOGETHER = 200_000  # records that one round of statements treats
CHECKED = (
    "record", "line", "item", "year", "donor", "recipient", "flow", "core", "gender", "committed", "disbursed",
    "purpose", "sector",
)  # fmt: skip
TEXTS = pa.string()


def fill(part: Part, paths: Sequence[Path]) -> None:
    """Rows of `flow` and `record` from CRS files.

    USD millions become US dollars, exactly. One row per rung with an amount: USD_Commitment is committed,
    USD_Disbursement disbursed; a blank is not reported, 0 is. Core contributions to multilaterals (bi_multi 2) are kept
    as records and not counted: what those organisations spend is reported by themselves. Raises Fault where a file
    cannot be read as a whole."""
    tally = Tally(part.report)
    part.connection.execute(rows.TABLES)
    _codes(part.connection, part.lookups)
    before = 0
    for path, name in zip(paths, _names(paths), strict=True):
        before = _file(part, tally, path, name, before)
    _sums(part)
    tally.close()


def _file(part: Part, tally: Tally, path: Path, name: str, before: int) -> int:
    """One file; returns how many physical lines there are with it."""
    file = TextFile(path, name, tally)
    kept = 0
    for chunk in _chunks(file.tables()):
        bench = Bench(name, file.layout, part.lookups, datetime.date.today().year)
        kept += _chunk(part, tally, bench, chunk, before)
    if not kept and not part.report.refused:
        raise Fault(name, 1, "", 0, "rows follow the line of headings", "take the file again, whole", codes.NOTHING)
    part.report.kept += kept
    return before + file.line


def _chunk(part: Part, tally: Tally, bench: Bench, chunk: pa.Table, before: int) -> int:
    connection = part.connection
    connection.register("chunk", connection.from_arrow(chunk).project(_columns(bench.layout, before)))
    connection.execute(rows.LOOKED)
    connection.execute("DELETE FROM checked; DELETE FROM crs_refused")
    connection.execute(rows.ORDINARY)
    refused = _odd(connection, tally, bench)
    connection.execute(rows.FLOW, {"file": bench.file})
    connection.execute(rows.RECORD + (rows.KEPT_ONLY if refused else ""), {"file": bench.file})
    connection.unregister("chunk")
    tally.report.read += chunk.num_rows
    return int(chunk.num_rows) - refused


def _odd(connection: duckdb.DuckDBPyConnection, tally: Tally, bench: Bench) -> int:
    """Records that are not ordinary, one at a time; how many were refused."""
    found = connection.sql(rows.ODD).to_arrow_table()
    kept, refused = [], []
    for row in found.to_pylist():
        try:
            fixed, warnings = bench.judge(row)
        except Fault as fault:
            tally.refuse(fault, row["raw"])
            _readable(tally, row)
            refused.append(row["record"])
        else:
            kept.append(fixed)
            for warning in warnings:
                tally.warn(warning, row["raw"])
    if kept:
        _insert(connection, "checked", pa.Table.from_pylist(kept, _schema()))
    if refused:
        _insert(connection, "crs_refused", pa.table({"record": pa.array(refused, pa.int32())}))
    return len(refused)


def _readable(tally: Tally, row: dict[str, Any]) -> None:
    """What of a refused record can be read counts among the refused sums."""
    year = row["year"].strip()
    if not re.fullmatch("[0-9]{4}", year) or row["bi_multi"].strip() == CORE:
        return
    for stage in ("committed", "disbursed"):
        with contextlib.suppress(amounts.Unreadable):
            usd = amounts.read(row[stage]).usd
            if usd is not None:
                tally.report.refused_sums[stage, int(year)] += usd


def _insert(connection: duckdb.DuckDBPyConnection, table: str, more: pa.Table) -> None:
    connection.from_arrow(more).insert_into(table)


def _schema() -> pa.Schema:
    """Of table `checked`, in its order."""
    kinds = {"core": pa.bool_()} | dict.fromkeys(("record", "line", "year"), pa.int32())
    kinds |= dict.fromkeys(("committed", "disbursed"), pa.decimal128(24, 8))
    return pa.schema([(name, kinds.get(name, TEXTS)) for name in CHECKED])


def _columns(layout: Layout, before: int) -> str:
    """The fields under our names, those the file lacks as empty text."""
    cells = [name if name in layout.places else f"'' AS {name}" for name in FIELDS]
    return ", ".join([*cells, "line", f"CAST(line + {before} AS INTEGER) AS record", "raw"])


def _chunks(tables: Iterator[pa.Table]) -> Iterator[pa.Table]:
    waiting: list[pa.Table] = []
    for table in tables:
        waiting.append(table)
        if sum(t.num_rows for t in waiting) >= TOGETHER:
            yield pa.concat_tables(waiting)
            waiting = []
    if any(t.num_rows for t in waiting):
        yield pa.concat_tables(waiting)


def _codes(connection: duckdb.DuckDBPyConnection, lookups: Lookups) -> None:
    years = {str(year): str(year) for year in range(FIRST, datetime.date.today().year + 1)}
    purposes = {code: code for code in lookups.known["purpose"] if code.isdigit()} | {"": UNSTATED}
    tables: dict[str, dict[str, str]] = {
        "year": years,
        "donor": dict(lookups.donors),
        "recipient": dict(lookups.recipients),
        "flow": FLOWS,
        "bi_multi": {code: code for code in (*SORTS, "")},
        "gender": GENDERS,
        "purpose": purposes,
    }
    listed: list[dict[str, Any]] = [
        {"dimension": dimension, "text": text, "code": code}
        for dimension, table in tables.items()
        for text, code in table.items()
    ]
    schema = pa.schema([(name, TEXTS) for name in ("dimension", "text", "code")])
    _insert(connection, "crs_code", pa.Table.from_pylist(listed, schema))


def _sums(part: Part) -> None:
    found = part.connection.execute("SELECT stage, year, sum(usd) FROM flow GROUP BY ALL ORDER BY ALL").fetchall()
    for stage, year, usd in found:
        part.report.add(stage, year, usd)


def _names(paths: Sequence[Path]) -> list[str]:
    return [path.name for path in paths]
