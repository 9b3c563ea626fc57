"""Where findings stand: open, explained or corrected, with every judgement that led there. What a check finds again is
not raised again, unless its figures have changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from data_access.registry import tables
from data_access.registry.store import Registry
from data_access.registry.writing import LONGEST, Noted, Refused

OPEN, EXPLAINED, CORRECTED = "open", "explained", "corrected"
STATUSES = (OPEN, EXPLAINED, CORRECTED)
CHECKS = "The checks"


@dataclass(frozen=True)
class Seen:
    """What a check found. id: the same whenever the same thing is found (check and records); figures: as they were
    compared, in one text that changes when one of them does."""

    id: str
    check: str
    figures: str


@dataclass(frozen=True)
class Judgement:
    """One step of a finding's history."""

    status: str
    figures: str
    at: str
    who: str
    why: str


@dataclass(frozen=True)
class Standing:
    """Where a finding stands. history: oldest first."""

    id: str
    check: str
    status: str
    figures: str
    at: str
    history: tuple[Judgement, ...]


def standings(registry: Registry) -> dict[str, Standing]:
    """Every finding that there ever was, by its id."""
    return registry.read(_read)


def note(registry: Registry, found: Iterable[Seen], checks: Iterable[str] = ()) -> dict[str, Standing]:
    """Takes in what checks found and answers where all findings stand.

    checks: those that were run over everything; open findings of theirs that were not found again are corrected."""
    seen = {one.id: one for one in found}
    run = set(checks)
    with registry.writing() as connection:
        held = _read(connection)
        for one in seen.values():
            before = held.get(one.id)
            if before is None:
                _add(connection, one, "Found")
            elif before.figures != one.figures or (before.status == CORRECTED and before.history[-1].who == CHECKS):
                _judge(connection, one.id, OPEN, one.figures, Noted(CHECKS, f"Found with {one.figures}"))
        for gone in held.values():
            if gone.id not in seen and gone.check in run and gone.status != CORRECTED:
                _judge(connection, gone.id, CORRECTED, gone.figures, Noted(CHECKS, "No longer found"))
        return _read(connection)


def judge(registry: Registry, finding: str, status: str, noted: Noted) -> Standing:
    """A moderator explains a finding, has it corrected, or opens it again. Raises Refused, a sentence."""
    if status not in STATUSES:
        raise Refused(f"{status} is no status of a finding; one of {', '.join(STATUSES)} is.")
    if not noted.who.strip() or not noted.why.strip() or max(len(noted.who), len(noted.why)) > LONGEST:
        raise Refused(f"A judgement says who makes it and why, each in at most {LONGEST} characters.")
    with registry.writing() as connection:
        held = _read(connection).get(finding)
        if held is None:
            raise Refused(f"There is no finding {finding}.")
        _judge(connection, finding, status, held.figures, noted)
        return _read(connection)[finding]


def _read(connection: Connection) -> dict[str, Standing]:
    history: Mapping[str, list[Judgement]] = defaultdict(list)
    judged = tables.judgement
    for row in connection.execute(select(judged).order_by(judged.c.number)).mappings():
        history[row["finding"]].append(Judgement(*(row[name] for name in ("status", "figures", "at", "who", "why"))))
    rows = connection.execute(select(tables.finding).order_by(tables.finding.c.id)).mappings()
    return {row["id"]: Standing(**row, history=tuple(history[row["id"]])) for row in rows}


def _add(connection: Connection, seen: Seen, why: str) -> None:
    at = _now()
    told: dict[str, Any] = {"status": OPEN, "figures": seen.figures, "at": at}
    connection.execute(insert(tables.finding).values(id=seen.id, check=seen.check, **told))
    connection.execute(insert(tables.judgement).values(finding=seen.id, who=CHECKS, why=why, **told))


def _judge(connection: Connection, finding: str, status: str, figures: str, noted: Noted) -> None:
    told = {"status": status, "figures": figures, "at": noted.at or _now()}
    connection.execute(update(tables.finding).where(tables.finding.c.id == finding).values(told))
    connection.execute(insert(tables.judgement).values(finding=finding, who=noted.who, why=noted.why, **told))


def _now() -> str:
    return f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
