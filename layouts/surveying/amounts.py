"""An amount with its currency and its years in one cell: in columns of their own they are cut off on a narrow page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from dashboard.panels import Column, Table
from layouts.tables import exact

BESIDE = ("currency", "since", "until")


def in_one_cell(drawn: Table) -> Table:
    """The same table, of each amount one column: `KES 95,000,000,000, 2014`."""
    keys = [column.key for column in drawn.columns]
    amounts = [key for key in keys if f"{key}.currency" in keys]
    gone = {f"{key}.{part}" for key in amounts for part in BESIDE}
    columns = [column for column in drawn.columns if column.key not in gone]
    rows = [_row(dict(zip(keys, row, strict=True)), columns, amounts) for row in drawn.rows]
    kept = [replace(one, kind="amount") if one.key in amounts else one for one in columns]
    return replace(drawn, columns=tuple(kept), rows=tuple(rows))


def _row(row: dict[str, Any], columns: Sequence[Column], amounts: Sequence[str]) -> tuple[Any, ...]:
    return tuple(_amount(row, column) if column.key in amounts else row[column.key] for column in columns)


def _amount(row: dict[str, Any], column: Column) -> str | None:
    if row[column.key] is None:
        return None
    currency, since, until = (row[f"{column.key}.{part}"] for part in BESIDE)
    years = [] if since is None else [f"{since}" if since == until else f"{since} to {until}"]
    return ", ".join([f"{currency} {exact(column, row[column.key])}", *years])
