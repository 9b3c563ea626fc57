"""A Parquet file of the CRS as pieces: checked in a child of narrow means, then read in batches."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import orjson
import pyarrow as pa

from data_access.ingest import limited
from data_access.ingest.crs import codes, layouts, unpacking
from data_access.ingest.crs.layouts import Layout
from data_access.ingest.crs.pieces import Piece
from data_access.ingest.faults import Fault

MAGIC, ENCRYPTED = b"PAR1", b"PARE"
MOST_ROWS = 200_000_000
MOST_BYTES = 512 * limited.MEGABYTE  # of one batch: 32 KB a row, where real ones have about 2
MEMORY = 2560 * limited.MEGABYTE  # of address space: the libraries take half of it without using it
MONEY = ("committed", "disbursed")
BROKEN = (pa.ArrowException, OSError, ValueError)


@dataclass
class ParquetFile:
    """One file being read. `line`: number of the next row, 1-based. `notes`: sentences about the file as a whole."""

    path: Path
    name: str
    notes: list[str] = field(default_factory=list)
    line: int = 1
    _bad: dict[int, str] = field(default_factory=dict)  # row of the file, 0-based -> column whose text is not UTF-8

    def pieces(self) -> Iterator[Piece]:
        """Batches. Raises Fault where the file as a whole cannot be read."""
        _magic(self.path, self.name)
        shape = self._checked()
        layout, warnings = layouts.read(self.name, [name for name, _, _ in shape["columns"]], self.notes)
        warnings += _types(self.name, layout, shape["columns"])
        size = self.path.stat().st_size // max(1, shape["rows"])
        try:
            for batch in unpacking.dense(unpacking.opened(str(self.path)), range(shape["groups"])):
                piece = self._piece(layout, pa.Table.from_batches([batch]))
                piece.warnings = [(warning, "") for warning in warnings]
                piece.size = size * batch.num_rows
                warnings = []
                yield piece
        except BROKEN as wrong:
            raise self._fault(f"cannot be read ({type(wrong).__name__})", codes.PARQUET) from None

    def _piece(self, layout: Layout, table: pa.Table) -> Piece:
        first, rows = self.line, table.num_rows
        self.line += rows
        lines = np.arange(first, first + rows)
        bad = [row for row in self._bad if first <= row + 1 < first + rows]
        table = table.append_column(" line of the file", pa.array(lines, pa.int32()))
        if bad:
            table = table.filter(pa.array(~np.isin(lines - 1, bad)))
        piece = Piece(self.name, layout, table, rows, cells=_cells(layout, table.schema), raw=_raw(layout))
        piece.refused = [(self._text(layout, row), "") for row in bad]
        return piece

    def _text(self, layout: Layout, row: int) -> Fault:
        name = self._bad[row]
        place = layout.headings.index(name) + 1
        reason = f"is text that is not UTF-8, in {self._groups(row)}"
        return Fault(self.name, row + 1, name, "", reason, "write it in UTF-8", codes.PARQUET_TEXT, "row", place)

    def _groups(self, row: int) -> str:
        before = 0
        for group, rows in self._sizes.items():
            if row < before + rows:
                return f"row group {group}, row {row - before}"
            before += rows
        return f"row {row}"

    def _checked(self) -> dict[str, Any]:
        """What the child says of the file; bad texts are remembered."""
        limits = limited.Limits(memory=MEMORY, cpu=60 + self.path.stat().st_size // 1_000_000)
        said = limited.messages(unpacking.__name__, [str(self.path)], self.name, limits)
        shape: dict[str, Any] = {}
        self._sizes: dict[int, int] = defaultdict(int)
        try:
            for line in said:
                told = orjson.loads(line)
                if not shape:
                    shape = self._shaped(told)
                    continue
                before = sum(self._sizes.values()) - self._sizes[told["group"]]
                if told["bytes"] > MOST_BYTES:
                    reason = (
                        f"unpacks to {told['bytes']:,} bytes in {told['rows']:,} rows; at most {MOST_BYTES:,} are read"
                    )
                    raise self._fault(reason, codes.PARQUET_LIMIT)
                self._bad |= {before + row: name for row, name in told["bad"]}
                self._sizes[told["group"]] += told["rows"]
        except Fault as fault:
            if fault.code != "LIMIT-05":
                raise
            raise self._fault(fault.reason.replace("stopped its reader", "cannot be read"), codes.PARQUET) from None
        return shape

    def _shaped(self, shape: dict[str, Any]) -> dict[str, Any]:
        if shape["rows"] > MOST_ROWS:
            reason = f"says it holds {shape['rows']:,} rows; at most {MOST_ROWS:,} are read"
            raise self._fault(reason, codes.PARQUET_LIMIT)
        if not shape["rows"]:
            raise Fault(self.name, 0, "", 0, "rows are in the file", "take the file again, whole", codes.NOTHING)
        if shape["pickled"]:
            reason = "carries a column type that would run code when it is read (arrow.py_extension_type)"
            raise self._fault(reason, codes.PARQUET_CODEC)
        return shape

    def _fault(self, reason: str, code: str) -> Fault:
        return Fault(self.name, 0, "", self.name, reason, "take the file again, as published", code)


def _magic(path: Path, name: str) -> None:
    """The four letters at both ends, and a footer that fits between them."""
    size = path.stat().st_size
    with path.open("rb") as file:
        head = file.read(4)
        file.seek(max(0, size - 8))
        tail = file.read()
    if ENCRYPTED in (head, tail[-4:]):
        reason = "marks an encrypted file; files are read as published, without keys"
        raise Fault(name, 0, "", "PARE", reason, "take the open file", codes.PARQUET_CODEC, offset=0)
    for found, offset, where in ((head, 0, "start"), (tail[-4:], max(0, size - 4), "end")):
        if found != MAGIC:
            reason = f'stands at the {where} where Parquet has "PAR1"; the file is cut or something else'
            told = found.decode("latin-1")
            raise Fault(name, 0, "", told, reason, "fetch the file again, whole", codes.PARQUET, offset=offset)
    footer = int.from_bytes(tail[:4], "little")
    if footer > size - 12:
        reason = f"is the length of the footer in a file of {size:,} bytes"
        raise Fault(name, 0, "", footer, reason, "fetch the file again, whole", codes.PARQUET, offset=size - 8)


def _types(name: str, layout: Layout, columns: list[Any]) -> list[Fault]:
    """Raises Fault where a column holds lists or records; warns of amounts that are not decimal."""
    warnings = []
    ours = {place: name for name, place in layout.places.items()}
    for place, (heading, kind, nested) in enumerate(columns):
        if nested:
            reason = "is a column of lists or records where single values are expected"
            raise Fault(name, 0, heading, kind, reason, "write one value a row", codes.PARQUET_TYPE, position=place + 1)
        if ours.get(place) in MONEY and kind in ("double", "float", "halffloat"):
            reason = "is the type of amounts, which rounds; the shortest decimal that gives each number back was kept"
            warnings.append(
                Fault(name, 0, heading, kind, reason, "write DECIMAL", codes.PARQUET_DOUBLE, "warning", place + 1)
            )
    return warnings


def _cells(layout: Layout, schema: pa.Schema) -> dict[str, str]:
    """Our name -> its text in SQL. A code kept as a floating number, as where some are missing, loses its ".0"."""
    cells = {}
    for name, place in layout.places.items():
        text = f"coalesce(CAST({_quoted(layout.headings[place])} AS VARCHAR), '')"
        if pa.types.is_floating(schema.field(place).type) and name not in MONEY:
            text = rf"regexp_replace({text}, '\.0$', '')"
        cells[name] = text
    return cells | {"line": '" line of the file"'}


def _raw(layout: Layout) -> str:
    """The row as a JSON object in SQL; what is null is left out."""
    pairs = [
        f"{_text(orjson.dumps(heading).decode() + ':')} || CAST(to_json({_quoted(heading)}) AS VARCHAR)"
        for heading in layout.headings
    ]
    return f"'{{' || concat_ws(',', {', '.join(pairs)}) || '}}'"


def _quoted(heading: str) -> str:
    return '"' + heading.replace('"', '""') + '"'


def _text(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
