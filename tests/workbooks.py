"""Workbooks of tests: a sound one of the small registry, and what people and programs do to such files."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from dashboard.records import Directory
from data_access.registry.exchange import exporting, xlsx
from data_access.registry.exchange.worksheet import letters
from data_access.registry.store import Held
from tests.registries import PLEDGES, RECORDS

PARTS = {"Guide": 1, "Commitments": 2, "Fora": 3, "Makers": 4, "Initiatives": 5, "Lists": 6}
SMALL = Held("", Directory.of(RECORDS), {pledge.id: pledge for pledge in sorted(PLEDGES, key=lambda one: one.id)})
COLUMNS = exporting.rows_of(SMALL)["Commitments"][0]
ROWS = {row[0]: at for at, row in enumerate(exporting.rows_of(SMALL)["Commitments"], 1)}  # record -> row of the sheet
Rows = dict[str, list[list[str]]]


def at(record: str, column: str) -> str:
    """The cell of a record in the sheet of commitments: C3."""
    return f"{letters(COLUMNS.index(column) + 1)}{ROWS[record]}"


@dataclass
class Made:
    """A workbook being made. rows: of each sheet; parts: of the archive, once `packed`."""

    rows: Rows = field(default_factory=lambda: exporting.rows_of(SMALL))
    parts: dict[str, bytes] = field(default_factory=dict)

    def cell(self, record: str, column: str, text: str) -> Made:
        """Put a text into a cell of the commitments."""
        self.rows["Commitments"][ROWS[record] - 1][COLUMNS.index(column)] = text
        return self

    def heading(self, column: str, text: str) -> Made:
        self.rows["Commitments"][0][COLUMNS.index(column)] = text
        return self

    def packed(self, folder: Path) -> Made:
        """As parts of an archive, to be tampered with."""
        xlsx.write(folder / "packed.xlsx", exporting.pages(self.rows))
        with zipfile.ZipFile(folder / "packed.xlsx") as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}
        return self

    def raw(self, reference: str, cell: str, sheet: str = "Commitments") -> Made:
        """Put a cell as XML, its reference and all, into the place of the one that is there, or at the row's end."""
        part = f"xl/worksheets/sheet{PARTS[sheet]}.xml"
        content, row = self.parts[part].decode(), re.sub("[A-Z]", "", reference)
        there = re.compile(f'<c r="{reference}"(?:/>|.*?</c>)', re.DOTALL)
        if there.search(content):
            content = there.sub(lambda _: cell, content, count=1)
        else:
            content = re.sub(f'(<row r="{row}">.*?)</row>', lambda found: f"{found[1]}{cell}</row>", content, count=1)
        return self.part(part, content)

    def change(self, part: str, old: str, new: str) -> Made:
        content = self.parts[part].decode()
        assert old in content, f"{part} has no {old}"
        return self.part(part, content.replace(old, new, 1))

    def sheet(self, old: str, new: str, sheet: str = "Commitments") -> Made:
        return self.change(f"xl/worksheets/sheet{PARTS[sheet]}.xml", old, new)

    def part(self, name: str, content: str | bytes) -> Made:
        self.parts[name] = content.encode() if isinstance(content, str) else content
        return self

    def save(self, path: Path) -> Path:
        if not self.parts:
            self.packed(path.parent)
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in self.parts.items():
                archive.writestr(name, content)
        return path


Make = Callable[[Path], Path]  # makes a file in a folder


def book(change: Callable[[Made], Made]) -> Make:
    """A workbook with something changed in its rows."""
    return lambda folder: change(Made()).save(folder / "registry.xlsx")


def tampered(change: Callable[[Made], Made]) -> Make:
    """A workbook with something changed in its parts."""
    return lambda folder: change(Made().packed(folder)).save(folder / "registry.xlsx")


def file(name: str, content: bytes) -> Make:
    def make(folder: Path) -> Path:
        (folder / name).write_bytes(content)
        return folder / name

    return make


def text(change: Callable[[str], str]) -> Make:
    """The commitments as a CSV file, with something changed in its text."""

    def make(folder: Path) -> Path:
        exporting.write(folder / "registry.csv", SMALL)
        content = (folder / "registry.csv").read_bytes().decode()
        changed = change(content)
        assert changed != content
        (folder / "registry.csv").write_bytes(changed.encode("utf-8", "surrogateescape"))
        return folder / "registry.csv"

    return make
