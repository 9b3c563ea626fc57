"""Shapes of answers: a table and what it carries, as JSON. Numbers are exact decimals written as text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter, create_model

from dashboard.api.operations import Operation
from dashboard.carried import Carried, cited
from dashboard.commitment import Entry
from dashboard.exports import figure, unit
from dashboard.panels import Column, Table

EXACT = r"^-?[0-9]+(\.[0-9]+)?$"
Exact = Annotated[str, StringConstraints(pattern=EXACT)]
NUMBERS, WHOLE = ("usd", "percent", "number"), ("year", "whole")
STRICT = ConfigDict(extra="forbid")


class About(BaseModel):
    """What the answer shows, of what, from where: all that a copy of it must carry."""

    model_config = STRICT
    title: str
    subtitle: str
    selection: str = Field(description="The selection in words.")
    source: str
    edition: str
    page: str = Field(description="The page that shows this, the edition named.")
    newest: str = Field(description="The same of whatever edition is current.")
    mark: str = Field(description="The short mark of the page: the same for the same view of the same edition.")
    citation: str


class Heading(BaseModel):
    """A column of the rows."""

    model_config = STRICT
    key: str
    heading: str
    kind: str = Field(description="code, text, usd, percent, number, year or whole")
    unit: str


class Fault(BaseModel):
    """A parameter that cannot be followed."""

    model_config = STRICT
    key: str
    value: str
    sentence: str


class Problem(BaseModel):
    """What went wrong (RFC 9457)."""

    model_config = STRICT
    type: str
    title: str
    status: int
    detail: str
    instance: str
    errors: list[Fault]


@cache
def row_of(operation: Operation) -> type[BaseModel]:
    """A row of an operation: years and lines are numbers, other numbers exact text; null is an absence."""
    given = {column.key: (_type(column) | None, _field(column, operation.fixed)) for column in operation.columns}
    held: dict[str, Any] = given
    return create_model(f"{operation.name.capitalize()}Row", __config__=STRICT, **held)


def _type(column: Column) -> Any:
    return int if column.kind in WHOLE else Exact if column.kind in NUMBERS else str


def _field(column: Column, fixed: bool) -> Any:
    said = f"{column.heading} ({unit(column)})" if unit(column) else column.heading
    return Field(description=said) if fixed else Field(None, description=said)


@cache
def answer_of(operation: Operation) -> type[BaseModel]:
    """The whole answer of an operation."""
    name = f"{operation.name.capitalize()}Answer"
    if operation.one:
        return create_model(name, __config__=STRICT, about=(About, ...), record=(dict[str, Any], ...))
    next_: Any = (str | None, Field(description="The address of the rows that follow; null behind the last."))
    held: dict[str, Any] = {"about": (About, ...), "columns": (list[Heading], ...), "next": next_}
    listed: Any = list
    held["rows"] = (listed[row_of(operation)], ...)
    return create_model(name, __config__=STRICT, **held)


def record_schema(template: str) -> dict[str, Any]:
    """The JSON schema of the record of a commitment. template: of references to its definitions."""
    return TypeAdapter(Entry).json_schema(mode="serialization", ref_template=template)


def about(one: Carried, public: str, on: date) -> dict[str, str]:
    """What an answer carries. public: how readers reach the app; on: the day it is read."""
    return {
        "title": one.title,
        "subtitle": one.subtitle,
        "selection": one.filters,
        "source": one.source_line,
        "edition": one.edition,
        "page": public + one.address,
        "newest": public + one.newest,
        "mark": one.mark,
        "citation": cited(one, public, on),
    }


def answer(one: Carried, table: Table, following: str | None, public: str, on: date) -> dict[str, Any]:
    """The answer of an operation that lists. following: the address of the rows behind these."""
    keys = [column.key for column in table.columns]
    headings = [{"key": c.key, "heading": c.heading, "kind": c.kind, "unit": unit(c)} for c in table.columns]
    rows = [dict(zip(keys, written(row, table.columns), strict=True)) for row in table.rows]
    return {"about": about(one, public, on), "columns": headings, "next": following, "rows": rows}


def written(row: Sequence[Any], columns: Sequence[Column]) -> list[Any]:
    """The values of a row as JSON has them: as in the file of the same table, an absence null."""
    return [_cell(value, column) for value, column in zip(row, columns, strict=True)]


def _cell(value: Any, column: Column) -> Any:
    if value is None or value == "":
        return None
    if column.kind in WHOLE:
        return int(value)
    if isinstance(value, Decimal) or (isinstance(value, int) and column.kind in NUMBERS):
        return figure(Decimal(value), column)
    return str(value)


def plain(value: Any) -> Any:
    """A value of ours as JSON: decimals as exact text, absences as their word."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, Enum):
        return value.value
    return [plain(part) for part in value] if isinstance(value, tuple | list) else value
