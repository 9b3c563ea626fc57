"""From a figure to the rows behind it: the query string under which the page of rows lists exactly these."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboard.codes import Codes, Source
from dashboard.selection import GRID, Selection

VIEWS = ("provided", "received", "open", "rank", "series", *GRID)  # how panels are viewed: nothing is counted by it
Span = tuple[int, int]


def behind(selection: Selection, source: Source | None, span: Span, stage: str = "any", /, **picks: Any) -> str:
    """The rows of a source under a selection, in the years that were counted. `picks`: what the figure is of."""
    kept = selection.without(*VIEWS).change(since=span[0], until=span[1], stage=stage, **picks)
    return (kept.change(source=source.code) if source else kept).write()


def of_codes(
    codes: Codes, selection: Selection, source: Source, span: Span, dimension: str, members: Sequence[str]
) -> tuple[str, ...]:
    """The rows of each member; empty of what has no code of its own, so that no link leads to other rows."""
    known = codes.members.get(dimension, {})
    return tuple(behind(selection, source, span, **{dimension: (code,)}) if code in known else "" for code in members)


def of_members(
    codes: Codes, selection: Selection, source: Source, span: Span, dimension: str, members: Sequence[str]
) -> tuple[str, ...]:
    """As `of_codes` where what is picked limits the members: each in the years it counted for what is picked. Empty
    of members whose years are not one stretch, which no address can say."""
    known, found = codes.members.get(dimension, {}), []
    for code in members:
        years = [y for y in range(span[0], span[1] + 1) if _counts(codes, selection, dimension, code, y)]
        whole = bool(years) and years == list(range(years[0], years[-1] + 1))
        found.append(
            behind(selection, source, (years[0], years[-1]), **{dimension: (code,)}) if whole and code in known else ""
        )
    return tuple(found)


def _counts(codes: Codes, selection: Selection, dimension: str, code: str, year: int) -> bool:
    """Whether a member is among those picked in a year."""
    groups = codes.groups.get(dimension, {})
    for picked in selection.picked(dimension):
        group = groups.get(picked)
        if group is None:
            belongs = picked == code
        elif not group.dated:
            belongs = code in group.members()
        elif selection.membership == "today":
            belongs = code in group.members(max(spell.until for spell in group.spells))
        else:
            belongs = code in group.members(year)
        if belongs:
            return True
    return False
