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
ORDERS = {
    rollup: "source, purpose, sector, year, flow, gender, donor, recipient",  # a goal is a few purposes, lying together
    goal_rollup: "source, method, goal, year, donor, recipient",
    purpose_rollup: "source, purpose, sector, year, flow, gender",
}


def arrange(connection: duckdb.DuckDBPyConnection, unordered: str) -> None:
    """Put the rows of the table `unordered` (the columns of `flow`; `usd_rank` is not read) into `flow`, in the order
    in which they are asked for, each with the place of its amount among all: 1 for the smallest, equal ones by row."""
    columns = ", ".join(f'"{column.name}"' for column in flow.columns if column.name != "usd_rank")
    connection.execute(f"""INSERT INTO flow ({columns}, usd_rank)
        SELECT {columns}, CAST(row_number() OVER (ORDER BY usd, row) AS INTEGER)
        FROM {unordered} ORDER BY {FLOW_ORDER}""")


def fill(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the rollups anew from `flow`, `source` and `goal_share`.

    Raises ValueError, a sentence, where a purpose has no share under a method: its money would be lost."""
    _complete(connection)
    keys = ", ".join(_keys(rollup))
    _make(connection, rollup, f"SELECT {keys}, {_from_flow()} FROM flow GROUP BY {keys}")
    keys = ", ".join(_keys(purpose_rollup))
    _make(connection, purpose_rollup, f"SELECT {keys}, {_from_rollup(purpose_rollup)} FROM rollup GROUP BY {keys}")
    _make(connection, goal_rollup, _goals())


def _goals() -> str:
    keys, given = _keys(goal_rollup), ", ".join(["source", "year", "donor", "recipient"])
    without = (f"'' AS {key}" if key in ("method", "goal") else key for key in keys)
    whole, shared = _from_rollup(goal_rollup), _from_rollup(goal_rollup, " * share")
    return f"""
        SELECT {", ".join(without)}, {whole}
        FROM rollup GROUP BY {given}
        UNION ALL
        SELECT {", ".join(keys)}, {shared} FROM rollup JOIN goal_share USING (purpose)
        WHERE source IN (SELECT source FROM source WHERE {TOLD}) GROUP BY method, goal, {given}"""


def _from_flow() -> str:
    """A sum at constant prices is null where one of its rows has none: it would be too small, and nobody would see."""
    sums = []
    for stage in STAGES:
        of = f"FILTER (stage = '{stage}')"
        constant = f"CASE WHEN count(usd) {of} = count(usd_constant) {of} THEN sum(usd_constant) {of} END"
        sums += [(f"sum(usd) {of}", stage), (constant, f"{stage}_constant")]
    return _as_held(rollup, sums)


def _from_rollup(table: Table, times: str = "") -> str:
    sums = []
    for stage in STAGES:
        current, constant = (
            f"sum(CAST({name} AS {kind(rollup.c[name])}){times})" for name in (stage, f"{stage}_constant")
        )
        whole = f"CASE WHEN count({stage}) = count({stage}_constant) THEN {constant} END"
        sums += [(current, stage), (whole, f"{stage}_constant")]
    return _as_held(table, sums)


def _as_held(table: Table, sums: Sequence[tuple[str, str]]) -> str:
    """Each sum in the type of its column: without it the engine would settle on one with fewer decimals."""
    return ", ".join(f"CAST({one} AS {kind(table.c[name])}) AS {name}" for one, name in sums)


def _make(connection: duckdb.DuckDBPyConnection, table: Table, question: str) -> None:
    """The answer, in the order of its table; an amount column in 64 bits where each of its values fits exactly."""
    connection.execute(f"CREATE OR REPLACE TEMP TABLE summed AS {question}")
    narrow = _narrow(connection, _narrow(connection, AMOUNTS, "summed TABLESAMPLE SYSTEM (2 PERCENT)"), "summed")
    kinds = {amount: NARROW if amount in narrow else kind(table.c[amount]) for amount in AMOUNTS}
    columns = [*_keys(table), *(f"CAST({amount} AS {kinds[amount]}) AS {amount}" for amount in AMOUNTS)]
    connection.execute(f"""CREATE OR REPLACE TABLE {table.name} AS
        SELECT {", ".join(columns)} FROM summed ORDER BY {ORDERS[table]}""")
    connection.execute("DROP TABLE summed")


def _narrow(connection: duckdb.DuckDBPyConnection, amounts: Sequence[str], rows: str) -> list[str]:
    """Those whose values all fit. A few rows are looked at first: most columns that do not fit show it there."""
    if not amounts:
        return []
    fits = [f"bool_and(coalesce(TRY_CAST({amount} AS {NARROW}) = {amount}, {amount} IS NULL))" for amount in amounts]
    [found] = connection.execute(f"SELECT {', '.join(fits)} FROM {rows}").fetchall()
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
