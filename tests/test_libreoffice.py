"""LibreOffice opens the workbooks: texts are texts whatever they begin with, numbers numbers, dates dates, no formula.

A few workbooks in one go; WORKBOOKS=all makes one of every panel. Skipped where LibreOffice Calc is not installed."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pytest
from dash import Dash

from dashboard.catalogue import PANELS
from dashboard.panels import Column, Table
from data_access.formats import FORMATS
from data_access.formats.streams import of_table
from tests.test_files import CARRIED_ONE

pytestmark = pytest.mark.skipif(
    not shutil.which("localc"), reason="LibreOffice Calc is not installed; on Debian: apt-get install libreoffice-calc"
)
OFFICE, SHEET, TEXT = (f"{{urn:oasis:names:tc:opendocument:xmlns:{part}:1.0}}" for part in ("office", "table", "text"))
HOSTILE = (
    "=1+1",
    "@SUM(A1:A9)",
    "+cmd|' /C calc'!A0",
    "-2",
    "\t=1",
    "\r=1",
    "  =1+1",
    "＝1+1",
    '=HYPERLINK("http://x.example";"y")',
    "{=1}",
    "007",
    "1e5",
    "TRUE",
    "1/2",
    "#REF!",
    "'quoted",
    '<&>\n"x", y',
)
TABLE = Table(
    "",
    (Column("text", "=Text"), Column("usd", "Amount", "usd", "US dollars"), Column("day", "Day", "date")),
    tuple((text, Decimal(-at) / 8, f"2005-07-{at + 1:02}") for at, text in enumerate(HOSTILE)),
)
FEW = {
    "gap": "/export/gap.xlsx?donor=FRA",
    "rows": "/export/rows.xlsx?source=crs-donors&donor=GBR&recipient=KEN",
    "commitments": "/export/commitments.xlsx",
    "causes": "/export/commitment/gleneagles-2005-oda.xlsx",
}
ALL = {name: f"/export/{name}.xlsx?source=crs-donors&donor=FRA" if name == "rows" else f"/export/{name}.xlsx"
       for name in PANELS}  # fmt: skip
Cell = str | float | datetime | None
Rows = list[list[Cell]]


@pytest.fixture(scope="module")
def made(real: Dash) -> Mapping[str, bytes]:
    client = real.server.test_client()
    asked = FEW | ALL if os.environ.get("WORKBOOKS") == "all" else FEW
    answers = {name: client.get(address) for name, address in asked.items()}
    assert all(answer.status_code == 200 or asked[name] not in FEW.values() for name, answer in answers.items())
    hostile = b"".join(FORMATS["xlsx"].write(of_table(CARRIED_ONE, TABLE, "")))
    return {"hostile": hostile} | {name: one.data for name, one in answers.items() if one.status_code == 200}


@pytest.fixture(scope="module")
def opened(made: Mapping[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, ElementTree.Element]:
    """What LibreOffice makes of the workbooks, as XML."""
    folder = tmp_path_factory.mktemp("workbooks")
    for name, content in made.items():
        (folder / f"{name}.xlsx").write_bytes(content)
    own = f"-env:UserInstallation=file://{folder / 'profile'}"
    files = [str(folder / f"{name}.xlsx") for name in made]
    command = ["soffice", own, "--headless", "--convert-to", "fods", "--outdir", str(folder), *files]
    subprocess.run(command, check=True, capture_output=True, timeout=60 + 5 * len(files))
    return {name: ElementTree.parse(folder / f"{name}.fods").getroot() for name in made}


def sheet(book: ElementTree.Element, name: str) -> Rows:
    [found] = [table for table in book.iter(f"{SHEET}table") if table.get(f"{SHEET}name") == name]
    rows = [[cell for held in row for cell in cells(held)] for row in found.iter(f"{SHEET}table-row")]
    return [row for row in rows if any(cell is not None for cell in row)]


def cells(held: ElementTree.Element) -> Iterator[Cell]:
    kind, times = held.get(f"{OFFICE}value-type"), int(held.get(f"{SHEET}number-columns-repeated", "1"))
    value: Cell = None
    if kind == "string":
        value = "\n".join(said(line) for line in held.iter(f"{TEXT}p"))
    elif kind == "date":
        value = datetime.fromisoformat(held.get(f"{OFFICE}date-value", ""))
    elif kind:
        assert kind == "float", kind
        value = float(held.get(f"{OFFICE}value", ""))
    yield from [value] * min(times, 100)


def said(line: ElementTree.Element) -> str:
    """The text of a line, whose runs of spaces and tabs are elements."""
    inner = {f"{TEXT}s": " " * int(line.get(f"{TEXT}c", "1")), f"{TEXT}tab": "\t"}.get(line.tag, line.text or "")
    return inner + "".join(said(one) + (one.tail or "") for one in line)


def broken(text: str) -> str:
    """With one sign for the end of a line, which readers write in three ways; one of them keeps what XML has for it."""
    return text.replace("_x000D_", "\r").replace("\r\n", "\n").replace("\r", "\n")


def same(one: Cell, other: Any) -> bool:
    if isinstance(one, str):
        return isinstance(other, str) and broken(one) == broken(other)
    if isinstance(one, float):
        return not isinstance(other, str) and float(other) == pytest.approx(one, rel=1e-14)
    return bool((one or None) == (other or None))  # an empty text is no cell


def test_nothing_in_a_workbook_is_a_formula(opened: Mapping[str, ElementTree.Element]) -> None:
    for name, book in opened.items():
        assert [cell for cell in book.iter() if cell.get(f"{SHEET}formula") is not None] == [], name
        assert {table.get(f"{SHEET}name") for table in book.iter(f"{SHEET}table")} >= {"Data", "About", "Definitions"}


def test_texts_that_look_like_formulas_and_numbers_are_those_texts(opened: Mapping[str, ElementTree.Element]) -> None:
    first, *rows = sheet(opened["hostile"], "Data")
    assert first[0] == "=Text" and len(rows) == len(HOSTILE)
    for (text, amount, day), (read, number, date) in zip(TABLE.rows, (row[:3] for row in rows), strict=True):
        assert same(read, text) and number == float(amount) and date == datetime.fromisoformat(day), text


def test_all_values_are_read_as_others_read_them(
    made: Mapping[str, bytes], opened: Mapping[str, ElementTree.Element]
) -> None:
    for name, content in made.items():
        book = openpyxl.load_workbook(io.BytesIO(content))
        for part in ("Data", "Definitions"):
            expected = [row for row in book[part].iter_rows(values_only=True) if any(cell is not None for cell in row)]
            read = sheet(opened[name], part)
            assert len(read) == len(expected), (name, part)
            for row, others in zip(read, expected, strict=True):
                assert all(same(a, b) for a, b in zip(row, others, strict=False)), (name, row, others)
