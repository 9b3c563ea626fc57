"""An independent reading of CRS text with Python's own means: records, and US dollars by stage and year.

It shares nothing with the reader, spells out the columns it needs, and counts what stands in the file: records of the
heading's width, refused ones included where their year and amount can be read. Core contributions to multilaterals
(bi_multi 2) are left out, as in the reader.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_EVEN, Context, Decimal
from pathlib import Path

import pyarrow.parquet as pq

from data_access.ingest.readers import Lookups, Plain

BLOCK = 8 << 20
STAGES = {"committed": "usdcommitment", "disbursed": "usddisbursement"}
EXACT = Context(prec=80)
LONGEST, WIDEST_FIELD, MOST_LINES = 1_000_000, 200_000, 500
NUMBER = re.compile(r"[+-]?(\d{1,30}(\.\d*)?|\.\d+)([eE][+-]?\d{1,2})?", re.ASCII)
NOTHING = " \t\r\n\v\f\x1a\x1c\x1d\x1e\x1f\x85\xa0"
HALF = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")
YEAR = re.compile(rb"\d{4}").fullmatch
Units = dict[tuple[str, bytes], int]  # (stage, year) -> hundred-millionths of a US dollar


def plain(paths: Sequence[Path], lookups: Lookups) -> Plain:
    """What the text files hold, counted without the reader. `lookups` is not needed: no code is translated."""
    units: Units = defaultdict(int)
    records = 0
    for path in paths:
        table = path.suffix.lower() == ".parquet"
        records += _table(path, units) if table else _Count(path, units).records()
    sums: dict[tuple[str, int], Decimal] = {}
    for (stage, year), value in units.items():
        if YEAR(year.strip()):
            sums[stage, int(year)] = sums.get((stage, int(year)), Decimal(0)) + Decimal(value).scaleb(-8, EXACT)
    return Plain(records, sums)


class _Count:
    """One file. Sound lines cost one `split`; all others go through `csv`."""

    def __init__(self, path: Path, units: Units) -> None:
        self.path, self.units = path, units
        self.seen = 0
        self.open: list[bytes] = []  # lines of a record whose quote is open

    def records(self) -> int:
        for lines, odd in self._blocks():
            if not hasattr(self, "width"):
                self._heading(lines.pop(0).removeprefix(b"\xef\xbb\xbf"))
            self._sound(lines, odd)
        while self.open:
            self._unclosed()
        return self.seen

    def _heading(self, line: bytes) -> None:
        self.mark = max((b"|", b",", b"\t", b";"), key=line.count)
        names = [re.sub(r"[^a-z0-9]", "", cell.lower()) for cell in self._text(line).split(self.mark.decode())]
        self.width = len(names)
        sort = "bimulti" if "bimulti" in names else "bilateralmultilateral"
        self.year, self.sort = names.index("year"), names.index(sort)
        self.places = {stage: names.index(name) for stage, name in STAGES.items()}
        self.last = max(self.year, self.sort, *self.places.values()) + 1

    def _blocks(self) -> Iterator[tuple[list[bytes], bool]]:
        """Lines, and whether a NUL, a lone CR or half a pair of UTF-16 is among them."""
        with self.path.open("rb") as file:
            first = file.read(1 << 20)
            end = b"\r" if b"\r" in first and b"\n" not in first else b"\n"
            file.seek(0)
            rest = b""
            while block := file.read(BLOCK):
                text = rest + block
                lone = end == b"\n" and text.count(b"\r") != text.count(b"\r\n")
                *lines, rest = text.split(end)
                yield lines, lone or b"\0" in text or (b"\xed" in text and HALF.search(text) is not None)
            if rest:
                yield [rest], True

    def _sound(self, lines: list[bytes], odd: bool) -> None:
        """Lines of a block; `odd`: whether there is a byte among them that makes every line worth a second look."""
        mark, separators, last, units = self.mark, self.width - 1, self.last, self.units
        year, sort, seen = self.year, self.sort, 0
        committed, disbursed = self.places["committed"], self.places["disbursed"]
        for line in lines:
            bare = _unquoted(line, mark, last) if b'"' in line else line
            if bare.count(mark) != separators or odd or self.open or len(line) > WIDEST_FIELD:
                self._odd(line)
                continue
            cells = bare.split(mark, last)
            if not cells[year]:
                self._odd(line)
                continue
            seen += 1
            if cells[sort] == b"2":
                continue
            for stage, text in (("committed", cells[committed]), ("disbursed", cells[disbursed])):
                if text:
                    whole, _, part = text.partition(b".")
                    digits = whole[1:] if whole[:1] == b"-" else whole
                    if digits.isdigit() and len(digits) <= 6 and len(part) <= 8 and (part.isdigit() or not part):
                        units[stage, cells[year]] += int(whole + part.ljust(8, b"0")) * 1_000_000
                    else:
                        _add(units, stage, cells[year], self._text(text))
        self.seen += seen

    def _odd(self, line: bytes) -> None:
        """A line that is not plainly a record: quotes, a lone CR, other widths."""
        line = line.removesuffix(b"\r")
        if self.open:
            self._more(line)
            return
        text = self._text(line)
        if not text.strip(NOTHING):
            return
        parts = [part for part in line.split(b"\r") if part]
        if len(parts) > 1 and all(part.count(self.mark) == self.width - 1 for part in parts) and len(text) <= LONGEST:
            for part in parts:
                self._cells(self._divided(part))
            return
        cells = self._divided(line) if len(text) <= LONGEST else []
        if cells is None:
            self.open = [line]
        else:
            self._cells(cells)

    def _divided(self, line: bytes) -> list[str] | None:
        """Cells; a quote that encloses no cell is text. None where one stays open."""
        mark, text = self.mark.decode(), self._text(line)
        literal = text.split(mark)
        quoted = _quoted([text], mark)
        if quoted is not None and len(quoted) == self.width:
            return quoted
        if any(cell[:1] == '"' and cell.count('"') % 2 for cell in literal):
            return None
        return literal

    def _more(self, line: bytes) -> None:
        """One line more of a record whose quote is open."""
        if line.count(self.mark) >= self.width - 1:
            self._unclosed()
            self._odd(line)
            return
        self.open.append(line)
        if b'"' in line:
            cells = _quoted([self._text(part) + "\n" for part in self.open], self.mark.decode())
            if cells is not None and len(cells) >= self.width:
                if len(cells) == self.width:
                    self.open = []
                    self._cells(cells)
                else:
                    self._unclosed()
                return
        if len(self.open) >= MOST_LINES or sum(map(len, self.open)) > LONGEST:
            self._unclosed()

    def _unclosed(self) -> None:
        """The quote was never closed: its line is a record that cannot be read, those after it stand by themselves."""
        again, self.open = self.open[1:], []
        self.seen += 1
        for line in again:
            self._odd(line)

    def _cells(self, cells: list[str] | None) -> None:
        if cells and len(cells) == self.width and not "".join(cells).strip(NOTHING + '"{}|,;'):
            return
        self.seen += 1
        if not cells or len(cells) != self.width or max(map(len, cells)) > WIDEST_FIELD:
            return
        if cells[self.sort].strip() == "2" or any("\0" in cell for cell in cells):
            return
        for stage, place in self.places.items():
            _add(self.units, stage, cells[self.year].strip().encode(), cells[place])

    def _text(self, line: bytes) -> str:
        try:
            return line.decode("utf-8")
        except UnicodeDecodeError:
            halved = HALF.sub(b"\0", line)
            return line.decode("cp1252", "replace") if halved == line else halved.decode("utf-8", "replace")


def _unquoted(line: bytes, mark: bytes, last: int) -> bytes:
    """A line without its quoted cells, where they are closed and come after the columns that are counted; else none."""
    pieces = line.split(b'"')
    between = pieces[2:-1:2]
    closed = len(pieces) % 2 == 1 and pieces[0][-1:] == mark and pieces[-1][:1] in (mark, b"\r", b"")
    if not closed or pieces[0].count(mark) < last:
        return b""
    if any(piece and (piece[:1] != mark or piece[-1:] != mark) for piece in between):
        return b""
    return b"".join(pieces[::2])


def _add(units: Units, stage: str, year: bytes, text: str) -> None:
    """Any writing of a number; what is none counts nothing."""
    plain = text.strip("\t \u00a0\u202f\u2009\u2007")
    if not NUMBER.fullmatch(plain):
        return
    value = Decimal(plain)
    if abs(value) < 10**6:
        units[stage, year] += int(value.scaleb(14, EXACT).quantize(Decimal(1), ROUND_HALF_EVEN, EXACT))


def _quoted(lines: list[str], mark: str) -> list[str] | None:
    csv.field_size_limit(2 * LONGEST)
    try:
        rows = list(csv.reader(lines, delimiter=mark, strict=True))
    except csv.Error:
        return None
    return rows[0] if len(rows) == 1 else None


def _table(path: Path, units: Units) -> int:
    """A Parquet file, row by row; only unpacking is left to a library."""
    file, seen = pq.ParquetFile(path), 0
    names = {re.sub(r"[^a-z0-9]", "", name.lower()): name for name in file.schema_arrow.names}
    sort = names.get("bimulti") or names["bilateralmultilateral"]
    used = [names["year"], sort, *(names[name] for name in STAGES.values())]
    for batch in file.iter_batches(16_384, columns=used):
        year, kind, committed, disbursed = (batch.column(name).to_pylist() for name in used)
        seen += batch.num_rows
        for row in zip(year, kind, committed, disbursed, strict=True):
            if str(row[1]).removesuffix(".0") == "2" or row[0] is None:
                continue
            for stage, amount in zip(STAGES, row[2:], strict=True):
                if amount is not None:
                    _add(units, stage, str(row[0]).removesuffix(".0").encode(), str(amount))
    return seen
