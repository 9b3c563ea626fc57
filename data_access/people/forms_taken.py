"""Forms that were taken: one that is sent again leads where it led the first time, and does nothing more."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Connection, insert, select

from data_access.people.marks import digest, now
from data_access.people.tables import sent

KEPT = timedelta(days=2)


def before(connection: Connection, once: str) -> str | None:
    """Where a form led that was sent before; None where this is the first time. In a writing transaction."""
    return connection.execute(select(sent.c.leads).where(sent.c.id == digest(once))).scalar_one_or_none()


def taken(connection: Connection, once: str, leads: str) -> None:
    """A form was taken, in the transaction of what it did. leads: an address of ours."""
    connection.execute(insert(sent).values(id=digest(once), at=now(), leads=leads))
