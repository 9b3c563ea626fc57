"""The edition file, built in seconds from the compact files of the reference: every table of `tables.py`."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import duckdb
from sqlalchemy import Table

from dashboard.methods import METHODS, shares
from data_access import rollups, tables
from data_access.arrow import arrow_table
from data_access.ingest.fx import BASE_YEAR

LISTING = "sources.json"
COPIED = (  # one file each, as is
    tables.total, tables.indicator, tables.series, tables.member, tables.membership, tables.place, tables.rate,
    tables.deflator,
)  # fmt: skip


def build(reference: Path, target: Path) -> None:
    """One complete edition at `target`, from the files of `reference`. Equal references make equal tables.

    Written beside the target and moved there in one step, so that no reader ever sees half of it. Raises ValueError,
    a sentence, where a file of the reference is not the one that its listing names."""
    listing = json.loads((reference / LISTING).read_text(encoding="utf-8"))
    _check(reference, listing)
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".building-") as folder:
        beside = Path(folder) / target.name
        with duckdb.connect(str(beside), config={"threads": 2}) as connection:
            _fill(connection, reference, listing)
        beside.replace(target)


def edition_name(reference: Path) -> str:
    """The name of the edition that a reference makes: the same files, the same name."""
    return "reference-" + hashlib.sha256((reference / LISTING).read_bytes()).hexdigest()[:12]


def _check(reference: Path, listing: dict[str, Any]) -> None:
    for kept in listing["reference"]:
        found = hashlib.sha256((reference / kept["file"]).read_bytes()).hexdigest()
        if found != kept["sha256"]:
            way_out = "restore it, or compile the reference again with build-reference"
            raise ValueError(f"{reference / kept['file']} is not the file that {LISTING} names; {way_out}.")


def _fill(connection: duckdb.DuckDBPyConnection, reference: Path, listing: dict[str, Any]) -> None:
    tables.create(connection)
    for table in COPIED:
        _columns(connection.read_parquet(str(reference / f"{table.name}.parquet")), table).insert_into(table.name)
    _flows(connection, reference, listing)
    purposes = connection.execute("SELECT purpose FROM flow UNION SELECT code FROM member WHERE dimension = 'purpose'")
    _insert(connection, tables.goal_share, shares(row[0] for row in purposes.fetchall()))
    for table in (tables.file, tables.source):
        names = [column.name for column in table.columns]
        _insert(connection, table, [tuple(entry[name] for name in names) for entry in listing[f"{table.name}s"]])
    own = {"edition": edition_name(reference), "base_year": str(BASE_YEAR), "built": listing["compiled"]}
    _insert(connection, tables.about, [*own.items(), ("methods", ",".join(METHODS))])
    rollups.fill(connection)


def _flows(connection: duckdb.DuckDBPyConnection, reference: Path, listing: dict[str, Any]) -> None:
    """Rows numbered in the order of source, file, line and part; stored in the order in which they are asked for."""
    done = 0
    connection.execute("CREATE TEMP TABLE unordered AS FROM flow LIMIT 0")
    for name in sorted(entry["file"] for entry in listing["reference"] if entry["file"].startswith("flow-")):
        read = connection.read_parquet(str(reference / name), file_row_number=True)
        numbered = f'*, CAST(file_row_number + {done + 1} AS INTEGER) AS "row", 0 AS record, NULL AS usd_rank'
        _columns(read.project(numbered), tables.flow).insert_into("unordered")
        done += len(read)
    rollups.arrange(connection, "unordered")
    connection.execute("DROP TABLE unordered")


def _columns(relation: duckdb.DuckDBPyRelation, table: Table) -> duckdb.DuckDBPyRelation:
    return relation.project(", ".join(f'"{column.name}"' for column in table.columns))


def _insert(connection: duckdb.DuckDBPyConnection, table: Table, rows: Iterable[Sequence[Any]]) -> None:
    """Through Arrow, typed as the table says: decimals stay exact."""
    arrow = arrow_table(table, rows)
    _columns(connection.from_arrow(arrow), table).insert_into(table.name)
