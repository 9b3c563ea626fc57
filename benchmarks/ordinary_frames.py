"""What the ordinary app holds in memory: one pandas frame a source, with categories, and the small tables beside it.

A row is a row of the source's file with what was committed and disbursed in it, as floating point numbers: the form in
which the OECD publishes its activity files. Goals are those of the strict mapping, one for each purpose.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from data_access import editions, parts

PAIR = ["committed", "disbursed"]
KEYS = ("donor", "recipient", "purpose", "goal")
GOALS = "SELECT purpose, goal FROM goal_share WHERE method = 'strict' AND share = 1"
FRAME = f"""SELECT {{keys}}, CAST(year AS SMALLINT) AS year,
    CAST(sum(usd) FILTER (stage = 'committed') AS DOUBLE) AS committed,
    CAST(sum(usd) FILTER (stage = 'disbursed') AS DOUBLE) AS disbursed
    FROM flow LEFT JOIN ({GOALS}) USING (purpose) WHERE source = ?
    GROUP BY 1, 2, 3, 4, 5, CASE WHEN record > 0 THEN record ELSE -row END"""
SOURCES = "SELECT source, title, dimensions, stages, since, until, compared_since FROM source"
SHARES = "SELECT method, purpose, goal, CAST(share AS DOUBLE) AS share FROM goal_share"
MEMBERS = "SELECT dimension, code, name, map_code FROM member"
ISLANDS = "SELECT DISTINCT member FROM membership WHERE dimension = 'recipient' AND grp = 'SIDS' ORDER BY member"
AID = """SELECT year, CAST(value AS DOUBLE) AS value FROM indicator
    WHERE series = 'oda_gni' AND country = 'DAC' ORDER BY year"""


@dataclass(frozen=True)
class Held:
    """amounts: by source. sources: one row each, by code. names, places: by dimension, code -> name, and code -> ISO
    code where a map can show it. islands: small island States. aid: ODA of the DAC members as % of GNI, by year."""

    amounts: dict[str, pd.DataFrame]
    sources: pd.DataFrame
    shares: pd.DataFrame
    names: dict[str, dict[str, str]]
    places: dict[str, dict[str, str]]
    islands: list[str]
    aid: Any


def read(home: Path) -> Held:
    """Everything of the current edition of a data folder."""
    named = editions.read(home, editions.current(home)).parts
    opened = {part: duckdb.connect(str(parts.file_of(home, part)), read_only=True) for part in set(named.values())}
    given = {name: opened[part] for name, part in named.items()}
    sources = pd.concat([one.execute(SOURCES).df() for one in opened.values()]).set_index("source")
    shares = pd.concat([one.execute(SHARES).df() for one in opened.values()])
    members = given["codes"].execute(MEMBERS).df()
    held = Held(
        {source: frame(given[source], source) for source in sources.index},
        sources,
        shares.drop_duplicates(["method", "purpose", "goal"]),
        _codes(members, "name"),
        _codes(members[members["map_code"] != ""], "map_code"),
        given["codes"].execute(ISLANDS).df()["member"].tolist(),
        given["indicators"].execute(AID).df().set_index("year")["value"],
    )
    for one in opened.values():
        one.close()
    return held


def frame(connection: duckdb.DuckDBPyConnection, source: str) -> pd.DataFrame:
    """Every row of a source: donor, recipient, purpose, goal (categories), year, committed, disbursed."""
    for name in KEYS:
        table = "goal_share" if name == "goal" else "flow"
        connection.execute(f"CREATE TEMP TABLE said AS SELECT DISTINCT {name} AS said FROM {table} ORDER BY 1")
        connection.execute(f"CREATE OR REPLACE TEMP TYPE {name}_type AS ENUM (SELECT said FROM said)")
        connection.execute("DROP TABLE said")
    keys = ", ".join(f"CAST({name} AS {name}_type) AS {name}" for name in KEYS)
    return connection.execute(FRAME.format(keys=keys), [source]).df()


def _codes(members: pd.DataFrame, column: str) -> dict[str, dict[str, str]]:
    return {
        str(dimension): dict(zip(held["code"], held[column], strict=True))
        for dimension, held in members.groupby("dimension")
    }
