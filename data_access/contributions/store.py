"""Contributions as they are kept: read one by one, by what they are about, by maker, as a queue."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, func, or_, select

from dashboard.contributions import PUBLIC, Contribution, Step, Version
from data_access.contributions.tables import contribution, contribution_lock, contribution_step, contribution_version
from data_access.registry.store import Registry
from data_access.surveying import became

PAGE = 50  # contributions of one page of a list


@dataclass(frozen=True)
class Lock:
    """who: id of the person who has it open; until: UTC, ISO 8601."""

    who: str
    until: str


@dataclass(frozen=True)
class Listed:
    """One page of a list, and how many there are in all."""

    rows: tuple[Contribution, ...]
    total: int


def one(registry: Registry, id_: str) -> Contribution | None:
    """With all its versions and steps; None where there is none of that id."""
    return registry.read(lambda connection: read(connection, id_))


def read(connection: Connection, id_: str) -> Contribution | None:
    """The same in a transaction that is under way."""
    return next(iter(_found(connection, contribution.c.id == id_)), None)


def about(registry: Registry, ids: Iterable[str], states: Sequence[str] = PUBLIC) -> tuple[Contribution, ...]:
    """Those about a commitment, or about other things by their id, in some states, oldest first."""
    held = contribution.c
    return registry.read(lambda connection: _found(connection, held.of.in_(list(ids)), held.state.in_(states)))


def said(connection: Connection, ids: Iterable[str]) -> tuple[Contribution, ...]:
    """Those about some things that everybody may read, oldest first."""
    held = contribution.c
    return _found(connection, held.of.in_(list(ids)), held.state.in_(PUBLIC))


def reported(connection: Connection) -> tuple[str, ...]:
    """Ids of the commitments of which a report was accepted."""
    held = contribution.c
    asked = select(held.of).where(held.kind == "report", held.state.in_(PUBLIC)).distinct().order_by(held.of)
    return tuple(connection.execute(asked).scalars())


def listed(
    registry: Registry,
    states: Sequence[str] = (),
    kinds: Sequence[str] = (),
    makers: Sequence[str] | None = None,
    author: str = "",
    page: int = 1,
    sent: bool = False,
    public: bool = False,
) -> Listed:
    """Those that pass every filter, the one first that was touched last. author: theirs, and those of `makers`. sent:
    those alone that were ever submitted. public: as it was read last, where the database does not answer."""
    held, asked, whose = contribution.c, list[ColumnElement[bool]](), list[ColumnElement[bool]]()
    asked += [held.state.in_(states)] if states else []
    asked += [held.kind.in_(kinds)] if kinds else []
    whose += [held.maker.in_(makers)] if makers is not None else []
    whose += [held.author == author] if author else []
    asked += [or_(*whose)] if whose else []
    asked += [held.id.in_(_sent())] if sent else []

    def ask(connection: Connection) -> Listed:
        total = connection.execute(select(func.count()).select_from(contribution).where(*asked)).scalar_one()
        ids = select(held.id).where(*asked).order_by(held.last.desc(), held.id).limit(PAGE).offset(PAGE * (page - 1))
        wanted = list(connection.execute(ids).scalars())
        known = {each.id: each for each in _found(connection, held.id.in_(wanted))} if wanted else {}
        return Listed(tuple(known[id_] for id_ in wanted), total)

    return registry.recall(("listed", *states, *kinds, page), ask) if public else registry.read(ask)


def counts(registry: Registry, states: Sequence[str]) -> Mapping[tuple[str, str, str], int]:
    """How many that were submitted there are by state, kind and maker, for the filters of a queue."""
    held = contribution.c
    asked = select(held.state, held.kind, held.maker, func.count()).where(held.state.in_(states), held.id.in_(_sent()))
    asked = asked.group_by(held.state, held.kind, held.maker)
    return registry.read(
        lambda connection: {(row[0], row[1], row[2]): int(row[3]) for row in connection.execute(asked)}
    )


def waiting(connection: Connection, author: str) -> int:
    """How many that somebody began wait for a decision."""
    held = contribution.c
    asked = select(func.count()).where(held.author == author, held.state == "submitted")
    return int(connection.execute(asked).scalar_one())


def begun(connection: Connection, author: str, since: str) -> int:
    """How many somebody began since a time (UTC, ISO 8601)."""
    held = contribution.c
    asked = select(func.count()).where(held.author == author, held.at >= since)
    return int(connection.execute(asked).scalar_one())


def lock(connection: Connection, id_: str, now: str) -> Lock | None:
    """Who has it open at a time (UTC, ISO 8601); None where nobody does."""
    held = contribution_lock.c
    row = connection.execute(
        select(held.who, held.until).where(held.contribution == id_, held.until > now)
    ).one_or_none()
    return Lock(row.who, row.until) if row else None


def _sent() -> Select[tuple[str]]:
    return select(contribution_step.c.contribution).where(contribution_step.c.action == "submit")


def _found(connection: Connection, *where: ColumnElement[bool]) -> tuple[Contribution, ...]:
    rows = connection.execute(select(contribution).where(*where).order_by(contribution.c.at, contribution.c.id))
    held = list(rows.mappings())
    ids = [row["id"] for row in held]
    if not ids:
        return ()
    version, step = contribution_version.c, contribution_step.c
    versions = select(contribution_version).where(version.contribution.in_(ids)).order_by(version.number)
    steps = select(contribution_step).where(step.contribution.in_(ids)).order_by(step.number)
    texts = _by(connection.execute(versions).mappings())
    history = _by(connection.execute(steps).mappings())
    from_ = became.origins(connection, ids)
    made = (_one(row, texts.get(row["id"], ()), history.get(row["id"], ())) for row in held)
    return tuple(replace(one, origin=from_.get(one.id)) for one in made)


def _by(rows: Iterable[RowMapping]) -> Mapping[str, Sequence[RowMapping]]:
    found: dict[str, list[RowMapping]] = {}
    for row in rows:
        found.setdefault(row["contribution"], []).append(row)
    return found


def _one(row: RowMapping, versions: Sequence[RowMapping], steps: Sequence[RowMapping]) -> Contribution:
    told: Mapping[str, Any] = {key: row[key] for key in ("id", "kind", "about", "of", "maker", "author", "state")}
    return Contribution(**told, versions=tuple(map(_version, versions)), steps=tuple(map(_step, steps)))


def _version(row: RowMapping) -> Version:
    told = json.loads(row["fields"]), json.loads(row["base"]), tuple(row["files"].split())
    return Version(row["number"], row["at"], row["who"], *told, row["digest"])


def _step(row: RowMapping) -> Step:
    told = (row["action"], row["state"], row["version"], row["at"], row["who"], row["why"])
    return Step(*told, tuple(row["parts"].split()), row["change"], row["upto"])
