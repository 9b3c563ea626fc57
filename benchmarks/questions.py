"""What the cube adds to a question: `totals()` never asked before, over the same statement run by DuckDB alone."""

from __future__ import annotations

import random
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import duckdb
from sqlalchemy.dialects import postgresql

from dashboard.selection import Selection
from data_access.cube import Cube
from data_access.library import open_cube
from data_access.queries import totals

ROUNDS = 100
BYS = (("year",), ("recipient",), ("goal",), ("goal", "year"), ())


def selections(cube: Cube) -> list[tuple[Selection, tuple[str, ...]]]:
    """Selections of one source at random, and what they are told apart by."""
    chance, made = random.Random(7), list[tuple[Selection, tuple[str, ...]]]()
    recipients = sorted(cube.codes.sources["iati-goals"].picks.get("recipient", frozenset({"KEN"})))
    for _ in range(ROUNDS):
        picked = chance.sample(recipients, min(len(recipients), chance.randint(1, 6)))
        since = chance.randint(2000, 2008)
        chosen = Selection(source="iati-goals").change(recipient=picked, since=since)
        made.append((chosen, chance.choice(BYS)))
    return made


def timed(ask: Callable[[], object]) -> float:
    began = time.perf_counter()
    ask()
    return (time.perf_counter() - began) * 1000


def main() -> None:
    """Prints medians in milliseconds and their ratio; the two are run in turn."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        cube = open_cube(home)
        copied = shutil.copy(home / "editions" / f"{cube.edition}.duckdb", home / "copy.duckdb")
        raw = duckdb.connect(copied, read_only=True, config={"threads": 1})
        on_floor, on_cube, again = list[float](), list[float](), list[float]()
        for selection, by in selections(cube):
            question = totals(selection, by, cube.codes)
            text = str(question.compile(dialect=postgresql.dialect(), compile_kwargs={"literal_binds": True}))
            on_floor.append(timed(lambda text=text: raw.execute(text).fetchall()))
            on_cube.append(timed(lambda s=selection, b=by: cube.totals(s, b)))
            again.append(timed(lambda s=selection, b=by: cube.totals(s, b)))
        cube.close()
    print(f"totals(), never asked: {median(on_cube):.2f} ms median; DuckDB alone {median(on_floor):.2f} ms")
    print(f"  over the floor {median(on_cube) / median(on_floor):.2f}; remembered {median(again):.3f} ms")


if __name__ == "__main__":
    main()
