"""A table on its way into a file: what it is of, its columns, and its rows in lots of typed columns.

All writers take a `Stream`; none holds more than a lot or two of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pyarrow as pa

from dashboard.carried import Carried
from dashboard.exports import NUMBERS, figure
from dashboard.panels import Column, Table

WHOLE = ("year", "whole")
CENTS, DIGITS, MOST_DIGITS = 2, 38, 76  # decimals of money at least; digits of a decimal, and of a long one


@dataclass(frozen=True)
class Stream:
    """one: what it is, for the words that go with it. public: how readers reach the app. schema: of every lot, its
    fields named by the keys of the columns. count: rows of all lots."""

    one: Carried
    public: str
    columns: tuple[Column, ...]
    schema: pa.Schema
    lots: Iterable[pa.Table]
    count: int


class Broken(RuntimeError):
    """A file that came to its end too soon: its transfer is broken off."""


def told(stream: Stream) -> Iterator[pa.Table]:
    """The lots. Raises Broken where they hold other rows than were counted: a file that came to its end is whole."""
    held = 0
    for lot in stream.lots:
        held += len(lot)
        yield lot
    if held != stream.count:
        raise Broken(f"{held} rows were read of {stream.count}.")


def of_table(one: Carried, table: Table, public: str) -> Stream:
    """A whole table as a stream: the figures that its page and its CSV show, shares in per cent."""
    cells = [list(held) for held in zip(*table.rows, strict=True)] or [[] for _ in table.columns]
    arrays = [_array(column, held) for column, held in zip(table.columns, cells, strict=True)]
    schema = pa.schema([pa.field(c.key, array.type) for c, array in zip(table.columns, arrays, strict=True)])
    lot = pa.Table.from_arrays(arrays, schema=schema)
    return Stream(one, public, table.columns, schema, (lot,), len(table.rows))


def _array(column: Column, values: Sequence[Any]) -> pa.Array:
    known = [value for value in values if value is not None]
    if column.kind in NUMBERS or any(isinstance(value, Decimal) for value in known):
        if all(isinstance(value, (Decimal, int)) for value in known):
            return _decimals(column, [None if v is None else Decimal(figure(Decimal(v), column)) for v in values])
    elif (column.kind in WHOLE or known) and all(isinstance(value, int) for value in known):
        return pa.array(values, pa.int64())
    return pa.array([None if value is None else _text(column, value) for value in values], pa.string())


def _text(column: Column, value: Any) -> str:
    return figure(value, column) if isinstance(value, Decimal) else str(value)


def _decimals(column: Column, values: Sequence[Decimal | None]) -> pa.Array:
    """As many decimals as the longest needs."""
    known = [value.as_tuple() for value in values if value is not None]
    scale = max((-int(one.exponent) for one in known), default=0)
    scale = max(scale, CENTS if column.kind == "usd" else 0)
    digits = max((len(one.digits) + int(one.exponent) for one in known), default=0) + scale
    if digits <= DIGITS:
        return pa.array(values, pa.decimal128(DIGITS, scale))
    if digits <= MOST_DIGITS:
        return pa.array(values, pa.decimal256(MOST_DIGITS, scale))
    return pa.array([None if value is None else f"{value:f}" for value in values], pa.string())
