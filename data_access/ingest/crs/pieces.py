"""What has been read of a file at once, with its account; and how one thread reads ahead while another writes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace

import pyarrow as pa

from data_access.ingest.crs.layouts import Layout
from data_access.ingest.faults import Fault

MOST = 512 << 20  # bytes that are treated together, however few the records
Told = list[tuple[Fault, str]]  # faults with the record they are of


@dataclass
class Piece:
    """Some records as text, under our names, with `line` and `raw`; and what of the file is not in them.

    `lines` = headings + blank + continued + refused + records. `counted`: warnings that are only counted.
    `cells`, `raw`: fields and the record verbatim in SQL over the table, where they are not columns of these names."""

    name: str
    layout: Layout
    table: pa.Table
    lines: int
    size: int = 0
    headings: int = 0
    blank: int = 0
    continued: int = 0
    refused: Told = field(default_factory=list)
    warnings: Told = field(default_factory=list)
    counted: Counter[str] = field(default_factory=Counter)
    cells: dict[str, str] = field(default_factory=dict)
    raw: str = "raw"


def together(pieces: Iterator[Piece], rows: int) -> Iterator[Piece]:
    """Pieces of exactly so many records, but the last of all; fewer where they are long. `pieces` are of one file."""
    waiting: Piece | None = None
    for piece in pieces:
        waiting = piece if waiting is None else _joined(waiting, piece)
        while waiting is not None and (waiting.table.num_rows >= rows or waiting.table.nbytes >= MOST):
            whole, waiting = _cut(waiting, rows)
            yield whole
    if waiting is not None:
        yield waiting


def _cut(piece: Piece, rows: int) -> tuple[Piece, Piece | None]:
    """Its first records with the whole account, and those left over, already accounted for."""
    if piece.table.num_rows <= rows:
        return piece, None
    rest = Piece(piece.name, piece.layout, piece.table.slice(rows), 0, cells=piece.cells, raw=piece.raw)
    return replace(piece, table=piece.table.slice(0, rows)), rest


def _joined(one: Piece, two: Piece) -> Piece:
    table = pa.concat_tables([one.table, two.table])
    joined = Piece(one.name, one.layout, table, one.lines + two.lines, one.size + two.size)
    joined.cells, joined.raw = one.cells, one.raw
    for name in ("headings", "blank", "continued", "refused", "warnings", "counted"):
        setattr(joined, name, getattr(one, name) + getattr(two, name))
    return joined


def ahead(pieces: Iterator[Piece]) -> Generator[Piece]:
    """The same pieces, the next one read in a thread of its own: bytes are looked at while the engine writes."""
    with ThreadPoolExecutor(1, "crs-reader") as thread:
        waiting = thread.submit(next, pieces, None)
        while (piece := waiting.result()) is not None:
            waiting = thread.submit(next, pieces, None)
            yield piece
