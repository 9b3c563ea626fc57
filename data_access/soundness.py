"""Whether a part still is what was loaded: its bytes, its sums against the report, its rollups against its rows.

The questions are written here once more, apart from those that make the rollups, and compared to the last digit.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb

from dashboard.codes import STAGES
from dashboard.selection import ABOUT, OF_ROWS
from data_access import editions, parts

KEYS = {  # rollup -> what tells its sums apart, beside the goal
    "rollup": ("source", "year", *OF_ROWS),
    "purpose_rollup": ("source", "year", *ABOUT),
    "goal_rollup": ("source", "method", "goal", "year", "donor", "recipient"),
}
AMOUNTS = tuple(f"{stage}{prices}" for stage in STAGES for prices in ("", "_constant"))
SHARED = """(SELECT source, '' AS method, '' AS goal, year, donor, recipient, stage, usd, usd_constant FROM flow
    UNION ALL SELECT source, method, goal, year, donor, recipient, stage, CAST(usd AS DECIMAL(24, 8)) * share,
        CAST(usd_constant AS DECIMAL(24, 8)) * share
    FROM flow JOIN goal_share USING (purpose) WHERE source IN
        (SELECT source FROM source WHERE list_contains(string_split(dimensions, ','), 'goal')))"""


def edition(home: Path, name: str, seen: set[str] | None = None) -> list[str]:
    """Findings about an edition and its parts, a sentence each; none where all is well. Parts in `seen` are not looked
    at again. Raises NoEdition."""
    seen, found = set() if seen is None else seen, list[str]()
    by_part: dict[str, list[str]] = {}
    for source, held in editions.read(home, name).parts.items():
        by_part.setdefault(held, []).append(source)
    for held, sources in sorted(by_part.items()):
        if held not in seen:
            seen.add(held)
            found += part(home, held)
        if not found:
            found += _lacking(home, held, set(sources) - {editions.CODES, editions.INDICATORS})
    return found


def part(home: Path, name: str) -> list[str]:
    """Findings about one part, a sentence each."""
    damage = parts.damaged(home, name)
    if damage:
        return [damage]
    try:
        with _opened(home, name) as connection:
            return [
                *_sums(connection, home, name),
                *(words for table in KEYS for words in _rollup(connection, table, name)),
            ]
    except duckdb.Error as error:
        return [f"{name} cannot be read ({str(error).splitlines()[0][:200]}); load its source again."]


@contextmanager
def _opened(home: Path, name: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """A part by itself; what does not fit into memory is written outside the data folder, and gone afterwards."""
    with TemporaryDirectory() as folder:
        config: dict[str, Any] = {"threads": 2, "memory_limit": "2GB", "temp_directory": folder}
        with duckdb.connect(str(parts.file_of(home, name)), read_only=True, config=config) as connection:
            yield connection


def _sums(connection: duckdb.DuckDBPyConnection, home: Path, name: str) -> list[str]:
    """Where the rows do not sum to what the report says."""
    told = parts.report(home, name).get("sums")
    if told is None:
        return [f"The report of {name} says no sums; load its source again."]
    keys = ("source", "stage", "year") if told and "source" in told[0] else ("stage", "year")
    said = {tuple(line[key] for key in keys): Decimal(line["usd"]) for line in told}
    question = f"SELECT {', '.join(keys)}, sum(usd) FROM flow GROUP BY ALL"
    held = {tuple(row[:-1]): row[-1] for row in connection.execute(question).fetchall()}
    return [
        f"{name}: {', '.join(str(word) for word in key)} sums to {_dollars(held.get(key))}, and its report says "
        f"{_dollars(said.get(key))}; load its source again."
        for key in sorted(said.keys() | held.keys())
        if said.get(key) != held.get(key)
    ]


def _rollup(connection: duckdb.DuckDBPyConnection, table: str, name: str) -> list[str]:
    """Whether the sums that panels read are those of the rows."""
    keys = ", ".join(KEYS[table])
    made = f"SELECT {keys}, {_amounts()} FROM {SHARED if table == 'goal_rollup' else 'flow'} GROUP BY {keys}"
    kept = f"SELECT {keys}, {', '.join(f'CAST({a} AS DECIMAL(38, 14)) AS {a}' for a in AMOUNTS)} FROM {table}"
    question = f"(({made}) EXCEPT ALL ({kept})) UNION ALL (({kept}) EXCEPT ALL ({made})) ORDER BY ALL"
    differ = connection.execute(f"SELECT {keys}, count(*) OVER () FROM ({question}) LIMIT 1").fetchone()
    if differ is None:
        return []
    where = ", ".join(f"{key} {word}" for key, word in zip(KEYS[table], differ, strict=False) if word)
    return [
        f"{name}: {table} is not the sum of the rows ({differ[-1]:,} differ, first {where}); load its source again."
    ]


def _amounts() -> str:
    """Sums by stage; at constant prices none where one of the rows has none."""
    written = []
    for stage in STAGES:
        of = f"FILTER (stage = '{stage}')"
        constant = f"CASE WHEN count(usd) {of} = count(usd_constant) {of} THEN sum(usd_constant) {of} END"
        written += [f"CAST(sum(usd) {of} AS DECIMAL(38, 14)) AS {stage}"]
        written += [f"CAST({constant} AS DECIMAL(38, 14)) AS {stage}_constant"]
    return ", ".join(written)


def _lacking(home: Path, name: str, sources: set[str]) -> list[str]:
    """Sources that an edition looks for in a part and that are not in it."""
    try:
        with _opened(home, name) as connection:
            held = {row[0] for row in connection.execute("SELECT source FROM source").fetchall()}
    except duckdb.Error as error:
        return [f"{name} cannot be read ({str(error).splitlines()[0][:200]}); load its source again."]
    return [f"{name} holds nothing of {source}; load {source} again." for source in sorted(sources - held)]


def _dollars(usd: Decimal | None) -> str:
    return "nothing" if usd is None else f"{usd:,f}"
