"""Formats of the cells of a workbook, the beginning of a sheet, and a sheet of words."""

from __future__ import annotations

from collections.abc import Sequence

from data_access.spreadsheet import HEAD, MAIN, escaped

PLAIN, HEADING, MONEY, WHOLE, DATE, QUOTED, WRAPPED = range(7)  # cell formats of STYLES
FROZEN = (
    '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" '
    'state="frozen"/></sheetView></sheetViews>'
)
END = "</sheetData></worksheet>"
TOP = '<alignment vertical="top" wrapText="1"/>'
FORMATS = (
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>',
    f'<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1" applyAlignment="1">{TOP}</xf>',
    '<xf numFmtId="4" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>',
    '<xf numFmtId="1" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>',
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>',
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1" applyNumberFormat="1"/>',
    f'<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1">{TOP}</xf>',
)
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    f'<cellXfs count="{len(FORMATS)}">{"".join(FORMATS)}</cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


def begun(widths: Sequence[int], titles: Sequence[str]) -> str:
    """A sheet up to its first row after the headings, which stay in sight."""
    columns = "".join(
        f'<col min="{at}" max="{at}" width="{width}" customWidth="1"/>' for at, width in enumerate(widths, 1)
    )
    head = "".join(_text(title, HEADING) for title in titles)
    return f'{HEAD}<worksheet xmlns="{MAIN}">{FROZEN}<cols>{columns}</cols><sheetData><row>{head}</row>'


def words_sheet(rows: Sequence[Sequence[str]], widths: Sequence[int]) -> str:
    """A sheet of texts; the first row are its headings."""
    body = "".join(f"<row>{''.join(_text(text, WRAPPED) for text in row)}</row>" for row in rows[1:])
    return begun(widths, rows[0]) + body + END


def _text(text: str, style: int) -> str:
    return f'<c s="{style}" t="inlineStr"><is><t xml:space="preserve">{escaped(text)}</t></is></c>'
