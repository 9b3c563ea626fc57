"""Published files as they are: their lines, their identity, and the sentence that names what is wrong with one."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from data_access.ingest.faults import Fault

NUMBER = re.compile(r"-?\d{1,18}(\.\d{1,24})?(E-?\d{1,2})?", re.ASCII)
CELL_LIMIT = 200_000  # characters of one cell: descriptions run to some thousands
MILLION = Decimal(1_000_000)


@dataclass(frozen=True)
class Published:
    """One file of the shared folder, or one member of a zip in it. `name` is how rows refer to it."""

    path: Path
    name: str
    member: str = ""

    def content(self) -> bytes:
        """All bytes. Raises FileNotFoundError with a sentence where the file is not there."""
        if not self.path.is_file():
            raise FileNotFoundError(f"{self.path} is not there; point build-reference at the folder that holds it.")
        if not self.member:
            return self.path.read_bytes()
        with zipfile.ZipFile(self.path) as archive:
            return archive.read(self.member)

    def sha256(self) -> str:
        """Of the file as published: for a member of a zip, of that member."""
        return hashlib.sha256(self.content()).hexdigest()

    def records(self) -> Iterator[tuple[int, list[str]]]:
        """Each CSV record with the physical line, 1-based, on which it starts. A byte order mark is left out."""
        csv.field_size_limit(CELL_LIMIT)
        reader = csv.reader(io.StringIO(self.content().decode("utf-8-sig"), newline=""))
        line = 1
        for record in reader:
            yield line, record
            line = reader.line_num + 1

    def rows(self, needed: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
        """Records under their headings. Raises Fault where a heading is missing or a record has another width."""
        records = self.records()
        line, heading = next(records, (1, []))
        for name in needed:
            if name not in heading:
                raise Fault(
                    self.name, line, name, ", ".join(heading), "lacks it", "take the file in its published form"
                )
        for line, record in records:
            if len(record) != len(heading):
                reason = f"has {len(record)} cells where the heading has {len(heading)}"
                raise Fault(
                    self.name, line, heading[0], record[0] if record else "", reason, "repair or remove the line"
                )
            yield line, dict(zip(heading, record, strict=True))

    def number(self, text: str, line: int, column: str) -> Decimal:
        """An exact number. Raises Fault on anything but digits, point, sign and a spreadsheet's exponent."""
        if not NUMBER.fullmatch(text.strip()):
            raise Fault(self.name, line, column, text, "is not a number", "write it with digits and a decimal point")
        return Decimal(text.strip())

    def lines(self) -> int:
        """Physical lines; 0 for files that have none."""
        content = self.content()
        return 0 if self.path.suffix == ".parquet" else content.count(b"\n") + (not content.endswith(b"\n"))


def published(shared: Path, name: str) -> Published:
    """A file of the shared folder by its name there; `archive.zip!member.csv` names a member of a zip."""
    outer, _, member = name.partition("!")
    return Published(shared / outer, name, member)
