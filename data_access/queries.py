"""Selection in, SQLAlchemy Core question out. Every question to the warehouse is made here and nowhere else.

Portable constructs only: no reflection, no functions of one engine, no correlated subqueries. Groups are resolved to
their members here, by year, so that the engine sees plain lists of codes.
"""

from __future__ import annotations

import operator
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial, reduce
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Table,
    and_,
    bindparam,
    case,
    cast,
    column,
    false,
    func,
    literal,
    literal_column,
    or_,
    select,
)

from dashboard.codes import GOALS, Codes
from dashboard.membership import of_year
from dashboard.questions import period
from dashboard.selection import DIMENSIONS, GRID, Selection
from data_access.engine import Question
from data_access.tables import SHARE, USD, flow, goal_rollup, goal_share, purpose_rollup, rollup

SMALLEST_FIRST = (purpose_rollup, goal_rollup, rollup)  # the first that holds all that is asked is read
HELD = {table: frozenset(table.c.keys()) | {"goal"} for table in SMALLEST_FIRST}  # the goal is joined where it lacks
SHOWN = ("committed", "disbursed")
PANEL_TERMS = ("provided", "received", "open", "rank", "series", "edition", *GRID)  # not what is summed


@dataclass(frozen=True)
class Filled:
    """A question that selections of one shape share, what one fills in, and whether what is picked has no member."""

    question: Question
    values: Mapping[str, Any]
    nobody: bool = False


def totals(
    selection: Selection, by: Sequence[str], codes: Codes, stages: Sequence[str] = SHOWN, counted: bool = False
) -> Filled:
    """Columns: those of `by`, then `stages` (null: not reported); `counted`: also how many sums lack a deflator. In the
    order of `by` where `sorted_by_engine`; otherwise in none."""
    shape, values = _shaped(selection, by, codes, stages)
    return Filled(_totals(shape, counted), values, [] in values.values() or not all(one[1] for one in shape.picked))


def sorted_by_engine(by: Sequence[str]) -> bool:
    """Whether so many sums are to be expected that they are better sorted where they are made."""
    return len(set(by) - {"year"}) > 1


def lacking_years(selection: Selection, codes: Codes, stages: Sequence[str] = SHOWN) -> Filled:
    """First and last year of the sums that cannot be given at constant prices."""
    shape, values = _shaped(selection, (), codes, stages)
    years = select(func.min(shape.key("year")), func.max(shape.key("year"))).select_from(shape.table())
    return Filled(years.where(or_(*(shape.lacks(stage) for stage in stages)), *shape.conditions()), values)


def rows(selection: Selection, codes: Codes, limit: int, offset: int) -> Question:
    """The rows behind a selection, in the order of the edition: every column of `flow`, then `share` (of the goals
    picked; 1 where none is) and `part` (amount at the selection's prices times share), which sum to the totals."""
    chosen, share, part = flows(selection, codes)
    chosen = chosen.add_columns(share.label("share"), part.label("part"))
    return chosen.order_by(flow.c.row).limit(limit).offset(offset)


def flows(selection: Selection, codes: Codes) -> tuple[Question, ColumnElement[Any], ColumnElement[Any]]:
    """The rows of `flow` under a selection, the share of each that counts, and the amount that counts."""
    amount = flow.c.usd_constant if selection.prices == "constant" else flow.c.usd
    if not selection.goal:
        return select(flow).where(*conditions(flow, selection, codes)), literal(1), amount
    shares = (
        select(goal_share.c.purpose, cast(func.sum(goal_share.c.share), SHARE).label("share"))
        .where(goal_share.c.method == selection.method, goal_share.c.goal.in_(selection.goal))
        .group_by(goal_share.c.purpose)
        .subquery()
    )
    joined = select(flow).join(shares, flow.c.purpose == shares.c.purpose)
    return joined.where(*conditions(flow, selection, codes)), shares.c.share, amount * shares.c.share


def conditions(table: Table, selection: Selection, codes: Codes) -> list[ColumnElement[bool]]:
    """What a row of `flow` or `rollup` must meet; the goal is a matter of the rollup, or of `goal_share`."""
    found: list[ColumnElement[bool]] = [table.c.year.between(selection.since, selection.until)]
    if selection.source:
        found.append(table.c.source == selection.source)
    for dimension in DIMENSIONS:
        if selection.picked(dimension) and dimension in table.c:
            found.append(_picked(table, selection, dimension, codes))
    return found


def members_by_year(selection: Selection, dimension: str, codes: Codes) -> list[tuple[int, int, frozenset[str]]]:
    """Who is picked, as (first year, last year, member codes), neighbouring years with the same members together.

    A group means its members of the row's own year ("then"), or those of its present list in every year ("today")."""
    picked = selection.picked(dimension)
    members = partial(of_year, codes, dimension, picked, membership=selection.membership)
    if not codes.moving(dimension, picked, selection.membership):
        return [(selection.since, selection.until, members(selection.since))]
    found: list[tuple[int, int, frozenset[str]]] = []
    for year in range(selection.since, selection.until + 1):
        named, since = members(year), year
        if found and found[-1][2] == named:
            since = found.pop()[0]
        found.append((since, year, named))
    return found


def reduced(selection: Selection, by: Sequence[str], codes: Codes) -> Selection:
    """The selection without what cannot change its totals, so that equal questions are remembered once: how panels
    show it, years outside the source, the goal method where no goal is asked, membership where no dated group is."""
    needless = [*PANEL_TERMS]
    if not selection.goal and "goal" not in by:
        needless.append("method")
    picked = ((codes.groups.get(d, {}), c) for d in selection.dimensions for c in selection.picked(d))
    if not any(code in groups and groups[code].dated for groups, code in picked):
        needless.append("membership")
    kept, source = selection.without(*needless), codes.sources.get(selection.source)
    if source is None:
        return kept
    since, until = period(source, selection)
    return kept.change(since=since, until=until)


def _picked(table: Table, selection: Selection, dimension: str, codes: Codes) -> ColumnElement[bool]:
    column, spans = table.c[dimension], members_by_year(selection, dimension, codes)
    if len(spans) == 1:
        return column.in_(sorted(spans[0][2]))
    parts = [and_(table.c.year.between(a, b), column.in_(sorted(members))) for a, b, members in spans if members]
    return or_(*parts) if parts else false()


@dataclass(frozen=True)
class _Shape:
    """What the text of a question depends on. `read`: the smallest rollup that can answer, joined with the shares of
    goals where it holds purposes only (`shared`). `goals`: whether they are told apart or picked. `picked`: each
    dimension picked, the number of its lists of members, whether each has years of its own, and whether it is all there
    is from its first to its last: of that engines can leave out more, and sooner."""

    by: tuple[str, ...]
    stages: tuple[str, ...]
    constant: bool
    read: Table
    goals: bool
    picked: tuple[tuple[str, int, bool, bool], ...]

    @property
    def shared(self) -> bool:
        return self.goals and "goal" not in self.read.c

    def table(self) -> FromClause:
        if not self.shared:
            return self.read
        return self.read.join(goal_share, self.read.c.purpose == goal_share.c.purpose)

    def column(self, name: str) -> ColumnElement[Any]:
        """Of one table by its name alone, which engines find in less time."""
        held = self.read.c[name]
        return held if self.shared else column(name, held.type)

    def key(self, name: str) -> ColumnElement[Any]:
        return goal_share.c.goal if name == "goal" and self.shared else self.column(name)

    def amount(self, stage: str) -> ColumnElement[Any]:
        held = self.column(f"{stage}_constant" if self.constant else stage)
        return cast(held, USD) * goal_share.c.share if self.shared else held

    def lacks(self, stage: str) -> ColumnElement[bool]:
        """Reported, but not known at constant prices."""
        return and_(self.column(stage).is_not(None), self.column(f"{stage}_constant").is_(None))

    def conditions(self) -> list[ColumnElement[bool]]:
        """Which rows are summed; the values have the names that `_shaped` gives them."""
        year, source = self.column("year"), self.column("source")
        found = [year.between(bindparam("since"), bindparam("until")), source == bindparam("source")]
        if self.shared or "method" in self.read.c:
            found.append((goal_share.c.method if self.shared else self.column("method")) == bindparam("method"))
        for dimension, lists, *kind in self.picked:
            members = [self._listed(dimension, f"{dimension}_{at}", *kind) for at in range(lists)]
            found.append(or_(*members) if members else false())
        return found

    def _listed(self, dimension: str, name: str, dated: bool, stretch: bool) -> ColumnElement[bool]:
        """A list of members, in years of its own where it has any."""
        listed: ColumnElement[bool] = self.key(dimension).in_(bindparam(name, expanding=True))
        if stretch:
            listed = self.key(dimension).between(bindparam(f"{name}_first"), bindparam(f"{name}_last"))
        years = self.column("year").between(bindparam(f"{name}_since"), bindparam(f"{name}_until"))
        return and_(years, listed) if dated else listed


def _shaped(
    selection: Selection, by: Sequence[str], codes: Codes, stages: Sequence[str]
) -> tuple[_Shape, dict[str, Any]]:
    """The shape of a question for totals, and the values that fill it."""
    picked = selection.dimensions
    names = {*by, *picked}
    read = next(table for table in SMALLEST_FIRST if names <= HELD[table])
    goals, told = "goal" in names, list[tuple[str, int, bool, bool]]()
    values: dict[str, Any] = {"since": selection.since, "until": selection.until, "source": selection.source}
    values["method"] = selection.method if goals else ""
    for dimension in picked:
        spans = members_by_year(selection, dimension, codes)
        dated = len(spans) > 1
        kept = [span for span in spans if span[2]] if dated else spans
        for at, (since, until, members) in enumerate(kept):
            name = f"{dimension}_{at}"
            values |= {name: sorted(members)} | ({f"{name}_since": since, f"{name}_until": until} if dated else {})
        stretch = dimension == "goal" and _stretch(values["goal_0"])
        if stretch:
            values |= {"goal_0_first": values["goal_0"][0], "goal_0_last": values.pop("goal_0")[-1]}
        told.append((dimension, len(kept), dated, stretch))
    return _Shape(tuple(by), tuple(stages), selection.prices == "constant", read, goals, tuple(told)), values


def _stretch(goals: Sequence[str]) -> bool:
    """Whether every Goal between the first and the last is among them."""
    return len(goals) > 2 and [goal for goal in sorted(GOALS) if goals[0] <= goal <= goals[-1]] == goals


@lru_cache(maxsize=1000)
def _totals(shape: _Shape, counted: bool) -> Question:
    """One question for all selections of a shape: engines need write it only once."""
    columns = [shape.key(name) for name in shape.by]
    sums: list[ColumnElement[Any]] = [func.sum(shape.amount(stage)) for stage in shape.stages]  # under no column's name
    if counted:
        lacks = [func.count(case((shape.lacks(stage), literal_column("1")))) for stage in shape.stages]
        sums.append(reduce(operator.add, lacks).label("lacking"))
    chosen = select(*columns, *sums).select_from(shape.table()).where(*shape.conditions())
    if not columns:
        return chosen.having(func.count() > literal_column("0"))
    chosen = chosen.group_by(*columns)
    return chosen.order_by(*columns) if sorted_by_engine(shape.by) else chosen
