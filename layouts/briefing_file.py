"""A briefing as one file that a word processor opens: headings as headings, tables as tables, what is drawn as pictures
inside the file. No script, nothing asked of any host."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import Any

from dash import html
from markupsafe import escape

from dashboard.carried import cited
from dashboard.catalogue import PANELS
from dashboard.cite import NAME
from dashboard.commitment_words import headline
from dashboard.figures.places import BOUNDARIES
from dashboard.panels import Table
from dashboard.sheets import Brief, Sheet, facts, promised_by
from dashboard.shown import rounded
from layouts.frame import figures_of
from layouts.markup import markup
from layouts.tables import plain

WIDTH = 640  # pixels of a picture: what a page of A4 holds between its margins
ROWS = 20  # of a table; the file of the panel has all
STYLE = """
body { font: 11pt/1.4 "Source Sans 3", Calibri, Arial, sans-serif; color: #16202b; max-width: 17cm }
h1 { font: bold 20pt/1.2 "Source Serif 4", Georgia, serif } h2 { font: bold 14pt/1.3 "Source Serif 4", Georgia, serif }
h1, h2, .sub { page-break-after: avoid } img { max-width: 100% }
p.own { font: italic 12pt/1.4 "Source Serif 4", Georgia, serif } p.sub, p.small { color: #596673; font-size: 9pt }
table { border-collapse: collapse; font-size: 9pt; width: 100% } caption { text-align: left; color: #596673 }
th, td { border-bottom: 1px solid #d5dbe0; padding: 2pt 4pt; text-align: left; vertical-align: top }
.usd, .number, .percent { text-align: right }
"""


def written(brief: Brief, pictures: Sequence[tuple[int, bytes]]) -> str:
    """The whole file. pictures: the number of a sheet, and a PNG of what is drawn on it; empty where none could be
    made."""
    body = [html.H1(brief.title), html.P(f"{brief.made} {NAME}.", className="small")]
    for at, sheet in enumerate(brief.sheets):
        drawn = [html.P(_picture(content, sheet.one.sentence)) for of, content in pictures if of == at]
        body += [*_head(sheet), *drawn, *_tables(sheet), *_foot(sheet, brief)]
    body.append(html.P(f"This briefing: {brief.public}{brief.address}", className="small"))
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head><meta charset="utf-8"><title>{escape(brief.title)} · {NAME}</title>'
        f"<style>{STYLE}</style></head>\n<body>{markup(body)}</body></html>"
    )


def _head(sheet: Sheet) -> list[Any]:
    own = [html.P(sheet.note, className="own")] if sheet.own else []
    said = [html.P(headline(sheet.told).text)] if sheet.told else []
    none = [html.P(sheet.one.drawing.empty)] if sheet.one.drawing and sheet.one.drawing.empty else []
    return [*own, html.H2(sheet.one.title), html.P(sheet.one.subtitle, className="sub"), *said, *none]


def _picture(content: bytes, words: str) -> html.Img:
    data = base64.b64encode(content).decode()
    return html.Img(src=f"data:image/png;base64,{data}", alt=words, width=str(WIDTH))


def _tables(sheet: Sheet) -> list[Any]:
    held = [facts(sheet.told)] if sheet.told else []
    held += [sheet.one.table] if sheet.one.table else []
    return [part for one in held for part in _table(one)]


def _table(one: Table) -> list[Any]:
    shown = Table(one.caption, one.columns, one.rows[:ROWS])
    cut = len(one.rows) - ROWS
    more = [html.P(f"{cut:,} more rows are in the full view.", className="small")] if cut > 0 else []
    return [plain(rounded(shown)), *more]


def _foot(sheet: Sheet, brief: Brief) -> list[Any]:
    one = sheet.one
    note = [html.P(one.note, className="small")] if one.note else []
    promise = [html.P(promised_by(sheet.told), className="small")] if sheet.told else []
    mapped = sheet.told is None and "map" in figures_of(one, PANELS[one.name])
    bounds = [html.P(BOUNDARIES, className="small")] if mapped else []
    return [*note, *promise, html.P(cited(one, brief.public, brief.on), className="small"), *bounds]
