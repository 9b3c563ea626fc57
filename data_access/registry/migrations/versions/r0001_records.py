"""Records, their parts, changes and revisions, findings.

A migration says what it makes by itself: `tables.py` may grow, a migration stays as it was.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from data_access.registry.migrations.appended import keep

revision = "r0001"
down_revision = None
branch_labels = None
depends_on = None
APPENDED = ("change", "revision", "judgement")


def upgrade() -> None:
    """From an empty database."""
    _directory()
    _pledges()
    _parts()
    _history()
    _findings()
    for table in APPENDED:
        keep(table)


def downgrade() -> None:
    """Registries are not led back: what was written is kept."""
    raise NotImplementedError("The first state of the tables has nothing before it.")


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False, server_default="") for name in names]


def _key(name: str = "id") -> sa.Column[str]:
    return sa.Column(name, sa.String, nullable=False)


def _number() -> sa.Column[int]:
    return sa.Column("number", sa.Integer, nullable=False)


def _primary(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns, name=f"pk_{table}")


def _refers(table: str, column: str, to: str, *, late: bool = False) -> sa.ForeignKeyConstraint:
    when = "DEFERRED" if late else None
    return sa.ForeignKeyConstraint([column], [to], name=f"fk_{table}_{column}", deferrable=late or None, initially=when)


def _directory() -> None:
    for table, names in (("forum", ("name", "kind", "place", "date")), ("maker", ("name", "kind", "code"))):
        op.create_table(table, _key(), *_texts(*names), _primary(table, "id"))
    op.create_table("initiative", _key(), *_texts("name"), _primary("initiative", "id"))


def _pledges() -> None:
    op.create_table(
        "pledge",
        _key(),
        sa.Column("maker", sa.String, nullable=False),
        *(sa.Column(name, sa.String) for name in ("forum", "initiative", "parent")),
        *_texts("title", "kind", "place", "made", "usd_at_time", "since", "until", "deadline", "additional"),
        *_texts("measures", "gap", "remarks", "checked", "unverified", "confidence"),
        sa.Column("sexes", sa.Boolean, nullable=False),
        _primary("pledge", "id"),
        *(_refers("pledge", name, f"{name}.id") for name in ("maker", "forum", "initiative")),
        _refers("pledge", "parent", "pledge.id", late=True),
    )
    for name in ("maker", "forum", "parent"):
        op.create_index(f"ix_pledge_{name}", "pledge", [name])


def _part(table: str, *columns: sa.Column[Any], key: str = "place") -> None:
    held = _refers(table, "pledge", "pledge.id")
    op.create_table(table, _key("pledge"), *columns, _primary(table, *("pledge", key)[: 2 if key else 1]), held)


def _parts() -> None:
    amounts = _texts("low", "high", "unit", "prices", "absence", "as_of", "by", "counts", "year", "method")
    _part("amount", _key("role"), *amounts, key="role")
    place = ("place", sa.Integer)
    for table, names in (
        ("pledge_goal", ("goal",)),
        ("pledge_target", ("target",)),
        ("link", ("kind", "target", "amount", "currency", "note")),
        ("provenance", ("of", "kind", "title", "page", "address")),
        ("status", ("step", "date", "note", "kind", "title", "page", "address")),
    ):
        _part(table, sa.Column(*place, nullable=False, autoincrement=False), *_texts(*names))
    _part("rule", *_texts("kind", "written"), key="")


def _history() -> None:
    op.create_table("change", _number(), *_texts("at", "who", "why", "state"), _primary("change", "number"))
    op.create_table(
        "revision",
        _number(),
        sa.Column("change", sa.Integer, nullable=False),
        *_texts("kind", "record", "action", "digest", "content"),
        _primary("revision", "number"),
        _refers("revision", "change", "change.number"),
    )
    for name in ("record", "change"):
        op.create_index(f"ix_revision_{name}", "revision", [name])


def _findings() -> None:
    op.create_table("finding", _key(), *_texts("check", "status", "figures", "at"), _primary("finding", "id"))
    op.create_table(
        "judgement",
        _number(),
        _key("finding"),
        *_texts("status", "figures", "at", "who", "why"),
        _primary("judgement", "number"),
        _refers("judgement", "finding", "finding.id"),
    )
    op.create_index("ix_judgement_finding", "judgement", ["finding"])
