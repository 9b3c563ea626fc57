"""Contributions: what stakeholders write, its versions, what was done with it, who has it open, its evidence."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from data_access.registry.migrations.appended import keep

revision = "r0004"
down_revision = "r0003"
branch_labels = None
depends_on = None
OF = "contribution"
APPENDED = ("contribution_version", "contribution_step", "evidence")


def upgrade() -> None:
    """Tables of contributions."""
    _table(
        OF,
        _key("id"),
        *_texts("kind", "about"),
        *(_key(name) for name in ("of", "maker", "author", "state")),
        _whole("version"),
        *_texts("at", "last"),
    )
    told = _texts("at", "who", "fields", "base", "files", "digest")
    _table("contribution_version", _key(OF), _whole("number"), *told, key=(OF, "number"))
    parts = (_whole("version"), *_texts("at", "who", "why", "parts"), _whole("change"))
    number = sa.Column("number", sa.Integer, nullable=False)
    _table("contribution_step", number, _key(OF), *_texts("action", "state"), *parts, key=("number",))
    _table("contribution_lock", _key(OF), *_texts("who", "until"), key=(OF,))
    _table("evidence", _key("id"), _key(OF), *_texts("name", "kind", "digest", "at", "who"), _whole("size"))
    for table, columns in ((OF, ("of", "author", "state")), ("contribution_step", (OF,)), ("evidence", (OF,))):
        for column in columns:
            op.create_index(f"ix_{table}_{column}", table, [column])
    for table in APPENDED:
        keep(table)


def downgrade() -> None:
    """Registries are not led back: what was written is kept."""
    raise NotImplementedError("Registries are not led back.")


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False, server_default="") for name in names]


def _key(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String, nullable=False)


def _whole(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer, nullable=False, autoincrement=False)


def _table(name: str, *columns: sa.Column[Any], key: tuple[str, ...] = ("id",)) -> None:
    primary = sa.PrimaryKeyConstraint(*key, name=f"pk_{name}")
    refers = [sa.ForeignKeyConstraint([OF], [f"{OF}.id"], name=f"fk_{name}_{OF}")] if name != OF else []
    op.create_table(name, *columns, primary, *refers)
