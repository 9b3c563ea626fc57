"""The heading row of a sheet, and the rows under it by their columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from data_access.ingest.faults import Fault
from data_access.registry.exchange.sheets import Sheet
from data_access.registry.exchange.values import Odd, text_of
from data_access.registry.exchange.worksheet import Cell, Row, number

LOOKED = 10  # rows in which headings are looked for, to say where they are
TOTALS = re.compile(r"(grand |sub-?)?(total|sum)s?\b.*", re.IGNORECASE)


@dataclass(frozen=True)
class Placed:
    """Where things are in a file: its name, its sheet, and the column letter of each heading."""

    file: str
    sheet: Sheet
    letters: Mapping[str, str]  # heading -> column letter

    def fault(self, row: int, column: str, value: str, told: tuple[str, str, str]) -> Fault:
        """told: reason, way out, code. A cell of a column that the file leaves out is that of the id."""
        letter = self.letters.get(column) or self.letters.get("id", "A")
        if self.file.lower().endswith(".xlsx"):
            return Fault(self.file, 0, column, value, *told, sheet=self.sheet.name, cell=f"{letter}{row}")
        return Fault(self.file, row, column, value, *told, position=number(letter))


@dataclass(frozen=True)
class Read:
    """One row: its number and the text of each column that the file has; odd cells have none."""

    number: int
    texts: Mapping[str, str]


def under(rows: list[Row], sheet: Sheet, file: str) -> tuple[Placed, list[Read], list[Fault]]:
    """The rows of a sheet under its headings, and everything that is odd about them."""
    if not rows:
        bare = Placed(file, sheet, {})
        why = ("has no rows", "begin with the template that registry export makes", "REG-HEAD-01")
        return bare, [], [bare.fault(1, "", sheet.name, why)]
    head, *body = rows
    placed, faults = _headed(head, body, sheet, file)
    read = list[Read]()
    if "id" in placed.letters:
        for row in body:
            one, odd = _row(row, placed)
            read.append(one)
            faults += odd
    return placed, read, faults


def _headed(head: Row, body: list[Row], sheet: Sheet, file: str) -> tuple[Placed, list[Fault]]:
    letters, faults = dict[str, str](), list[Fault]()
    bare = Placed(file, sheet, {})
    known = {column.name for column in sheet.columns}
    if "id" not in _names(head):
        return bare, [_no_headings(head, body, bare, known)]
    for cell in head.cells:
        name, letter = _name(cell), _letter(cell)
        at = Placed(file, sheet, {name: letter})
        if name not in known:
            near = get_close_matches(name, known, 1)
            remedy = f"write {near[0]}" if near else "take the column out, or write a heading of the template"
            faults.append(
                at.fault(head.number, name, cell.text, ("is no heading of this sheet", remedy, "REG-HEAD-02"))
            )
        elif name in letters:
            why = (f"stands over column {letters[name]} too", "take one of the two columns out", "REG-HEAD-03")
            faults.append(at.fault(head.number, name, cell.text, why))
        else:
            letters[name] = letter
    return Placed(file, sheet, letters), faults


def _no_headings(head: Row, body: list[Row], bare: Placed, known: set[str]) -> Fault:
    for row in body[:LOOKED]:
        if len(_names(row) & known) >= 2:
            why = (
                f"is not the row of headings, which is row {row.number}",
                "take out the rows above it",
                "REG-HEAD-04",
            )
            return bare.fault(head.number, "", head.cells[0].text, why)
    why = ("is not the row of headings: none of them is id", "put the headings of the template there", "REG-HEAD-01")
    return bare.fault(head.number, "", head.cells[0].text, why)


def _names(row: Row) -> set[str]:
    return {_name(cell) for cell in row.cells}


def _name(cell: Cell) -> str:
    return "_".join(cell.text.lower().split())


def _letter(cell: Cell) -> str:
    return cell.reference.rstrip("0123456789")


def _row(row: Row, placed: Placed) -> tuple[Read, list[Fault]]:
    faults, texts = list[Fault](), dict.fromkeys(placed.letters, "")
    names = {letter: name for name, letter in placed.letters.items()}
    if row.hidden:
        why = ("stands in a hidden row", "show the row (or take the filter off), or clear it", "REG-ROW-01")
        faults.append(placed.fault(row.number, "id", row.cells[0].text, why))
    for cell in row.cells:
        name = names.get(_letter(cell), "")
        if not name:
            why = ("stands in a column without a heading", "clear it, or give the column a heading", "REG-HEAD-05")
            at = Placed(placed.file, placed.sheet, {"": _letter(cell)})
            faults.append(at.fault(row.number, "", cell.text, why))
            continue
        text = text_of(cell, name)
        if isinstance(text, Odd):
            faults.append(placed.fault(row.number, name, text.value, (text.reason, text.remedy, text.code)))
        else:
            texts[name] = text
    return Read(row.number, texts), faults + list(_nameless(row, texts, placed, bool(faults)))


def _nameless(row: Row, texts: Mapping[str, str], placed: Placed, odd: bool) -> Iterable[Fault]:
    first = next((text for text in texts.values() if text), "")
    if TOTALS.fullmatch(texts["id"] or first):
        why = ("looks like a row of totals", "take the row out: totals are not records", "REG-ROW-02")
        yield placed.fault(row.number, "id", first, why)
    elif not texts["id"] and not odd:
        why = ("is empty", "give the record an id, as muskoka-2010-canada", "REG-NEED-01")
        yield placed.fault(row.number, "id", "", why)
