"""From which answers to surveys contributions were made."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from data_access.registry.migrations.appended import keep

revision = "r0007"
down_revision = "r0006"
branch_labels = None
depends_on = None
TABLE = "contribution_origin"


def upgrade() -> None:
    """Survey and question, as they read then, of each contribution that was made from an answer."""
    op.create_table(
        TABLE,
        sa.Column("contribution", sa.String, nullable=False),
        sa.Column("response", sa.String, nullable=False),
        sa.Column("version", sa.Integer, nullable=False, autoincrement=False),
        *(
            sa.Column(name, sa.Text, nullable=False, server_default="")
            for name in ("survey", "question", "title", "words", "makers", "at")
        ),
        sa.PrimaryKeyConstraint("contribution", name=f"pk_{TABLE}"),
        sa.ForeignKeyConstraint(["contribution"], ["contribution.id"], name=f"fk_{TABLE}_contribution"),
        sa.ForeignKeyConstraint(["response"], ["response.id"], name=f"fk_{TABLE}_response"),
    )
    op.create_index(f"ix_{TABLE}_response", TABLE, ["response"])
    keep(TABLE)


def downgrade() -> None:
    """Registries are not led back: what was written is kept."""
    raise NotImplementedError("Registries are not led back.")
