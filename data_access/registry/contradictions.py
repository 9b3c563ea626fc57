"""Cells of one row that contradict each other, and ties to records that there are not."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from decimal import Decimal, InvalidOperation

from dashboard.links import TEXT_LINKS, Link, read_links
from data_access.registry import cells as texts
from data_access.registry.wrong import Wrong

PERCENT = re.compile(r"(% GNI|percent of (budget|GDP|aid|tariff lines|countries|population))")
MOST_MILLIONS = Decimal(10) ** 6  # of one in millions of dollars, euro or pounds: a trillion
RANGES = (("amount_low", "amount_high", "unit"), ("delivered_low", "delivered_high", "delivered_unit"))
PROMISED = ("amount_low", "amount_high", "usd_at_time")
SIGNED = ("percent change", "compliance score")  # units whose figures can lie below zero
HARD_CURRENCIES = ("USD", "EUR", "GBP")


def tied(cells: texts.Cells, ids: Collection[str]) -> Iterator[Wrong]:
    """Ties to records that there are not, or to itself. ids: of all records."""
    remedy = "write the id of a record of this file or of the registry"
    if cells["parent"] and cells["parent"] == cells["id"]:
        yield Wrong("parent", cells["parent"], "is the record itself", "leave it empty", "REG-TIE-02")
    elif cells["parent"] and cells["parent"] not in ids:
        yield Wrong("parent", cells["parent"], "is not a record", remedy, "REG-TIE-01")
    for link in _read_links(cells["links"]):
        if link.kind not in TEXT_LINKS and link.target not in ids:
            yield Wrong("links", link.target, "is not a record", remedy, "REG-TIE-01")
        elif link.target == cells["id"]:
            yield Wrong("links", link.target, "is the record itself", "leave that tie out", "REG-TIE-02")


def _read_links(text: str) -> tuple[Link, ...]:
    try:
        return read_links(text)
    except ValueError:
        return ()


def together(cells: texts.Cells) -> Iterator[Wrong]:
    """Cells that contradict each other."""
    for low, high, unit in RANGES:
        yield from _range(cells, low, high, unit)
    yield from _below_zero(cells)
    if cells["delivered_low"] and cells["delivered_absence"]:
        why = "stands beside a figure of what was delivered"
        yield Wrong("delivered_absence", cells["delivered_absence"], why, "leave one of the two empty", "REG-AMT-04")
    yield from _order(cells)
    if not (cells["source_title"] or cells["source_address"]):
        yield Wrong("source_title", "", "is empty, and so is source_address", "name the source", "REG-NEED-02")


def _range(cells: texts.Cells, low: str, high: str, unit: str) -> Iterator[Wrong]:
    least, most = _number(cells[low]), _number(cells[high])
    for one, other in ((low, high), (high, low)):
        if cells[one] and not cells[other]:
            why = f"is empty while {one} is filled in"
            yield Wrong(other, "", why, "write the same figure in both, or the two ends of a range", "REG-AMT-01")
    if least is None or most is None:
        if cells[unit] and not cells[low] and not cells[high]:
            yield Wrong(
                unit, cells[unit], "is a unit without a figure", "leave it empty, or write the figure", "REG-AMT-02"
            )
        return
    if least > most:
        yield Wrong(low, cells[low], f"is larger than {high}", "exchange the two", "REG-AMT-03")
    if not cells[unit]:
        yield Wrong(unit, "", f"is empty while {low} is filled in", "choose the unit of the figure", "REG-UNIT-02")
    elif PERCENT.fullmatch(cells[unit]) and not 0 <= least <= most <= 100:
        yield Wrong(high, cells[high], f"is no share ({cells[unit]})", "write per cent, from 0 to 100", "REG-AMT-05")
    elif cells[unit].startswith(tuple(f"{code} million" for code in HARD_CURRENCIES)) and most > MOST_MILLIONS:
        why = f"is more than a trillion ({cells[unit]})"
        yield Wrong(high, cells[high], why, "write the figure in millions", "REG-AMT-06")


def _below_zero(cells: texts.Cells) -> Iterator[Wrong]:
    """Nobody promises less than nothing; what was delivered can be, where more was paid back. A share is told apart."""
    if cells["unit"] in SIGNED or PERCENT.fullmatch(cells["unit"]):
        return
    for name in PROMISED:
        figure = _number(cells[name])
        if figure is not None and figure < 0:
            remedy = "write it without the sign; a reduction is written in a unit of its own, such as percent cut"
            yield Wrong(name, cells[name], "is less than zero, which nobody promises", remedy, "REG-AMT-07")


def _order(cells: texts.Cells) -> Iterator[Wrong]:
    """A part of a date is compared with as much of the other."""
    for first, last in (("since", "until"), ("made", "deadline"), ("made", "until")):
        one, other = cells[first], cells[last]
        if one and other and other[: len(one)] < one[: len(other)]:
            yield Wrong(last, other, f"lies before {first} ({one})", "correct one of the two", "REG-DATE-02")


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text) if text else None
    except InvalidOperation:
        return None
