"""Findings are kept whole, so that one that is no longer found can still be shown."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "r0002"
down_revision = "r0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One more column of findings."""
    op.add_column("finding", sa.Column("content", sa.Text, nullable=False, server_default=""))


def downgrade() -> None:
    """Registries are not led back: what was written is kept."""
    raise NotImplementedError("Registries are not led back.")
