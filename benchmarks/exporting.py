"""Files of rows against the engine's own COPY of the same question: speed, first byte, and memory that they take; then
ten of them at once.

`python -m benchmarks.exporting FOLDER 'source=crs&since=2010&stage=committed'`, over a data folder that is there."""

from __future__ import annotations

import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import duckdb

from benchmarks import exporting_together
from benchmarks.exporting_floor import copied, different, engine, written
from benchmarks.verdicts import Verdict, print_verdicts
from dashboard.figures.listings import wanted
from dashboard.selection import Selection, read
from dashboard.things import thing
from data_access.cube import Cube
from data_access.formats import FORMATS
from data_access.formats.flows import of_rows
from data_access.library import open_cube

FORMS, TIMES = ("csv", "parquet"), 3
SPEED, FIRST, GROWTH = 0.6, 1.0, 60.0  # of COPY's speed at least; seconds, MB at most
PAGE = 4096 / 1_000_000


@dataclass(frozen=True)
class Taken:
    """seconds: of the processor. first, rows: by the clock, until the first bytes, and until rows are among them.
    growth: MB more than before."""

    seconds: float
    first: float
    rows: float
    growth: float


def verdicts(home: Path, query: str) -> list[Verdict]:
    """Judged by the processor's time, as other work loads the machine, each the quickest of TIMES, one after the
    other; the first byte by the clock, and the slowest."""
    cube = open_cube(home)
    selection, refused = read(query, cube.codes)
    if refused or not selection.source:
        raise SystemExit("A selection with a source is needed.")
    with tempfile.TemporaryDirectory() as folder, engine(cube, home, selection.source) as floor:
        _ours(cube, selection, "parquet", Path(folder))  # what the engine keeps of the file is in memory from here on
        found = [told for form in FORMS for told in _compared(cube, selection, form, Path(folder), floor)]
        found += _of_the_same_text(cube, selection, Path(folder), floor)
    cube.close()
    return found


def _compared(
    cube: Cube, selection: Selection, form: str, folder: Path, floor: duckdb.DuckDBPyConnection
) -> list[Verdict]:
    pairs = [
        (_ours(cube, selection, form, folder), copied(floor, written(cube, selection), form, folder / "copied"))
        for _ in range(TIMES)
    ]
    ours, copy = min(one.seconds for one, _ in pairs), min(seconds for _, seconds in pairs)
    growth = max(one.growth for one, _ in pairs)
    said = f"{ours:.2f} s of the processor, COPY {copy:.2f} s"
    return [
        Verdict(f"{form}: speed as a part of COPY's", copy / ours, SPEED, "times", "least", said),
        Verdict(f"{form}: first bytes", max(one.first for one, _ in pairs), FIRST, "s"),
        Verdict(f"{form}: first rows", max(one.rows for one, _ in pairs), None, "s"),
        Verdict(f"{form}: memory more", growth, GROWTH, "MB"),
    ]


def _of_the_same_text(
    cube: Cube, selection: Selection, folder: Path, floor: duckdb.DuckDBPyConnection
) -> list[Verdict]:
    """Where the engine writes the same cells: zeros at the end left out, texts guarded."""
    question = written(cube, selection, texts=True)
    copy = min(copied(floor, question, "csv", folder / "copied") for _ in range(TIMES))
    ours = min(_ours(cube, selection, "csv", folder).seconds for _ in range(TIMES))
    return [
        Verdict(
            "csv: speed as a part of that of COPY of the same texts", copy / ours, None, detail=f"COPY {copy:.2f} s"
        ),
        Verdict("csv: lines that differ from those of COPY", different(folder / "ours", folder / "copied"), 0, "lines"),
    ]


def _ours(cube: Cube, selection: Selection, form: str, folder: Path) -> Taken:
    counts, list_of = cube.counts(selection, wanted(selection)), thing(cube, "rows", selection)
    before, most, told = _held(), 0.0, list[float]()
    began, spent = time.perf_counter(), time.process_time()
    with (folder / "ours").open("wb") as to:
        for piece in FORMATS[form].write(of_rows(list_of, cube, selection, wanted(selection), counts, "")):
            told += [time.perf_counter() - began] if piece and len(told) < 2 else []  # the first piece are headings
            most = max(most, _held() - before)
            to.write(piece)
    return Taken(time.process_time() - spent, told[0], told[-1], most)


def _held() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE


if __name__ == "__main__":
    print_verdicts("Files of rows", verdicts(Path(sys.argv[1]), sys.argv[2]))
    print_verdicts("Ten files at once", exporting_together.verdicts(Path(sys.argv[1]), sys.argv[2]))
