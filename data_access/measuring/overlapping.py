"""Overlaps of the promises of a registry, from the sums of an edition: one question for each source and rung."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import groupby

from dashboard.counting import Rule
from dashboard.methods import shares
from dashboard.overlap import Cell, Overlap, Scope, Shares, Totals, dimensions, overlaps, scope
from dashboard.questions import Unanswerable
from dashboard.selection import Selection
from data_access.cube import Cube
from data_access.measuring import gathering


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
    """Sums by year and by what tells the promises apart; only of what any of them may count."""
    source, stage, by = held[0].source, held[0].stage, dimensions(held)
    asked = Selection(source=source, since=min(one.since for one in held), until=max(one.until for one in held))
    frame = cube.totals(asked, (*by, "year"), stages=(stage,))
    columns = [frame[name].tolist() for name in (*by, "year", stage)]
    for *codes, year, usd in zip(*columns, strict=True):
        if usd is not None:
            yield dict(zip(by, codes, strict=True)), year, usd


def _shares() -> Shares:
    """Shares of a purpose, each looked up once."""
    known: dict[str, dict[tuple[str, str], Decimal]] = {}

    def of(method: str, purpose: str, goal: str) -> Decimal:
        if purpose not in known:
            known[purpose] = {(share.method, share.goal): share.share for share in shares([purpose])}
        return known[purpose].get((method, goal), Decimal(0))

    return of
