"""A panel's table as a file: exact figures, and beside them what a reader must know to cite or check them."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from dashboard.codes import Codes
from dashboard.panels import Column, Drawing, Table
from dashboard.selection import DIMENSIONS, TERMS, Selection
from dashboard.words import listed, rounded, years

DANGEROUS = "=+-@\t\r"  # a spreadsheet reads what starts with one of these as a formula
NUMBERS = ("usd", "percent", "number")
PER_CENT = "per cent"
QUOTIENTS = (PER_CENT, "US dollars")  # units of a computed number; amounts of money are of kind `usd`
SCALED = re.compile(r"\b(?:Billions|Millions|Thousands) of (\w)(?=[^.]*dollars)")
CENT, LEAST = Decimal("0.01"), Decimal("0.005")
RULE = (
    "Amounts and indicators are as exact as their source, and so are their sums. Quotients (per cent, per inhabitant) "
    "are computed from them and rounded to two decimals, or to two significant digits where they are under 0.005."
)
TYPES = {"usd": "decimal", "percent": "decimal", "number": "decimal", "year": "gYear"}


def to_csv(table: Table) -> str:
    """The table as CSV (RFC 4180, UTF-8, lines end with CRLF). Numbers as on the page, an absence is an empty cell."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([heading(column) for column in table.columns])
    for row in table.rows:
        writer.writerow([_cell(value, column) for value, column in zip(row, table.columns, strict=True)])
    return out.getvalue()


def heading(column: Column) -> str:
    """`Disbursed (US dollars)`: the heading with its unit."""
    return f"{column.heading} ({unit(column)})" if unit(column) else column.heading


def unscaled(words: str) -> str:
    """The words of a figure for its table, whose amounts stand in whole dollars: not `Billions of current ...`."""
    return SCALED.sub(lambda found: found[1].upper(), words)


def unit(column: Column) -> str:
    """What a column is in: shares, which are kept as parts of one, are written in per cent."""
    return column.unit or (PER_CENT if column.kind == "percent" else "")


def figure(value: Decimal, column: Column) -> str:
    """A number as page and file both write it, with a point and no commas. RULE says what is rounded."""
    if column.kind == "percent":
        return _quotient(value * 100)
    if column.kind == "number" and column.unit in QUOTIENTS:
        return _quotient(value)
    return _stripped(value, 2 if column.kind == "usd" else 0)


def _quotient(value: Decimal) -> str:
    small = value and abs(value) < LEAST  # two decimals would make it zero, which is another thing
    return _stripped(rounded(value, 2)) if small else f"{value.quantize(CENT, ROUND_HALF_EVEN) + 0:f}"


def _stripped(value: Decimal, least: int = 0) -> str:
    """All its digits, less the zeros at the end, but with so many decimals at least."""
    whole, _, part = f"{value if value else Decimal(0):f}".partition(".")  # never 1E+3, never -0
    part = part.rstrip("0").ljust(least, "0")
    return f"{whole}.{part}" if part else whole


def _cell(value: Any, column: Column) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal) or (isinstance(value, int) and column.kind in NUMBERS):
        return figure(Decimal(value), column)
    if isinstance(value, int):
        return str(value)
    return guarded(str(value))


def guarded(text: str) -> str:
    """A text that no spreadsheet takes for a formula: an apostrophe goes first. Numbers never pass here."""
    first = next((c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c)[0] not in "CZ"), "")
    return f"'{text}" if first and (first in DANGEROUS or text[0] in DANGEROUS) else text


def describe(table: Table, drawing: Drawing, words: str, edition: str, address: str) -> dict[str, Any]:
    """What stands beside the file, as CSV on the Web metadata: title, source, selection in words, edition, columns."""
    said = (drawing.sentence, drawing.note, "An empty cell: not reported.", RULE)
    return {
        "@context": "http://www.w3.org/ns/csvw",
        "dc:title": drawing.title,
        "dc:description": unscaled(_described_by(drawing.subtitle, table.caption)),
        "dc:source": drawing.source_line,
        "dc:identifier": address,
        "dc:hasVersion": edition,
        "rdfs:comment": [part for part in said if part],
        "selection": words,
        "tableSchema": {"columns": [_described(column) for column in table.columns]},
    }


def _described_by(subtitle: str, caption: str) -> str:
    """Both, as sentences; what the caption says already is not said twice."""
    return caption if subtitle in caption else ". ".join(part for part in (subtitle, caption) if part)


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
