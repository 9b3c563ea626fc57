"""What programs are told of surveys: those whose results are published, their answers, how often each was given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from werkzeug.exceptions import NotFound

from callbacks.api_asked import Asked, Found, paged
from dashboard.api.parameters import Wrong
from dashboard.carried import Carried, of_survey
from dashboard.panels import Column, Drawing, Table
from dashboard.selection import Refusal, shortened
from dashboard.surveys.leaving import ALL, PATH, PUBLISHED, counts, leaving, replaced
from dashboard.surveys.results import Answered
from data_access.registry.writing import Refused as Unwritten
from data_access.surveying import published

SOURCE = "Source: surveys of makers of commitments; answers as they submitted them, reported and not measured"
NONE = "No survey of that name has published results; /api/v1/surveys lists those that have."


def surveys(one: Asked) -> Found:
    """Those whose results everybody may read."""
    every = one.book.registry.read(
        lambda held: [(kept, published.answered(held, kept)) for kept in published.every(held)]
    )
    rows = tuple(
        (kept.id, kept.asks.said(kept.asks.title, "en"), kept.last, kept.asks.makers, told.invited, len(told.given))
        for kept, told in every
    )
    table = Table("Surveys", one.operation.columns, rows)
    last = max((kept.last for kept, _ in every), default="")
    shown = Drawing("Surveys", "Those whose results are published", "", SOURCE, table=table)
    return paged(one, of_survey("api", shown, "All of them", last, PATH, PATH), table)


def answers(one: Asked) -> Found:
    """Raises NotFound; Wrong where the results are not those that the address names, or the question is none."""
    told, carried = _asked(one)
    table = carried.table or Table("", (), ())
    return _found(one, told, carried, _lines(table, one.operation.columns))


def how_often(one: Asked) -> Found:
    """Raises as `answers` does."""
    told, carried = _asked(one)
    return _found(one, told, carried, counts(told).rows)


def _asked(one: Asked) -> tuple[Answered, Carried]:
    """The results, and what they carry."""
    try:
        kept, told = one.book.registry.read(lambda held: published.found(held, one.where))
    except Unwritten as why:
        raise NotFound(NONE) from why
    given, question = one.given[PUBLISHED], one.given["question"]
    if why_not := replaced(given, kept.last):
        raise Wrong([Refusal(PUBLISHED, shortened(given), why_not)])
    carried = leaving(told)
    if carried is None or (question and leaving(told, question) is None):
        named = shortened(question)
        raise Wrong([Refusal("question", named, f"{named} is no question among these results.")])
    return told, carried


def _lines(table: Table, columns: Sequence[Column]) -> tuple[tuple[Any, ...], ...]:
    """Its rows, numbered; who answered is None where nobody is named."""
    keys = [column.key for column in table.columns]
    held = [dict(zip(keys, row, strict=True)) for row in table.rows]
    return tuple((at, *(row.get(column.key) for column in columns[1:])) for at, row in enumerate(held, 1))


def _found(one: Asked, told: Answered, carried: Carried, rows: Sequence[tuple[Any, ...]]) -> Found:
    question, columns = one.given["question"], one.operation.columns
    at = [column.key for column in columns].index("question")
    table = Table(carried.title, columns, tuple(row for row in rows if question in ("", row[at])))
    alone = leaving(told, question or ALL) or carried
    said = replace(alone, name="api", table=table, drawing=None)
    return replace(paged(one, said, table), pins=((PUBLISHED, told.closed),))
