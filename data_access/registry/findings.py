"""Where findings stand, with every judgement that led there: kept in the registry, settled by `dashboard.findings`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from dashboard.findings import BY_CHECKS, STATUSES, Finding, Judged, Side, settle
from data_access.registry import tables
from data_access.registry.store import Registry
from data_access.registry.writing import Noted, Refused, unsigned

CHECKS = BY_CHECKS  # who judges where no person does
WHY = {"open": "Found.", "corrected": "No longer found."}


@dataclass(frozen=True)
class Judgement:
    """One step of a finding's history. figures: those on which it was passed."""

    status: str
    figures: tuple[str, str]
    at: str
    who: str
    why: str


def known(registry: Registry) -> dict[str, Judged]:
    """Every finding there ever was, by its key, as it stands. at: of the last judgement; by, note: of a person's."""
    return registry.recall("findings", _known)


def known_until(registry: Registry, at: str) -> dict[str, Judged]:
    """Every finding as it stood before a moment (UTC, ISO 8601); those alone that were judged before it."""
    return registry.recall(("findings", at), lambda connection: _known(connection, at))


def take_in(registry: Registry, found: Iterable[Finding]) -> dict[str, Judged]:
    """What checks that were run over everything have found; answers where all findings stand. What is explained is not
    raised again unless its figures change; what is no longer found is corrected."""

    def take(connection: Connection) -> dict[str, Judged]:
        before = _known(connection)
        for key, now in settle(found, before).items():
            _settled(connection, key, now, before.get(key))
        return _known(connection)

    return registry.put(take)


def judge(registry: Registry, key: str, status: str, noted: Noted) -> Judged:
    """A moderator explains a finding, or opens it again. Raises Refused, a sentence."""
    with registry.writing() as connection:
        return judged(connection, key, status, noted)


def judged(connection: Connection, key: str, status: str, noted: Noted) -> Judged:
    """The same in a transaction that is under way, in which nobody else writes."""
    if status not in STATUSES:
        raise Refused(f"{status} is no status of a finding; one of {', '.join(STATUSES)} is.")
    if unsigned(noted):
        raise Refused(f"A judgement {unsigned(noted)}")
    held = _known(connection).get(key)
    if held is None:
        raise Refused(f"There is no finding {key}.")
    _judge(connection, key, status, held.finding.figures, noted)
    return _known(connection)[key]


def keys(connection: Connection) -> tuple[str, ...]:
    """Of every finding there ever was."""
    return tuple(connection.execute(select(tables.finding.c.id).order_by(tables.finding.c.id)).scalars())


def history(registry: Registry, key: str) -> tuple[Judgement, ...]:
    """Every judgement of a finding, oldest first."""
    table = tables.judgement
    asked = select(table).where(table.c.finding == key).order_by(table.c.number)
    return registry.recall(
        ("judgements", key), lambda held: tuple(_judgement(dict(row)) for row in held.execute(asked).mappings())
    )


def _known(connection: Connection, before: str = "") -> dict[str, Judged]:
    table, judged = tables.finding, tables.judgement
    last = select(func.max(judged.c.number)).group_by(judged.c.finding)
    last = last.where(judged.c.at < before) if before else last
    found = connection.execute(select(judged).where(judged.c.number.in_(last))).mappings()
    latest = {row["finding"]: _judgement(dict(row)) for row in found}
    rows = connection.execute(select(table.c.id, table.c.content).where(table.c.content != "").order_by(table.c.id))
    return {row.id: _judged(_finding(row.content), latest[row.id]) for row in rows if row.id in latest}


def _judged(finding: Finding, last: Judgement) -> Judged:
    person = last.who != CHECKS
    by, note = (last.who, last.why) if person else ("", "")
    return Judged(finding, last.status, last.figures, last.at, by, note)


def _settled(connection: Connection, key: str, now: Judged, before: Judged | None) -> None:
    content = json.dumps(asdict(now.finding), ensure_ascii=False)
    if before is None:
        told = {"id": key, "check": now.finding.check, "content": content}
        connection.execute(insert(tables.finding).values(told))
    elif before.finding != now.finding:
        connection.execute(update(tables.finding).where(tables.finding.c.id == key).values(content=content))
    if before is None or (before.status, before.figures) != (now.status, now.figures):
        again = before is not None and now.status == "open"
        why = f"Found with {now.figures[0]} and {now.figures[1]}." if again else WHY[now.status]
        _judge(connection, key, now.status, now.figures, Noted(CHECKS, why))


def _judge(connection: Connection, key: str, status: str, figures: tuple[str, str], noted: Noted) -> None:
    at = noted.at or f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
    told: Mapping[str, Any] = {"status": status, "figures": json.dumps(figures, ensure_ascii=False), "at": at}
    connection.execute(update(tables.finding).where(tables.finding.c.id == key).values(told))
    connection.execute(insert(tables.judgement).values(finding=key, who=noted.who, why=noted.why, **told))


def _finding(content: str) -> Finding:
    held = json.loads(content)
    sides = {name: Side(**held[name]) for name in ("first", "second")}
    return Finding(**{**held, "about": tuple(held["about"]), **sides})


def _judgement(row: dict[str, Any]) -> Judgement:
    first, second = json.loads(row["figures"])
    return Judgement(row["status"], (first, second), row["at"], row["who"], row["why"])
