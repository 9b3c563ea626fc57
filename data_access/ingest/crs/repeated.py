"""Records that stand twice in a release, and records that say of one amount what another contradicts. After all files.

The CRS has no key: an activity has as many rows as it has purposes, places and channels. So a repeated record is said
and kept. Refused is the later of two records that agree in every field that is read, the amounts in national currency
among them, while their US dollars differ by more than 1%: one of the two is wrong.
"""

from __future__ import annotations

from collections.abc import Callable

import duckdb

from data_access.ingest.crs import codes
from data_access.ingest.crs.tally import LISTED, Tally
from data_access.ingest.faults import Fault

REPEATED = """
    CREATE OR REPLACE TEMP TABLE crs_repeated AS
    SELECT p.record, b.line, f.line AS first, b.file, b.item, b.raw
    FROM crs_print p
    JOIN (SELECT whole, min(record) AS first FROM crs_print GROUP BY whole HAVING count(*) > 1) g USING (whole)
    JOIN record b ON b.record = p.record
    JOIN record f ON f.record = g.first
    WHERE p.record <> g.first AND b.raw = f.raw
"""
CONTRADICTED = """
    CREATE OR REPLACE TEMP TABLE crs_contradicted AS
    WITH several AS (
        SELECT stated, min(record) AS first FROM crs_print
        WHERE stated IS NOT NULL GROUP BY stated HAVING min(whole) <> max(whole)
    ),
    pairs AS (
        SELECT p.record, s.first FROM crs_print p JOIN several s USING (stated) WHERE p.record <> s.first
    )
    SELECT DISTINCT ON (p.record) p.record, p.first, b.stage, b.usd, a.usd AS other
    FROM pairs p
    JOIN flow b ON b.record = p.record
    JOIN flow a ON a.record = p.first AND a.stage = b.stage
    WHERE abs(a.usd - b.usd) > 0.01 * greatest(abs(a.usd), abs(b.usd))
    ORDER BY p.record, b.stage
"""


def look(connection: duckdb.DuckDBPyConnection, tally: Tally, column: Callable[[str, str], tuple[str, int]]) -> int:
    """Say which records stand twice; take out those that contradict another. Returns how many were taken out.

    column: (file, field) -> its heading and position."""
    connection.execute(REPEATED)
    repeated = connection.execute("SELECT count(*) FROM crs_repeated").fetchall()[0][0]
    for line, first, file, item, raw in connection.execute(
        "SELECT line, first, file, item, raw FROM crs_repeated ORDER BY record LIMIT $1", [LISTED]
    ).fetchall():
        reason = f"is the record of line {first} once more; both are counted"
        name, position = column(file, "crs_id")
        tally.warn(
            Fault(file, line, name, item, reason, "remove one if it is one report", codes.SAME, "warning", position),
            raw,
        )
    tally.count(codes.SAME, max(0, repeated - LISTED))
    return _contradicted(connection, tally, column)


def _contradicted(
    connection: duckdb.DuckDBPyConnection, tally: Tally, column: Callable[[str, str], tuple[str, int]]
) -> int:
    connection.execute(CONTRADICTED)
    found = connection.execute(
        "SELECT c.stage, c.usd, c.other, r.file, r.line, f.line, r.raw FROM crs_contradicted c "
        "JOIN record r USING (record) JOIN record f ON f.record = c.first ORDER BY c.record"
    ).fetchall()
    for stage, usd, other, file, line, first, raw in found:
        name, position = column(file, stage)
        reason = f"US dollars contradict line {first}, which has {other:f} for the same amount in national currency"
        tally.refuse(
            Fault(file, line, name, f"{usd:f}", reason, "correct one of them", codes.CONTRADICTED, "row", position), raw
        )
    if found:
        for stage, year, usd in connection.execute(
            "SELECT stage, year, sum(usd) FROM flow WHERE record IN (SELECT record FROM crs_contradicted) GROUP BY ALL"
        ).fetchall():
            tally.report.refused_sums[stage, year] += usd
        connection.execute("DELETE FROM flow WHERE record IN (SELECT record FROM crs_contradicted)")
        connection.execute("DELETE FROM record WHERE record IN (SELECT record FROM crs_contradicted)")
    return len(found)
