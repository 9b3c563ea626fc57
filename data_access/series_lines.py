"""The values of series with the file and line that each was read from."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from sqlalchemy import select

from data_access.cube import Cube
from data_access.editions import INDICATORS
from data_access.tables import indicator, series

COLUMNS = ("series", "country", "year", "sex", "value", "unit", "file", "line", "source")


def series_lines(cube: Cube, names: Sequence[str], country: str, since: int, until: int) -> pd.DataFrame:
    """Columns: COLUMNS; value is exact, in the unit of its series. country: one code, or empty for all.

    Raises Busy, TimeoutError."""
    held = [indicator.c[name] for name in ("series", "country", "year", "sex")]
    read = [indicator.c.value, series.c.unit, indicator.c.file, indicator.c.line, series.c.source]
    question = select(*held, *read).join(series, indicator.c.series == series.c.series).order_by(*held)
    question = question.where(indicator.c.series.in_(sorted(set(names))), indicator.c.year.between(since, until))
    if country:
        question = question.where(indicator.c.country == country)
    key = f"lines {cube.edition} {','.join(sorted(set(names)))} of {country} {since}-{until}"
    return cube.ask(INDICATORS, key, question, COLUMNS)
