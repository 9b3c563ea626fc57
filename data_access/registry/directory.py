"""Fora, makers and initiatives: their tables, and their records as values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from sqlalchemy import Connection, Table, select

from dashboard.records import Directory, Forum, Initiative, Maker, Record
from data_access.registry import tables

Kind: TypeAlias = "type[Forum] | type[Maker] | type[Initiative]"
KINDS: Mapping[str, Kind] = {"forum": Forum, "maker": Maker, "initiative": Initiative}
TABLES: Mapping[str, Table] = {"forum": tables.forum, "maker": tables.maker, "initiative": tables.initiative}


def kind(record: Record) -> str:
    """forum, maker or initiative."""
    return type(record).__name__.lower()


def read(connection: Connection) -> Directory:
    """Those of the current state."""
    rows = {name: connection.execute(select(table).order_by(table.c.id)) for name, table in TABLES.items()}
    return Directory.of(KINDS[name](**row) for name, found in rows.items() for row in found.mappings())
