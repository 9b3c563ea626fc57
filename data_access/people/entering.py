"""What signing in needs to know of an account, and nothing else reads."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, select

from data_access.people.accounts import plain
from data_access.people.tables import account


@dataclass(frozen=True)
class Held:
    """password: its argon2id hash; seed: of the second device, sealed; step: the last that was used."""

    id: str
    password: str
    seed: str
    step: str
    state: str


def held(connection: Connection, mail: str) -> Held | None:
    """Of the account of an address."""
    return _held(connection, account.c.mail == plain(mail))


def of(connection: Connection, id_: str) -> Held | None:
    """Of an account by its id."""
    return _held(connection, account.c.id == id_)


def _held(connection: Connection, which: ColumnElement[bool]) -> Held | None:
    asked = select(account.c.id, account.c.password, account.c.seed, account.c.step, account.c.state)
    row = connection.execute(asked.where(which)).first()
    return Held(*row) if row else None
