"""The cells of a workbook as they are stored: text, number, date, share of hundred, truth, error, formula.

Runs in the limited child. Nothing is calculated, converted or fetched; what a workbook may not hold is a fault.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping

from data_access.ingest.faults import Fault
from data_access.registry.exchange.archive import Archive
from data_access.registry.exchange.sheets import READ, SILENT
from data_access.registry.exchange.styles import styles_of
from data_access.registry.exchange.worksheet import Row, Worksheet
from data_access.registry.exchange.xml_parts import walk

FORBIDDEN = (  # parts, and what they are
    ("vbaProject", "holds macros", "save it as XLSX, without macros", "REG-BOOK-02"),
    ("xl/externalLinks/", "refers to other workbooks", "replace the references by their values", "REG-BOOK-03"),
    ("xl/embeddings/", "holds another file", "take it out", "REG-BOOK-04"),
    ("xl/activeX/", "holds controls", "take them out", "REG-BOOK-04"),
    ("xl/connections.xml", "fetches data from elsewhere", "take the connection out", "REG-BOOK-05"),
    ("xl/queryTables/", "fetches data from elsewhere", "take the query out", "REG-BOOK-05"),
    ("xl/worksheets/sheet.bin", "is a binary workbook", "save it as XLSX", "REG-BOOK-01"),
)
OTHERS = (  # a part that says what an archive is instead of a workbook
    ("word/document.xml", "is a text document"),
    ("ppt/presentation.xml", "is a presentation"),
    ("xl/workbook.bin", "is a binary workbook"),
    ("mimetype", "is an OpenDocument file"),
)


class Workbook:
    """One workbook; raises Fault from wherever it cannot be read."""

    def __init__(self, archive: Archive) -> None:
        self.archive, self.name = archive, archive.name
        self._is_one()
        self.sheets, self.left_out = self._sheets()
        self._strings = self._shared()
        self._styles = styles_of(self._read("xl/styles.xml"), self.name)

    def rows(self, sheet: str) -> Iterator[Row]:
        """Every row of a sheet that has a cell with content, in the order of the file."""
        reading = Worksheet(self.name, sheet, self._strings, self._styles)
        part = self.sheets[sheet]
        walk(self.archive.read(part), reading.begin, reading.end, self.name, part)
        yield from reading.rows

    def _read(self, part: str) -> bytes:
        return self.archive.read(part) if part in self.archive.parts else b""

    def _is_one(self) -> None:
        parts = self.archive.parts
        if "xl/workbook.xml" not in parts:
            what = next((said for part, said in OTHERS if part in parts), "is a ZIP archive, but no workbook")
            raise self.archive.fault(self.name, what, "save the sheets as XLSX", "REG-BOOK-01")
        for start, what, remedy, code in FORBIDDEN:
            for part in parts:
                if start in part:
                    raise self.archive.fault(part, what, remedy, code)

    def _sheets(self) -> tuple[dict[str, str], list[str]]:
        """Sheets that are read, with their parts; and names of those that are left out."""
        listed, targets = list[dict[str, str]](), dict[str, str]()

        def sheet(tag: str, told: Mapping[str, str]) -> None:
            if tag == "sheet":
                listed.append(dict(told))
            elif tag == "workbookPr" and told.get("date1904") in ("1", "true"):
                remedy = "switch to the dates from 1900 in its options, look at each date again, and save it"
                raise self.archive.fault(self.name, "counts its dates from 1904", remedy, "REG-BOOK-06")

        def relation(tag: str, told: Mapping[str, str]) -> None:
            if tag == "Relationship":
                targets[told.get("Id", "")] = posixpath.normpath(posixpath.join("xl", told.get("Target", ""))).lstrip(
                    "/"
                )

        walk(self._read("xl/workbook.xml"), sheet, _nothing, self.name, "xl/workbook.xml")
        relations = "xl/_rels/workbook.xml.rels"
        walk(self._read(relations) or b"<none/>", relation, _nothing, self.name, relations)
        found = dict[str, str]()
        for one in listed:
            self._visible(one, [other.get("name", "") for other in listed])
            part = targets.get(one.get("id", ""), "")
            part = part.removeprefix("xl/") if part.startswith("xl/xl/") else part
            if one.get("name") in READ and part in self.archive.parts:
                found[one["name"]] = part
        others = [one.get("name", "") for one in listed if one.get("name") not in (*found, *SILENT)]
        return found, others

    def _visible(self, sheet: Mapping[str, str], names: list[str]) -> None:
        name = sheet.get("name", "")
        if sheet.get("state", "visible") != "visible":
            raise self._of_sheet(name, "is hidden", "show it, or take it out", "REG-SHEET-01")
        if sum(other.casefold() == name.casefold() for other in names) > 1:
            raise self._of_sheet(name, "is the name of two sheets", "give one of them another name", "REG-SHEET-02")

    def _of_sheet(self, name: str, why: str, remedy: str, code: str) -> Fault:
        return Fault(self.name, 0, "", name, why, remedy, code, sheet=name, cell="A1")

    def _shared(self) -> list[str]:
        strings, item = list[str](), list[str]()
        aside = [0]  # how deep in a reading aid (rPh), which is no text of the cell

        def begin(tag: str, _: Mapping[str, str]) -> None:
            if tag == "si":
                item.clear()
            aside[0] += tag == "rPh"

        def end(tag: str, text: str) -> None:
            aside[0] -= tag == "rPh"
            if tag == "t" and not aside[0]:
                item.append(text)
            elif tag == "si":
                strings.append("".join(item))

        content = self._read("xl/sharedStrings.xml")
        if content:
            walk(content, begin, end, self.name, "xl/sharedStrings.xml")
        return strings


def _nothing(_: str, __: str) -> None:
    """Of an end nothing is needed."""
