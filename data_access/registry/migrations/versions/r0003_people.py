"""People: accounts, what they were granted, invitations, sessions, attempts; the record of what was done."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from data_access.registry.migrations.appended import keep

revision = "r0003"
down_revision = "r0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Tables of people."""
    _accounts()
    _table("invitation", _key(), *_texts("mail", "name", "role", "maker", "by", "at", "ends", "used"))
    _table("session", _key(), _key("account"), *_texts("at", "seen", "how"), of_account=True)
    op.create_index("ix_session_account", "session", ["account"])
    _table("pending", _key(), *_texts("kind", "account", "at", "ends", "content"))
    _table("attempt", _number(), sa.Column("of", sa.String), *_texts("at"), key=("number",))
    op.create_index("ix_attempt_of", "attempt", ["of"])
    _table("sent", _key(), *_texts("at", "leads"))
    told = _texts("at", "who", "action", "thing", "detail", "before", "digest")
    _table("audit", sa.Column("number", sa.Integer, nullable=False, autoincrement=False), *told, key=("number",))
    keep("audit")


def downgrade() -> None:
    """Registries are not led back: what was written is kept."""
    raise NotImplementedError("Registries are not led back.")


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False, server_default="") for name in names]


def _key(name: str = "id") -> sa.Column[str]:
    return sa.Column(name, sa.String, nullable=False)


def _number() -> sa.Column[int]:
    return sa.Column("number", sa.Integer, nullable=False)


def _table(name: str, *columns: sa.Column[Any], key: tuple[str, ...] = ("id",), of_account: bool = False) -> None:
    primary = sa.PrimaryKeyConstraint(*key, name=f"pk_{name}")
    refers = sa.ForeignKeyConstraint(["account"], ["account.id"], name=f"fk_{name}_account")
    op.create_table(name, *columns, primary, *([refers] if of_account else []))


def _accounts() -> None:
    op.create_table(
        "account",
        _key(),
        sa.Column("mail", sa.String),
        *_texts("name", "password", "seed", "step", "issuer", "subject", "state", "at"),
        sa.Column("named", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_account"),
        sa.UniqueConstraint("mail", name="uq_account_mail"),
    )
    columns = (_key("account"), _key("role"), _key("maker"), *_texts("at", "by"))
    _table("granted", *columns, key=("account", "role", "maker"), of_account=True)
