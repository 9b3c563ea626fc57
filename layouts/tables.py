"""A panel's table: every figure exact, every absence marked."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from dash import html

from dashboard.exports import NUMBERS, figure, unit, unscaled
from dashboard.panels import Column, Table
from dashboard.words import MINUS
from layouts.filled import filled

ROWS = 500  # more are in the CSV, and the table says so


def table(drawn: Table) -> html.Div:
    """The table in a box of its own that scrolls, reachable by keyboard."""
    head = [html.Th(heading(column), scope="col", className=column.kind) for column in drawn.columns]
    head += [html.Th("Rows", scope="col")] if any(drawn.behind) else []
    kinds = [column.kind for column in drawn.columns]
    rows = [
        [exact(column, value) for column, value in zip(drawn.columns, row, strict=True)] for row in drawn.rows[:ROWS]
    ]
    body = html.Tbody(**filled("exact", {"kinds": kinds, "rows": rows, "behind": list(drawn.behind[:ROWS])}))
    cut = len(drawn.rows) - ROWS
    more = [html.P(f"{cut:,} more rows are in the CSV.", className="cut")] if cut > 0 else []
    made = html.Table([html.Caption(unscaled(drawn.caption)), html.Thead(html.Tr(head)), body])
    return html.Div(
        [made, *more], className="scroll", tabIndex=0, role="region", **{"aria-label": unscaled(drawn.caption)}
    )


def plain(drawn: Table) -> html.Table:
    """The same rows with no script to build them: an absence is said in words."""
    head = [html.Th(heading(column), scope="col", className=column.kind) for column in drawn.columns]
    rows = [
        html.Tr([_plain(column, value, drawn.nothing) for column, value in zip(drawn.columns, row, strict=True)])
        for row in drawn.rows[:ROWS]
    ]
    return html.Table([html.Caption(unscaled(drawn.caption)), html.Thead(html.Tr(head)), html.Tbody(rows)])


def _plain(column: Column, value: Any, nothing: str) -> html.Td:
    said = exact(column, value)
    return html.Td(nothing if said is None else said, className=column.kind)


def heading(column: Column) -> str:
    return f"{column.heading}, {unit(column)}" if unit(column) else column.heading


def exact(column: Column, value: Any) -> str | None:
    """A value as the file has it, with commas and a true minus sign. None is an absence and gets its mark."""
    if value is None:
        return None
    if column.kind in NUMBERS and isinstance(value, (Decimal, int)):
        written = Decimal(figure(Decimal(value), column))
        return f"{written:,f}".replace("-", MINUS)
    return str(value)
