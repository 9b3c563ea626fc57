"""XLSX of a stream: the sheets Data, About and Definitions, sent while they are written.

Numbers are numbers with all their digits (spreadsheets keep fifteen), whole dates are dates, texts are texts whatever
they begin with: nothing is ever a formula."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import date

import pyarrow as pa

from dashboard.exports import heading
from dashboard.formulas import dangerous
from dashboard.panels import Column
from data_access.formats import workbook
from data_access.formats.cells import joined, written
from data_access.formats.pipe import Pipe
from data_access.formats.streams import Stream, told
from data_access.formats.words import about, definitions
from data_access.spreadsheet import entry, escaped, parts

LARGEST = 500_000  # rows of a workbook: those of more are opened slowly or not at all; a sheet ends at 1,048,576
LONGEST = 32_000  # characters of a cell, which holds 32,767 at most
CUT = " … (cut here: the CSV has all of it)"
START = date(1899, 12, 30)
WIDTHS = {"code": 12, "year": 9, "whole": 12, "date": 12, "usd": 20, "percent": 14, "number": 16}
STYLES = {"usd": workbook.MONEY, "year": workbook.WHOLE, "whole": workbook.WHOLE}


def too_long(count: int) -> str:
    """Why no workbook is made of so many rows, a sentence; empty where one is."""
    if count <= LARGEST:
        return ""
    return (
        f"A workbook (XLSX) is made of {LARGEST:,} rows at most, and these are {count:,}: please take CSV, Parquet or "
        "JSON, which hold all of them, or choose fewer years or countries."
    )


def write(stream: Stream) -> Iterator[bytes]:
    """Part by part."""
    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED, compresslevel=2) as archive:
        for name, content in parts(("Data", "About", "Definitions"), workbook.STYLES):
            archive.writestr(entry(name), content)
        yield pipe.taken()
        with archive.open(entry("xl/worksheets/sheet1.xml"), "w") as sheet:
            for piece in _data(stream):
                sheet.write(piece)
                yield pipe.taken()
        archive.writestr(entry("xl/worksheets/sheet2.xml"), workbook.words_sheet(about(stream), (18, 110)))
        told_of = workbook.words_sheet(definitions(stream), (30, 24, 90))
        archive.writestr(entry("xl/worksheets/sheet3.xml"), told_of)
    yield pipe.taken()


def _data(stream: Stream) -> Iterator[bytes]:
    titles = [heading(column) for column in stream.columns]
    yield workbook.begun([_width(column) for column in stream.columns], titles).encode()
    for lot in told(stream):
        columns = [lot.schema.field(column.key).type for column in stream.columns]
        held = written(lot, stream.columns, cell)
        parts = [_typed(column, kind, one) for column, kind, one in zip(stream.columns, columns, held, strict=True)]
        yield joined(["<row>", *parts, "</row>"], "<c/>")
    yield workbook.END.encode()


def _typed(column: Column, kind: pa.DataType, cells: pa.Array) -> pa.Array:
    if pa.types.is_string(kind):
        return cells
    style = STYLES.get(column.kind, workbook.PLAIN)
    parts = (pa.scalar(f'<c s="{style}"><v>'), cells, pa.scalar("</v></c>"), pa.scalar(""))
    return pa.compute.binary_join_element_wise(*parts)


def cell(text: str) -> str:
    """A text as a cell: a date where it is a whole one, else the text."""
    day = _day(text)
    if day is not None:
        return f'<c s="{workbook.DATE}"><v>{day}</v></c>'
    text = text if len(text) <= LONGEST else text[:LONGEST] + CUT
    style = workbook.QUOTED if dangerous(text) else workbook.PLAIN
    return f'<c s="{style}" t="inlineStr"><is><t xml:space="preserve">{escaped(text)}</t></is></c>'


def _day(text: str) -> int | None:
    if len(text) != 10 or text[4] != "-" or text[7] != "-":
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return (day - START).days if day.year >= 1900 else None


def _width(column: Column) -> int:
    return max(WIDTHS.get(column.kind, 24), min(len(heading(column)) // 2 + 2, 40))
