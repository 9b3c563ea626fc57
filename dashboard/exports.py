"""A panel's table as a file: exact figures, and beside them what a reader must know to cite or check them."""

from __future__ import annotations

import csv
import io
import unicodedata
from decimal import Decimal
from typing import Any

from dashboard.codes import Codes
from dashboard.panels import Column, Drawing, Table
from dashboard.selection import DIMENSIONS, TERMS, Selection
from dashboard.words import listed, years

DANGEROUS = "=+-@\t\r"  # a spreadsheet reads what starts with one of these as a formula
TYPES = {"usd": "decimal", "percent": "decimal", "number": "decimal", "year": "gYear"}


def to_csv(table: Table) -> str:
    """The table as CSV (RFC 4180, UTF-8, lines end with CRLF). Decimals as they are, an absence is an empty cell."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([heading(column) for column in table.columns])
    for row in table.rows:
        writer.writerow([_cell(value, column) for value, column in zip(row, table.columns, strict=True)])
    return out.getvalue()


def heading(column: Column) -> str:
    """`Disbursed (US dollars)`: the heading with its unit."""
    return f"{column.heading} ({column.unit})" if column.unit else column.heading


def _cell(value: Any, column: Column) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value:f}"  # never 1E+3
    if isinstance(value, int):
        return str(value)
    return guarded(str(value))


def guarded(text: str) -> str:
    """A text that no spreadsheet takes for a formula: an apostrophe goes first. Numbers never pass here."""
    first = next((c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) != "Cf"), "")
    return f"'{text}" if first and (first in DANGEROUS or text[0] in DANGEROUS) else text


def describe(table: Table, drawing: Drawing, words: str, edition: str, address: str) -> dict[str, Any]:
    """What stands beside the file, as CSV on the Web metadata: title, source, selection in words, edition, columns."""
    return {
        "@context": "http://www.w3.org/ns/csvw",
        "dc:title": drawing.title,
        "dc:description": f"{drawing.subtitle} {table.caption}".strip(),
        "dc:source": drawing.source_line,
        "dc:identifier": address,
        "dc:hasVersion": edition,
        "rdfs:comment": [part for part in (drawing.sentence, drawing.note, "An empty cell: not reported.") if part],
        "selection": words,
        "tableSchema": {"columns": [_described(column) for column in table.columns]},
    }


def _described(column: Column) -> dict[str, Any]:
    return {"name": column.key, "titles": heading(column), "datatype": TYPES.get(column.kind, "string")}


def in_words(selection: Selection, codes: Codes) -> str:
    """What is picked, for people: `Donor: United Kingdom (GBR); years: 2005–2010`."""
    picked = [
        f"{name.capitalize()}: " + listed([_named(codes, name, code) for code in selection.picked(name)], 50)
        for name in DIMENSIONS
        if selection.picked(name)
    ]
    plain = Selection()
    terms = [
        f"{name.capitalize()}: {getattr(selection, name)}"
        for name in ("source", "prices", "method", "membership", "series")
        if getattr(selection, name) and (name not in TERMS or getattr(selection, name) != getattr(plain, name))
    ]
    return "; ".join([*picked, f"Years: {years(selection.since, selection.until)}", *terms])


def _named(codes: Codes, dimension: str, code: str) -> str:
    name = codes.name(dimension, code)
    return name if name == code else f"{name} ({code})"
