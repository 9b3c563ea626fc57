"""Sessions: kept by the server, ended by it. The browser holds a mark, the database its digest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection, delete, insert, select, update

from dashboard.people import Person
from dashboard.retention import DEFAULT, Retention
from data_access.people import accounts
from data_access.people.marks import digest, mark, now
from data_access.people.tables import session

STEP = timedelta(minutes=1)  # that it was used is written down no more often


@dataclass(frozen=True)
class Session:
    """id: the digest of its mark; how: password, openid; at, seen: since when, and when last."""

    id: str
    person: Person
    at: str
    seen: str
    how: str

    @property
    def stale(self) -> bool:
        """Whether it is time to write down that it is used."""
        return self.seen < now(-STEP)


def begin(connection: Connection, account: str, how: str) -> str:
    """A new session; its mark."""
    made = mark()
    connection.execute(insert(session).values(id=digest(made), account=account, at=now(), seen=now(), how=how))
    return made


def find(connection: Connection, mark_: str, kept: Retention = DEFAULT) -> Session | None:
    """The session of a mark while it lasts and its account is active."""
    return by_id(connection, digest(mark_), kept)


def by_id(connection: Connection, id_: str, kept: Retention = DEFAULT) -> Session | None:
    """The same, by the digest."""
    asked = select(session).where(session.c.id == id_, session.c.seen >= now(-kept.idle))
    asked = asked.where(session.c.at >= now(-kept.whole))
    row = connection.execute(asked).first()
    held = accounts.by_id(connection, row.account) if row else None
    if row is None or held is None or held.state != accounts.ACTIVE:
        return None
    return Session(row.id, held.person, row.at, row.seen, row.how)


def seen(connection: Connection, id_: str) -> None:
    """It is used: it lasts on."""
    connection.execute(update(session).where(session.c.id == id_).values(seen=now()))


def of(connection: Connection, account: str, kept: Retention = DEFAULT) -> tuple[Session, ...]:
    """Those of an account that last, newest first."""
    held = accounts.by_id(connection, account)
    asked = select(session).where(session.c.account == account, session.c.seen >= now(-kept.idle))
    asked = asked.where(session.c.at >= now(-kept.whole)).order_by(session.c.at.desc())
    rows = connection.execute(asked).all() if held else []
    return tuple(Session(row.id, held.person, row.at, row.seen, row.how) for row in rows if held)


def end(connection: Connection, id_: str) -> None:
    """It ends; its mark is worth nothing."""
    connection.execute(delete(session).where(session.c.id == id_))


def end_all(connection: Connection, account: str, but: str = "") -> None:
    """Every session of an account ends, but the one named."""
    connection.execute(delete(session).where(session.c.account == account, session.c.id != but))
