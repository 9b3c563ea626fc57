"""Published files as they are: their lines, their identity, and the sentence that names what is wrong with one.

Read line by line, whatever their size. While a record is being read, `Published.now` holds its physical lines and its
cells, so that what is kept of it or refused can be kept word for word.
"""

from __future__ import annotations

import csv
import hashlib
import re
import zipfile
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import IO, TypeVar

from data_access.ingest.archives import in_archive
from data_access.ingest.faults import SHOWN, Fault
from data_access.ingest.lookalikes import check_text

NUMBER = re.compile(r"-?\d{1,18}(\.\d{1,24})?(E-?\d{1,2})?", re.ASCII)
YEAR = re.compile(r"(19|20)\d\d", re.ASCII)
CELL_LIMIT = 200_000  # characters of one cell: descriptions run to some thousands
LINE_LIMIT = 1_000_000  # bytes of one physical line
BLOCK = 1 << 20
MILLION = Decimal(1_000_000)
LARGEST = Decimal(10) ** 12  # US dollars in one figure; beyond it a unit has been mistaken
FINEST = Decimal("0.00000001")  # what the tables hold
MARK = b"\xef\xbb\xbf"  # byte order mark
Refuse = Callable[[Fault], None]
Read = TypeVar("Read")
Made = TypeVar("Made")


def stop(fault: Fault) -> None:
    """What is done with a record that cannot be read where nothing else is said: reading ends."""
    raise fault


def each(records: Iterable[Read], make: Callable[[Read], Iterable[Made]], refuse: Refuse) -> Iterator[Made]:
    """What is made of each record. Of a record with a fault nothing is; `refuse` is told and reading goes on, unless
    the fault is the file's."""
    for record in records:
        try:
            made = list(make(record))
        except Fault as fault:
            if fault.severity == "file":
                raise
            refuse(fault)
        else:
            yield from made


@dataclass
class Now:
    """How far reading has come: counts since the start of the file, and the record in hand."""

    line: int = 0  # physical lines read
    offset: int = 0  # bytes read
    headings: int = 0
    blank: int = 0
    records: int = 0  # records met, headings and blank lines left out
    continued: int = 0  # further lines of records that run over several
    first: int = 0  # line on which the record in hand starts
    raw: list[str] = field(default_factory=list)  # its physical lines
    cells: dict[str, str] = field(default_factory=dict)

    def begin(self) -> None:
        self.line = self.offset = self.headings = self.blank = self.records = self.continued = 0

    def text(self) -> str:
        """The record in hand as it stands in the file, without the last line break."""
        return "".join(self.raw).rstrip("\r\n")


@dataclass(frozen=True)
class Published:
    """One file, or one member of a zip. `name` is how rows refer to it."""

    path: Path
    name: str
    member: str = ""
    now: Now = field(default_factory=Now, compare=False, repr=False)

    @contextmanager
    def opened(self) -> Iterator[IO[bytes]]:
        """Its bytes. Raises FileNotFoundError with a sentence where the file is not there."""
        if not self.path.is_file():
            raise FileNotFoundError(f"{self.path} is not there; point build-reference at the folder that holds it.")
        if not self.member:
            with self.path.open("rb") as file:
                yield file
            return
        with in_archive(self.path) as archive, archive.open(self.member) as inner:
            yield inner

    def sha256(self) -> str:
        """Of the file as published: for a member of a zip, of that member."""
        total = hashlib.sha256()
        with self.opened() as file:
            while block := file.read(BLOCK):
                total.update(block)
        return total.hexdigest()

    def size(self) -> int:
        """Bytes of the file; of a member of a zip, unpacked."""
        if not self.member:
            return self.path.stat().st_size
        with zipfile.ZipFile(self.path) as archive:
            return archive.getinfo(self.member).file_size

    def lines(self) -> int:
        """Physical lines; 0 for files that have none."""
        if self.path.suffix == ".parquet":
            return 0
        with self.opened() as file:
            return sum(1 for _ in file)

    def records(self, delimiter: str = ",") -> Generator[tuple[int, list[str]], None, None]:
        """Each delimited record with the physical line, 1-based, on which it starts. A byte order mark is left out.

        Raises Fault where the file is no text in UTF-8, or a quotation is not closed."""
        csv.field_size_limit(CELL_LIMIT)
        now = self.now
        now.begin()
        reader = csv.reader(self._texts(), delimiter=delimiter, strict=True)
        while True:
            now.raw, now.first = [], now.line + 1
            try:
                record = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                reason = f"begins a record that cannot be read ({error})"
                remedy = "close the quotation, and double quotation marks inside it"
                raise Fault(self.name, now.first, "", now.text(), reason, remedy, "CSV-QUOTE-01") from error
            now.continued += max(0, len(now.raw) - 1)
            yield now.first, record

    def heading(self) -> str:
        """The first line. Raises Fault where the file is no text in UTF-8."""
        self.now.begin()
        with closing(self._texts()) as texts:
            return next(texts, "").rstrip("\r\n")

    def rows(
        self, needed: Sequence[str], refuse: Refuse = stop, delimiter: str = ","
    ) -> Iterator[tuple[int, dict[str, str]]]:
        """Records under their headings; empty lines are left out.

        Raises Fault where a heading is missing or stands twice. `refuse` is told of records of another width."""
        records = self.records(delimiter)
        line, heading = next(records, (1, list[str]()))
        if not heading:
            reason, remedy = "is all that stands in the first line", "take the file again: it is empty"
            raise Fault(self.name, 1, "", "", reason, remedy, "FILE-EMPTY-01", offset=0)
        self.now.headings += 1
        self._check(line, heading, needed)
        for line, record in records:
            if not record:
                self.now.blank += 1
                continue
            self.now.records += 1
            if len(record) != len(heading):
                reason = f"begins a record of {len(record)} cells where the heading has {len(heading)}"
                remedy = "repair or remove the line"
                refuse(Fault(self.name, line, heading[0], record[0], reason, remedy, "CSV-WIDTH-01", "row"))
                continue
            self.now.cells = dict(zip(heading, record, strict=True))
            yield line, self.now.cells

    def number(self, text: str, line: int, column: str) -> Decimal:
        """An exact number. Raises Fault on anything but digits, point, sign and a spreadsheet's exponent."""
        if not NUMBER.fullmatch(text.strip()):
            remedy = "write it with digits and a decimal point"
            raise Fault(self.name, line, column, text, "is not a number", remedy, "CSV-NUM-01", "row")
        return Decimal(text.strip())

    def money(self, text: str, line: int, column: str, unit: Decimal = MILLION) -> Decimal:
        """US dollars of a number in `unit` of them. Raises Fault where the tables cannot hold it to its last digit."""
        usd = self.number(text, line, column) * unit
        if abs(usd) >= LARGEST:
            reason, remedy = f"is {LARGEST:,f} US dollars or more", "state it in the unit of the file"
            raise Fault(self.name, line, column, text, reason, remedy, "USD-02", "row")
        if usd != usd.quantize(FINEST):
            reason, remedy = "has more than eight decimals of a US dollar", "state it with fewer"
            raise Fault(self.name, line, column, text, reason, remedy, "USD-01", "row")
        return usd

    def year(self, text: str, line: int, column: str) -> int:
        """A year, 1900 to 2099. Raises Fault on anything else."""
        if not YEAR.fullmatch(text.strip()):
            reason, remedy = "is not a year between 1900 and 2099", "write its four digits"
            raise Fault(self.name, line, column, text, reason, remedy, "CSV-YEAR-01", "row")
        return int(text)

    def _check(self, line: int, heading: list[str], needed: Sequence[str]) -> None:
        for name in needed or heading:
            if name not in heading:
                reason, remedy = "is the line of headings, and it lacks this one", "take the file in its published form"
                raise Fault(self.name, line, name, ", ".join(heading), reason, remedy, "CSV-HEAD-01")
            if heading.count(name) > 1:
                reason = f"stands {heading.count(name)} times in the line of headings"
                raise Fault(self.name, line, name, name, reason, "keep the one that is meant", "CSV-HEAD-02")

    def _texts(self) -> Generator[str, None, None]:
        """Physical lines as text. Raises Fault for what is no text, too long, or not in UTF-8."""
        now = self.now
        with self.opened() as file:
            while line := file.readline(LINE_LIMIT + 1):
                start, now.offset, now.line = now.offset, now.offset + len(line), now.line + 1
                if now.line == 1:
                    check_text(self.name, line)
                    line = line.removeprefix(MARK)
                if len(line) > LINE_LIMIT:
                    reason, remedy = f"begins a line of more than {LINE_LIMIT:,} bytes", "break the line, or shorten it"
                    begun = line[:SHOWN].decode("utf-8", "replace")
                    raise Fault(self.name, now.line, "", begun, reason, remedy, "CSV-LINE-01", offset=start)
                now.raw.append(self._decoded(line, start))
                yield now.raw[-1]

    def _decoded(self, line: bytes, start: int) -> str:
        try:
            return line.decode("utf-8")
        except UnicodeDecodeError as error:
            value = line[max(0, error.start - 20) : error.start + 20].decode("utf-8", "backslashreplace")
            reason, remedy = f"has byte 0x{line[error.start]:02X}, which is not UTF-8", "save the file as UTF-8"
            place = start + error.start
            raise Fault(self.name, self.now.line, "", value, reason, remedy, "CSV-UTF8-01", offset=place) from error


def published(shared: Path, name: str) -> Published:
    """A file of the shared folder by its name there; `archive.zip!member.csv` names a member of a zip."""
    outer, _, member = name.partition("!")
    return Published(shared / outer, name, member)
