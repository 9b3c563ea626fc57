"""The record of what people did: only added to, each row bound to all rows before it by a digest.

A row says who (an id), what, with which thing, and details that are codes, ids and states: no names, no addresses, no
texts, so that a person can be erased and the record stays whole.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from sqlalchemy import Connection, RowMapping, insert, select

from data_access.people.tables import audit
from data_access.registry.store import Registry

START = "0" * 64  # what stands for the digest of the row before the first
PARTS = ("number", "at", "who", "action", "thing", "detail", "before")


@dataclass(frozen=True)
class Broken:
    """The first row that is not as it was written, and why, as a sentence."""

    number: int
    why: str


@dataclass(frozen=True)
class Noted:
    """A row of the record. at: UTC, ISO 8601; detail: JSON."""

    number: int
    at: str
    who: str
    action: str
    thing: str
    detail: str
    digest: str


def rows(registry: Registry, before: int = 0, most: int = 100) -> tuple[Noted, ...]:
    """Rows of the record, newest first; those before a number, where one is given."""
    asked = select(audit).order_by(audit.c.number.desc()).limit(most)
    asked = asked.where(audit.c.number < before) if before else asked
    names = Noted.__dataclass_fields__
    found = registry.read(lambda connection: connection.execute(asked).mappings().all())
    return tuple(Noted(**{name: row[name] for name in names}) for row in found)


def append(connection: Connection, who: str, action: str, thing: str, detail: Mapping[str, str] | None = None) -> int:
    """Adds a row in the transaction of the caller, which must be a writing one (`Registry.writing`); its number.

    who: id of a person, or `operator` for the command line; thing: its kind and id, `contribution 4f1a...`; detail:
    codes, ids and states alone."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("LOCK TABLE audit IN EXCLUSIVE MODE")
    last = connection.execute(select(audit.c.number, audit.c.digest).order_by(audit.c.number.desc()).limit(1)).first()
    row: dict[str, str | int] = {
        "number": (last.number if last else 0) + 1,
        "at": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "who": who,
        "action": action,
        "thing": thing,
        "detail": json.dumps(dict(detail or {}), ensure_ascii=False, sort_keys=True),
        "before": last.digest if last else START,
    }
    connection.execute(insert(audit).values(**row, digest=digest(row)))
    return int(row["number"])


def digest(row: Mapping[str, object] | RowMapping) -> str:
    """SHA-256 of a row, the digest of the row before it included; hexadecimal."""
    told = json.dumps([row[name] for name in PARTS], ensure_ascii=False)
    return sha256(told.encode()).hexdigest()


def verify(registry: Registry) -> Broken | None:
    """The first row that is not as it was written, or None. Rows taken from the end cannot be told from rows that were
    never there: compare `head` with one that was noted down."""
    return registry.read(lambda connection: next(_broken(connection), None))


def head(registry: Registry) -> tuple[int, str]:
    """Number and digest of the last row; 0 and zeros where there is none."""
    asked = select(audit.c.number, audit.c.digest).order_by(audit.c.number.desc()).limit(1)
    last = registry.read(lambda connection: connection.execute(asked).first())
    return (last.number, last.digest) if last else (0, START)


def holds(registry: Registry, digest_: str) -> bool:
    """Whether there is a row of that digest: as the last row was noted down some time."""
    asked = select(audit.c.number).where(audit.c.digest == digest_)
    return registry.read(lambda connection: connection.execute(asked).first()) is not None


def _broken(connection: Connection) -> Iterator[Broken]:
    before = START
    for at, row in enumerate(connection.execute(select(audit).order_by(audit.c.number)).mappings(), 1):
        if row["number"] != at:
            yield Broken(at, f"Row {at} of the record is missing.")
        if row["before"] != before:
            yield Broken(at, f"Row {at} of the record does not follow from the row before it.")
        if row["digest"] != digest(row):
            yield Broken(at, f"Row {at} of the record is not as it was written.")
        before = row["digest"]
