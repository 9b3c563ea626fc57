"""What a source reports by donor (or recipient) and year: sums from the rollups, as panels read them, and how many rows
lie behind each."""

from __future__ import annotations

from typing import Any

from sqlalchemy import case, func, select

from dashboard.coverage import ALL, Coverage, Reported, rows_of
from dashboard.questions import Unanswerable
from dashboard.selection import Selection
from data_access.cube import Cube
from data_access.engine import Question
from data_access.tables import flow


def coverage(cube: Cube, source: str, stage: str, by: str = "") -> Coverage:
    """What `source` reports at `stage`, by `by` (donor or recipient; else the first of them that it tells apart).

    Amounts are exact current US dollars. Remembered under the edition. Raises Unanswerable where the edition has no
    such source or it does not report the rung; Busy; TimeoutError."""
    held = cube.codes.sources.get(source)
    if held is None:
        raise Unanswerable(f"source={source} is not a source of this edition.")
    if stage not in held.stages:
        raise Unanswerable(f"{held.title} does not report what was {stage}.")
    by = rows_of(held, by)
    columns = (*([by] if by else []), "year", "rows", "other")
    key = f"coverage {cube.edition} {source} {stage} by {by}"
    behind = _by_cell(cube.ask(source, key, counts(source, stage, by), columns), by)
    whole = Selection(source=source, since=held.since, until=held.until)
    sums = _by_cell(cube.totals(whole, columns[:-2], stages=(stage,)), by)
    told: dict[str, dict[int, Reported]] = {}
    for (code, year), (usd,) in sums.items():
        if usd is not None:
            rows, other = behind[code, year]
            told.setdefault(code, {})[year] = Reported(rows, other, usd)
    members = held.picks.get(by, frozenset()) | told.keys() if by else frozenset((ALL,))
    return Coverage(held, stage, by, frozenset(members), told)


def counts(source: str, stage: str, by: str) -> Question:
    """Columns: that of `by` where it is not empty, year, rows, rows other than zero. Only rows with an amount count."""
    keys = [flow.c[by], flow.c.year] if by else [flow.c.year]
    other = func.sum(case((flow.c.usd != 0, 1), else_=0))
    chosen = select(*keys, func.count(), other)
    return chosen.where(flow.c.source == source, flow.c.stage == stage, flow.c.usd.is_not(None)).group_by(*keys)


def _by_cell(frame: Any, by: str) -> dict[tuple[str, int], tuple[Any, ...]]:
    """(code, year) -> the other columns; ALL where the rows have no code."""
    found = {}
    for row in frame.itertuples(index=False, name=None):
        code, year, *rest = row if by else (ALL, *row)
        found[code, int(year)] = tuple(int(value) if isinstance(value, float) else value for value in rest)
    return found
