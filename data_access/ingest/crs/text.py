"""A text file of the CRS as pieces: fields as text, the physical line of each record, the record verbatim."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from data_access.ingest.crs import codes, encodings, layouts, letters, opening, scan
from data_access.ingest.crs.careful import LINE_LIMIT, Desk
from data_access.ingest.crs.looked import Looked
from data_access.ingest.crs.pieces import Piece
from data_access.ingest.crs.tally import LISTED
from data_access.ingest.faults import Fault


@dataclass
class TextFile:
    """One file being read. `line`: number of the next physical line. `notes`: sentences about the file as a whole."""

    path: Path
    name: str
    notes: list[str] = field(default_factory=list)
    line: int = 1
    _opened: opening.Opened | None = None
    _desk: Desk | None = None
    _crlf: bool | None = None
    _mixed: bool = False
    _listed: Counter[str] = field(default_factory=Counter)

    def pieces(self) -> Iterator[Piece]:
        """Some ten thousand records at once. Raises Fault where the file as a whole cannot be read."""
        opened = self._opened = opening.look(self.path, self.name)
        decoder = encodings.Decoder(self.name, opened)
        tail, carry = b"", b""
        with self.path.open("rb") as file:
            for read, last in scan.pieces(file, opened):
                tail, lines = _whole_lines(tail + read, last)
                data = carry + self._decoded(decoder, lines, carry.count(b"\n"))
                if data:
                    piece, carry = self._block(data, opened, last)
                    piece.size = len(read)
                    yield piece
        if opened.only_cr:
            self.notes.append(f"{self.name}: lines end in CR; they were read as lines.")
        if decoder.encoding == "cp1252":
            self.notes.append(f"{self.name}: the text is Windows-1252; it was read as such.")

    def _decoded(self, decoder: encodings.Decoder, lines: bytes, before: int) -> bytes:
        try:
            return decoder.text(lines, self.line + before)
        except Fault as fault:
            written = lines.split(b"\n", 1)[0].decode("latin-1").split(decoder.delimiter.decode())
            headings = written if self._desk is None else self._desk.layout.headings
            fault.column = headings[fault.position - 1] if fault.position <= len(headings) else ""
            raise

    def _block(self, data: bytes, opened: opening.Opened, last: bool) -> tuple[Piece, bytes]:
        """Records of whole lines, and what of them is to be looked at again with the lines that follow."""
        started = self._desk is not None
        desk, warnings = (self._desk, []) if self._desk is not None else self._start(data, opened)
        block = scan.index(data, self.line, last, opened.delimiter, desk.layout.width)
        looked = Looked(desk, block, 0 if started else 1)
        looked.piece.warnings += [(warning, "") for warning in warnings]
        self._ends(looked)
        self._letters(looked)
        self.line += looked.piece.lines
        return looked.piece, looked.left()

    def _start(self, data: bytes, opened: opening.Opened) -> tuple[Desk, list[Fault]]:
        first = data.split(b"\n", 1)[0].decode("utf-8").rstrip("\r")
        delimiter = opened.delimiter.decode()
        cells = [cell.strip('" ') for cell in first.split(delimiter)]
        layout, warnings = layouts.read(self.name, cells, self.notes)
        self._desk = Desk(self.name, layout, delimiter)
        return self._desk, warnings

    def _ends(self, looked: Looked) -> None:
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
            line = looked.line(int(odd[0]))
            fault = Fault(self.name, line, "", names[0], reason, "write one kind of line end", codes.ENDS, "warning")
            looked.piece.warnings.append((fault, looked.text(int(odd[0]))))

    def _letters(self, looked: Looked) -> None:
        """Odd characters, where the text is not all ASCII."""
        if looked.block.data.isascii():
            return
        for at, *what in letters.odd(looked.block.data):
            index = int(np.searchsorted(looked.block.starts, at, "right")) - 1
            if index >= looked.count:
                continue
            self._listed[what[0]] += 1
            if self._listed[what[0]] > LISTED:
                looked.piece.counted[what[0]] += 1
            else:
                looked.piece.warnings.append((self._letter(looked, index, at, *what), looked.text(index)))

    def _letter(self, looked: Looked, index: int, at: int, code: str, reason: str, remedy: str) -> Fault:
        desk, text = looked.desk, looked.text(index)
        before = looked.block.data[looked.block.starts[index] : at].decode("utf-8")
        place = min(before.count(desk.delimiter), desk.layout.width - 1)
        value = text.split(desk.delimiter)[place]
        heading = desk.layout.headings[place]
        return Fault(self.name, looked.line(index), heading, value, reason, remedy, code, "warning", place + 1)


def _whole_lines(data: bytes, last: bool) -> tuple[bytes, bytes]:
    """What is left over, and the whole lines before it. Of a line without end only as much is kept as shows it is."""
    if last:
        return b"", data
    cut = data.rfind(b"\n") + 1
    rest = data[cut:]
    return (rest if len(rest) <= scan.BLOCK else rest[: 5 * LINE_LIMIT]), data[:cut]
