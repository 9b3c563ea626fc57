"""The words of a file that stand in sheets of their own: what it is of, and what its columns and terms mean."""

from __future__ import annotations

from datetime import date

from dashboard.carried import cited
from dashboard.definitions import DEFINITIONS
from dashboard.exports import RULE, heading, unit, unscaled
from data_access.formats.streams import Stream

Rows = list[tuple[str, ...]]
KINDS = {
    "code": "Code",
    "usd": "Number",
    "percent": "Number",
    "number": "Number",
    "year": "Whole number",
    "whole": "Whole number",
    "date": "Date, as far as it is known",
}
DIGITS = "Spreadsheets show fifteen digits of a number; the file itself, and CSV, Parquet and JSON, hold all of them."


def about(stream: Stream) -> Rows:
    """What the file is of, under which selection, from where, and how to cite it and find it again."""
    one = stream.one
    told = (
        ("Title", one.title),
        ("Shows", unscaled(one.subtitle)),
        ("Selection", one.filters),
        ("Source", one.source_line),
        ("Edition", one.edition),
        ("Address", stream.public + one.address),
        ("Newest figures", stream.public + one.newest),
        ("How to cite", cited(one, stream.public, date.today())),
        ("In words", one.sentence),
        ("Note", one.note),
        ("Rows", f"{stream.count:,}"),
        ("Absences", "An empty cell: not reported. It is not a zero."),
        ("Figures", f"{RULE} {DIGITS}"),
    )
    return [("About", "This file"), *(row for row in told if row[1])]


def definitions(stream: Stream) -> Rows:
    """Each column with its kind, its unit and what it means; then the terms that the panel uses."""
    columns = [(heading(c), KINDS.get(c.kind, "Text"), _said(unit(c), c.means)) for c in stream.columns]
    terms = [(term, "Term", DEFINITIONS[term]) for term in stream.one.terms if term in DEFINITIONS]
    return [("Column or term", "Kind", "Unit or meaning"), *columns, *terms]


def _said(unit_: str, means: str) -> str:
    return ". ".join(part for part in (unit_[:1].upper() + unit_[1:] if means else unit_, means) if part)
