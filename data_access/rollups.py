"""The sums that panels read, made from `flow` once it is whole; and `flow` itself, laid out for paging.

`rollup` tells every dimension apart; `goal_rollup` donors, recipients and goals under each method, and once more
without goals (method and goal empty); `purpose_rollup` neither donors nor recipients. All give the same sums exactly.
"""

from __future__ import annotations

import duckdb
from sqlalchemy import Table

from dashboard.codes import STAGES
from data_access.tables import AMOUNTS, flow, goal_rollup, kind, purpose_rollup, rollup

FLOW_ORDER = "year, stage, donor, recipient, purpose, row"  # what is filtered together lies together
NARROW = "DECIMAL(18, 8)"  # a number of 64 bits: read and added in two thirds of the time of 128
TOLD = "list_contains(string_split(dimensions, ','), 'goal')"  # of a source: it tells goals apart
ORDERS = {
    rollup: "source, purpose, year, flow, gender, donor, recipient",  # a goal is a few purposes, lying together
    goal_rollup: "source, method, goal, year, donor, recipient",
    purpose_rollup: "source, purpose, year, flow, gender",
}


def arrange(connection: duckdb.DuckDBPyConnection, unordered: str) -> None:
    """Move the rows of the table `unordered` (the columns of `flow` but `usd_rank`) to `flow`, in the order in which they
    are asked for, each with the place of its amount among all amounts: 1 for the smallest, equal ones by row."""
    columns = ", ".join(f'"{column.name}"' for column in flow.columns if column.name != "usd_rank")
    connection.execute(f"""INSERT INTO flow ({columns}, usd_rank)
        SELECT {columns}, CAST(row_number() OVER (ORDER BY usd, row) AS INTEGER) FROM {unordered} ORDER BY {FLOW_ORDER}""")


def fill(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the rollups anew from `flow`, `source` and `goal_share`.

    Raises ValueError, a sentence, where a purpose has no share under a method: its money would be lost."""
    _complete(connection)
    keys = ", ".join(_keys(rollup))
    _make(connection, rollup, f"SELECT {keys}, {_from_flow()} FROM flow GROUP BY {keys}")
    keys = ", ".join(_keys(purpose_rollup))
    _make(connection, purpose_rollup, f"SELECT {keys}, {_from_rollup()} FROM rollup GROUP BY {keys}")
    _make(connection, goal_rollup, _goals())


def _goals() -> str:
    told = f"SELECT source FROM source WHERE {TOLD}"
    return f"""
        SELECT source, '' AS method, '' AS goal, year, donor, recipient, {_from_rollup()}
        FROM rollup GROUP BY source, year, donor, recipient
        UNION ALL
        SELECT source, method, goal, year, donor, recipient, {_from_rollup(" * share")}
        FROM rollup JOIN goal_share USING (purpose) WHERE source IN ({told})
        GROUP BY source, method, goal, year, donor, recipient"""


def _from_flow() -> str:
    """A sum at constant prices is null where one of its rows has none: it would be too small, and nobody would see."""
    of = [f"FILTER (stage = '{stage}')" for stage in STAGES]
    current = [f"sum(usd) {one} AS {stage}" for one, stage in zip(of, STAGES, strict=True)]
    whole = [f"CASE WHEN count(usd) {one} = count(usd_constant) {one} THEN sum(usd_constant) {one} END" for one in of]
    return ", ".join([*current, *(f"{one} AS {stage}_constant" for one, stage in zip(whole, STAGES, strict=True))])


def _from_rollup(times: str = "") -> str:
    wide = {name: f"CAST({name} AS DECIMAL(24, 8)){times}" if times else name for name in AMOUNTS}
    current = [f"sum({wide[stage]}) AS {stage}" for stage in STAGES]
    constant = [
        f"CASE WHEN count({stage}) = count({stage}_constant) THEN sum({wide[f'{stage}_constant']}) END"
        f" AS {stage}_constant"
        for stage in STAGES
    ]
    return ", ".join([*current, *constant])


def _make(connection: duckdb.DuckDBPyConnection, table: Table, question: str) -> None:
    """The answer, in the order of its table; an amount column in 64 bits where each of its values fits exactly."""
    connection.execute(f"CREATE OR REPLACE TEMP TABLE summed AS {question}")
    fits = ", ".join(
        f"coalesce(bool_and(coalesce(TRY_CAST({a} AS {NARROW}) = {a}, {a} IS NULL)), true)" for a in AMOUNTS
    )
    [narrow] = connection.execute(f"SELECT {fits} FROM summed").fetchall()
    kinds = {a: NARROW if fit else kind(table.c[a]) for a, fit in zip(AMOUNTS, narrow, strict=True)}
    columns = [*_keys(table), *(f"CAST({amount} AS {kinds[amount]}) AS {amount}" for amount in AMOUNTS)]
    connection.execute(f"""CREATE OR REPLACE TABLE {table.name} AS
        SELECT {", ".join(columns)} FROM summed ORDER BY {ORDERS[table]}""")
    connection.execute("DROP TABLE summed")


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
