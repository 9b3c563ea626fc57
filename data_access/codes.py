"""Everything that can be picked in an edition, read from its tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, func, select

from dashboard.codes import Codes, Group, Member, Source, Spell
from dashboard.selection import DIMENSIONS
from data_access import queries, tables
from data_access.editions import CODES, INDICATORS
from data_access.engine import Question, Warehouse

SECONDS = 30.0  # once, when an edition is opened
TEXTS = ("title", "coverage", "disbursed_is", "licence", "released", "attribution", "address", "note")
Names = Mapping[str, Any]


@dataclass(frozen=True)
class Asking:
    """One part of a warehouse, to be asked."""

    warehouse: Warehouse
    part: str

    def rows(self, question: Question) -> list[Any]:
        return self.warehouse.fetch(self.part, question, SECONDS)

    def all(self, table: Table) -> list[Names]:
        return [row._mapping for row in self.rows(select(table))]


def about(asking: Asking) -> dict[str, str]:
    """What a part says of itself: base_year, built, ..."""
    return {row["key"]: row["value"] for row in asking.all(tables.about)}


def read_codes(warehouse: Warehouse, parts: Mapping[str, str], editions: tuple[str, ...]) -> Codes:
    """Members, groups by year, sources with the codes that occur in them, indicator series. `parts`: which part holds
    each source, `codes` and `indicators`."""
    codes, indicators = Asking(warehouse, parts[CODES]), Asking(warehouse, parts[INDICATORS])
    members: dict[str, dict[str, Member]] = {dimension: {} for dimension in DIMENSIONS}
    for row in codes.all(tables.member):
        fields = {name: row[name] or "" for name in ("code", "name", "name_fr", "kind", "map_code")}
        members.setdefault(row["dimension"], {})[row["code"]] = Member(**fields)
    series = sorted(indicators.all(tables.series), key=lambda row: row["series"])
    return Codes(
        members=members,
        groups=_groups(codes),
        sources={s: _source(Asking(warehouse, part), s) for s, part in parts.items() if s not in (CODES, INDICATORS)},
        editions=editions,
        series={row["series"]: row["goal"] or "" for row in series},
        base_year=int(about(codes)["base_year"]),
        indicators={row["series"]: row["name"] for row in series},
    )


def _groups(codes: Asking) -> dict[str, dict[str, Group]]:
    spells: dict[tuple[str, str], list[Spell]] = {}
    heads: dict[tuple[str, str], Names] = {}
    for row in codes.all(tables.membership):
        key = (row["dimension"], row["grp"])
        heads.setdefault(key, row)
        spells.setdefault(key, []).append(Spell(row["member"], row["since"], row["until"]))
    groups: dict[str, dict[str, Group]] = {dimension: {} for dimension in DIMENSIONS}
    for (dimension, code), head in heads.items():
        held = tuple(sorted(spells[dimension, code], key=lambda s: (s.member, s.since)))
        words = (bool(head["dated"]), head["family"] or "", head["basis"] or "")
        groups.setdefault(dimension, {})[code] = Group(code, head["name"], dimension, held, *words)
    return groups


def _source(asking: Asking, code: str) -> Source:
    [row] = [row for row in asking.all(tables.source) if row["source"] == code]
    dimensions = frozenset(row["dimensions"].split(","))
    texts: dict[str, Any] = {name: row[name] or "" for name in TEXTS}
    return Source(
        code=code,
        dimensions=dimensions,
        stages=tuple(row["stages"].split(",")),
        picks=_picks(asking, code, dimensions),
        by_flow=_by_flow(asking, code) if {"donor", "flow"} <= dimensions else {},
        by_year=_by_year(asking, code) if "donor" in dimensions else {},
        **texts,
        since=row["since"],
        until=row["until"],
        compared_since=row["compared_since"],
    )


def _picks(asking: Asking, source: str, dimensions: frozenset[str]) -> dict[str, frozenset[str]]:
    picks = {}
    for dimension in DIMENSIONS:
        if dimension in dimensions:
            read = next(table for table in queries.SMALLEST_FIRST if dimension in table.c)
            question = select(read.c[dimension]).where(read.c.source == source, read.c[dimension] != "").distinct()
            picks[dimension] = frozenset(str(row[0]) for row in asking.rows(question))
    return picks


def _by_flow(asking: Asking, source: str) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    question = select(tables.rollup.c.flow, tables.rollup.c.donor).where(tables.rollup.c.source == source).distinct()
    for flow, donor in asking.rows(question):
        found.setdefault(str(flow), set()).add(str(donor))
    return {flow: frozenset(donors) for flow, donors in found.items()}


def _by_year(asking: Asking, source: str) -> dict[int, int]:
    read = tables.goal_rollup
    question = select(read.c.year, func.count(read.c.donor.distinct())).where(read.c.source == source)
    return {int(year): int(count) for year, count in asking.rows(question.group_by("year"))}
