"""The records of the register as contributions see them: cells by column, names of makers, in a transaction."""

from __future__ import annotations

import json
from collections.abc import Mapping

from sqlalchemy import Connection, select

from dashboard.pledges import Pledge
from dashboard.records import Directory, Maker
from data_access.registry import cells as texts
from data_access.registry import directory, tables
from data_access.registry.columns import NAMES
from data_access.registry.writing import WITHDRAWN, Refused

PLEDGE = "pledge"


def cells_of(connection: Connection, id_: str) -> dict[str, str]:
    """Every column of a commitment as it stands. Raises Refused where the register does not hold it."""
    one = tables.revision.c
    asked = select(one.action, one.content).where(one.record == id_, one.kind == PLEDGE).order_by(one.number.desc())
    row = connection.execute(asked.limit(1)).one_or_none()
    if row is None or row.action == WITHDRAWN:
        raise Refused("The register holds no commitment of that name any more; nothing was saved.")
    content: Mapping[str, str] = json.loads(row.content)
    return dict.fromkeys(NAMES, "") | dict(content)


def blank(directory_: Directory, id_: str, maker: str) -> Pledge:
    """A commitment of a maker that says nothing yet."""
    held = directory_.makers.get(maker, Maker(maker, maker, "government", ""))
    return Pledge(id_, "", held.name, held.code, held.kind, maker_id=maker)


def begun(connection: Connection, id_: str, maker: str) -> dict[str, str]:
    """The cells of a commitment that the register does not hold yet. Raises Refused where it does."""
    one = tables.revision.c
    asked = select(one.number).where(one.record == id_, one.kind == PLEDGE).limit(1)
    if connection.execute(asked).first() is not None:
        raise Refused(f"The register holds a commitment {id_} already, or held one; nothing was saved.")
    return texts.write(blank(directory.read(connection), id_, maker))


def maker_name(connection: Connection, id_: str) -> str:
    """The name of a maker; the id itself where the register does not hold it."""
    found = directory.read(connection).makers.get(id_)
    return found.name if found else id_


def pledge_of(connection: Connection, cells: Mapping[str, str]) -> Pledge:
    """The commitment that the cells write. Raises Refused where they cannot be read."""
    try:
        return texts.read(cells, directory.read(connection))
    except (ValueError, KeyError, ArithmeticError) as wrong:
        raise Refused(f"The record cannot be kept as proposed ({wrong}).") from wrong
