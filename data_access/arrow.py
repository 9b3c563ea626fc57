"""Rows as Arrow tables typed like the warehouse's: text, whole numbers, exact decimals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pyarrow as pa
from sqlalchemy import BigInteger, Integer, Numeric, Table
from sqlalchemy.types import TypeEngine


def arrow_table(table: Table, rows: Iterable[Sequence[Any]], without: Sequence[str] = ()) -> pa.Table:
    """Rows in the order of the table's columns, less those named in `without`.

    Raises pyarrow.ArrowInvalid where a decimal has more digits than its column holds: nothing is rounded here."""
    columns = [column for column in table.columns if column.name not in without]
    schema = pa.schema([(column.name, kind_of(column.type)) for column in columns])
    cells = list(zip(*rows, strict=True)) or [()] * len(columns)
    return pa.table([pa.array(values, field.type) for values, field in zip(cells, schema, strict=True)], schema=schema)


def kind_of(kind: TypeEngine[Any]) -> pa.DataType:
    """The type of Arrow for one of the warehouse."""
    if isinstance(kind, Numeric):
        return pa.decimal128(kind.precision or 38, kind.scale or 0)
    if isinstance(kind, BigInteger):
        return pa.int64()
    return pa.int32() if isinstance(kind, Integer) else pa.string()
