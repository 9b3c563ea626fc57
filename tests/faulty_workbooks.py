"""Files that are no sound workbook of the registry: archives, parts, sheets, headings and rows that are wrong.

Each is kind, how it is made, where it is wrong, the value, the reason and the code of the fault.
"""

from __future__ import annotations

import io
import zipfile
from hashlib import sha256
from pathlib import Path

from tests.registries import PART, WHOLE
from tests.workbooks import Made, Make, at, book, file, tampered

Case = tuple[str, Make, str, str, str, str]
LOW, TITLE = at(PART.id, "amount_low"), at(PART.id, "title")


def row(made: Made, sheet: str, *cells: str) -> Made:
    made.rows[sheet].append(list(cells))
    return made


def above(made: Made, title: str) -> Made:
    made.rows["Commitments"].insert(0, [title])
    return made


def bomb(folder: Path) -> Path:
    made = Made().packed(folder)
    made.part("xl/media/zeros.bin", b"\0" * 60_000_000)
    return made.save(folder / "registry.xlsx")


def lying_bomb(folder: Path) -> Path:
    """Its directory says that the part is small."""
    made = Made().packed(folder)
    path = made.part("xl/sharedStrings.xml", b" " * 60_000_000).save(folder / "registry.xlsx")
    size, small = (60_000_000).to_bytes(4, "little"), (1000).to_bytes(4, "little")
    path.write_bytes(path.read_bytes().replace(size, small))
    return path


def many(folder: Path) -> Path:
    """More rows than are read, none like another."""
    made = Made().packed(folder)
    texts = (sha256(str(at).encode()).hexdigest() for at in range(20_100))
    rows = "".join(f'<row><c t="str"><v>{text}</v></c></row>' for text in texts)
    return made.sheet("</sheetData>", f"{rows}</sheetData>").save(folder / "registry.xlsx")


def twice(folder: Path) -> Path:
    path = Made().save(folder / "registry.xlsx")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("XL/workbook.xml", "<workbook/>")
    return path


def broken(folder: Path) -> Path:
    path = Made().save(folder / "registry.xlsx")
    content = bytearray(path.read_bytes())
    content[content.index(b"xl/worksheets/sheet2.xml") + 400] ^= 0xFF
    path.write_bytes(bytes(content))
    return path


def cut(folder: Path) -> Path:
    path = Made().save(folder / "registry.xlsx")
    path.write_bytes(path.read_bytes()[:4000])
    return path


def archive_of(name: str, content: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr(name, content)
    return held.getvalue()


def part(name: str, content: bytes = b"x") -> Make:
    return tampered(lambda made: made.part(name, content))


STRUCTURE: list[Case] = [
    ("empty file", file("r.xlsx", b""), "", "r.xlsx", "is empty", "REG-FILE-01"),
    ("no name of a format", file("r.ods", b"PK"), "", "r.ods", "is neither XLSX nor CSV", "REG-FILE-04"),
    ("web page", file("r.xlsx", b"<!DOCTYPE html><html>"), "", "r.xlsx", "is a web page", "REG-FILE-03"),
    (
        "older or encrypted workbook",
        file("r.xlsx", b"\xd0\xcf\x11\xe0" + b"\0" * 600),
        "",
        "r.xlsx",
        "older or an encrypted",
        "REG-FILE-03",
    ),
    (
        "text document",
        file("r.xlsx", archive_of("word/document.xml", "<w/>")),
        "",
        "r.xlsx",
        "is a text document",
        "REG-BOOK-01",
    ),
    (
        "OpenDocument",
        file("r.xlsx", archive_of("mimetype", "x")),
        "",
        "r.xlsx",
        "is an OpenDocument file",
        "REG-BOOK-01",
    ),
    ("cut off", cut, "", "registry.xlsx", "is no sound ZIP archive", "REG-ZIP-01"),
    ("damaged part", broken, "", "xl/worksheets/sheet2.xml", "cannot be unpacked", "REG-ZIP-02"),
    ("zip bomb", bomb, "", "xl/media/zeros.bin", "unpacks to 60,000,000 bytes", "REG-ZIP-07"),
    ("part twice", twice, "", "xl/workbook.xml", "is in the archive twice", "REG-ZIP-04"),
    (
        "way out of the archive",
        part("../../etc/passwd"),
        "",
        "../../etc/passwd",
        "leads out of the archive",
        "REG-ZIP-05",
    ),
    ("macros", part("xl/vbaProject.bin"), "", "xl/vbaProject.bin", "holds macros", "REG-BOOK-02"),
    (
        "external link",
        part("xl/externalLinks/externalLink1.xml"),
        "",
        "xl/externalLinks/",
        "refers to other workbooks",
        "REG-BOOK-03",
    ),
    ("embedded file", part("xl/embeddings/oleObject1.bin"), "", "xl/embeddings/", "holds another file", "REG-BOOK-04"),
    (
        "data connection",
        part("xl/connections.xml"),
        "",
        "xl/connections.xml",
        "fetches data from elsewhere",
        "REG-BOOK-05",
    ),
    (
        "dates from 1904",
        tampered(lambda made: made.change("xl/workbook.xml", "<sheets>", '<workbookPr date1904="1"/><sheets>')),
        "",
        "registry.xlsx",
        "counts its dates from 1904",
        "REG-BOOK-06",
    ),
    (
        "document type",
        tampered(lambda made: made.sheet("<worksheet", '<!DOCTYPE x [<!ENTITY a "aa">]><worksheet')),
        "",
        "xl/worksheets/sheet2.xml",
        "has a document type",
        "REG-XML-01",
    ),
    (
        "XML cut off",
        tampered(lambda made: made.sheet("</sheetData>", "")),
        "",
        "xl/worksheets/sheet2.xml",
        "is not well-formed",
        "REG-XML-01",
    ),
    (
        "XML in another encoding",
        tampered(lambda made: made.sheet('encoding="UTF-8"', 'encoding="Klingon"')),
        "",
        "xl/worksheets/sheet2.xml",
        "is in an encoding that no workbook has",
        "REG-XML-01",
    ),
    (
        "XML without end",
        tampered(lambda made: made.sheet("<sheetData>", "<x>" * 100 + "</x>" * 100 + "<sheetData>")),
        "",
        "xl/worksheets/sheet2.xml",
        "nested more than 64 deep",
        "REG-XML-01",
    ),
    ("rows without end", many, "Commitments!A", "Commitments", "has more than", "REG-CELL-04"),
    (
        "sheet missing",
        tampered(lambda made: made.change("xl/workbook.xml", 'name="Commitments"', 'name="Sheet1"')),
        "",
        "registry.xlsx",
        "has no sheet Commitments (its sheets: Fora, Makers, Initiatives, Sheet1)",
        "REG-SHEET-03",
    ),
    (
        "hidden sheet",
        tampered(lambda made: made.change("xl/workbook.xml", 'name="Makers"', 'name="Makers" state="veryHidden"')),
        "Makers!A1",
        "Makers",
        "is hidden",
        "REG-SHEET-01",
    ),
    (
        "two sheets of one name",
        tampered(lambda made: made.change("xl/workbook.xml", 'name="Lists"', 'name="COMMITMENTS"')),
        "Commitments!A1",
        "Commitments",
        "is the name of two sheets",
        "REG-SHEET-02",
    ),
    (
        "merged cells",
        tampered(
            lambda made: made.sheet("</sheetData>", '</sheetData><mergeCells><mergeCell ref="B2:C4"/></mergeCells>')
        ),
        "Commitments!B2",
        "B2:C4",
        "are merged",
        "REG-CELL-02",
    ),
    (
        "hidden row",
        tampered(lambda made: made.sheet('<row r="3">', '<row r="3" hidden="1">')),
        "Commitments!A3",
        "",
        "stands in a hidden row",
        "REG-ROW-01",
    ),
    (
        "hidden column",
        tampered(lambda made: made.sheet('<col min="3" max="3"', '<col hidden="1" min="3" max="3"')),
        "Commitments!C1",
        "title",
        "stands in a hidden column",
        "REG-CELL-08",
    ),
    (
        "place beyond any sheet",
        tampered(lambda made: made.raw("ZZZ2", '<c r="ZZZ2"><v>1</v></c>')),
        "Commitments!ZZZ2",
        "ZZZ2",
        "is no place in a sheet",
        "REG-CELL-05",
    ),
    (
        "cell of another row",
        tampered(lambda made: made.raw("A2", '<c r="A9"><v>1</v></c>')),
        "Commitments!A9",
        "A9",
        "stands in row 2",
        "REG-CELL-05",
    ),
    (
        "text that is not there",
        tampered(lambda made: made.raw(TITLE, f'<c r="{TITLE}" t="s"><v>99</v></c>')),
        f"Commitments!{TITLE}",
        "99",
        "is no text of this workbook",
        "REG-CELL-07",
    ),
]
HEADINGS: list[Case] = [
    (
        "heading renamed",
        book(lambda made: made.heading("amount_low", "amount lov")),
        f"Commitments!{LOW[:-1]}1",
        "amount lov",
        "is no heading of this sheet; write amount_low",
        "REG-HEAD-02",
    ),
    (
        "heading twice",
        book(lambda made: made.heading("amount_low", "unit")),
        "Commitments!N1",
        "unit",
        "stands over column L too",
        "REG-HEAD-03",
    ),
    (
        "no headings",
        book(lambda made: made.heading("id", "").heading("title", "")),
        "Commitments!A1",
        "parent",
        "none of them is id",
        "REG-HEAD-01",
    ),
    (
        "title above the headings",
        book(lambda made: above(made, "Our commitments")),
        "Commitments!A1",
        "Our commitments",
        "which is row 2",
        "REG-HEAD-04",
    ),
    (
        "column without a heading",
        tampered(lambda made: made.raw("AZ2", '<c r="AZ2"><v>7</v></c>')),
        "Commitments!AZ2",
        "7",
        "stands in a column without a heading",
        "REG-HEAD-05",
    ),
    (
        "totals",
        book(lambda made: row(made, "Commitments", "", "", "Total", *[""] * 8, "5000")),
        "Commitments!A6",
        "Total",
        "looks like a row of totals",
        "REG-ROW-02",
    ),
    (
        "row without an id",
        book(lambda made: made.cell(PART.id, "id", "")),
        f"Commitments!A{LOW[1:]}",
        "",
        "is empty",
        "REG-NEED-01",
    ),
    (
        "id twice",
        book(lambda made: made.cell(PART.id, "id", WHOLE.id)),
        "Commitments!A5",
        WHOLE.id,
        "is the id of row 4 too",
        "REG-ROW-03",
    ),
    (
        "maker twice",
        book(lambda made: row(made, "Makers", "CDN", "canada", "government", "CAN")),
        "Makers!B6",
        "canada",
        "is the name of CAN too",
        "REG-NAME-02",
    ),
    (
        "kind of forum",
        book(lambda made: row(made, "Fora", "x-2010", "X", "picnic", "", "")),
        "Fora!C4",
        "picnic",
        "is not in the list",
        "REG-LIST-01",
    ),
    (
        "id of a maker",
        book(lambda made: row(made, "Makers", "can ada", "X", "government", "")),
        "Makers!A6",
        "can ada",
        "is no id of this sheet",
        "REG-ID-01",
    ),
]
