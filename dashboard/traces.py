"""One row followed down to where it stands: its file and line, the record as read, and how its amount came about."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.rows import Record

Row = Mapping[str, Any]
MOST = 100  # rows of the same record that are listed
FIELDS = 400  # fields of a record that are told apart


@dataclass(frozen=True)
class Trace:
    """row: the columns of `flow`. file: those of `file`, None where the part keeps none. record: None where the raw
    record is not kept. headings: the line of headings of its file, empty where it is not kept. beside: the other rows
    of the same record, or of the same line where there is none, `MOST` at most of `others`. shares: goal, share,
    basis and citation of the row's purpose under each method, by method."""

    row: Row
    file: Row | None
    record: Record | None
    headings: str
    beside: Sequence[Row]
    others: int
    shares: Mapping[str, Sequence[Row]]


def fields(raw: str, headings: str = "") -> list[tuple[str, str]]:
    """A raw record field by field, each with its heading; empty where it is not told apart that way (XML, or texts of
    a layout without headings), or where headings and fields are not as many."""
    text = raw.strip()
    if text.startswith("{"):
        return _of_json(text)
    mark = next((mark for mark in "|\t;," if mark in headings), "")
    if not mark or text.startswith("<"):
        return []
    names, values = _split(headings, mark), _split(raw, mark)
    if len(names) != len(values) or len(names) > FIELDS:
        return []
    return list(zip(names, values, strict=True))


def _of_json(text: str) -> list[tuple[str, str]]:
    try:
        held = json.loads(text)
    except (ValueError, RecursionError):
        return []
    if not isinstance(held, dict) or len(held) > FIELDS:
        return []
    return [(str(name), value if isinstance(value, str) else _plain(value)) for name, value in held.items()]


def _plain(value: Any) -> str:
    return "" if value is None else json.dumps(value, ensure_ascii=False)


def _split(line: str, mark: str) -> list[str]:
    try:
        return next(csv.reader([line.strip("\r\n").removeprefix("\ufeff")], delimiter=mark), [])
    except csv.Error:  # a field longer than a reader takes
        return []
