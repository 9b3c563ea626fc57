"""A table as a page shows it: amounts rounded on one scale, other long figures shortened; files keep every digit."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from dashboard.amount_words import plain, single
from dashboard.panels import Column, Table
from dashboard.words import Scale, scale_of

MONEY = "US dollars"
INCOME = "per cent of gross national income"
LONG = 2  # digits behind the point from which a figure that is no amount is shortened
DIGITS = 4


def rounded(exact: Table) -> Table:
    """Amounts of the whole table on the scale of its largest, the unit in the heading; absences stay absences."""
    money = [at for at, column in enumerate(exact.columns) if is_money(column)]
    scale = scale_of(row[at] for row in exact.rows for at in money if isinstance(row[at], Decimal))
    columns = tuple(
        replace(column, unit=scaled(column, scale)) if at in money else column
        for at, column in enumerate(exact.columns)
    )
    rows = tuple(
        tuple(_shown(value, column, scale, at in money) for at, (value, column) in enumerate(_pairs(row, exact)))
        for row in exact.rows
    )
    return replace(exact, columns=columns, rows=rows)


def _pairs(row: tuple[Any, ...], exact: Table) -> list[tuple[Any, Column]]:
    return list(zip(row, exact.columns, strict=True))


def is_money(column: Column) -> bool:
    """Whether it holds amounts in dollars, at whatever prices."""
    return column.kind == "usd" or (column.kind == "number" and MONEY in column.unit)


def scaled(column: Column, scale: Scale) -> str:
    """`billions of US dollars of 2004`."""
    unit = column.unit or MONEY
    return f"{scale.unit[1]}s of {unit}" if scale.unit[1] else unit


def _shown(value: Any, column: Column, scale: Scale, money: bool) -> Any:
    if not isinstance(value, Decimal):
        return value
    if money:
        return scale.plain(value)
    if column.unit == INCOME:  # published with two decimals
        return single(value, "%").removesuffix("%")
    exponent = value.normalize().as_tuple().exponent
    if column.kind == "number" and isinstance(exponent, int) and exponent < -LONG:
        return plain(value, DIGITS)
    return value
