"""The last writings to the registry, each with the commitments it touched."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from data_access.registry import tables
from data_access.registry.store import Change, Registry


@dataclass(frozen=True)
class Writing:
    """One change. before: the state it was made in, empty for the first. touched: commitments by id, and what was done
    to each: added, changed, withdrawn."""

    change: Change
    before: str
    touched: dict[str, str]


def lately(registry: Registry, most: int) -> tuple[Writing, ...]:
    """The last changes, newest first, read in one transaction."""
    return registry.recall(("lately", most), lambda connection: _lately(connection, most))


def _lately(connection: Connection, most: int) -> tuple[Writing, ...]:
    change, revision = tables.change, tables.revision
    asked = select(change).order_by(change.c.number.desc()).limit(most + 1)
    made = [Change(**row) for row in connection.execute(asked).mappings()]
    touched: dict[int, dict[str, str]] = {one.number: {} for one in made}
    written = select(revision.c.change, revision.c.record, revision.c.action).where(
        revision.c.kind == "pledge", revision.c.change.in_(list(touched))
    )
    for row in connection.execute(written.order_by(revision.c.record)):
        touched[row.change][row.record] = row.action
    before = [one.state for one in made[1:]] + [""]
    return tuple(Writing(one, was, touched[one.number]) for one, was in zip(made, before, strict=True))[:most]
