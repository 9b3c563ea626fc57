"""A password set anew: by a mark in a letter, good for half an hour, and until one of them is used."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Connection, delete, insert, select

from data_access.people.accounts import ACTIVE, by_mail
from data_access.people.marks import digest, mark, now
from data_access.people.tables import pending

KIND, LASTS = "reset", timedelta(minutes=30)


def begin(connection: Connection, mail: str) -> str:
    """A mark for the account of an address; empty where there is none that is active and has a password of ours."""
    held = by_mail(connection, mail)
    if held is None or held.state != ACTIVE or held.elsewhere:
        return ""
    made = mark()
    connection.execute(
        delete(pending).where(pending.c.ends < now())
    )  # letters before stay good: anybody may ask for one
    told = {"kind": KIND, "account": held.person.id, "at": now(), "ends": now(LASTS)}
    connection.execute(insert(pending).values(id=digest(made), **told))
    return made


def find(connection: Connection, mark_: str) -> str:
    """The id of the account whose password may be set; empty where the mark is worth nothing."""
    asked = select(pending.c.account).where(
        pending.c.id == digest(mark_), pending.c.kind == KIND, pending.c.ends > now()
    )
    return str(connection.execute(asked).scalar_one_or_none() or "")


def end(connection: Connection, account: str) -> None:
    """Every mark of an account is worth nothing."""
    connection.execute(delete(pending).where(pending.c.account == account, pending.c.kind == KIND))
