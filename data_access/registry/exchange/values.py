"""What stands in a cell, as the text that a column keeps; what a spreadsheet made of it is said, never guessed away."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from data_access.registry.checks import DATES, FIGURES
from data_access.registry.exchange.worksheet import Cell

DIGITS = 15  # significant digits that a number of a spreadsheet keeps
EPOCH = date(1899, 12, 30)  # serial number 0, as spreadsheets count from March 1900 on
SERIALS = range(16_439, 73_051)  # 1945 to 2099
PLAIN_YEARS = range(1945, 2101)
WHOLE = re.compile(r"-?\d+", re.ASCII)


@dataclass(frozen=True)
class Odd:
    """What a spreadsheet made of a cell: reason, way out, code."""

    value: str
    reason: str
    remedy: str
    code: str


def text_of(cell: Cell, column: str) -> str | Odd:
    """The text that the column keeps of the cell, or what is odd about it."""
    if cell.kind == "text":
        return _plain(cell.text)
    if cell.kind == "formula":
        return Odd(cell.text, "is a formula", "replace it by its value (copy, paste values)", "REG-FORM-01")
    if cell.kind == "error":
        return Odd(cell.text, "is an error of the spreadsheet", "repair it, or clear the cell", "REG-NUM-11")
    if cell.kind == "truth":
        return Odd(cell.text, "is a truth value of the spreadsheet", "write it as text", "REG-TRUTH-01")
    if cell.kind == "percent":
        return Odd(cell.text, "is formatted as per cent", _of_percent(cell.text), "REG-NUM-13")
    if cell.kind == "date":
        return Odd(cell.text, "is a date of the spreadsheet", _of_date(cell.text, column), "REG-DATE-03")
    return _number(cell.text, column)


def _plain(text: str) -> str:
    """Spaces of all kinds are spaces; those at the ends mean nothing."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    spaced = ("".join(" " if unicodedata.category(letter) == "Zs" else letter for letter in line) for line in lines)
    return "\n".join(line.strip(" \t") for line in spaced).strip("\n")


def _number(text: str, column: str) -> str | Odd:
    """Numbers are binary in a spreadsheet: the shortest decimal that is the same number is what was typed."""
    try:
        value = float(text)
        written = repr(value)
    except ValueError:
        return Odd(text, "is stored as a number and is none", "type it anew", "REG-NUM-01")
    if value in (float("inf"), float("-inf")) or value != value:
        return Odd(text, "is no finite number", "type it anew", "REG-NUM-01")
    digits = len(re.sub(r"[-.]|[eE].*", "", written).strip("0"))
    if digits > DIGITS:
        why = f"has more than the {DIGITS} digits that a spreadsheet keeps"
        return Odd(text, why, "format the cell as text and type it anew", "REG-NUM-14")
    whole = f"{value:.0f}" if value.is_integer() and abs(value) < 1e15 else _exact(written)
    if column in DATES and not (value.is_integer() and int(value) in PLAIN_YEARS):
        return Odd(whole, "is a number, not a date", _of_date(text, column), "REG-DATE-03")
    return whole


def _exact(written: str) -> str:
    return f"{Decimal(written):f}"


def _of_percent(text: str) -> str:
    try:
        return f"format the cell as text and write {_exact(repr(float(text) * 100))}"
    except ValueError:
        return "format the cell as text and type it anew"


def _of_date(text: str, column: str) -> str:
    serial = text.partition(".")[0]
    meant = ""
    if WHOLE.fullmatch(serial) and int(serial) in SERIALS:
        meant = (EPOCH + timedelta(days=int(serial))).isoformat()
    if column in FIGURES:
        return f"format the cell as a number and type it anew{f' (it shows {meant})' if meant else ''}"
    return f"format the cell as text and write {meant or '2010, 2010-06 or 2010-06-26'}"
