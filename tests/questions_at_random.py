"""Questions at random over any edition, the same ones each time, and what their answers must satisfy."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from decimal import Decimal, localcontext

import pandas as pd

from dashboard.selection import DIMENSIONS, TERMS, Selection
from data_access.cube import STAGES, Cube

Sums = dict[str, Decimal | None]


def selections(cube: Cube, count: int, seed: int = 2015) -> Iterator[Selection]:
    """Selections that their source can answer: codes that occur, codes that do not, groups, years, terms."""
    chance = random.Random(seed)
    for _ in range(count):
        source = cube.codes.sources[chance.choice(sorted(cube.codes.sources))]
        values: dict[str, object] = {"source": source.code}
        for dimension in sorted(source.dimensions - {"year"}):
            if chance.random() < 0.35:
                groups = sorted(cube.codes.groups[dimension])
                codes = [*sorted(source.picks[dimension]), *groups, *groups, *sorted(cube.codes.members[dimension])]
                if codes:
                    values[dimension] = chance.sample(codes, min(len(codes), chance.randint(1, 5)))
        years = sorted(chance.choices(range(source.since, source.until + 1), k=2))
        if chance.random() < 0.6:
            values |= {"since": years[0], "until": years[1]}
        else:
            values |= {"since": source.since, "until": source.until}
        for term in ("method", "membership"):
            values[term] = chance.choice(TERMS[term])
        yield Selection().change(**values)


def told_apart(cube: Cube, selection: Selection) -> list[str]:
    """Every dimension that the source of a selection tells apart, and the year."""
    dimensions = cube.codes.sources[selection.source].dimensions
    return [name for name in (*DIMENSIONS, "year") if name in dimensions or name == "year"]


def added(frame: pd.DataFrame, columns: Sequence[str] = STAGES) -> Sums:
    """The exact sum of each column; None where nothing is reported."""
    sums: Sums = {}
    with localcontext(prec=80):
        for column in columns:
            known = [value for value in frame[column] if value is not None]
            sums[column] = sum(known, Decimal(0)) if known else None
    return sums


def parts_equal_the_whole(cube: Cube, selection: Selection) -> int:
    """Asserts that the sums by each dimension are the total, exactly; returns in how many dimensions."""
    whole = added(cube.totals(selection, ()))
    for name in told_apart(cube, selection):
        assert added(cube.totals(selection, (name,))) == whole, f"{selection.write()} by {name}"
    return len(told_apart(cube, selection))
