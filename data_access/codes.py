"""Everything that can be picked in an edition, read from its tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Engine, Table, func, select

from dashboard.codes import Codes, Group, Member, Source, Spell
from dashboard.selection import DIMENSIONS
from data_access import tables
from data_access.engine import fetch

SECONDS = 30.0  # once, when an edition is opened
TEXTS = ("title", "coverage", "disbursed_is", "licence", "released", "attribution", "address", "note")
Names = Mapping[str, Any]


def about(engine: Engine) -> dict[str, str]:
    """What the edition says of itself: edition, base_year, built, ..."""
    return {row["key"]: row["value"] for row in _all(engine, tables.about)}


def read_codes(engine: Engine, editions: tuple[str, ...]) -> Codes:
    """Members, groups by year, sources with the codes that occur in them, indicator series."""
    members: dict[str, dict[str, Member]] = {dimension: {} for dimension in DIMENSIONS}
    for row in _all(engine, tables.member):
        fields = {name: row[name] or "" for name in ("code", "name", "name_fr", "kind", "map_code")}
        members.setdefault(row["dimension"], {})[row["code"]] = Member(**fields)
    series = sorted(_all(engine, tables.series), key=lambda row: row["series"])
    return Codes(
        members=members,
        groups=_groups(engine),
        sources=_sources(engine),
        editions=editions,
        series={row["series"]: row["goal"] or "" for row in series},
        base_year=int(about(engine)["base_year"]),
    )


def _groups(engine: Engine) -> dict[str, dict[str, Group]]:
    spells: dict[tuple[str, str], list[Spell]] = {}
    heads: dict[tuple[str, str], Names] = {}
    for row in _all(engine, tables.membership):
        key = (row["dimension"], row["grp"])
        heads.setdefault(key, row)
        spells.setdefault(key, []).append(Spell(row["member"], row["since"], row["until"]))
    groups: dict[str, dict[str, Group]] = {dimension: {} for dimension in DIMENSIONS}
    for (dimension, code), head in heads.items():
        held = tuple(sorted(spells[dimension, code], key=lambda s: (s.member, s.since)))
        words = (bool(head["dated"]), head["family"] or "", head["basis"] or "")
        groups.setdefault(dimension, {})[code] = Group(code, head["name"], dimension, held, *words)
    return groups


def _sources(engine: Engine) -> dict[str, Source]:
    found = {}
    for row in _all(engine, tables.source):
        dimensions = frozenset(row["dimensions"].split(","))
        texts: dict[str, Any] = {name: row[name] or "" for name in TEXTS}
        found[row["source"]] = Source(
            code=row["source"],
            dimensions=dimensions,
            stages=tuple(row["stages"].split(",")),
            picks=_picks(engine, row["source"], dimensions),
            by_flow=_by_flow(engine, row["source"]) if {"donor", "flow"} <= dimensions else {},
            by_year=_by_year(engine, row["source"]) if "donor" in dimensions else {},
            **texts,
            since=row["since"],
            until=row["until"],
            compared_since=row["compared_since"],
        )
    return found


def _picks(engine: Engine, source: str, dimensions: frozenset[str]) -> dict[str, frozenset[str]]:
    rollup, picks = tables.rollup, {}
    for dimension in DIMENSIONS:
        if dimension in dimensions:
            question = select(rollup.c[dimension]).where(rollup.c.source == source).distinct()
            picks[dimension] = frozenset(str(row[0]) for row in fetch(engine, question, SECONDS))
    return picks


def _by_flow(engine: Engine, source: str) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    question = select(tables.rollup.c.flow, tables.rollup.c.donor).where(tables.rollup.c.source == source).distinct()
    for flow, donor in fetch(engine, question, SECONDS):
        found.setdefault(str(flow), set()).add(str(donor))
    return {flow: frozenset(donors) for flow, donors in found.items()}


def _by_year(engine: Engine, source: str) -> dict[int, int]:
    counted = func.count(tables.rollup.c.donor.distinct())
    question = select(tables.rollup.c.year, counted).where(tables.rollup.c.source == source)
    return {int(year): int(count) for year, count in fetch(engine, question.group_by("year"), SECONDS)}


def _all(engine: Engine, table: Table) -> list[Names]:
    return [row._mapping for row in fetch(engine, select(table), SECONDS)]
