"""What the cube and the panels add to a question: never asked before, over SQL written by hand for the same rollup."""

from __future__ import annotations

import os
import random
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

import duckdb
import pandas as pd

from benchmarks import hand
from benchmarks.verdicts import Verdict, print_verdicts, unpromised
from dashboard.catalogue import PANELS
from dashboard.codes import Codes, Source
from dashboard.questions import Sums
from dashboard.selection import Selection
from data_access import parts
from data_access.cube import Cube
from data_access.library import open_cube
from layouts.pages import OVERVIEW

ROUNDS, PAGES = 300, 20
MOST = 1.5
BYS = (("year",), ("recipient",), ("goal",), ("goal", "year"), ("donor",), ())


def selections(codes: Codes, source: Source, rounds: int, seed: int = 7) -> list[Selection]:
    """Selections of one source at random: some recipients, donors or goals (no groups), from some year on."""
    chance, made = random.Random(seed), list[Selection]()
    for _ in range(rounds):
        since = chance.randint(max(source.since, 2000), 2008)
        chosen = Selection(source=source.code).change(since=since)
        for dimension, often in (("recipient", 0.8), ("donor", 0.3), ("goal", 0.2)):
            members = _members(codes, source, dimension)
            if members and chance.random() < often:
                some = chance.sample(members, min(len(members), chance.randint(1, 6)))
                chosen = chosen.change(**{dimension: some})
        made.append(chosen)
    return made


def _members(codes: Codes, source: Source, dimension: str) -> list[str]:
    """What can be picked and is no group."""
    if dimension == "goal":
        return [str(number) for number in range(1, 8)] if "goal" in source.dimensions else []
    return sorted(set(source.picks.get(dimension, ())) - set(codes.groups.get(dimension, ())))


def timed(ask: Callable[[], object]) -> float:
    """Milliseconds."""
    began = time.perf_counter()
    ask()
    return (time.perf_counter() - began) * 1000


@contextmanager
def side_by_side(home: Path, source: str) -> Iterator[tuple[Cube, duckdb.DuckDBPyConnection]]:
    """The cube of a data folder that has remembered nothing, and DuckDB alone on the same bytes under another name
    (a file cannot be open twice in one process)."""
    cube = open_cube(home)
    with tempfile.TemporaryDirectory(dir=home) as folder:
        linked = Path(folder) / "part.duckdb"
        os.link(parts.file_of(home, cube.parts[source]), linked)
        raw = hand.connect(str(linked))
        yield cube, raw
        raw.close()
        cube.close()


def cube_over_hand(cube: Cube, raw: duckdb.DuckDBPyConnection, source: str) -> Verdict:
    """`totals()` never asked before over the same question by hand, in turn; both fetch every row."""
    chance, floor, ours, again = random.Random(3), list[float](), list[float](), list[float]()
    for selection in selections(cube.codes, cube.codes.sources[source], ROUNDS):
        by = chance.choice(BYS)
        if not set(by) - {"year"} <= cube.codes.sources[source].dimensions:
            continue
        text = hand.written(selection, by)
        if not floor:
            check(cube, raw, selection, by)
        both = [
            (floor, lambda text=text: raw.execute(text).fetchall()),
            (ours, lambda s=selection, b=by: cube.totals(s, b)),
        ]
        for times, ask in both if len(floor) % 2 else reversed(both):  # the second finds the disk's pages in memory
            times.append(timed(ask))
        again.append(timed(lambda s=selection, b=by: cube.totals(s, b)))
    told = f"{median(ours):.2f} ms over {median(floor):.2f}; remembered {median(again):.3f} ms; {len(ours)} questions"
    return Verdict("cube.totals never asked, over SQL by hand", median(ours) / median(floor), MOST, detail=told)


def check(cube: Cube, raw: duckdb.DuckDBPyConnection, selection: Selection, by: Sequence[str]) -> None:
    """Both must say the same, or there is nothing to compare."""
    other = selection.change(until=selection.until - 1)
    ours = [tuple(row) for row in cube.totals(other, by).itertuples(index=False)]
    if ours != raw.execute(hand.written(other, by)).fetchall():
        raise AssertionError(f"SQL by hand and the cube differ for {other.write()} by {by}.")


class Noting:
    """The cube, and what it was asked."""

    def __init__(self, cube: Cube) -> None:
        self.codes, self.edition, self._cube = cube.codes, cube.edition, cube
        self.noted = list[tuple[Selection, tuple[str, ...]]]()

    def totals(self, selection: Selection, by: Sequence[str], **other: Any) -> pd.DataFrame:
        self.noted.append((selection, tuple(by)))
        return self._cube.totals(selection, by, **other)

    def sums(self, selection: Selection, by: Sequence[str], *other: Any, **named: Any) -> Sums:
        self.noted.append((selection, tuple(by)))
        return self._cube.sums(selection, by, *other, **named)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._cube, name)


def panels_over_hand(cube: Cube, raw: duckdb.DuckDBPyConnection, source: str) -> list[Verdict]:
    """Each panel of the overview, asked and drawn, over the questions it puts, each written by hand. What it puts is
    heard from a cube with a memory of its own, so that both read what the machine has at hand; they take turns."""
    names = [place.panel for place in OVERVIEW.places]
    floor, ours = {name: list[float]() for name in names}, {name: list[float]() for name in names}
    groups = sorted({code for held in cube.codes.groups.values() for code in held})
    for seed, name in enumerate(names):  # each has selections of its own: nothing another has asked is remembered
        for place, selection in enumerate(selections(cube.codes, cube.codes.sources[source], PAGES, seed=11 + seed)):
            noting = Noting(cube.forgetful())
            PANELS[name].draw(PANELS[name].ask(noting, selection))
            texts = [hand.written(s, by) for s, by in noting.noted if s.source == source and hand.plain(s, groups)]
            if not texts or len(texts) < len(noting.noted):
                continue
            by_hand = partial(_all, raw, texts)
            by_hand()
            both = [(floor, by_hand), (ours, lambda n=name, s=selection: PANELS[n].draw(PANELS[n].ask(cube, s)))]
            for times, ask in both if place % 2 else reversed(both):
                times[name].append(timed(ask))
    asked = [name for name in names if ours[name]]
    return [_panel(name, ours[name], floor[name]) for name in asked]


def _all(raw: duckdb.DuckDBPyConnection, texts: Sequence[str]) -> None:
    for text in texts:
        raw.execute(text).fetchall()


def _panel(name: str, ours: list[float], floor: list[float]) -> Verdict:
    told = f"{median(ours):.1f} ms asked and drawn, over {median(floor):.1f}, {len(ours)} times"
    return Verdict(f"panel {name} never asked, over SQL by hand", median(ours) / median(floor), MOST, detail=told)


def verdicts(home: Path, source: str) -> list[Verdict]:
    """What the cube, and each panel, adds to a question of a source in a data folder."""
    with side_by_side(home, source) as (cube, raw):
        return [cube_over_hand(cube, raw, source), *panels_over_hand(cube, raw, source)]


def main() -> None:
    """The same on the embedded edition."""
    with tempfile.TemporaryDirectory() as folder:
        print_verdicts("Questions on the embedded edition", unpromised(verdicts(Path(folder), "iati-goals")))


if __name__ == "__main__":
    main()
