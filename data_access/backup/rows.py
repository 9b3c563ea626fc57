"""Every table of the registry as lines of JSON, and back: the same from SQLite and from PostgreSQL, and for both."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import islice

from sqlalchemy import Connection, Integer, Table, func, insert, select

from data_access.registry.every import metadata

LOT = 500  # rows of one statement
LEFT_OUT = frozenset({"session", "sent", "attempt"})  # of the hour: nobody is signed in after a restore


def kept() -> list[Table]:
    """Tables that a backup holds, each after those it refers to."""
    return [table for table in metadata.sorted_tables if table.name not in LEFT_OUT]


def written(connection: Connection, table: Table) -> Iterator[str]:
    """A row a line, columns in the order of their names, in the order of the key."""
    for row in connection.execute(select(table).order_by(*table.primary_key.columns)).mappings():
        yield json.dumps(dict(row), ensure_ascii=False, sort_keys=True) + "\n"


def read(connection: Connection, table: Table, lines: Iterable[str]) -> int:
    """Puts rows into a table that holds none: how many."""
    rows, count = (json.loads(line) for line in lines), 0
    while lot := list(islice(rows, LOT)):
        connection.execute(insert(table), lot)
        count += len(lot)
    if count:
        _numbered_on(connection, table)
    return count


def _numbered_on(connection: Connection, table: Table) -> None:
    """PostgreSQL counts in a place of its own, which rows that bring their numbers do not move."""
    column = table.autoincrement_column
    if connection.dialect.name != "postgresql" or column is None or not isinstance(column.type, Integer):
        return
    sequence = select(func.pg_get_serial_sequence(f'"{table.name}"', column.name))
    name = connection.execute(sequence).scalar_one()
    if name:
        connection.execute(select(func.setval(name, select(func.max(column)).scalar_subquery())))
