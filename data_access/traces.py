"""Questions of one row: itself, its file, its record, the rows beside it, and the shares of its purpose."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Table, and_, func, select

from dashboard.traces import MOST, Row, Trace
from data_access.cube import Cube
from data_access.engine import Question
from data_access.tables import HEADINGS, about, file, flow, goal_share

LARGEST = 2**31 - 1  # of a row's number


def trace(cube: Cube, source: str, number: int) -> Trace | None:
    """A row of a source by its number in the edition of the cube; None where there is none.

    Raises Busy, TimeoutError."""
    if source not in cube.codes.sources or number > LARGEST:
        return None
    found = _told(cube, source, select(flow).where(flow.c.source == source, flow.c.row == number), flow)
    if not found:
        return None
    row = found[0]
    files = _told(cube, source, select(file).where(file.c.file == row["file"]), file)
    record = cube.record(source, row["record"]) if row["record"] else None
    same = _same(row)
    beside = _told(cube, source, select(flow).where(same).order_by(flow.c.row).limit(MOST + 1), flow)
    counted = cube.ask(source, _key(cube, source, f"count {number}"), select(func.count()).where(same), ("rows",))
    named = select(about.c.value).where(about.c.key == f"{HEADINGS}{row['file']}")
    headings = cube.ask(source, _key(cube, source, f"headings {row['file']}"), named, ("value",))["value"].tolist()
    return Trace(
        row=row,
        file=files[0] if files else None,
        record=record,
        headings=str(headings[0]) if headings else "",
        beside=[other for other in beside if other["row"] != number][:MOST],
        others=int(counted["rows"].iloc[0]) - 1,
        shares=_shares(cube, source, str(row["purpose"] or "")),
    )


def _same(row: Row) -> ColumnElement[bool]:
    """Rows of the same record; where none is kept, of the same line of the same file."""
    if row["record"]:
        return and_(flow.c.source == row["source"], flow.c.record == row["record"])
    return and_(flow.c.source == row["source"], flow.c.file == row["file"], flow.c.line == row["line"])


def _shares(cube: Cube, source: str, purpose: str) -> dict[str, list[Row]]:
    if not purpose:
        return {}
    question = (
        select(goal_share).where(goal_share.c.purpose == purpose).order_by(goal_share.c.method, goal_share.c.goal)
    )
    held: dict[str, list[Row]] = {}
    for share in _told(cube, source, question, goal_share):
        held.setdefault(str(share["method"]), []).append(share)
    return held


def _told(cube: Cube, source: str, question: Question, table: Table) -> list[dict[Any, Any]]:
    compiled = question.compile(compile_kwargs={"literal_binds": True})
    frame = cube.ask(source, _key(cube, source, str(compiled)), question, table.c.keys())
    return frame.to_dict("records")


def _key(cube: Cube, source: str, words: str) -> str:
    return f"trace {cube.edition} {source} {words}"
