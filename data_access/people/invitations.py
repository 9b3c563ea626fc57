"""Invitations: the only way to an account. A mark in a letter, good for a while and once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection, insert, select, update

from dashboard.people import ADMINISTRATOR, CONTRIBUTOR, MODERATOR, ROLES
from data_access import audit
from data_access.people import accounts
from data_access.people.accounts import plain
from data_access.people.marks import digest, mark, now
from data_access.people.tables import invitation
from data_access.registry import tables

LASTS = timedelta(days=14)
WITHDRAWN = "withdrawn"
ARTICLES = {CONTRIBUTOR: "a contributor", MODERATOR: "a moderator", ADMINISTRATOR: "an administrator"}


class NotInvited(ValueError):
    """An invitation that cannot be made or taken; the message is a sentence. field: of the form that asks for one."""

    def __init__(self, said: str, field: str = "maker") -> None:
        super().__init__(said)
        self.field = field


@dataclass(frozen=True)
class Invitation:
    """id: digest of its mark; used: when, empty while it is open; maker: empty for roles that are for all."""

    id: str
    mail: str
    name: str
    role: str
    maker: str
    by: str
    at: str
    ends: str
    used: str

    @property
    def open(self) -> bool:
        """Whether it can still be taken."""
        return not self.used and self.ends > now()


def invite(connection: Connection, mail: str, role: str, maker: str, by: str, name: str = "") -> str:
    """A new one, in a writing transaction: its mark, which is told nobody else. maker: an id. Raises NotInvited."""
    if role not in ROLES:
        raise NotInvited(f"{role} is no role; one of {', '.join(ROLES)} is.")
    if role == CONTRIBUTOR and not maker:
        raise NotInvited("A contributor speaks for a maker of commitments; please name it.")
    if role != CONTRIBUTOR and maker:
        raise NotInvited(f"A {role} speaks for no maker; please leave it out.")
    if maker and maker not in makers(connection):
        raise NotInvited(f"The register has no maker {maker}.")
    inviter = accounts.by_id(connection, by)
    if inviter and inviter.mail == plain(mail):
        raise NotInvited("Nobody invites themselves; another administrator can.", "mail")
    made = mark()
    told = {"mail": plain(mail), "name": name, "role": role, "maker": maker, "by": by, "at": now(), "ends": now(LASTS)}
    connection.execute(insert(invitation).values(id=digest(made), **told))
    audit.append(connection, by, "invite", f"invitation {digest(made)[:12]}", {"role": role, "maker": maker})
    return made


def makers(connection: Connection) -> Mapping[str, str]:
    """id -> name of every maker of the register, by name."""
    asked = select(tables.maker.c.id, tables.maker.c.name).order_by(tables.maker.c.name)
    return {row.id: row.name for row in connection.execute(asked)}


def in_words(connection: Connection, role: str, maker: str) -> str:
    """What somebody is invited to be: `a contributor for Germany`."""
    name = makers(connection).get(maker, "")
    return f"{ARTICLES[role]} for {name}" if name else ARTICLES[role]


def find(connection: Connection, mark_: str) -> Invitation | None:
    """The one of a mark, while it is open."""
    return by_id(connection, digest(mark_))


def by_id(connection: Connection, id_: str) -> Invitation | None:
    """The same, by the digest."""
    row = connection.execute(select(invitation).where(invitation.c.id == id_)).mappings().first()
    found = Invitation(**row) if row else None
    return found if found and found.open else None


def every(connection: Connection) -> tuple[Invitation, ...]:
    """Those that are open, newest first."""
    asked = (
        select(invitation).where(invitation.c.used == "", invitation.c.ends > now()).order_by(invitation.c.at.desc())
    )
    return tuple(Invitation(**row) for row in connection.execute(asked).mappings())


def withdraw(connection: Connection, id_: str, by: str) -> None:
    """It can be taken no more. Raises NotInvited where there is none that is open."""
    changed = update(invitation).where(invitation.c.id == id_, invitation.c.used == "").values(used=WITHDRAWN)
    if not connection.execute(changed).rowcount:
        raise NotInvited("This invitation is no longer open.")
    audit.append(connection, by, "withdraw", f"invitation {id_[:12]}")


def withdraw_all(connection: Connection, of: str, by: str) -> None:
    """None that somebody made, and nobody took yet, can be taken any more. of: who made them."""
    open_ = select(invitation.c.id).where(invitation.c.by == of, invitation.c.used == "").order_by(invitation.c.id)
    for id_ in list(connection.execute(open_).scalars()):
        withdraw(connection, id_, by)
