"""All the rows behind a selection, read a stretch after another: those of a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pyarrow as pa
import pyarrow.compute as pc
from sqlalchemy import ColumnElement, select

from dashboard.codes import Codes
from dashboard.rows import Wanted
from dashboard.selection import Selection
from data_access.engine import Question
from data_access.pages import STRETCH, Key, Part, between, filtered, order_of, placed, sorted_by
from data_access.queries import flows
from data_access.tables import flow

READ, LOT = 32_768, 8_192  # rows that the engine is asked for at once; that are handed on at once
FOUND = 8_192  # of those that a text was found in, whose numbers are written into the question


def every(part: Part, selection: Selection, wanted: Wanted, codes: Codes) -> Iterator[pa.Table]:
    """All rows of a selection and a filter in the order wanted, LOT at once at most: every column of `flow`, share,
    part. What a text is searched in is searched once, and four bytes are held for each row found; of other filters no
    more than is read at once."""
    for read in _every(part, selection, wanted, codes):
        yield from (read.slice(at, LOT) for at in range(0, len(read), LOT))


def _every(part: Part, selection: Selection, wanted: Wanted, codes: Codes) -> Iterator[pa.Table]:
    chosen, share, amount = flows(selection, codes)
    order = order_of(wanted)
    whole = sorted_by(chosen.add_columns(share.label("share"), amount.label("part")), order, wanted)
    if wanted.stage:
        whole = whole.where(flow.c.stage == wanted.stage)
    if wanted.text:
        found, _ = filtered(part, selection, wanted, codes)
        numbers = part.column(sorted_by(found.with_only_columns(flow.c.row), order, wanted))
        for at in range(0, len(numbers), FOUND):
            lot = numbers[at : at + FOUND].to_pylist()
            yield part.lot(whole.where(flow.c.row.between(min(lot), max(lot)), flow.c.row.in_(lot)))
        return
    yield from _reads(part, whole, order, wanted)


def _reads(part: Part, whole: Question, order: Sequence[Key], wanted: Wanted) -> Iterator[pa.Table]:
    """Neighbouring stretches that hold no more than is read at once are read together; one that holds more, in several
    goes. By a number alone the engine is not asked for an order: parts are written in the order of their rows."""
    size = READ if len(order) == 1 else STRETCH  # without values before the number, no stretch need hold more
    counted = placed(whole.order_by(None), order, wanted, size)
    held = part.patient(select(counted).order_by(counted.c.upto))
    at = 0
    while at < len(held):
        end, rows = at, held[at].held
        while end + 1 < len(held) and rows + held[end + 1].held <= READ:
            end, rows = end + 1, rows + held[end + 1].held
        stretch = whole.where(*between(order, held[at], held[end], wanted.descending, size))
        if len(order) == 1:
            yield _in_order(part.lot(stretch.order_by(None)), order[-1], wanted)
        else:
            yield from _read(part, stretch, order[-1], rows, wanted) if rows > READ else [part.lot(stretch)]
        at = end + 1


def _in_order(lot: pa.Table, number: Key, wanted: Wanted) -> pa.Table:
    """Sorted, unless it is already."""
    held = lot[number.name].combine_chunks()
    before, behind = (held[1:], held[:-1]) if wanted.descending else (held[:-1], held[1:])
    if pc.all(pc.less(before, behind)).as_py() is not False:
        return lot
    return lot.sort_by([(number.name, "descending" if wanted.descending else "ascending")])


def _read(part: Part, question: Question, number: Key, rows: int, wanted: Wanted) -> Iterator[pa.Table]:
    """So many rows of one value, each read behind the last."""
    on = list[ColumnElement[bool]]()
    while rows > 0:
        lot = part.lot(question.where(*on).limit(READ))
        if not len(lot):
            return  # fewer than were counted: whoever writes the file says so
        yield lot
        rows, last = rows - len(lot), lot[number.name][-1].as_py()
        on = [number < last if wanted.descending else number > last]
