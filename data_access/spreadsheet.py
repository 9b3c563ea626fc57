"""What every workbook (Office Open XML) is made of, whatever it holds: its parts, their entries, texts in them.

The same content gives the same bytes.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
WHEN = (1980, 1, 1, 0, 0, 0)
ESCAPED = re.compile("_x[0-9A-Fa-f]{4}_")
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0d\x0e-\x1f\ufffe\uffff]")


def entry(name: str) -> zipfile.ZipInfo:
    """A part of an archive, without the time at which it was written."""
    info = zipfile.ZipInfo(name, WHEN)
    info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
    return info


def parts(names: Sequence[str], styles: str) -> Iterator[tuple[str, str]]:
    """Name and content of every part but the sheets themselves. names: of the sheets, in order; styles: of cells."""
    files = [f"worksheets/sheet{at}.xml" for at in range(1, len(names) + 1)]
    yield "[Content_Types].xml", _kinds(files)
    yield "_rels/.rels", _related((("officeDocument", "xl/workbook.xml"),))
    sheets = "".join(f'<sheet name={quoteattr(n)} sheetId="{at}" r:id="rId{at}"/>' for at, n in enumerate(names, 1))
    yield "xl/workbook.xml", f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{sheets}</sheets></workbook>'
    yield (
        "xl/_rels/workbook.xml.rels",
        _related((*(("worksheet", file) for file in files), ("styles", "styles.xml"))),
    )
    yield "xl/styles.xml", HEAD + styles


def escaped(text: str) -> str:
    """A text of XML; letters that XML cannot hold as a workbook writes them, by their number."""
    text = ESCAPED.sub(lambda found: f"_x005F{found[0]}", text)
    return escape(UNSEEN.sub(lambda found: f"_x{ord(found[0]):04X}_", text))


def _kinds(files: Sequence[str]) -> str:
    sheets = "".join(f'<Override PartName="/xl/{file}" ContentType="{KIND}.worksheet+xml"/>' for file in files)
    return (
        f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{KIND}.sheet.main+xml"/>{sheets}'
        f'<Override PartName="/xl/styles.xml" ContentType="{KIND}.styles+xml"/></Types>'
    )


def _related(targets: Sequence[tuple[str, str]]) -> str:
    told = "".join(
        f'<Relationship Id="rId{at}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate(targets, 1)
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{told}</Relationships>'
