"""The sums that panels read, made from `flow` once it is whole; and `flow` itself, laid out for paging.

`rollup` tells every dimension apart; `goal_rollup` donors, recipients and goals under each method, and once more
without goals (method and goal empty); `purpose_rollup` neither donors nor recipients. All give the same sums exactly.
"""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
from sqlalchemy import Table

from dashboard.codes import STAGES
from data_access.tables import AMOUNTS, flow, goal_rollup, kind, purpose_rollup, rollup

FLOW_ORDER = "year, stage, donor, recipient, purpose, row"  # what is filtered together lies together
NARROW = "DECIMAL(18, 8)"  # a number of 64 bits: read and added in two thirds of the time of 128
TOLD = "list_contains(string_split(dimensions, ','), 'goal')"  # of a source: it tells goals apart
SMALLEST, BEYOND = "0.00000001", 10**10  # what fits there: multiples of the one below the other
ITEM = "item"  # a text of its own in nearly every row; the other texts of `flow` are few
ORDERS = {
    rollup: "source, purpose, sector, year, flow, gender, donor, recipient",  # a goal is a few purposes, lying together
    goal_rollup: "source, method, goal, year, donor, recipient",
    purpose_rollup: "source, purpose, sector, year, flow, gender",
}


def arrange(connection: duckdb.DuckDBPyConnection, unordered: str) -> None:
    """Put the rows of the table `unordered` (the columns of `flow`; `usd_rank` is not read) into `flow`, in the order
    in which they are asked for, each with the place of its amount among all: 1 for the smallest, equal ones by row.

    Texts are sorted by their places in lists, and amounts are ranked apart from the rows: so that little is carried."""
    names = [column.name for column in flow.columns if column.name != "usd_rank"]
    few = [column.name for column in flow.columns if kind(column) == "VARCHAR" and column.name != ITEM]
    _list(connection, few, unordered)
    listed = ", ".join(_listed(name) if name in few else f'"{name}"' for name in names)
    spelled = ", ".join(f'CAST("{name}" AS VARCHAR)' if name in few else f'"{name}"' for name in names)
    connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE ranked AS
        SELECT row, CAST(row_number() OVER (ORDER BY usd, row) AS INTEGER) AS place FROM {unordered}""")
    connection.execute(f"""INSERT INTO flow ({", ".join(f'"{name}"' for name in names)}, usd_rank)
        SELECT {spelled}, place
        FROM (SELECT {listed}, place FROM {unordered} JOIN ranked USING (row) ORDER BY {FLOW_ORDER})""")
    connection.execute("DROP TABLE ranked")


def _list(connection: duckdb.DuckDBPyConnection, names: Sequence[str], table: str) -> None:
    """A type for each of these columns: the texts that occur, in their order, so that texts sort as before."""
    for name in names:
        asked = f"SELECT '' AS text UNION SELECT {name} FROM {table} WHERE {name} IS NOT NULL ORDER BY text"
        connection.execute(f"DROP TYPE IF EXISTS listed_{name}; CREATE TEMP TYPE listed_{name} AS ENUM ({asked})")


def _listed(name: str) -> str:
    return f'TRY_CAST("{name}" AS listed_{name}) AS "{name}"'


def fill(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the rollups anew from `flow`, `source` and `goal_share`.

    Raises ValueError, a sentence, where a purpose has no share under a method: its money would be lost."""
    _complete(connection)
    texts = [name for name in _keys(rollup) if name != "year"]
    _list(connection, texts, "flow")
    rungs = [row[0] for row in connection.execute("SELECT DISTINCT stage FROM flow").fetchall()]
    keys, listed = ", ".join(_keys(rollup)), ", ".join(map(_listed, texts))
    rows = f"(SELECT year, stage, usd, usd_constant, {listed} FROM flow)"
    _sum(connection, "whole", f"SELECT {keys}, {_of_rows(rungs)} FROM {rows} GROUP BY {keys}")
    _make(connection, rollup, "whole")
    keys = ", ".join(_keys(purpose_rollup))
    _sum(connection, "summed", f"SELECT {keys}, {_of_whole(purpose_rollup, rungs)} FROM whole GROUP BY {keys}")
    _make(connection, purpose_rollup, "summed")
    _sum(connection, "summed", _goals(connection, rungs))
    connection.execute("DROP TABLE whole")  # millions of sums need not lie in memory twice
    _make(connection, goal_rollup, "summed")
    connection.execute("DROP TABLE summed")


def _sum(connection: duckdb.DuckDBPyConnection, name: str, question: str) -> None:
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {question}")


def _goals(connection: duckdb.DuckDBPyConnection, rungs: Sequence[str]) -> str:
    keys, given = _keys(goal_rollup), ", ".join(["source", "year", "donor", "recipient"])
    without = (f"'' AS {key}" if key in ("method", "goal") else key for key in keys)
    whole, shared = _of_whole(goal_rollup, rungs), _of_whole(goal_rollup, rungs, " * share")
    told = connection.execute(f"SELECT source FROM source WHERE {TOLD}").fetchall()
    sources = ", ".join(f"'{row[0]}'" for row in told) or "''"
    return f"""
        SELECT {", ".join(without)}, {whole}
        FROM whole GROUP BY {given}
        UNION ALL
        SELECT {", ".join(keys)}, {shared}
        FROM whole JOIN (SELECT method, goal, share, {_listed("purpose")} FROM goal_share) USING (purpose)
        WHERE CAST(source AS VARCHAR) IN ({sources}) GROUP BY method, goal, {given}"""


def _of_rows(rungs: Sequence[str]) -> str:
    """A sum at constant prices is null where one of its rows has none: it would be too small, and nobody would see."""
    sums = []
    for stage in STAGES:
        of = f"FILTER (stage = '{stage}')"
        constant = f"CASE WHEN count(usd) {of} = count(usd_constant) {of} THEN sum(usd_constant) {of} END"
        sums += [(f"sum(usd) {of}", stage), (constant, f"{stage}_constant")]
    return _as_held(rollup, sums, rungs)


def _of_whole(table: Table, rungs: Sequence[str], times: str = "") -> str:
    sums = []
    for stage in STAGES:
        constant = f"CASE WHEN count({stage}) = count({stage}_constant) THEN sum({stage}_constant{times}) END"
        sums += [(f"sum({stage}{times})", stage), (constant, f"{stage}_constant")]
    return _as_held(table, sums, rungs)


def _as_held(table: Table, sums: Sequence[tuple[str, str]], rungs: Sequence[str]) -> str:
    """Each sum in the type of its column: without it the engine would settle on one with fewer decimals. A rung that no
    row is of has none."""
    held = ((one if name.removesuffix("_constant") in rungs else "NULL", name) for one, name in sums)
    return ", ".join(f"CAST({one} AS {kind(table.c[name])}) AS {name}" for one, name in held)


def _make(connection: duckdb.DuckDBPyConnection, table: Table, sums: str) -> None:
    """The sums in the order of their table; an amount column in 64 bits where each of its values fits exactly."""
    few = _narrow(connection, table, AMOUNTS, f"{sums} TABLESAMPLE SYSTEM (2 PERCENT)")
    narrow = _narrow(connection, table, few, sums)
    kinds = {column.name: NARROW if column.name in narrow else kind(column) for column in table.columns}
    columns = ", ".join(f"CAST({name} AS {kinds[name]}) AS {name}" for name in (*_keys(table), *AMOUNTS))
    connection.execute(f"""CREATE OR REPLACE TABLE {table.name} AS
        SELECT {columns} FROM (FROM {sums} ORDER BY {ORDERS[table]})""")


def _narrow(connection: duckdb.DuckDBPyConnection, table: Table, amounts: Sequence[str], sums: str) -> list[str]:
    """Those whose values all fit. A few rows are looked at first: most columns that do not fit show it there."""
    if not amounts:
        return []
    whole = f"{{0}} % {SMALLEST} = 0 AND " if table is goal_rollup else ""  # the others have eight decimals as it is
    fits = [f"bool_and(coalesce({whole.format(name)}abs({name}) < {BEYOND}, {name} IS NULL))" for name in amounts]
    [found] = connection.execute(f"SELECT {', '.join(fits)} FROM {sums}").fetchall()
    return [amount for amount, fit in zip(amounts, found, strict=True) if fit is not False]  # null: of no row at all


def _keys(table: Table) -> list[str]:
    return [column.name for column in table.columns if column.name not in AMOUNTS]


def _complete(connection: duckdb.DuckDBPyConnection) -> None:
    lost = connection.execute(f"""
        SELECT purpose FROM flow WHERE source IN (SELECT source FROM source WHERE {TOLD})
        EXCEPT SELECT purpose FROM (SELECT purpose, method, sum(share) AS whole FROM goal_share GROUP BY ALL)
        GROUP BY purpose HAVING min(whole) = 1 AND max(whole) = 1
            AND count(*) = (SELECT count(DISTINCT method) FROM goal_share)
        ORDER BY purpose""").fetchall()
    if lost:
        named = ", ".join(row[0] or "(none)" for row in lost[:5])
        raise ValueError(f"{len(lost)} purposes ({named}) are not shared out whole under every method of goals.")
