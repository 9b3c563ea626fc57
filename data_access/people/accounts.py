"""Accounts: who somebody is, and what they were granted."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, RowMapping, select

from dashboard.people import FORMER, Person
from data_access.people.tables import account, granted

ACTIVE, DISABLED, ERASED = "active", "disabled", "erased"


@dataclass(frozen=True)
class Account:
    """person: as they act; state: active, disabled or erased; mail: empty once erased; at: since when."""

    person: Person
    mail: str
    state: str
    at: str
    second: bool  # asks for a code of a second device
    elsewhere: bool  # signs in with a provider


def by_id(connection: Connection, id_: str) -> Account | None:
    """An account with its grants; None where there is none."""
    row = connection.execute(select(account).where(account.c.id == id_)).mappings().first()
    return _account(connection, row) if row else None


def by_mail(connection: Connection, mail: str) -> Account | None:
    """An account by its address, whatever its case."""
    row = connection.execute(select(account).where(account.c.mail == plain(mail))).mappings().first()
    return _account(connection, row) if row else None


def every(connection: Connection) -> tuple[Account, ...]:
    """All that were not erased, by name."""
    asked = select(account).where(account.c.state != ERASED).order_by(account.c.name, account.c.id)
    return tuple(_account(connection, row) for row in connection.execute(asked).mappings())


def names(connection: Connection) -> dict[str, str]:
    """id -> name of everybody, for pages that are not public; `former contributor` for who was erased."""
    return {row.id: row.name or FORMER for row in connection.execute(select(account.c.id, account.c.name))}


def grants(connection: Connection, id_: str) -> list[tuple[str, str]]:
    """Role and maker of each."""
    asked = select(granted.c.role, granted.c.maker).where(granted.c.account == id_)
    return [(row.role, row.maker) for row in connection.execute(asked.order_by(granted.c.role, granted.c.maker))]


def plain(mail: str) -> str:
    """An address as it is kept: no two accounts differ by case alone, or by a point that ends a name of a host."""
    return mail.strip().lower().rstrip(".")


def _account(connection: Connection, row: RowMapping) -> Account:
    held = grants(connection, row["id"])
    roles, makers = frozenset(role for role, _ in held), frozenset(maker for _, maker in held if maker)
    person = Person(row["id"], row["name"], roles, makers, row["named"])
    return Account(person, row["mail"] or "", row["state"], row["at"], bool(row["seed"]), bool(row["subject"]))
