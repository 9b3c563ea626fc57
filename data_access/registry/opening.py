"""Opening a registry: SQLite in the data folder, or PostgreSQL by address; migrated, and filled at the first start."""

from __future__ import annotations

import logging
import os
from pathlib import Path
from time import monotonic
from typing import Any

from sqlalchemy import Connection, Engine, column, inspect, select, table
from sqlalchemy.exc import DBAPIError, OperationalError

from dashboard.config import Misconfigured
from data_access.registry import embedded, engines
from data_access.registry.store import Registry

HERE = Path(__file__).parent
FILE = "registry.sqlite"
# in their order; a test compares them with the folder
MIGRATIONS = ("r0001", "r0002", "r0003", "r0004", "r0005", "r0006", "r0007", "r0008")
VERSION = "registry_version"  # the table that says which of them were made
LOCK = 72008015  # of PostgreSQL, for the time of a migration
LOG = logging.getLogger(__name__)


def open_registry(home: Path, address: str = "") -> Registry:
    """The registry of a data folder, or that of a PostgreSQL address; made, migrated and filled where it is not.

    A data folder that cannot be written to is read all the same; where it has no registry yet, the embedded one is held
    in memory. Raises Misconfigured, a sentence, where it cannot be opened."""
    if address:
        return _ready(engines.postgresql(address))
    file = home / FILE
    if file.is_file() and not os.access(file, os.W_OK):
        return _as_it_is(engines.read_only(file))
    if not file.is_file() and not _can_hold(home):
        LOG.warning("%s cannot be written to: the registry is held in memory and takes no edits.", home)
        registry = _ready(engines.in_memory())
        registry.writable = False
        return registry
    return _ready(engines.in_file(file))


def _can_hold(home: Path) -> bool:
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        return False
    return os.access(home, os.W_OK)


def _ready(engine: Engine) -> Registry:
    registry = Registry(engine)
    try:
        if not (_version(engine) == MIGRATIONS[-1] and _filled(engine)):
            _prepare(registry)
    except DBAPIError as error:
        engine.dispose()
        raise Misconfigured(f"The registry cannot be opened ({_first_line(error)}).") from error
    return registry


def _as_it_is(engine: Engine) -> Registry:
    if _version(engine) != MIGRATIONS[-1]:
        raise Misconfigured("The registry is of an earlier release, and its file cannot be written to.")
    return Registry(engine, writable=False)


def _first_line(error: DBAPIError) -> str:
    return " ".join(str(error.orig).split())[:200]


def _version(engine: Engine) -> str:
    """The last migration that was made; empty where there was none. Raises Misconfigured where it is not ours."""
    with engine.connect() as connection:
        if not inspect(connection).has_table(VERSION):
            return ""
        made = str(connection.execute(select(column("version_num")).select_from(table(VERSION))).scalar() or "")
    if made and made not in MIGRATIONS:
        raise Misconfigured(
            f"The registry is of a later release of this program (its tables are {made}); use that one."
        )
    return made


def _filled(engine: Engine) -> bool:
    with engine.connect() as connection:
        return embedded.is_in(connection)


def _prepare(registry: Registry) -> None:
    """One process at a time; the others wait and find it done."""
    until = monotonic() + engines.MAKING
    while True:
        try:
            return _made(registry)
        except OperationalError as error:
            if monotonic() > until or not engines.held(error):
                raise


def _made(registry: Registry) -> None:
    with registry.engine.connect().execution_options(writes=True) as connection, connection.begin():
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
        migrate(connection)
    with registry.writing() as connection:
        embedded.fill(connection)


def migrate(connection: Connection, to: str = "head") -> None:
    """To the newest state of the tables, in the transaction of the connection."""
    from alembic import command  # a fifth of a second that only a migration needs
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(HERE / "migrations").replace("%", "%%"))
    attributes: dict[str, Any] = {"connection": connection, "version_table": VERSION}
    config.attributes.update(attributes)
    command.upgrade(config, to)
