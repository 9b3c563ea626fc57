"""The registry out of its tables into a file: a workbook with drop-down lists, one CSV file, or all sheets as CSV."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from dashboard.records import Directory, Record
from data_access.registry import cells as texts
from data_access.registry.checks import FIGURES
from data_access.registry.exchange import xlsx
from data_access.registry.exchange.csv_rows import guarded
from data_access.registry.exchange.guide import guide, lists
from data_access.registry.exchange.sheets import COMMITMENTS, FORA, GUIDE, INITIATIVES, LISTS, MAKERS, SHEETS, Sheet
from data_access.registry.exchange.understanding import NAMED
from data_access.registry.exchange.xlsx import Choice, Page
from data_access.registry.store import Held
from data_access.spreadsheet import entry

Rows = list[list[str]]
WIDE = {"title": 60, "measures": 40, "remarks": 60, "checked": 40, "links": 40, "id": 34, "name": 60, "rule": 30}
FORMATS = (".xlsx", ".csv", ".zip")


def write(path: Path, held: Held, *, template: bool = False) -> None:
    """A state of the registry in the format that the name of the file says; a template has no commitments in it.

    Raises ValueError, a sentence, for another format. The same state gives the same bytes."""
    tables = rows_of(held, template=template)
    if path.suffix.lower() == ".xlsx":
        xlsx.write(path, pages(tables))
    elif path.suffix.lower() == ".csv":
        path.write_text(_csv(tables[COMMITMENTS.name]), encoding="utf-8", newline="")
    elif path.suffix.lower() == ".zip":
        with zipfile.ZipFile(path, "w") as archive:
            for sheet in SHEETS:
                archive.writestr(entry(sheet.file), _csv(tables[sheet.name]))
    else:
        raise ValueError(f"{path.name} says no format; give it a name that ends in {', '.join(FORMATS)}.")


def rows_of(held: Held, *, template: bool = False) -> dict[str, Rows]:
    """The rows of every sheet, headings first; makers, fora and initiatives of commitments by their names."""
    directory = held.directory
    records: dict[Sheet, Iterable[Record]] = {
        MAKERS: directory.makers.values(),
        FORA: directory.fora.values(),
        INITIATIVES: directory.initiatives.values(),
    }
    commitments = [] if template else [_named(texts.write(pledge), directory) for pledge in held.pledges.values()]
    found = {COMMITMENTS.name: _table(COMMITMENTS, commitments)}
    return found | {sheet.name: _table(sheet, [asdict(one) for one in of]) for sheet, of in records.items()}


def _table(sheet: Sheet, rows: Iterable[texts.Cells]) -> Rows:
    names = [column.name for column in sheet.columns]
    return [names, *([row[name] for name in names] for row in rows)]


def _named(cells: dict[str, str], directory: Directory) -> dict[str, str]:
    for name, of in NAMED.items():
        if cells[name]:
            cells[name] = getattr(directory, of)[cells[name]].name
    return cells


def _csv(rows: Rows) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows([guarded(text) for text in row] for row in rows)
    return out.getvalue()


def pages(tables: dict[str, Rows]) -> list[Page]:
    """The sheets of a workbook: the guide first, then the records, then the lists."""
    listed, places = lists()
    found = [Page(GUIDE, guide(), (24, 22, 90, 60))]
    for sheet in SHEETS:
        figures = frozenset(at for at, column in enumerate(sheet.columns, 1) if column.name in FIGURES)
        widths = [WIDE.get(column.name, 18) for column in sheet.columns]
        found.append(Page(sheet.name, tables[sheet.name], widths, figures, list(_choices(sheet, places, tables))))
    return [*found, Page(LISTS, listed, [24] * len(listed[0]))]


def _choices(sheet: Sheet, places: dict[tuple[str, ...], str], tables: dict[str, Rows]) -> Iterable[Choice]:
    for at, column in enumerate(sheet.columns, 1):
        if column.names:
            yield Choice(at, f"{column.names}!$B$2:$B${max(len(tables[column.names]), 2) + 200}")
        elif column.options and not column.several:
            yield Choice(at, places[column.options], "unit" not in column.name)
