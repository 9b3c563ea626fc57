"""Files that are given with answers to surveys."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from data_access.registry.migrations.appended import keep

revision = "r0006"
down_revision = "r0005"
branch_labels = None
depends_on = None
TABLE = "response_file"


def upgrade() -> None:
    """Files of responses, as those of contributions are kept."""
    op.create_table(
        TABLE,
        sa.Column("id", sa.String, nullable=False),
        sa.Column("response", sa.String, nullable=False),
        *(
            sa.Column(name, sa.Text, nullable=False, server_default="")
            for name in ("name", "kind", "digest", "at", "who")
        ),
        sa.Column("size", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name=f"pk_{TABLE}"),
        sa.ForeignKeyConstraint(["response"], ["response.id"], name=f"fk_{TABLE}_response"),
    )
    op.create_index(f"ix_{TABLE}_response", TABLE, ["response"])
    keep(TABLE)


def downgrade() -> None:
    """Registries are not led back: what was written is kept."""
    raise NotImplementedError("Registries are not led back.")
