"""Totals a page at a time: behind the values that the page before ended with, so that no page reads those before it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, or_

from dashboard.questions import Unanswerable, why_not
from dashboard.selection import Selection
from data_access import queries, undeflated
from data_access.cube import Cube


def totals_behind(
    cube: Cube,
    selection: Selection,
    by: Sequence[str],
    stages: Sequence[str],
    limit: int,
    after: Sequence[str | int] = (),
) -> list[tuple[Any, ...]]:
    """The first `limit` rows of `Cube.totals` behind the one with the values `after` (of `by`; none: from the first).

    Rows: values of `by`, then `stages` in US dollars, exact Decimal, None where not reported. Raises as
    `Cube.totals`."""
    source = cube.codes.sources[selection.source]
    reason = why_not(source, selection, by)
    if reason:
        raise Unanswerable(reason)
    constant = selection.prices == "constant"
    asked = queries.totals(selection, by, cube.codes, stages, constant)
    keys = list(asked.question.selected_columns)[: len(by)]
    question = asked.question.order_by(None).order_by(*keys).limit(limit)
    if after:
        question = question.where(_behind(keys, after))
    named = f"{selection.without('edition').write()} by {','.join(by)} of {','.join(stages)}"
    key = f"page {cube.edition} {named} behind {','.join(map(str, after))} {limit}"
    columns = (*by, *stages, *(("lacking",) if constant else ()))
    frame = cube.ask(source.code, key, question.params(**asked.values), columns)
    lacking = int(frame.pop("lacking").sum()) if constant else 0
    if lacking:
        raise Unanswerable(undeflated.sentence(source.title, lacking, selection.since, selection.until))
    return list(frame.itertuples(index=False, name=None))


def _behind(columns: Sequence[ColumnElement[Any]], after: Sequence[str | int]) -> ColumnElement[bool]:
    """Whether a row comes behind those values, the first of them counting most."""
    same = [
        and_(*(column == value for column, value in zip(columns[:at], after, strict=False)), columns[at] > after[at])
        for at in range(len(columns))
    ]
    return or_(*same)
