"""What is the same for every source once its reader is done: rows numbered and laid out, constant prices, shares of
goals, rollups, the source and its files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_EVEN, Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

import duckdb
from sqlalchemy import Column, Integer, MetaData, Numeric, String, Table

from dashboard.methods import METHODS, shares
from dashboard.selection import ABOUT
from data_access import rollups, tables
from data_access.arrow import arrow_table
from data_access.editions import MAKERS
from data_access.ingest.fx import BASE_YEAR
from data_access.ingest.readers import Lookups, Part
from data_access.ingest.sources import Described

HERE = Path(__file__).parent
FACTOR = Table(
    "factor", MetaData(), Column("donor", String), Column("year", Integer), Column("factor", Numeric(18, 15))
)
FIFTEEN = Decimal("0.000000000000001")
LARGEST = 10**12  # US dollars in one row; beyond it a unit has been mistaken, and products would not fit


def finish(part: Part, described: Described, files: Sequence[dict[str, Any]]) -> None:
    """Fill what is left of a part from its staged rows. Raises ValueError, a sentence, where that cannot be done."""
    connection = part.connection
    connection.execute("SET search_path = 'part.main,staged.main'")
    _sensible(connection)
    _factors(connection, part.lookups)
    connection.execute(f"CREATE TEMP VIEW unordered AS {_numbered()}")
    rollups.arrange(connection, "unordered")
    connection.execute("DROP VIEW unordered; DROP TABLE factor")
    purposes = [row[0] for row in connection.execute("SELECT DISTINCT purpose FROM part.main.flow").fetchall()]
    insert(connection, tables.goal_share, shares(purposes))
    insert(connection, tables.source, [described])
    lines = dict(connection.execute("SELECT file, max(line) FROM part.main.flow GROUP BY file").fetchall())
    listed = [told | {"source": described.source, "lines": lines.get(told["file"], 0)} for told in files]
    insert(connection, tables.file, [tuple(told[c.name] for c in tables.file.columns) for told in listed])
    own = [("base_year", str(BASE_YEAR)), ("methods", ",".join(METHODS)), ("source", described.source)]
    insert(connection, tables.about, own)
    rollups.fill(connection)


def insert(connection: duckdb.DuckDBPyConnection, table: Table, rows: Iterable[Sequence[Any]]) -> None:
    """Through Arrow, typed as the table says: decimals stay exact."""
    connection.from_arrow(arrow_table(table, rows)).insert_into(f"part.main.{table.name}")


def digest() -> str:
    """Twelve hexadecimal digits of the code that turns files into a part."""
    made = sha256()
    for path in sorted({*(HERE / "ingest").rglob("*.py"), *HERE.glob("*ing.py"), HERE / "load.py", *MAKERS}):
        if path.is_file():
            made.update(path.read_bytes())
    return made.hexdigest()[:12]


def _sensible(connection: duckdb.DuckDBPyConnection) -> None:
    found = connection.execute(
        f"SELECT file, line, usd FROM staged.main.flow WHERE abs(usd) >= {LARGEST} ORDER BY file, line LIMIT 1"
    ).fetchone()
    if found:
        raise ValueError(f"{found[0]}, line {found[1]}: {found[2]} US dollars in one row cannot be; check the unit.")


def _factors(connection: duckdb.DuckDBPyConnection, lookups: Lookups) -> None:
    """What turns dollars of a donor and year into dollars of the base year, to fifteen decimals."""
    pairs = connection.execute("SELECT DISTINCT donor, year FROM staged.main.flow ORDER BY ALL").fetchall()
    found = [(*pair, lookups.deflators.factor(lookups.dac.get(pair[0], pair[0]), pair[1])) for pair in pairs]
    rows = [(donor, year, factor.quantize(FIFTEEN, ROUND_HALF_EVEN)) for donor, year, factor in found if factor]
    connection.register("factors", arrow_table(FACTOR, rows))
    connection.execute("CREATE TEMP TABLE factor AS FROM factors")
    connection.unregister("factors")


def _numbered() -> str:
    """The staged rows in the order in which they were read, with constant prices."""
    own = {
        "row": 'CAST(f.rowid + 1 AS INTEGER) AS "row"',
        "usd_constant": "CAST(CAST(f.usd AS DECIMAL(20, 8)) * factor.factor AS DECIMAL(24, 8)) AS usd_constant",
        "usd_rank": "CAST(NULL AS INTEGER) AS usd_rank",
        "record": "coalesce(f.record, 0) AS record",
        **{name: f"coalesce(f.{name}, '') AS {name}" for name in ABOUT},  # readers fill what their source tells apart
    }
    columns = ", ".join(own.get(column.name, f'f."{column.name}"') for column in tables.flow.columns)
    return (
        f"SELECT {columns} FROM staged.main.flow f LEFT JOIN factor ON factor.donor = f.donor AND factor.year = f.year"
    )
