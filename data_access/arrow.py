"""Rows as Arrow tables typed like the warehouse's: text, whole numbers, exact decimals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pyarrow as pa
from sqlalchemy import BigInteger, Column, Integer, Numeric, Table


def arrow_table(table: Table, rows: Iterable[Sequence[Any]], without: Sequence[str] = ()) -> pa.Table:
    """Rows in the order of the table's columns, less those named in `without`.

    Raises pyarrow.ArrowInvalid where a decimal has more digits than its column holds: nothing is rounded here."""
    columns = [column for column in table.columns if column.name not in without]
    schema = pa.schema([(column.name, _kind(column)) for column in columns])
    cells = list(zip(*rows, strict=True)) or [()] * len(columns)
    return pa.table([pa.array(values, field.type) for values, field in zip(cells, schema, strict=True)], schema=schema)


def _kind(column: Column[Any]) -> pa.DataType:
    if isinstance(column.type, Numeric):
        return pa.decimal128(column.type.precision or 38, column.type.scale or 0)
    if isinstance(column.type, BigInteger):
        return pa.int64()
    return pa.int32() if isinstance(column.type, Integer) else pa.string()
