"""A panel's table: every figure exact, every absence marked."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from dash import html

from dashboard.panels import Column, Table
from dashboard.words import MINUS
from layouts.filled import filled

ROWS = 500  # more are in the CSV, and the table says so


def table(drawn: Table) -> html.Div:
    """The table in a box of its own that scrolls, reachable by keyboard."""
    head = html.Tr([html.Th(_heading(column), scope="col", className=column.kind) for column in drawn.columns])
    kinds = [column.kind for column in drawn.columns]
    rows = [[exact(kind, value) for kind, value in zip(kinds, row, strict=True)] for row in drawn.rows[:ROWS]]
    body = html.Tbody(**filled("exact", {"kinds": kinds, "rows": rows}))
    cut = len(drawn.rows) - ROWS
    more = [html.P(f"{cut:,} more rows are in the CSV.", className="cut")] if cut > 0 else []
    made = html.Table([html.Caption(drawn.caption), html.Thead(head), body])
    return html.Div([made, *more], className="scroll", tabIndex=0, role="region", **{"aria-label": drawn.caption})


def _heading(column: Column) -> str:
    return f"{column.heading}, {column.unit}" if column.unit else column.heading


def exact(kind: str, value: Any) -> str | None:
    """A value as it is: nothing rounded, a sum to the cent. None is an absence and gets its mark."""
    if value is None:
        return None
    if kind == "usd" and isinstance(value, (Decimal, int)):
        return signed(f"{abs(value):,.2f}", value < 0)
    if kind == "percent" and isinstance(value, Decimal):
        return signed(f"{abs(value) * 100:,.2f}", value < 0)
    if kind == "number" and isinstance(value, (Decimal, int)):
        return signed(f"{abs(value):,f}" if isinstance(value, Decimal) else f"{abs(value):,}", value < 0)
    return str(value)


def signed(text: str, below: bool) -> str:
    return f"{MINUS}{text}" if below and text.strip("0.,") else text
