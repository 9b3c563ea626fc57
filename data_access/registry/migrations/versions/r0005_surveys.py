"""Surveys: what is asked, who is invited, what was answered."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from data_access.registry.migrations.appended import keep

revision = "r0005"
down_revision = "r0004"
branch_labels = None
depends_on = None
APPENDED = ("survey_version", "response_version", "response_step")


def upgrade() -> None:
    """Tables of surveys."""
    _table("survey", _key("id"), _key("state"), _whole("version"), *_texts("deadline", "at", "last"))
    _table(
        "survey_version", _key("survey"), _whole("number"), *_texts("written", "at", "who"), key=("survey", "number")
    )
    _table("survey_invited", _key("survey"), _key("maker"), *_texts("at", "who"), key=("survey", "maker"))
    held = (_key("survey"), _key("maker"), _key("state"), _whole("version"), *_texts("at", "last"))
    _table("response", _key("id"), *held, sa.UniqueConstraint("survey", "maker", name="uq_response_survey"))
    told = (_whole("asked"), *_texts("answers", "at", "who"))
    _table("response_version", _key("response"), _whole("number"), *told, key=("response", "number"))
    number = sa.Column("number", sa.Integer, nullable=False)
    done = (*_texts("action", "state"), _whole("version"), *_texts("at", "who"))
    _table("response_step", number, _key("response"), *done, key=("number",))
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


def _table(name: str, *columns: sa.schema.SchemaItem, key: tuple[str, ...] = ("id",)) -> None:
    named = {one.name for one in columns if isinstance(one, sa.Column)}
    refers = [
        sa.ForeignKeyConstraint([other], [f"{other}.id"], name=f"fk_{name}_{other}")
        for other in ("survey", "response")
        if other in named
    ]
    op.create_table(name, *columns, sa.PrimaryKeyConstraint(*key, name=f"pk_{name}"), *refers)
