"""The cells of one sheet as they are stored. Nothing is calculated; what a sheet may not hold is a fault."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from data_access.ingest.faults import Fault

MOST_ROWS, MOST_COLUMNS, MOST_CELLS = 20_000, 200, 500_000
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384  # of any workbook
REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True)
class Cell:
    """One cell. kind: text, number, date, percent, truth, error or formula."""

    reference: str
    kind: str
    text: str


@dataclass
class Row:
    """One row of a sheet. hidden: whether a reader of the sheet would not see it."""

    sheet: str
    number: int
    hidden: bool = False
    cells: list[Cell] = field(default_factory=list)


class Worksheet:
    """What is read of one sheet while its elements go by."""

    def __init__(self, name: str, sheet: str, strings: list[str], styles: list[str]) -> None:
        self.name, self.sheet, self.strings, self.styles = name, sheet, strings, styles
        self.rows: list[Row] = []
        self._row, self._count, self._column = Row(sheet, 0), 0, 0
        self._at, self._type, self._style, self._texts = "", "", 0, list[str]()
        self._value, self._formula = "", False
        self._unseen: list[tuple[int, int]] = []  # columns that are hidden, from and to

    def begin(self, tag: str, told: Mapping[str, str]) -> None:
        if tag == "row":
            number = told.get("r", "")
            self._row = Row(self.sheet, int(number) if number.isdigit() else self._row.number + 1)
            self._row.hidden, self._column = told.get("hidden") in ("1", "true"), 0
        elif tag == "c":
            self._column += 1
            self._at = self._place(told.get("r") or f"{letters(self._column)}{self._row.number}")
            self._type, self._value, self._formula, self._texts = told.get("t", "n"), "", False, []
            self._style = int(told["s"]) if told.get("s", "").isdigit() else 0
        elif tag == "f":
            self._formula = True
        elif tag == "col" and told.get("hidden") in ("1", "true"):
            self._unseen.append((int(told.get("min", "0")), int(told.get("max", "0"))))
        elif tag == "mergeCell":
            raise self._fault(
                told.get("ref", "").partition(":")[0], told.get("ref", ""), "are merged", "take the merging off", "02"
            )
        elif tag == "oleObject":
            raise self._fault("", "oleObject", "is another file", "take it out", "03")

    def end(self, tag: str, text: str) -> None:
        if tag == "v":
            self._value = text
        elif tag == "f":
            self._texts = [text]
        elif tag == "t":
            self._texts.append(text)
        elif tag == "c":
            self._cell()
        elif tag == "row" and self._row.cells:
            self.rows.append(self._row)
            if len(self.rows) > MOST_ROWS:
                raise self._fault(
                    f"A{self._row.number}", self.sheet, f"has more than {MOST_ROWS:,} rows", "split the file", "04"
                )

    def _place(self, reference: str) -> str:
        found = REFERENCE.fullmatch(reference)
        if not found or int(found[2]) > LAST_ROW or number(found[1]) > LAST_COLUMN:
            raise self._fault(reference, reference, "is no place in a sheet", "save the file again", "05")
        if int(found[2]) != self._row.number:
            raise self._fault(reference, reference, f"stands in row {self._row.number}", "save the file again", "05")
        self._column = number(found[1])
        return reference

    def _cell(self) -> None:
        kind, text = self._content()
        if not text.strip() and kind != "formula":
            return
        if self._column > MOST_COLUMNS:
            raise self._fault(self._at, text, f"stands beyond column {letters(MOST_COLUMNS)}", "clear it", "06")
        if any(first <= self._column <= last for first, last in self._unseen):
            raise self._fault(self._at, text, "stands in a hidden column", "show the column, or clear it", "08")
        self._count += 1
        if self._count > MOST_CELLS:
            raise self._fault(self._at, self.sheet, f"has more than {MOST_CELLS:,} cells", "split the file", "04")
        self._row.cells.append(Cell(self._at, kind, text))

    def _content(self) -> tuple[str, str]:
        if self._formula:
            return "formula", "=" + "".join(self._texts)
        if self._type == "s":
            place = int(self._value) if self._value.isdigit() else -1
            if not 0 <= place < len(self.strings):
                raise self._fault(self._at, self._value, "is no text of this workbook", "save the file again", "07")
            return "text", decoded(self.strings[place])
        if self._type in ("inlineStr", "str"):
            return "text", decoded("".join(self._texts) or self._value)
        if self._type in ("b", "e"):
            return ("truth", "TRUE" if self._value == "1" else "FALSE") if self._type == "b" else ("error", self._value)
        if self._type == "d":
            return "date", self._value
        style = self.styles[self._style] if self._style < len(self.styles) else ""
        return style or "number", self._value

    def _fault(self, cell: str, value: str, why: str, remedy: str, code: str) -> Fault:
        return Fault(self.name, 0, "", value, why, remedy, f"REG-CELL-{code}", sheet=self.sheet, cell=cell)


def decoded(text: str) -> str:
    """A text without the escapes that workbooks use for characters XML cannot hold."""
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def letters(column: int) -> str:
    """1 -> A, 27 -> AA."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def number(column: str) -> int:
    """A -> 1, AA -> 27."""
    total = 0
    for letter in column:
        total = total * 26 + ord(letter) - 64
    return total
