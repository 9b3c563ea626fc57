"""Overlaps of the promises of a registry, from the sums of an edition: one question for each source and rung."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import groupby

from sqlalchemy import FromClause, String, bindparam, column, func, select, values

from dashboard.counting import Rule
from dashboard.methods import shares
from dashboard.overlap import Overlap, Scope, Shares, Totals, dimensions, scope, standing_for
from dashboard.pairwise import Cells, overlaps
from dashboard.questions import Unanswerable
from data_access.cube import Cube
from data_access.engine import Question
from data_access.measuring import gathering
from data_access.measuring.overlap_text import joined
from data_access.tables import rollup

PATIENT = 30.0  # seconds for the sums of a year: few wait for them, and a busy machine must not lose an overlap


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
        key: overlaps(held, _cells(cube, held, PATIENT), _shares())
        for key, held in ((key, list(group)) for key, group in groupby(ordered, lambda one: (one.source, one.stage)))
    }


def pairs(cube: Cube, rules: Mapping[str, Rule]) -> tuple[Overlap, ...]:
    """Every pair of promises that counts money in common, the largest first."""
    return joined(overlapping(cube, rules))


def _cells(cube: Cube, held: list[Scope], seconds: float = 0.0) -> Iterator[Cells]:
    """Sums of each year by what tells the promises apart. Codes that the same promises count in the same years go by
    one of them: a release makes as few cells as its promises need, and never more of a year than its rows. seconds: for
    a year, other than the usual limit."""
    source, by = cube.codes.sources[held[0].source], dimensions(held)
    question = _question(held, by)
    first, last = max(source.since, min(one.since for one in held)), min(source.until, max(one.until for one in held))
    for year in range(first, last + 1):
        *codes, usd = cube.put(source.code, question, seconds, year=year)
        told = [place for place, value in enumerate(usd) if value is not None]
        known = ([column[place] for place in told] for column in (*codes, usd))
        *columns, sums = known
        yield Cells(year, dict(zip(by, columns, strict=True)), sums)


def _question(held: list[Scope], by: tuple[str, ...]) -> Question:
    """Columns: those of `by`, then US dollars; of one year."""
    alike = {name: standing_for(held, name) for name in by if name != "purpose" or not any(one.goals for one in held)}
    listed = {name: _listed(name, codes) for name, codes in alike.items()}
    told = [func.coalesce(listed[name].c.one, "") if name in listed else rollup.c[name] for name in by]
    question: Question = select(*(column.label(name) for name, column in zip(by, told, strict=True)))
    question = question.add_columns(func.sum(rollup.c[held[0].stage]).label("usd"))
    for name, table in listed.items():
        question = question.outerjoin(table, table.c.code == rollup.c[name])
    question = question.where(rollup.c.source == held[0].source, rollup.c.year == bindparam("year"))
    return question.group_by(*told)


def _listed(dimension: str, codes: Mapping[str, str]) -> FromClause:
    """Codes and those they go by, as a table of the question."""
    rows = sorted(codes.items()) or [("", "")]
    return values(column("code", String), column("one", String), name=f"alike_{dimension}").data(rows)


def _shares() -> Shares:
    """Shares of a purpose, each looked up once."""
    known: dict[str, dict[tuple[str, str], Decimal]] = {}

    def of(method: str, purpose: str, goal: str) -> Decimal:
        if purpose not in known:
            known[purpose] = {(share.method, share.goal): share.share for share in shares([purpose])}
        return known[purpose].get((method, goal), Decimal(0))

    return of


def with_one(cube: Cube, rules: Mapping[str, Rule], id_: str) -> tuple[Overlap, ...]:
    """The pairs of one promise alone, the largest first: what `pairs` gives of it, from fewer cells. Raises as that."""
    mine = scopes(cube, {id_: rules[id_]})
    if not mine:
        return ()
    [one] = mine
    like = [
        other
        for other in scopes(cube, rules)
        if (other.source, other.stage) == (one.source, one.stage)
        and other.since <= one.until
        and one.since <= other.until
    ]
    found = overlaps(like, _cells(cube, like), _shares()).pairs
    mine_only = [pair for pair in found if id_ in (pair.first, pair.second)]
    return tuple(sorted(mine_only, key=lambda pair: (-abs(pair.usd), pair.first, pair.second)))
