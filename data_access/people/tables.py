"""Tables of people and of the record of what they did; made by the registry's migrations.

What could be used by whoever reads a copy of the database is kept as a digest: marks of sessions, of invitations and of
resets, and the names under which attempts are counted.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Text

from data_access.registry.tables import metadata


def _texts(*names: str) -> list[Column[str]]:
    return [Column(name, Text, nullable=False, server_default="") for name in names]


def _key(name: str = "id") -> Column[str]:
    return Column(name, String, primary_key=True)


def _of_account(*, key: bool = False) -> Column[str]:
    return Column("account", String, ForeignKey("account.id"), primary_key=key, nullable=False)


account = Table(  # state: active, disabled, erased; of an erased one the id and the state alone are left
    "account",
    metadata,
    _key(),
    Column("mail", String, unique=True),  # in lower case; none once erased
    *_texts("name", "password", "seed", "step", "issuer", "subject", "state", "at"),
    Column("named", Boolean, nullable=False),
)
granted = Table(  # maker: empty for roles that are for all
    "granted", metadata, _of_account(key=True), _key("role"), _key("maker"), *_texts("at", "by")
)
invitation = Table("invitation", metadata, _key(), *_texts("mail", "name", "role", "maker", "by", "at", "ends", "used"))
session = Table("session", metadata, _key(), _of_account(), *_texts("at", "seen", "how"))
Index(None, session.c.account)
pending = Table(  # a sign-in under way elsewhere, a password to be set anew; kind: openid, reset
    "pending", metadata, _key(), *_texts("kind", "account", "at", "ends", "content")
)
attempt = Table(  # of: a digest of whom or where it was tried
    "attempt", metadata, Column("number", Integer, primary_key=True), Column("of", String, index=True), *_texts("at")
)
sent = Table(  # forms that were taken: a form sent twice does one thing; leads: where the first led
    "sent", metadata, _key(), *_texts("at", "leads")
)
audit = Table(  # what was done; each row is bound to all before it by its digest
    "audit",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    *_texts("at", "who", "action", "thing", "detail", "before", "digest"),
)
APPENDED = (audit,)  # rows of these are never changed nor taken away
