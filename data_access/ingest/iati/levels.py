"""Publishers that report an activity and its components tell money twice; it is counted at the lowest level only.

Per publisher and rung: where records stand at several levels of hierarchy,
the lowest level, which has the highest number, is counted; the levels above it repeat it and are left out. A publisher
whose upper level tells a rung that its lower level does not tell is counted at that upper level. The rule looks at the
whole load, so that it holds where levels are spread over files.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import duckdb
import pyarrow as pa

from data_access.ingest.report import Report

TOLD = """CREATE OR REPLACE TEMP TABLE told (record INTEGER, publisher VARCHAR, level INTEGER, stage VARCHAR,
    year INTEGER, usd DECIMAL(24, 8), refused BOOLEAN)"""
SCHEMA = pa.schema(
    [
        ("record", pa.int32()), ("publisher", pa.string()), ("level", pa.int32()), ("stage", pa.string()),
        ("year", pa.int32()), ("usd", pa.decimal128(24, 8)), ("refused", pa.bool_()),
    ]
)  # fmt: skip
COUNTED = """CREATE OR REPLACE TEMP TABLE counted AS
    SELECT *, level = max(level) OVER (PARTITION BY publisher, stage) AS lowest FROM told"""
UPPER = "FROM flow WHERE record IN (SELECT record FROM counted WHERE NOT lowest AND NOT refused)"
LEFT = "SELECT stage, count(*), sum(usd) FROM counted WHERE NOT lowest AND NOT refused GROUP BY stage ORDER BY stage"
SUMS = "SELECT refused, stage, year, sum(usd) FROM counted WHERE lowest GROUP BY ALL ORDER BY ALL"
DONE = "DROP TABLE counted; DROP TABLE told"


def begin(connection: duckdb.DuckDBPyConnection) -> None:
    """The table in which every amount is told, before any is left out."""
    connection.execute(TOLD)


def tell(connection: duckdb.DuckDBPyConnection, rows: Sequence[Sequence[Any]]) -> None:
    """Amounts: record, publisher, level, stage, year, US dollars, refused."""
    columns = list(zip(*rows, strict=True)) or [()] * len(SCHEMA)
    cells = [pa.array(column, field.type) for column, field in zip(columns, SCHEMA, strict=True)]
    connection.from_arrow(pa.table(cells, schema=SCHEMA)).insert_into("told")


def settle(connection: duckdb.DuckDBPyConnection, report: Report) -> None:
    """Leave out what upper levels repeat, say how much, and add up what is counted."""
    connection.execute(COUNTED)
    left = connection.execute(LEFT).fetchall()
    if left:
        connection.execute(f"DELETE {UPPER}")
        told = "; ".join(f"{stage}, {usd:,.2f} US dollars (records: {count:,})" for stage, count, usd in left)
        report.notes.append(
            f"Left out because a lower level of the same publisher reports the same rung: {told}. They stay among the "
            "raw records."
        )
    for refused, stage, year, usd in connection.execute(SUMS).fetchall():
        (report.refused_sums if refused else report.sums)[stage, year] += usd
    connection.execute(DONE)
