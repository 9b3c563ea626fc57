"""A panel's table: every figure exact, every absence marked."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from dash import html

from dashboard.panels import Column, Table
from dashboard.words import MINUS
from layouts.parts import mark

ROWS = 500  # more are in the CSV, and the table says so


def table(drawn: Table) -> html.Div:
    """The table in a box of its own that scrolls, reachable by keyboard."""
    head = html.Tr([html.Th(_heading(column), scope="col", className=column.kind) for column in drawn.columns])
    body = [_row(drawn.columns, row) for row in drawn.rows[:ROWS]]
    cut = len(drawn.rows) - ROWS
    more = [html.P(f"{cut:,} more rows are in the CSV.", className="cut")] if cut > 0 else []
    made = html.Table([html.Caption(drawn.caption), html.Thead(head), html.Tbody(body)])
    return html.Div([made, *more], className="scroll", tabIndex=0, role="region", **{"aria-label": drawn.caption})


def _heading(column: Column) -> str:
    return f"{column.heading}, {column.unit}" if column.unit else column.heading


def _row(columns: tuple[Column, ...], row: tuple[Any, ...]) -> html.Tr:
    cells: list[Any] = []
    for i, (column, value) in enumerate(zip(columns, row, strict=True)):
        made = exact(column.kind, value)
        cells.append(
            html.Th(made, scope="row", className=column.kind) if i == 0 else html.Td(made, className=column.kind)
        )
    return html.Tr(cells)


def exact(kind: str, value: Any) -> Any:
    """A value as it is: nothing rounded, an absence marked, a sum to the cent."""
    if value is None:
        return mark("not-reported", "not reported")
    if kind == "usd" and isinstance(value, (Decimal, int)):
        return signed(f"{abs(value):,.2f}", value < 0)
    if kind == "percent" and isinstance(value, Decimal):
        return signed(f"{abs(value) * 100:,.2f}", value < 0)
    if kind == "number" and isinstance(value, (Decimal, int)):
        return signed(f"{abs(value):,f}" if isinstance(value, Decimal) else f"{abs(value):,}", value < 0)
    return str(value)


def signed(text: str, below: bool) -> str:
    return f"{MINUS}{text}" if below and text.strip("0.,") else text
