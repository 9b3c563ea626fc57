"""Reads a registry file in the limited child and says its rows, one message each; a fault is a message too."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import orjson

from data_access.ingest.faults import Fault, shown
from data_access.ingest.limited import MEGABYTE, Limits, messages
from data_access.registry.exchange import csv_rows
from data_access.registry.exchange.archive import MOST_BYTES, Archive
from data_access.registry.exchange.sheets import COMMITMENTS, SHEETS
from data_access.registry.exchange.workbook import Workbook
from data_access.registry.exchange.worksheet import Cell, Row

LIMITS = Limits(memory=512 * MEGABYTE, cpu=20, quiet=30.0)
SUFFIXES = (".xlsx", ".csv", ".zip")
ROW, LEFT_OUT, FAULT = "row", "left out", "fault"


def main(arguments: Sequence[str], say: Callable[[Any], object]) -> None:
    """arguments: the file, and what it is called."""
    try:
        for message in _told(Path(arguments[0]), arguments[1]):
            say(message)
    except Fault as wrong:
        say([FAULT, asdict(wrong) | {"value": shown(wrong.value)}])


def read(path: Path, name: str = "") -> tuple[list[Row], list[str]]:
    """Every row of a file's sheets, headings too, and names of sheets that are left out; read in a child process of
    narrow means. Raises Fault where the file cannot be read as a whole."""
    called = name or path.name
    rows, left_out = list[Row](), list[str]()
    for line in messages("data_access.registry.exchange.reader", [str(path), called], called, LIMITS):
        kind, *told = orjson.loads(line)
        if kind == FAULT:
            raise Fault(**told[0])
        if kind == LEFT_OUT:
            left_out += told[0]
        else:
            rows.append(row(told))
    return rows, left_out


def row(told: Sequence[Any]) -> Row:
    """A row as a message tells it."""
    sheet, number, hidden, cells = told
    return Row(sheet, number, hidden, [Cell(*cell) for cell in cells])


def _told(path: Path, name: str) -> Iterator[list[Any]]:
    suffix = Path(name).suffix.lower()
    if suffix not in SUFFIXES:
        why = "is neither XLSX nor CSV, nor a ZIP archive of CSV files"
        raise Fault(name, 0, "", name, why, f"give it a name that ends in {', '.join(SUFFIXES)}", "REG-FILE-04")
    if suffix == ".csv":
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
        yield from map(_message, csv_rows.rows(content, name, COMMITMENTS.name))
        return
    archive = Archive(path, name)
    yield from _of_workbook(archive) if suffix == ".xlsx" else _of_files(archive)


def _of_workbook(archive: Archive) -> Iterator[list[Any]]:
    book = Workbook(archive)
    if COMMITMENTS.name not in book.sheets:
        held = ", ".join((*book.sheets, *book.left_out)) or "none"
        why = f"has no sheet {COMMITMENTS.name} (its sheets: {held})"
        raise archive.fault(archive.name, why, "begin with the template that registry export makes", "REG-SHEET-03")
    yield [LEFT_OUT, book.left_out]
    for sheet in book.sheets:
        yield from map(_message, book.rows(sheet))


def _of_files(archive: Archive) -> Iterator[list[Any]]:
    files = {sheet.file: sheet.name for sheet in SHEETS}
    if COMMITMENTS.file not in archive.parts:
        why = f"has no {COMMITMENTS.file} at its top"
        raise archive.fault(archive.name, why, "put the files that registry export makes into it", "REG-SHEET-03")
    yield [LEFT_OUT, [part for part in archive.parts if part not in files]]
    for part, sheet in files.items():
        if part in archive.parts:
            yield from map(_message, csv_rows.rows(archive.read(part), f"{archive.name}/{part}", sheet))


def _message(row: Row) -> list[Any]:
    return [ROW, row.sheet, row.number, row.hidden, [[cell.reference, cell.kind, cell.text] for cell in row.cells]]
