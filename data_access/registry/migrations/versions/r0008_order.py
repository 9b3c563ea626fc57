"""What had come into the register when a step of a contribution was taken: times are of whole seconds."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from data_access.registry.migrations.appended import opened

revision = "r0008"
down_revision = "r0007"
branch_labels = None
depends_on = None
TABLE = "contribution_step"
THEN = (
    "UPDATE contribution_step SET upto = (SELECT coalesce(max(change.number), 0) FROM change "
    "WHERE change.at <= contribution_step.at OR change.number = contribution_step.change)"
)


def upgrade() -> None:
    """The newest change of the registry at each step; of those that were taken before, by their times."""
    op.add_column(TABLE, sa.Column("upto", sa.Integer, nullable=False, server_default="0"))
    with opened(TABLE):
        op.execute(THEN)


def downgrade() -> None:
    """Registries are not led back: what was written is kept."""
    raise NotImplementedError("Registries are not led back.")
