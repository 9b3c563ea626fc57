"""Rows of the engine as plain columns, in order and by name, and as frames."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import Any

import numpy as np
import pandas as pd

from dashboard.questions import Sums
from dashboard.selection import DIMENSIONS
from data_access.engine import Columns

TOLD = ("title", "description", "agency", "channel")  # of a raw record
SERIES_TEXTS = ("series", "name", "unit", "goal", "target", "sex", "better", "source", "definition", "licence")
WHOLE = ("year", "row", "line", "record", "usd_rank", "rows", "files", "items", "lacking", "since", "until")
TEXTS = frozenset((*DIMENSIONS, *TOLD, *SERIES_TEXTS, "country", "file", "item", "stage", "kind", "currency"))


def frame(rows: Sequence[Any], names: Sequence[str]) -> pd.DataFrame:
    """Texts as text, years and line numbers as whole numbers, amounts as they are: exact Decimal or None."""
    return framed(named(columns(rows, len(names)), names))


def columns(rows: Sequence[Any], count: int) -> Columns:
    return list(zip(*rows, strict=True)) or [()] * count


def named(values: Sequence[Sequence[Any]], names: Sequence[str]) -> Sums:
    """Columns by name; a text that is not known is empty, and whole numbers take eight bytes each."""
    return {name: _known(name, held) for name, held in zip(names, values, strict=True)}


def framed(held: Sums) -> pd.DataFrame:
    return pd.DataFrame({name: _column(name, values) for name, values in held.items()}, copy=False)


def in_order(rows: list[Any], keys: int) -> list[Any]:
    """Rows put in the order of their first columns, what is not known last, as the engine would; of few rows in less
    time than it takes to tell the engine."""
    for at in reversed(range(keys)):
        try:
            rows.sort(key=itemgetter(at))
        except TypeError:  # something is not known
            rows.sort(key=_known_first(at))
    return rows


def _known_first(at: int) -> Callable[[Any], tuple[bool, Any]]:
    return lambda row: (row[at] is None, "" if row[at] is None else row[at])


def _known(name: str, held: Sequence[Any]) -> Sequence[Any]:
    if name in WHOLE:
        return array("q", held)
    return tuple(text or "" for text in held) if name in TEXTS and None in held else held


def _column(name: str, held: Sequence[Any]) -> Any:
    if name in WHOLE:
        return np.array(held, dtype="int64")
    if name in TEXTS:
        return pd.array(held, dtype="str")
    column = np.empty(len(held), dtype=object)
    column[:] = held
    return column
