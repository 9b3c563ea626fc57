"""What migrations share, and what stays as it is for all of them: tables whose rows are only added to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from alembic import op

SAID = "rows of {} are never changed"


def keep(table: str) -> None:
    """Rows of the table are only added to, whoever asks."""
    if _sqlite():
        for deed in ("UPDATE", "DELETE"):
            _refused(table, deed)
        return
    said = SAID.format(table)
    op.execute(
        f"CREATE FUNCTION keep_{table}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{said}'; END $$"
    )
    op.execute(
        f"CREATE TRIGGER keep_{table} BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} EXECUTE FUNCTION keep_{table}()"
    )


@contextmanager
def opened(table: str) -> Iterator[None]:
    """A table of `keep` in which a migration fills a new column; it is kept again afterwards."""
    op.execute(
        f"DROP TRIGGER keep_{table}_update" if _sqlite() else f"ALTER TABLE {table} DISABLE TRIGGER keep_{table}"
    )
    yield
    if _sqlite():
        _refused(table, "UPDATE")
    else:
        op.execute(f"ALTER TABLE {table} ENABLE TRIGGER keep_{table}")


def _sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _refused(table: str, deed: str) -> None:
    op.execute(
        f"CREATE TRIGGER keep_{table}_{deed.lower()} BEFORE {deed} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{SAID.format(table)}'); END"
    )
