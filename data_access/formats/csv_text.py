"""CSV (RFC 4180, UTF-8) of a stream, as `dashboard.exports` writes it of a table."""

from __future__ import annotations

from collections.abc import Iterator

from dashboard.exports import first_line
from dashboard.formulas import guarded
from data_access.formats.cells import joined, written
from data_access.formats.streams import Stream, told

QUOTED = frozenset(',"\r\n')
PLAIN = r"^[0-9A-Za-z][\x20-\x21\x23-\x2b\x2d-\x7e]*$"  # no quotes, no formula


def write(stream: Stream) -> Iterator[bytes]:
    """The headings, then the lines of each lot."""
    yield first_line(stream.columns).encode()
    for lot in told(stream):
        yield joined(written(lot, stream.columns, cell, PLAIN), between=",", end="\r\n")


def cell(text: str) -> str:
    """A text that no spreadsheet takes for a formula, between quotes where it needs them."""
    if text.isascii() and text.isalnum():
        return text
    text = guarded(text)
    return '"' + text.replace('"', '""') + '"' if QUOTED & set(text) else text
