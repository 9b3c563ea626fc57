"""A load of a made-up release over DuckDB's own read of the same file: time, memory, and whether both layouts agree.

`python -m benchmarks.loading [--rows N] [--times N] [--folder F] [--linear]`. Both are commands of their own, run in
turn, measured from start to end. Ours starts from a data folder that holds the embedded edition only.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import duckdb

from benchmarks.measured import Failed, Run, run
from benchmarks.synthetic import ROWS, ready
from benchmarks.verdicts import Verdict, print_verdicts

FOLDER = Path(tempfile.gettempdir()) / "bench"
MOST_TIMES, MOST_GIGABYTES, MOST_BEND = 3.0, 4.0, 1.15
TOLERATED = (0, 1)  # published, clean or with warnings
APART = ("file", "line", "record", "row", "usd_rank")  # where a row stands, which is no figure
ORDER = 'SELECT "row", item, stage, usd, usd_rank FROM {}.flow'


@dataclass
class Both:
    """Runs of the floor and of ours on one file."""

    rows: int
    size: int
    floor: list[Run] = field(default_factory=list)
    ours: list[Run] = field(default_factory=list)

    @property
    def seconds(self) -> float:
        return median(each.seconds for each in self.ours)

    @property
    def ratio(self) -> float:
        return self.seconds / median(each.seconds for each in self.floor)

    @property
    def peak(self) -> float:
        """Gigabytes."""
        return max(each.peak for each in self.ours) / 1e9

    def told(self) -> str:
        plain = median(each.seconds for each in self.floor)
        rate = f"{self.rows / self.seconds:,.0f} rows/s, {self.size / 1e6:,.0f} MB"
        return f"{self.seconds:.1f} s over {plain:.1f} s; {rate}"


def measure(file: Path, rows: int, home: Path, times: int) -> Both:
    """Runs the floor and the load in turn, each time from nothing. The last home stays as it was left."""
    both = Both(rows, file.stat().st_size)
    warm(file)
    for _ in range(times):
        both.floor.append(plainly(file, home.parent))
        both.ours.append(load(file, fresh(home)))
    return both


def warm(file: Path) -> None:
    """Reads the file once, so that neither of the two pays for the disk."""
    with file.open("rb") as read:
        while read.read(1 << 24):
            pass


def plainly(file: Path, folder: Path) -> Run:
    """DuckDB alone, into a database that is thrown away."""
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        database = Path(scratch) / "plain.duckdb"
        return run([sys.executable, "-m", "benchmarks.plain", str(file), str(database)], Path(scratch) / "log")


def fresh(home: Path) -> Path:
    """A data folder that holds the embedded edition and nothing else."""
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    run([sys.executable, "-m", "data_access", "editions", "ready"], home / "ready.log", IIF_HOME=str(home))
    return home


def load(file: Path, home: Path) -> Run:
    """Our load, as an operator would run it."""
    command = [sys.executable, "-m", "data_access", "load", "crs", str(file)]
    return run(command, home / "load.log", TOLERATED, IIF_HOME=str(home))


def part(home: Path) -> Path:
    """The part that the load has made. Raises Failed."""
    found = sorted((home / "parts").glob("crs-*.duckdb"))
    if len(found) != 1:
        raise Failed(f"{home}/parts holds {len(found)} parts of crs; one was to be made.")
    return found[0]


def figures(home: Path) -> dict[str, str]:
    """Of the part's `flow` and rollups: rows, the sum of every column of amounts, and one number made of every row, the
    same in whatever order they stand."""
    connection = duckdb.connect(str(part(home)), read_only=True, config={"threads": 2})
    found = dict[str, str]()
    for table in ("flow", "rollup", "goal_rollup", "purpose_rollup"):
        described = connection.execute(
            "SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = ?", [table]
        )
        columns = {name: kind for name, kind in described.fetchall() if name not in APART}
        asked = {"rows": "count(*)", "digest": f"sum(hash({', '.join(columns)})::HUGEINT)"}
        asked |= {name: f"sum({name})" for name, kind in columns.items() if kind.startswith("DECIMAL")}
        values = connection.execute(f"SELECT {', '.join(asked.values())} FROM {table}").fetchone() or ()
        found |= {f"{table}.{name}": str(value) for name, value in zip(asked, values, strict=True)}
    connection.close()
    return found


def twins(rows: int, folder: Path) -> list[Verdict]:
    """Loads the text once more, and the Parquet twin, and compares both with what the text gave first."""
    made, text, other = ready(rows, folder), folder / "home-text", folder / "home-other"
    load(made.text, fresh(other))
    again = [differing(text, other, "text", "text again"), moved(text, other)]
    load(made.parquet, fresh(other))
    twin = [differing(text, other, "text", "Parquet"), moved(text, other)]
    shutil.rmtree(other)
    names = ("text loaded again", "Parquet twin")
    return [
        verdict
        for name, (unlike, places) in zip(names, (again, twin), strict=True)
        for verdict in (
            Verdict(f"{name}: figures that differ", len(unlike), 0, "", detail="; ".join(unlike)),
            Verdict(f"{name}: rows in another place", places, 0, "rows"),
        )
    ]


def differing(one: Path, other: Path, name: str, named: str) -> list[str]:
    """Which figures of two homes differ, in words."""
    here, there = figures(one), figures(other)
    return [f"{key}: {here[key]} of {name}, {there[key]} of {named}" for key in here if here[key] != there[key]]


def moved(one: Path, other: Path) -> int:
    """How many rows of one home are not found in the other under the same number."""
    connection = duckdb.connect(config={"threads": 2})
    for name, home in (("one", one), ("other", other)):
        connection.execute(f"ATTACH '{part(home)}' AS {name} (READ_ONLY)")
    asked = f"SELECT count(*) FROM ({ORDER.format('one')} EXCEPT ALL {ORDER.format('other')})"
    [(count,)] = connection.execute(asked).fetchall()
    connection.close()
    return int(count)


def verdicts(rows: int, folder: Path, times: int, linear: bool) -> list[Verdict]:
    """Every promise about loading, measured. The home of the text release stays at `folder/home-text`."""
    both = measure(ready(rows, folder).text, rows, folder / "home-text", times)
    found = [
        Verdict("load over DuckDB's own read", both.ratio, MOST_TIMES, detail=both.told()),
        Verdict("peak memory of a load", both.peak, MOST_GIGABYTES, "GB", detail=f"{rows:,} rows"),
        *twins(rows, folder),
    ]
    return found + (bent(both, folder) if linear else [])


def bent(both: Both, folder: Path) -> list[Verdict]:
    """Time per row of five times as many rows, over that of these. The large release is removed afterwards."""
    made = ready(both.rows * 5, folder)
    large = Both(made.rows, made.text.stat().st_size, [], [load(made.text, fresh(folder / "home-large"))])
    shutil.rmtree(folder / "home-large")
    made.text.unlink()
    made.parquet.unlink()
    bend = large.seconds / both.seconds / 5
    return [
        Verdict("time per row, five times the rows", bend, MOST_BEND, detail=f"{large.seconds:.0f} s of {made.rows:,}"),
        Verdict("peak memory, five times the rows", large.peak, MOST_GIGABYTES, "GB"),
    ]


def main() -> None:
    """Prints the table of loading."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks.loading", description=__doc__)
    asked.add_argument("--rows", type=int, default=ROWS)
    asked.add_argument("--times", type=int, default=3, help="loads of the same file, in turn with the floor")
    asked.add_argument("--folder", type=Path, default=FOLDER, help="where files and homes are made")
    asked.add_argument("--linear", action="store_true", help="also five times the rows (28 GB of disk for 30 million)")
    given = asked.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    print_verdicts(f"Loading {given.rows:,} rows", verdicts(given.rows, given.folder, given.times, given.linear))


if __name__ == "__main__":
    main()
