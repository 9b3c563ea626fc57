"""A page of the rows behind a selection, found without sorting them all.

A histogram says how many rows each value, and each stretch of row numbers or of ranks, holds; only the stretches that
the page lies in are sorted, by their keys; only the rows of the page are read in full.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pyarrow as pa
from sqlalchemy import ARRAY, ColumnElement, Integer, Subquery, and_, case, distinct, func, literal, or_, select

from dashboard.codes import Codes
from dashboard.rows import Counts, Wanted
from dashboard.selection import Selection
from data_access.engine import Question
from data_access.queries import flows
from data_access.tables import flow, record

STRETCH = 65_536  # row numbers, or ranks of amounts, of which rows are counted together
NEAR = 2_000  # the first rows of an order are found as quickly without counting
APART = 2_000_000  # rows whose activities can be told apart in a third of a second
FEW, MANY = 5_000, 500_000  # records of a text whose numbers are written into a question; that are remembered
NARROW = 500_000  # rows of a selection of which the engine looks only at the texts
Ask = Callable[[Question], Sequence[Any]]
Key = ColumnElement[Any]


@dataclass(frozen=True)
class Part:
    """How a part is asked: at once; with the patience that reading all its texts takes; and for the numbers of the
    records that hold a text, remembered: at most MANY and one more; for one column; and for some rows of a file."""

    ask: Ask
    patient: Ask
    found: Callable[[str], Sequence[int]]
    column: Callable[[Question], pa.ChunkedArray]
    lot: Callable[[Question], pa.Table]


def page(part: Part, selection: Selection, wanted: Wanted, codes: Codes) -> Sequence[Any]:
    """The rows of a page, in order: every column of `flow`, share, part."""
    if wanted.after is not None:
        return _behind(part, selection, wanted, codes, wanted.after)
    chosen, _ = filtered(part, selection, wanted, codes)
    ask, order = part.patient if wanted.text else part.ask, order_of(wanted)
    skip = wanted.offset
    if skip > NEAR and not wanted.text:  # what matches a text is few, and searched for once
        held = ask(_stretches(chosen, order, wanted))
        if not held:
            return []
        skip -= int(held[0].upto - held[0].held)
        chosen = chosen.where(*between(order, held[0], held[-1], wanted.descending, STRETCH))
    keys = ask(sorted_by(chosen.with_only_columns(flow.c.row, *order), order, wanted).limit(wanted.limit).offset(skip))
    if not keys:
        return []
    whole, share, amount = flows(selection, codes)
    whole = whole.add_columns(share.label("share"), amount.label("part"))
    for at, column in enumerate(order, start=1):
        values = [key[at] for key in keys]
        whole = whole.where(column.between(min(values), max(values)))  # lets the engine leave most of the rows unread
    return ask(sorted_by(whole.where(flow.c.row.in_([key[0] for key in keys])), order, wanted))


def _behind(part: Part, selection: Selection, wanted: Wanted, codes: Codes, row: int) -> Sequence[Any]:
    """The page behind a row. Where the next stretch of numbers fills it no more is read; else only numbers are, until
    those of the page are known."""
    chosen, _ = filtered(part, selection, wanted, codes)
    ask, number = part.patient if wanted.text else part.ask, flow.c.row
    numbers = chosen.with_only_columns(number).where(number > row).order_by(number).limit(wanted.limit)
    near = () if wanted.text else ask(numbers.where(number <= row + STRETCH))
    found = [key[0] for key in (near if len(near) == wanted.limit else ask(numbers))]
    if not found:
        return []
    whole, share, amount = flows(selection, codes)
    whole = whole.add_columns(share.label("share"), amount.label("part")).order_by(number)
    return ask(whole.where(number.between(found[0], found[-1]), number.in_(found)))


def count(
    part: Part, selection: Selection, wanted: Wanted, codes: Codes
) -> tuple[int, int, int, int, *tuple[Any, ...]]:
    """What is told of all rows of a selection and a filter: rows, files, items (-1: not counted), rows without a
    deflator, then the sum at each rung of the source."""
    chosen, amount = filtered(part, selection, wanted, codes)
    ask, stages = part.patient if wanted.text else part.ask, codes.sources[selection.source].stages
    sums = [func.sum(case((flow.c.stage == stage, amount))) for stage in stages]
    lacking = [func.count(case((and_(flow.c.stage == stage, amount.is_(None)), 1))) for stage in stages]
    told = (func.count(), func.count(distinct(flow.c.file)), *sums, *lacking)
    rows, files, *cells = ask(chosen.with_only_columns(*told))[0]
    found, without = cells[: len(stages)], cells[len(stages) :]
    items = ask(chosen.with_only_columns(func.count(distinct(flow.c.item))))[0][0] if rows <= APART else -1
    known = [None if missing else held for held, missing in zip(found, without, strict=True)]
    return rows, files, items, sum(without), *known


def counts(told: Sequence[Any], stages: Sequence[str]) -> Counts:
    """The same by name."""
    rows, files, items, lacking, *sums = told
    held: list[Decimal | None] = sums
    named = dict(zip(stages, held, strict=True))
    return Counts(int(rows), int(files), None if items < 0 else int(items), named, int(lacking))


def search(text: str) -> Question:
    """Numbers of the records whose title or description holds a text: no more than are remembered, and one."""
    return _records(text).limit(MANY + 1)


def filtered(part: Part, selection: Selection, wanted: Wanted, codes: Codes) -> tuple[Question, Key]:
    """The rows of all pages, and the amount of each that counts."""
    chosen, _, amount = flows(selection, codes)
    if wanted.stage:
        chosen = chosen.where(flow.c.stage == wanted.stage)
    return chosen.where(_told(part, chosen, wanted.text)) if wanted.text else chosen, amount


def _told(part: Part, chosen: Question, text: str) -> ColumnElement[bool]:
    """Where rows are few the engine reads only their texts. Else all texts are read once, and the numbers of the
    records found are remembered; of what is found nearly everywhere they are read for each question, and rows looked up
    among those found (`case`: never the other way round, which would take the memory of all rows)."""
    among = flow.c.record.in_(_records(text))
    if part.ask(chosen.with_only_columns(func.count()))[0][0] <= NARROW:
        return among
    numbers = part.found(text)
    if len(numbers) > MANY:
        return case((among, 1), else_=0) == 1
    many = select(func.unnest(literal(numbers, ARRAY(Integer))).label("found"))
    return flow.c.record.in_(numbers if len(numbers) <= FEW else many)


def _records(text: str) -> Question:
    told = or_(_holds(record.c.title, text), _holds(record.c.description, text))
    return select(record.c.record).where(told)


def _holds(column: Key, text: str) -> ColumnElement[bool]:
    """Whatever the case of its letters. Plain letters are asked for as a pattern, which engines look for in half the
    time that writing every text anew in small letters takes; of others they know the cases better that way."""
    if text.isascii():
        return column.regexp_match(re.escape(text), flags="i")
    if not set(text) & set("%_\\"):
        return func.lower(column).like(func.lower(f"%{text}%"))  # engines look for plain text quicker
    escaped = re.sub("[%_/]", "/\\g<0>", text)
    return func.lower(column).like(func.lower(f"%{escaped}%"), escape="/")


def order_of(wanted: Wanted) -> list[Key]:
    """Columns that put rows in an order without equals; the last is a number without gaps worth mention."""
    if wanted.sort == "usd":
        return [flow.c.usd_rank]
    return [flow.c.row] if wanted.sort == "row" else [flow.c[wanted.sort], flow.c.row]


def sorted_by(question: Question, columns: Sequence[Key], wanted: Wanted) -> Question:
    return question.order_by(*(column.desc() if wanted.descending else column for column in columns))


def _stretches(chosen: Question, order: Sequence[Key], wanted: Wanted) -> Question:
    """Columns: the value where one is sorted by, `start` of the stretch, rows `held` in it, rows `upto` its end; those
    that hold some of the page, in order."""
    counted = placed(chosen, order, wanted, STRETCH)
    before = counted.c.upto - counted.c.held
    end = wanted.offset + wanted.limit
    return select(counted).where(counted.c.upto > wanted.offset, before < end).order_by(counted.c.upto)


def placed(chosen: Question, order: Sequence[Key], wanted: Wanted, size: int) -> Subquery:
    *values, last = order
    named = [value.label("value") for value in values]
    start = (last - last % size).label("start")
    counted = chosen.with_only_columns(*named, start, func.count().label("held")).group_by(*values, start).subquery()
    keys = [counted.c[name] for name in ("value", "start") if name in counted.c]
    running = func.sum(counted.c.held).over(order_by=[key.desc() if wanted.descending else key for key in keys])
    return select(*keys, counted.c.held, running.label("upto")).subquery()


def between(order: Sequence[Key], first: Any, last: Any, descending: bool, size: int) -> list[ColumnElement[bool]]:
    """Rows from the stretch `first` to the stretch `last`, both included."""
    low, high = (last, first) if descending else (first, last)
    *values, number = order
    if not values or low.value == high.value:
        same = [value == low.value for value in values]
        return [*same, number.between(low.start, high.start + size - 1)]
    [value] = values
    inside = and_(value > low.value, value < high.value)
    at_low = and_(value == low.value, number >= low.start)
    at_high = and_(value == high.value, number < high.start + size)
    return [value.between(low.value, high.value), or_(inside, at_low, at_high)]
