"""The statement that a person would write for a question, on the same rollups: plain SQL, plain codes, no groups."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from dashboard.selection import DIMENSIONS, Selection
from data_access.tables import goal_rollup, purpose_rollup, rollup

STAGES = ("committed", "disbursed")
SMALLEST_FIRST = (purpose_rollup, goal_rollup, rollup)


def written(selection: Selection, by: Sequence[str]) -> str:
    """SQL for the sums of a selection of plain codes, told apart by `by`."""
    picked = {name: selection.picked(name) for name in DIMENSIONS if selection.picked(name)}
    names = {*by, *picked}
    table = next(table for table in SMALLEST_FIRST if names - {"goal"} <= set(table.c.keys()))
    shared = "goal" in names and "goal" not in table.c
    share = " * share" if shared else ""
    held = {stage: f"{stage}_constant" if selection.prices == "constant" else stage for stage in STAGES}
    sums = [f"sum({f'CAST({name} AS DECIMAL(24, 8))' if shared else name}{share})" for name in held.values()]
    where = [f"source = '{selection.source}'", f"year BETWEEN {selection.since} AND {selection.until}"]
    if shared or "goal" in table.c:
        where.append(f"method = '{selection.method if 'goal' in names else ''}'")
    where += [f"{name} IN ({listed(codes)})" for name, codes in picked.items()]
    asked = f"SELECT {', '.join([*by, *sums])} FROM {table.name}{' JOIN goal_share USING (purpose)' if shared else ''}"
    grouped = f" GROUP BY {', '.join(by)} ORDER BY {', '.join(by)}" if by else ""
    return f"{asked} WHERE {' AND '.join(where)}{grouped}"


def plain(selection: Selection, groups: Sequence[str]) -> bool:
    """Whether a selection picks no group: those a person would look up first."""
    return not any(code in groups for name in DIMENSIONS for code in selection.picked(name))


def connect(part: str) -> duckdb.DuckDBPyConnection:
    """DuckDB alone on a part, with as many threads as a question of the app has."""
    return duckdb.connect(part, read_only=True, config={"threads": 1})


def listed(codes: Sequence[str]) -> str:
    return ", ".join(f"'{code}'" for code in codes)
