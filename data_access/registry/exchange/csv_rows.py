"""Rows of a CSV file as cells: UTF-8, commas, one heading row, as many fields in each row as there are headings."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterator

from dashboard.formulas import DANGEROUS, dangerous
from data_access.ingest.faults import Fault
from data_access.ingest.lookalikes import MARK, check_text
from data_access.registry.exchange.archive import MEGABYTE, MOST_BYTES
from data_access.registry.exchange.worksheet import MOST_COLUMNS, MOST_ROWS, Cell, Row, letters
from data_access.registry.numbers import PLAIN

LONGEST = 40_000  # characters of one field
OPENERS = tuple(set(DANGEROUS) - set("+-"))  # a field that begins so is a formula, and no text with a sign before it


def rows(content: bytes, name: str, sheet: str) -> Iterator[Row]:
    """Every row with content, the headings first. Raises Fault, with the line."""
    if not content:
        raise Fault(name, 0, "", name, "is empty", "export the registry and fill that in", "REG-FILE-01")
    if len(content) > MOST_BYTES:
        why = f"has {len(content):,} bytes, and {MOST_BYTES // MEGABYTE} MB may be"
        raise Fault(name, 0, "", name, why, "split it into smaller files", "REG-FILE-02")
    check_text(name, content.split(b"\n", 1)[0][:4096] + b"\n")
    text = _decoded(content.removeprefix(MARK), name)
    width = 0
    for line, fields in _fields(text, name):
        if not any(field.strip() for field in fields):
            continue
        width = width or _headed(fields, name)
        if len(fields) != width:
            why = f"has {len(fields)} fields, and the headings are {width}"
            remedy = "put texts with commas between quotation marks"
            raise Fault(name, line, "", ",".join(fields), why, remedy, "REG-CSV-02")
        cells = [Cell(f"{letters(at)}{line}", _kind(field), unguarded(field)) for at, field in enumerate(fields, 1)]
        yield Row(sheet, line, cells=[cell for cell in cells if cell.text.strip()])


def _decoded(content: bytes, name: str) -> str:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as wrong:
        line = content[: wrong.start].count(b"\n") + 1
        odd = content[wrong.start : wrong.start + 1].hex()
        raise Fault(
            name, line, "", f"0x{odd}", "is no UTF-8", "save the file as CSV in UTF-8", "REG-CSV-01", offset=wrong.start
        ) from None
    if "\x00" in text:
        line = text[: text.index("\x00")].count("\n") + 1
        raise Fault(name, line, "", "\x00", "is a zero byte", "save the file as CSV in UTF-8", "REG-CSV-01")
    return text


def _fields(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    csv.field_size_limit(LONGEST)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    first = 1
    try:
        for count, fields in enumerate(reader):
            yield first, fields
            first = reader.line_num + 1
            if count > MOST_ROWS:
                why = f"has more than {MOST_ROWS:,} rows"
                raise Fault(name, first, "", name, why, "split it into smaller files", "REG-CSV-05")
    except csv.Error as wrong:
        value = text.splitlines()[first - 1] if first <= text.count("\n") + 1 else ""
        why, remedy = f"cannot be read ({wrong})", "close every quotation mark; write one inside as two"
        raise Fault(name, first, "", value, why, remedy, "REG-CSV-03") from None


def _headed(fields: list[str], name: str) -> int:
    if len(fields) == 1 and any(mark in fields[0] for mark in ";\t|"):
        why = "is one heading: the fields are not apart by commas"
        raise Fault(name, 1, "", fields[0], why, "save the file as CSV with commas", "REG-CSV-04")
    if len(fields) > MOST_COLUMNS:
        why = f"is one of {len(fields):,} headings, and {MOST_COLUMNS} may be"
        raise Fault(name, 1, "", fields[MOST_COLUMNS], why, "take out what the template does not have", "REG-CSV-06")
    return len(fields)


def guarded(text: str) -> str:
    """As it is written, so that no spreadsheet takes it for a formula; `unguarded` is its inverse."""
    return f"'{text}" if text.startswith("'") or (dangerous(text) and not PLAIN.fullmatch(text)) else text


def unguarded(text: str) -> str:
    return text[1:] if text.startswith("'") and (text[1:].startswith("'") or dangerous(text[1:])) else text


def _kind(field: str) -> str:
    return "formula" if unicodedata.normalize("NFKC", field[:1]).startswith(OPENERS) else "text"
