"""Run by Alembic; the connection is handed in by `data_access.registry.opening`."""

from __future__ import annotations

from alembic import context

from data_access.registry.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
