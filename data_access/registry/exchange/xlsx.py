"""A workbook written part by part: texts and exact figures, headings that stay in sight, drop-down lists.

The same content gives the same bytes. No formulas, no styles but those of headings and long texts.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape

from data_access.registry.exchange.worksheet import letters
from data_access.spreadsheet import HEAD, MAIN, entry, escaped, parts

STYLES = (
    f'<styleSheet xmlns="{MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="3">'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1">'
    '<alignment vertical="top" wrapText="1"/></xf>'
    '<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
TEXT, HEADING = 1, 2  # cell formats of STYLES


@dataclass(frozen=True)
class Choice:
    """A drop-down list. column: from 1; source: a range of another sheet; only: whether other values are refused."""

    column: int
    source: str
    only: bool = True


@dataclass
class Page:
    """One sheet to be written. rows: the headings first. figures: columns, from 1, whose texts are numbers."""

    name: str
    rows: Sequence[Sequence[str]]
    widths: Sequence[int] = ()
    figures: frozenset[int] = frozenset()
    choices: list[Choice] = field(default_factory=list)


def write(path: Path, pages: Sequence[Page]) -> None:
    """The pages as one workbook."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in _parts(pages):
            archive.writestr(entry(name), content)


def _parts(pages: Sequence[Page]) -> Iterable[tuple[str, str]]:
    yield from parts([page.name for page in pages], STYLES)
    for at, page in enumerate(pages, 1):
        yield f"xl/worksheets/sheet{at}.xml", _sheet(page)


def _sheet(page: Page) -> str:
    columns = "".join(
        f'<col min="{at}" max="{at}" width="{width}" customWidth="1"/>' for at, width in enumerate(page.widths, 1)
    )
    rows = "".join(_row(at, row, page) for at, row in enumerate(page.rows, 1))
    choices = "".join(_choice(choice) for choice in page.choices)
    lists = f'<dataValidations count="{len(page.choices)}">{choices}</dataValidations>' if choices else ""
    return (
        f'{HEAD}<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f"{f'<cols>{columns}</cols>' if columns else ''}<sheetData>{rows}</sheetData>{lists}</worksheet>"
    )


def _row(at: int, row: Sequence[str], page: Page) -> str:
    cells = "".join(
        _cell(f"{letters(place)}{at}", text, at, place in page.figures) for place, text in enumerate(row, 1)
    )
    return f'<row r="{at}">{cells}</row>'


def _cell(reference: str, text: str, row: int, figure: bool) -> str:
    if not text:
        return ""
    if figure and row > 1 and len(text.replace(".", "").strip("-0")) <= 15:  # more digits a spreadsheet does not keep
        return f'<c r="{reference}"><v>{text}</v></c>'
    style = HEADING if row == 1 else TEXT
    return f'<c r="{reference}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{escaped(text)}</t></is></c>'


def _choice(choice: Choice) -> str:
    letter, error = letters(choice.column), "1" if choice.only else "0"
    return (
        f'<dataValidation type="list" allowBlank="1" showErrorMessage="{error}" sqref="{letter}2:{letter}5000">'
        f"<formula1>{escape(choice.source)}</formula1></dataValidation>"
    )
