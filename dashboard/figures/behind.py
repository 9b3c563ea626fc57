"""From a figure to the rows behind it: the query string under which the page of rows lists exactly these."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboard.codes import Codes, Source
from dashboard.selection import GRID, YEARS, Selection

VIEWS = ("provided", "received", "open", "rank", "series", *GRID)  # how panels are viewed: nothing is counted by it
Span = tuple[int, int]


def behind(selection: Selection, source: Source | None, span: Span, stage: str = "any", /, **picks: Any) -> str:
    """The rows of a source under a selection, in the years that were counted. `picks`: what the figure is of."""
    kept = selection.without(*VIEWS).change(since=span[0], until=span[1], stage=stage, **picks)
    return (kept.change(source=source.code) if source else kept).write()


def of_each(selection: Selection, source: Source, dimension: str, figures: Sequence[tuple[str, Span]]) -> list[str]:
    """The rows of each code in its years. What all have in common is written once: a panel has hundreds of figures."""
    common = selection.without(*VIEWS, *YEARS, dimension).change(source=source.code).write()
    pick = f"&{dimension}=" if dimension else ""
    return [f"{common}{pick}{code}&since={since}&until={until}" for code, (since, until) in figures]


def of_codes(
    codes: Codes, selection: Selection, source: Source, span: Span, dimension: str, members: Sequence[str]
) -> tuple[str, ...]:
    """The rows of each member; empty of what has no code of its own, so that no link leads to other rows."""
    known = codes.members.get(dimension, {})
    found = of_each(selection, source, dimension, [(code, span) for code in members])
    return tuple(query if code in known else "" for code, query in zip(members, found, strict=True))


def of_members(
    codes: Codes, selection: Selection, source: Source, span: Span, dimension: str, members: Sequence[str]
) -> tuple[str, ...]:
    """As `of_codes` where what is picked limits the members: each in the years it counted for what is picked. Empty
    of members whose years are not one stretch, which no address can say."""
    known, held = codes.members.get(dimension, {}), dict[str, list[int]]()
    for year in range(span[0], span[1] + 1):
        for code in _counted(codes, selection, dimension, year):
            held.setdefault(code, []).append(year)
    spans = [(held[code][0], held[code][-1]) if code in held else (0, -1) for code in members]
    found = of_each(selection, source, dimension, list(zip(members, spans, strict=True)))
    return tuple(
        query if code in known and since <= until and len(held[code]) == until - since + 1 else ""
        for code, (since, until), query in zip(members, spans, found, strict=True)
    )


def _counted(codes: Codes, selection: Selection, dimension: str, year: int) -> frozenset[str]:
    """Who counts for what is picked in a year."""
    groups, found = codes.groups.get(dimension, {}), frozenset[str]()
    for picked in selection.picked(dimension):
        group = groups.get(picked)
        if group is None:
            found |= {picked}
        elif not group.dated:
            found |= group.members()
        elif selection.membership == "today":
            found |= group.members(max(spell.until for spell in group.spells))
        else:
            found |= group.members(year)
    return found
