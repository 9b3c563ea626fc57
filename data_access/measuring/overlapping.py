"""Overlaps of the promises of a registry, from the sums of an edition: one question for each source and rung."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from hashlib import blake2b
from itertools import groupby

from sqlalchemy import FromClause, String, column, func, select, values

from dashboard.counting import Rule
from dashboard.methods import shares
from dashboard.overlap import Cell, Overlap, Scope, Shares, Totals, dimensions, overlaps, scope, standing_for
from dashboard.questions import Unanswerable
from data_access.cube import Cube
from data_access.measuring import gathering
from data_access.tables import rollup


def scopes(cube: Cube, rules: Mapping[str, Rule]) -> list[Scope]:
    """What the rules that read rows take; those that cannot be answered from the edition are left out."""
    found = []
    for id_, rule in sorted(rules.items()):
        if rule.kind != "flows" or not rule.source:
            continue
        try:
            source, _ = gathering.source_of(cube, rule)
        except Unanswerable:
            continue
        found.append(scope(id_, rule, cube.codes, source.code))
    return found


def overlapping(cube: Cube, rules: Mapping[str, Rule]) -> dict[tuple[str, str], Totals]:
    """By source and rung: what its promises count, gross and net, and each pair that counts money in common.

    Current US dollars, before any baseline is taken off. Raises Busy, TimeoutError."""
    ordered = sorted(scopes(cube, rules), key=lambda one: (one.source, one.stage, one.id))
    return {
        key: overlaps(held, _cells(cube, held), _shares())
        for key, held in ((key, list(group)) for key, group in groupby(ordered, lambda one: (one.source, one.stage)))
    }


def pairs(cube: Cube, rules: Mapping[str, Rule]) -> tuple[Overlap, ...]:
    """Every pair of promises that counts money in common, the largest first."""
    found = [pair for totals in overlapping(cube, rules).values() for pair in totals.pairs]
    return tuple(sorted(found, key=lambda pair: (-abs(pair.usd), pair.first, pair.second)))


def _cells(cube: Cube, held: list[Scope]) -> Iterator[Cell]:
    """Sums by year and by what tells the promises apart. Codes that the same promises count in the same years go by one
    of them: however large a release is, it makes few cells."""
    source, stage, by = held[0].source, held[0].stage, dimensions(held)
    alike = {name: standing_for(held, name) for name in by if name != "purpose" or not any(one.goals for one in held)}
    listed = {name: _listed(name, codes) for name, codes in alike.items()}
    told = [func.coalesce(listed[name].c.one, "") if name in listed else rollup.c[name] for name in by]
    since, until = min(one.since for one in held), max(one.until for one in held)
    question = select(*(column.label(name) for name, column in zip(by, told, strict=True)), rollup.c.year)
    question = question.add_columns(func.sum(rollup.c[stage]).label("usd"))
    for name, table in listed.items():
        question = question.outerjoin(table, table.c.code == rollup.c[name])
    question = question.where(rollup.c.source == source, rollup.c.year.between(since, until))
    question = question.group_by(*told, rollup.c.year).order_by(*told, rollup.c.year)
    frame = cube.ask(source, f"cells {cube.edition} {stage} {_named(held)}", question, (*by, "year", "usd"))
    columns = [frame[name].tolist() for name in (*by, "year", "usd")]
    for *codes, year, usd in zip(*columns, strict=True):
        if usd is not None:
            yield dict(zip(by, codes, strict=True)), year, usd


def _listed(dimension: str, codes: Mapping[str, str]) -> FromClause:
    """Codes and those they go by, as a table of the question."""
    rows = sorted(codes.items()) or [("", "")]
    return values(column("code", String), column("one", String), name=f"alike_{dimension}").data(rows)


def _named(held: list[Scope]) -> str:
    """The promises as part of a key: the same scopes, the same name."""
    return blake2b(repr([(one.id, one.since, one.until, _plain(one)) for one in held]).encode()).hexdigest()[:16]


def _plain(one: Scope) -> list[tuple[str, list[tuple[int, list[str]]]]]:
    return [
        (name, [(year, sorted(codes)) for year, codes in sorted(years.items())]) for name, years in one.codes.items()
    ]


def _shares() -> Shares:
    """Shares of a purpose, each looked up once."""
    known: dict[str, dict[tuple[str, str], Decimal]] = {}

    def of(method: str, purpose: str, goal: str) -> Decimal:
        if purpose not in known:
            known[purpose] = {(share.method, share.goal): share.share for share in shares([purpose])}
        return known[purpose].get((method, goal), Decimal(0))

    return of
