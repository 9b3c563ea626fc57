"""A text file of the CRS as Arrow tables: fields as text, the physical line of each record, the record verbatim."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv

from data_access.ingest.crs import codes, encodings, letters, opening, scan
from data_access.ingest.crs.careful import LINE_LIMIT, Desk, Outcome, Read
from data_access.ingest.crs.layouts import Layout, read
from data_access.ingest.crs.tally import Tally
from data_access.ingest.faults import Fault

VIEW = np.dtype([("size", "<i4"), ("prefix", "<u4"), ("buffer", "<i4"), ("start", "<i4")])  # Arrow's string_view
SHORTEST = 13  # bytes from which a string_view lies in its buffer


@dataclass
class TextFile:
    """One file being read. `line`: number of the next physical line."""

    path: Path
    name: str
    tally: Tally
    line: int = 1
    layout: Layout = field(init=False)
    _opened: opening.Opened = field(init=False)
    _desk: Desk = field(init=False)
    _crlf: bool | None = None
    _mixed: bool = False

    def tables(self) -> Iterator[pa.Table]:
        """Tables of some thousand records. Raises Fault where the file as a whole cannot be read."""
        report = self.tally.report
        self._opened = opening.look(self.path, self.name)
        decoder = encodings.Decoder(self.name, self._opened)
        tail, carry = b"", b""
        with self.path.open("rb") as file:
            for piece, last in scan.pieces(file, self._opened):
                tail, lines = _whole_lines(tail + piece, last)
                report.tell(len(piece))
                data = carry + self._decoded(decoder, lines, carry.count(b"\n"))
                if data:
                    table, carry = self._block(data, last)
                    yield table
        if self._opened.only_cr:
            report.notes.append(f"{self.name}: lines end in CR; they were read as lines.")
        if decoder.encoding == "cp1252":
            report.notes.append(f"{self.name}: the text is Windows-1252; it was read as such.")

    def _decoded(self, decoder: encodings.Decoder, lines: bytes, before: int) -> bytes:
        try:
            return decoder.text(lines, self.line + before)
        except Fault as fault:
            if hasattr(self, "layout") and fault.position <= self.layout.width:
                fault.column = self.layout.headings[fault.position - 1]
            raise

    def _block(self, data: bytes, last: bool) -> tuple[pa.Table, bytes]:
        """Records of whole lines, and what of them is to be looked at again with the lines that follow."""
        headings = 0
        if not hasattr(self, "layout"):
            self._start(data)
            headings = 1
        block = scan.index(data, 0, self.line, last, self._opened.delimiter, self.layout.width)
        looked = _Looked(self, block, headings)
        looked.at_odd_lines()
        self._account(looked, headings)
        return looked.table(), looked.left()

    def _start(self, data: bytes) -> None:
        first = data.split(b"\n", 1)[0].decode("utf-8").rstrip("\r")
        delimiter = self._opened.delimiter.decode()
        cells = [cell.strip('" ') for cell in first.split(delimiter)]
        if len(cells) < 2:
            reason = 'is no line of headings: the columns of a release, divided by "|" or commas, are expected'
            raise Fault(self.name, 1, "Year", first, reason, "add it", codes.HEADLESS, position=1)
        self.layout = read(self.name, cells, self.tally.report)
        self._desk = Desk(self.name, self.layout, delimiter)

    def _account(self, looked: _Looked, headings: int) -> None:
        report = self.tally.report
        report.headings += headings
        report.lines += looked.count + looked.more
        report.blank += looked.blank
        report.continued += looked.continued
        self._ends(looked)
        for fault, raw in looked.faults:
            self.tally.refuse(fault, raw)
        report.read += len(looked.faults)
        for fault, raw in looked.warnings:
            self.tally.warn(fault, raw)
        self._letters(looked)
        self.line += looked.count + looked.more

    def _ends(self, looked: _Looked) -> None:
        """Line ends of two kinds: said once, with the first odd line."""
        ended = looked.block.crlf[: looked.count]
        if looked.block.last and not looked.block.data.endswith(b"\n"):
            ended = ended[:-1]
        if len(ended) and self._crlf is None:
            self._crlf = bool(ended[0])
        odd = np.flatnonzero(ended != self._crlf)
        if len(odd) and not self._mixed:
            self._mixed = True
            names = ("LF", "CR LF") if self._crlf else ("CR LF", "LF")
            reason = f"ends the line where line 1 has {names[1]}; it was read all the same"
            line = self.line + int(odd[0])
            fault = Fault(self.name, line, "", names[0], reason, "write one kind of line end", codes.ENDS, "warning")
            self.tally.warn(fault, "")

    def _letters(self, looked: _Looked) -> None:
        data = looked.block.data
        if data.isascii():
            return
        for at, code, reason, remedy in letters.odd(data):
            index = int(np.searchsorted(looked.block.starts, at, "right")) - 1
            if index >= looked.count or not self.tally.room(code):
                self.tally.count(code, int(index < looked.count))
                continue
            text = looked.text(index)
            place = data[looked.block.starts[index] : at].count(self._opened.delimiter)
            cells = text.split(self._desk.delimiter)
            heading = self.layout.headings[min(place, self.layout.width - 1)]
            value = cells[place] if place < len(cells) else text
            line = looked.line(index)
            fault = Fault(self.name, line, heading, value, reason, remedy, code, "warning", place + 1)
            self.tally.warn(fault, text)


class _Looked:
    """A block whose odd lines have been looked at one by one. `count`: physical lines of it that are done."""

    def __init__(self, file: TextFile, block: scan.Block, headings: int) -> None:
        self.file, self.block = file, block
        self.count = len(block.starts)
        self.records: list[Read] = []
        self.faults: list[tuple[Fault, str]] = []
        self.warnings: list[tuple[Fault, str]] = []
        self.blank = self.continued = self.more = 0
        self._shifts: list[tuple[int, int]] = []  # lines that lone CRs end move the numbers of those that follow
        self._from = headings
        block.sound[:headings] = False

    def line(self, index: int) -> int:
        return self.block.line + index + sum(more for at, more in self._shifts if at < index)

    def text(self, index: int) -> str:
        return self.block.data[self.block.starts[index] : self.block.ends[index]].decode("utf-8")

    def at_odd_lines(self) -> None:
        done = self._from
        for found in np.flatnonzero(~self.block.sound[self._from :]) + self._from:
            index = int(found)
            if index < done:
                continue
            outcome = self.file._desk.look(
                self.line(index), self.text(index), partial(self._after, index), self.block.last
            )
            if not outcome.taken:
                self.count = index
                return
            self._cut(index, outcome)
            self._take(index, outcome)
            done = index + outcome.taken

    def _after(self, index: int, lines: int) -> str | None:
        index += lines
        return self.text(index) if index < len(self.block.starts) else None

    def _take(self, index: int, outcome: Outcome) -> None:
        self.block.sound[index : index + outcome.taken] = False
        self.records += outcome.records
        self.faults += outcome.faults
        self.warnings += outcome.warnings
        self.blank += outcome.blank
        self.continued += outcome.taken - 1
        if outcome.more:
            self.more += outcome.more
            self._shifts.append((index, outcome.more))

    def _cut(self, index: int, outcome: Outcome) -> None:
        """A last line without a line end and with fields missing: the file has been cut."""
        ended = not self.block.last or self.block.data.endswith(b"\n")
        if ended or index + outcome.taken < len(self.block.starts) or not outcome.faults:
            return
        fault, raw = outcome.faults[0]
        if fault.code in (codes.SHORT, codes.QUOTE):
            width = self.file.layout.width
            found = raw.count(self.file._desk.delimiter) + 1
            reason = f"is where the file ends, without a line end: {found} of {width} columns found"
            raise Fault(
                self.file.name, fault.line, fault.column, raw[-60:], reason, "fetch the file again, whole", codes.CUT,
                position=fault.position,
            )  # fmt: skip

    def left(self) -> bytes:
        return self.block.data[self.block.starts[self.count] :] if self.count < len(self.block.starts) else b""

    def table(self) -> pa.Table:
        sound = np.flatnonzero(self.block.sound[: self.count])
        tables = [self._sound(sound)] if len(sound) else []
        if self.records:
            tables.append(self._careful())
        return pa.concat_tables(tables) if tables else self._careful()

    def _sound(self, sound: scan.Places) -> pa.Table:
        """Sound lines in one piece: fields by Arrow's parser, the line itself as a view of what was read."""
        block, layout = self.block, self.file.layout
        data = block.data if len(sound) == len(block.starts) else _joined(block, sound)
        fields = _fields(data, self.file._opened.delimiter.decode(), layout)
        if fields.num_rows != len(sound):
            reason = f"are the records that the parser found in {len(sound):,} lines from line {self.line(0):,}"
            raise Fault(self.file.name, 0, "", fields.num_rows, reason, "report this file", codes.KIND)
        lines = sound + block.line
        for at, more in self._shifts:
            lines = lines + (sound > at) * more
        return _table(lines, fields, _views(block, sound))

    def _careful(self) -> pa.Table:
        places = self.file.layout.places
        names = list(places)
        cells = {name: pa.array([r.fields[places[name]] for r in self.records], pa.string()) for name in names}
        raw = pa.array([record.raw for record in self.records], pa.string_view())
        return _table(np.array([r.line for r in self.records], np.int64), pa.table(cells), raw)


def _table(lines: scan.Places, fields: pa.Table, raw: pa.Array) -> pa.Table:
    return fields.append_column("line", pa.array(lines, pa.int32())).append_column("raw", raw)


def _fields(data: bytes, delimiter: str, layout: Layout) -> pa.Table:
    """The columns that are used, under our names, as text."""
    names = [f"c{place}" for place in range(layout.width)]
    used = {names[place]: name for name, place in layout.places.items()}
    table = pyarrow.csv.read_csv(
        pa.BufferReader(data),
        pyarrow.csv.ReadOptions(column_names=names, use_threads=False, block_size=len(data) + 1),
        pyarrow.csv.ParseOptions(delimiter=delimiter),
        pyarrow.csv.ConvertOptions(
            include_columns=list(used), column_types=dict.fromkeys(used, pa.string()), check_utf8=False
        ),
    )
    return table.rename_columns([used[name] for name in table.column_names])


def _joined(block: scan.Block, sound: scan.Places) -> bytes:
    """Sound lines with their line ends, run by run."""
    breaks = np.flatnonzero(np.diff(sound) != 1)
    firsts = sound[np.concatenate((np.zeros(1, np.int64), breaks + 1))]
    lasts = sound[np.append(breaks, len(sound) - 1)]
    following = np.append(block.starts, len(block.data))
    view = memoryview(block.data)
    return b"".join(view[block.starts[a] : following[b + 1]] for a, b in zip(firsts, lasts, strict=True))


def _views(block: scan.Block, sound: scan.Places) -> pa.Array:
    """Raw lines without their line ends, lying where they were read."""
    starts, ends = block.starts[sound], block.ends[sound]
    if len(sound) and int((ends - starts).min()) < SHORTEST:
        return pa.array([block.data[a:b].decode("utf-8") for a, b in zip(starts, ends, strict=True)], pa.string_view())
    array = np.frombuffer(block.data, np.uint8)
    views = np.zeros(len(sound), VIEW)
    views["size"], views["start"] = ends - starts, starts
    views["prefix"] = array[starts[:, None] + np.arange(4)].copy().view("<u4")[:, 0]
    return pa.Array.from_buffers(pa.string_view(), len(sound), [None, pa.py_buffer(views), pa.py_buffer(block.data)])


def _whole_lines(data: bytes, last: bool) -> tuple[bytes, bytes]:
    """What is left over, and the whole lines before it. Of a line without end only as much is kept as shows it is."""
    if last:
        return b"", data
    cut = data.rfind(b"\n") + 1
    rest = data[cut:]
    return (rest if len(rest) <= scan.BLOCK else rest[: 2 * LINE_LIMIT]), data[:cut]
