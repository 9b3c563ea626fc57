"""Run by Alembic; the connection is handed in by `data_access.registry.opening`."""

from __future__ import annotations

from alembic import context

from data_access.registry.every import metadata

held = context.config.attributes
context.configure(connection=held["connection"], version_table=held["version_table"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
