"""Sign-ins under way with a provider: kept for some minutes, used once."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import timedelta

from sqlalchemy import Connection, delete, insert, select

from data_access.people.accounts import ACTIVE, Account, by_id
from data_access.people.marks import digest, mark, now
from data_access.people.provider import Asked, Claimed
from data_access.people.tables import account, pending

KIND, LASTS = "openid", timedelta(minutes=10)
MOST = 2000  # under way at once


@dataclass(frozen=True)
class UnderWay:
    """next: where it leads; invitation: the digest of one that is to be taken, or empty."""

    asked: Asked
    next: str
    invitation: str


def fresh() -> Asked:
    """What a new one is known by."""
    return Asked(mark(), mark(), mark())


def begin(connection: Connection, asked: Asked, next_: str, invitation: str) -> None:
    """Keeps a new one. Where too many are under way the oldest goes: whoever fills it up keeps nobody out who comes."""
    connection.execute(delete(pending).where(pending.c.ends < now()))
    newest = select(pending.c.id).where(pending.c.kind == KIND).order_by(pending.c.at.desc()).limit(MOST - 1)
    connection.execute(delete(pending).where(pending.c.kind == KIND, pending.c.id.not_in(newest)))
    content = json.dumps(asdict(UnderWay(asked, next_, invitation)))
    told = {"kind": KIND, "at": now(), "ends": now(LASTS), "content": content}
    connection.execute(insert(pending).values(id=digest(asked.state), **told))


def take(connection: Connection, state: str) -> UnderWay | None:
    """The one of a state, which is gone then; None where there is none any more."""
    known = pending.c.id == digest(state), pending.c.kind == KIND
    content = connection.execute(select(pending.c.content).where(*known, pending.c.ends > now())).scalar_one_or_none()
    connection.execute(delete(pending).where(*known))
    if not content:
        return None
    held = json.loads(content)
    return UnderWay(Asked(**held["asked"]), held["next"], held["invitation"])


def known(connection: Connection, who: Claimed) -> Account | None:
    """The active account that belongs to whom a provider names."""
    asked = select(account.c.id).where(account.c.issuer == who.issuer, account.c.subject == who.subject)
    id_ = connection.execute(asked).scalar_one_or_none()
    held = by_id(connection, id_) if id_ else None
    return held if held and held.state == ACTIVE else None
