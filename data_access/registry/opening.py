"""Opening a registry: SQLite in the data folder, or PostgreSQL by address; migrated, and filled at the first start."""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, StaticPool, create_engine, event, inspect, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from dashboard.config import Misconfigured
from data_access.registry import embedded
from data_access.registry.store import Registry

HERE = Path(__file__).parent
FILE = "registry.sqlite"
HEAD = "r0001"  # the newest migration; a test compares
BUSY = 15_000  # milliseconds that a writer waits for another
PATIENCE = {
    "connect_timeout": 5,
    "options": "-c statement_timeout=15000 -c lock_timeout=15000",
    "tcp_user_timeout": 10_000,
}
LOG = logging.getLogger(__name__)


def open_registry(home: Path, address: str = "") -> Registry:
    """The registry of a data folder, or that of a PostgreSQL address; made, migrated and filled where it is not.

    A data folder that cannot be written to is read all the same; where it has no registry yet, the embedded one is held
    in memory. Raises Misconfigured, a sentence, where the address cannot be used."""
    if address:
        return _ready(_postgres(address))
    file = home / FILE
    if file.is_file() and not os.access(file, os.W_OK):
        return Registry(_sqlite(f"file:{file}?mode=ro&immutable=1&uri=true"), writable=False)
    if not file.is_file() and not _can_hold(home):
        LOG.warning("%s cannot be written to: the registry is held in memory and takes no edits.", home)
        registry = _ready(_sqlite(""))
        registry.writable = False
        return registry
    return _ready(_sqlite(str(file)))


def _can_hold(home: Path) -> bool:
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return os.access(home, os.W_OK)


def _ready(engine: Engine) -> Registry:
    registry = Registry(engine)
    try:
        if not (_migrated(engine) and _filled(engine)):
            _prepare(registry)
    except DBAPIError as error:
        engine.dispose()
        raise Misconfigured(f"The registry cannot be opened ({_first_line(error)}).") from error
    return registry


def _first_line(error: DBAPIError) -> str:
    return " ".join(str(error.orig).split())[:200]


def _migrated(engine: Engine) -> bool:
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return False
        return bool(connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == HEAD)


def _filled(engine: Engine) -> bool:
    with engine.connect() as connection:
        return embedded.is_in(connection)


def _prepare(registry: Registry) -> None:
    """One process at a time; the others find it done."""
    with registry.engine.connect().execution_options(writes=True) as connection, connection.begin():
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(72008015)")
        migrate(connection)
    with registry.writing() as connection:
        embedded.fill(connection)


def migrate(connection: Any) -> None:
    """To the newest state of the tables, in the transaction of the connection."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(HERE / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _postgres(address: str) -> Engine:
    scheme, _, rest = address.partition("://")
    if scheme not in ("postgresql", "postgres", "postgresql+psycopg") or not rest:
        raise Misconfigured("IIF_REGISTRY must be an address that starts with postgresql://, or be left out.")
    return create_engine(f"postgresql+psycopg://{rest}", pool_pre_ping=True, pool_size=5, connect_args=PATIENCE)


def _sqlite(file: str) -> Engine:
    """Empty: in memory."""
    held: dict[str, Any] = {"poolclass": QueuePool if file else StaticPool}
    engine = create_engine(
        f"sqlite:///{file}", connect_args={"check_same_thread": False, "timeout": BUSY / 1000}, **held
    )
    event.listen(engine, "connect", _only_read if "mode=ro" in file else _begun_by_us)
    event.listen(engine, "begin", _begin)
    return engine


def _begun_by_us(raw: Any, _: Any) -> None:
    """The driver would begin transactions at a moment of its own choice, and never before a table is made."""
    raw.isolation_level = None
    for pragma in ("foreign_keys = ON", f"busy_timeout = {BUSY}", "journal_mode = WAL", "synchronous = NORMAL"):
        raw.execute(f"PRAGMA {pragma}")


def _only_read(raw: Any, _: Any) -> None:
    raw.isolation_level = None


def _begin(connection: Any) -> None:
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
