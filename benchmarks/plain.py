"""The floor of a load: DuckDB's own read of the same file into a table, as fast as it was found to go.

Of five settings (all its own detection; the dialect said; all as text; text or types said for every column) saying the
dialect and leaving the types to DuckDB was the fastest: amounts become floating point there, nothing is checked.
"""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb

THREADS = 2
TEXT = """CREATE TABLE plain AS SELECT * FROM read_csv(?, delim = '|', header = true, quote = '"', escape = '"')"""
PARQUET = "CREATE TABLE plain AS SELECT * FROM read_parquet(?)"


def main() -> None:
    """`python -m benchmarks.plain FILE DATABASE`."""
    given, database = Path(sys.argv[1]), Path(sys.argv[2])
    connection = duckdb.connect(str(database), config={"threads": THREADS})
    connection.execute(PARQUET if given.suffix == ".parquet" else TEXT, [str(given)])
    connection.close()


if __name__ == "__main__":
    main()
