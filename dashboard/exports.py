"""A panel's table as a file: exact figures, and beside them what a reader must know to cite or check them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from dashboard.carried import Carried
from dashboard.codes import Codes
from dashboard.formulas import guarded
from dashboard.panels import Column, Table
from dashboard.selection import DIMENSIONS, TERMS, Selection
from dashboard.words import listed, rounded, years

NUMBERS = ("usd", "percent", "number")
PER_CENT = "per cent"
QUOTIENTS = (PER_CENT, "US dollars")  # units of a computed number; amounts of money are of kind `usd`
SCALED = re.compile(r"\b(?:Billions|Millions|Thousands) of (\w)(?=[^.]*dollars)")
CENT, LEAST = Decimal("0.01"), Decimal("0.005")
RULE = (
    "Amounts and indicators are as exact as their source, and so are their sums. Quotients (per cent, per inhabitant) "
    "are computed from them and rounded to two decimals, or to two significant digits where they are 0.005 or less."
)
SPOKEN = {"source": "Source", "prices": "Prices", "method": "Goal mapping"}  # terms of a selection, in words
SPOKEN |= {"membership": "Group membership", "series": "Indicator"}
TYPES = {"usd": "decimal", "percent": "decimal", "number": "decimal", "year": "gYear", "whole": "integer"}


def to_csv(table: Table) -> str:
    """The table as CSV (RFC 4180, UTF-8, lines end with CRLF). Numbers as on the page, an absence is an empty cell."""
    return first_line(table.columns) + lines(table.columns, table.rows)


def first_line(columns: Sequence[Column]) -> str:
    """The headings."""
    return _written([[heading(column) for column in columns]])


def lines(columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> str:
    """The lines of some rows of a table."""
    return _written([_cell(value, column) for value, column in zip(row, columns, strict=True)] for row in rows)


def _written(rows: Iterable[Sequence[str]]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
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
    small = value and abs(value) <= LEAST  # two decimals would make it zero, which is another thing
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


def describe(one: Carried, table: Table, public: str, url: str = "") -> dict[str, Any]:
    """What stands beside the file, as CSV on the Web metadata: title, source, selection in words, edition, columns.
    public: how readers reach the app, put before the address. url: of the file itself, where there is one."""
    said = (one.sentence, one.note, "An empty cell: not reported.", RULE)
    return {
        "@context": "http://www.w3.org/ns/csvw",
        **({"url": url} if url else {}),
        "dc:title": one.title,
        "dc:description": unscaled(_described_by(one.subtitle, table.caption)),
        "dc:source": one.source_line,
        "dc:identifier": public + one.address,
        "dc:hasVersion": one.edition,
        "rdfs:comment": [part for part in said if part],
        "selection": one.filters,
        "tableSchema": {"columns": [_described(column) for column in table.columns]},
    }


def _described_by(subtitle: str, caption: str) -> str:
    """Both, as sentences; what the caption says already is not said twice."""
    return caption if subtitle in caption else ". ".join(part for part in (subtitle, caption) if part)


def _described(column: Column) -> dict[str, Any]:
    told = {"name": column.key, "titles": heading(column), "datatype": TYPES.get(column.kind, "string")}
    return told | ({"dc:description": column.means} if column.means else {})


def in_words(selection: Selection, codes: Codes) -> str:
    """What is picked, for people: `Donor: United Kingdom (GBR); years: 2005–2010`."""
    picked = [
        f"{name.capitalize()}: " + listed([_named(codes, name, code) for code in selection.picked(name)], 50)
        for name in DIMENSIONS
        if selection.picked(name)
    ]
    plain = Selection()
    terms = [
        f"{words}: {_spoken(codes, name, getattr(selection, name))}"
        for name, words in SPOKEN.items()
        if getattr(selection, name) and (name not in TERMS or getattr(selection, name) != getattr(plain, name))
    ]
    searched = [f"Stage: {selection.stage}"] if selection.stage != plain.stage else []
    searched += [f"Title or description holds “{selection.text}”"] if selection.text else []
    return "; ".join([*picked, f"Years picked: {years(selection.since, selection.until)}", *terms, *searched])


def _spoken(codes: Codes, term: str, value: str) -> str:
    """A term as people say it; the code itself where it has no name."""
    if term == "source" and value in codes.sources:
        return codes.sources[value].title
    return codes.indicators.get(value, value) if term == "series" else value


def _named(codes: Codes, dimension: str, code: str) -> str:
    name = codes.name(dimension, code)
    return name if name == code else f"{name} ({code})"
