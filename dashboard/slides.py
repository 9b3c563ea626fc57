"""Panels as slides: a slide each, with a chart that can be edited, and on it what a copy must carry."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from dashboard import commitment_slide
from dashboard.carried import cited, held
from dashboard.cite import NAME
from dashboard.commitment_words import headline
from dashboard.exports import figure, heading, unscaled
from dashboard.figures.places import BOUNDARIES
from dashboard.native_charts import Native, native, place
from dashboard.panels import Column, Table
from dashboard.register_rungs import sentence
from dashboard.sheets import Brief, Sheet, facts, promised_by

WIDE, HIGH = Inches(13.333), Inches(7.5)
SIDE, TOP, BOTTOM, ACROSS = 0.6, 0.35, 7.3, 12.13  # inches: where words begin and end
BESIDE = 4.4  # inches of what stands beside a chart
LETTER, LEADING, BETWEEN = 0.57, 1.28, 0.08  # of the size of letters: their width, generously, and a line; inches
ROWS, COLUMNS = 9, 6  # of a table on a slide
INK, MUTED = RGBColor(0x16, 0x20, 0x2B), RGBColor(0x59, 0x66, 0x73)
SERIF, SANS = "Source Serif 4", "Source Sans 3"
MAPS = ("donors", "recipients", "need")
TITLES = (26, 20)  # points of a title: the first that stays on one line, else the last
SUBTITLE = 13
WEIGHTS = {"what": 1.2, "said": 2.0, "basis": 4.0, "name": 1.6, "code": 0.6, "why": 2.0}  # of columns; others 1
NUMBERS = ("usd", "percent", "number")
OF_PICTURES = re.compile(r"\. (?:Dotted|Circle area): .*?(?=\. [A-Z]|$)")  # what the marks of a picture mean
PLAIN = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # the style of tables without fills
TITLE_ONLY = 5  # of the layouts of a new presentation


def slides(brief: Brief) -> bytes:
    """A PPTX file, a slide for each thing that a briefing shows."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = WIDE, HIGH
    deck.core_properties.title, deck.core_properties.author = f"{brief.title} · {NAME}", NAME
    deck.core_properties.language = "en"
    for sheet in brief.sheets:
        _slide(deck, sheet, brief)
    file = io.BytesIO()
    deck.save(file)
    return file.getvalue()


def _slide(deck: Any, sheet: Sheet, brief: Brief) -> None:
    """From above: a sentence of one's own, title, subtitle; from below the foot; between them what is shown."""
    one, top = sheet.one, TOP
    slide = deck.slides.add_slide(deck.slide_layouts[TITLE_ONLY])
    if sheet.own:
        top += _text(slide, sheet.note, top, 14, INK)
    size = next((points for points in TITLES if _lines(one.title, points) == 1), TITLES[-1])
    title, high = slide.shapes.title, _high(one.title, size)
    title.left, title.top, title.width, title.height = (Inches(inch) for inch in (SIDE, top, ACROSS, high))
    title.text_frame.vertical_anchor = MSO_ANCHOR.TOP
    _written(title.text_frame, one.title, size, SERIF)
    made = commitment_slide.native(sheet.told) if sheet.told else native(one.name, one.table) if one.table else None
    top += high + _text(slide, _subtitle(sheet, made), top + high, SUBTITLE, MUTED)
    bottom = BOTTOM
    for line in reversed(_foot(sheet, brief.public)):
        bottom -= _high(line, 9)
        _text(slide, line, bottom, 9, MUTED)
    _shown(slide, sheet, made, (top + BETWEEN, bottom - BETWEEN))
    slide.notes_slide.notes_text_frame.text = "\n\n".join(_notes(sheet, brief))


def _subtitle(sheet: Sheet, made: Native | None) -> str:
    """What is shown, at which prices, and how much of it."""
    one, told = sheet.one, sheet.told
    if told:
        ends = ", against the low end of what was promised" if told.causes and told.causes.high else ""
        return headline(told).text + (f" The chart is in {told.causes.prices}{ends}." if told.causes else "")
    subtitle = unscaled(OF_PICTURES.sub("", one.subtitle))
    if made:
        return subtitle + (f". The first {len(made.categories)} of {len(made.categories) + made.cut}" * bool(made.cut))
    rows = len(one.table.rows) if one.table else 0
    return subtitle + (f". The first {ROWS} of {rows:,} rows" * (rows > ROWS))


def _shown(slide: Any, sheet: Sheet, made: Native | None, between: tuple[float, float]) -> None:
    """The chart, beside it what a commitment came to; a table where no chart can tell it, or why there is neither.
    between: inches from above."""
    one, (top, bottom) = sheet.one, between
    said = facts(sheet.told) if sheet.told else one.table
    wide = ACROSS - (BESIDE if sheet.told else 0)
    if made:
        box = Inches(SIDE), Inches(top), Inches(wide), Inches(bottom - top)
        place(slide, made, box, headline(sheet.told).text if sheet.told else one.sentence)
    if made and sheet.told and said:
        brief = Table(said.caption, said.columns[:2], tuple(row[:2] for row in said.rows))
        _table(slide, brief, (SIDE + wide + 0.2, top), (1.4, BESIDE - 1.6))
    elif said and not made:
        weights = [WEIGHTS.get(column.key, 1.0) for column in said.columns[:COLUMNS]]
        _table(slide, said, (SIDE, top), [ACROSS * weight / sum(weights) for weight in weights])
    elif not made:
        _text(slide, (one.drawing and one.drawing.empty) or one.sentence, top, 16, INK)


def _foot(sheet: Sheet, public: str) -> list[str]:
    """The lines that stay on the slide when the notes are lost."""
    one = sheet.one
    first = f"{one.source_line.rstrip('.')}. {one.filters}."
    register = sentence(one.drawing.parts) if one.drawing and not sheet.told else ""
    promise = [promised_by(sheet.told)] if sheet.told else []
    return [*filter(None, (register,)), *promise, first, f"{held(one)}. {public}{one.address} ({one.mark})"]


def _notes(sheet: Sheet, brief: Brief) -> list[str]:
    one = sheet.one
    said = [one.sentence, one.note, cited(one, brief.public, brief.on), BOUNDARIES if one.name in MAPS else ""]
    told = [f"{what}: {words}. {basis}" for what, words, basis in facts(sheet.told).rows] if sheet.told else []
    return [part for part in (*said, *told, promised_by(sheet.told) if sheet.told else "") if part]


def _lines(words: str, points: float, wide: float = ACROSS) -> int:
    """On how many lines words stand at most, whichever face they are shown in."""
    return max(1, math.ceil(len(words) * points * LETTER / 72 / wide))


def _high(words: str, points: float) -> float:
    """Inches that words take."""
    return _lines(words, points) * points * LEADING / 72 + BETWEEN


def _text(slide: Any, words: str, top: float, points: int, colour: RGBColor) -> float:
    """Words across the slide; the inches they take."""
    high = _high(words, points)
    box = slide.shapes.add_textbox(*(Inches(inch) for inch in (SIDE, top, ACROSS, high)))
    box.text_frame.word_wrap = True
    box.text_frame.margin_top = box.text_frame.margin_bottom = 0
    _written(box.text_frame, words, points, SANS, colour)
    return high


def _written(frame: Any, words: str, points: int, font: str, colour: RGBColor = INK, right: bool = False) -> None:
    frame.text = printable(words)
    frame.paragraphs[0].alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
    for run in frame.paragraphs[0].runs:
        run.font.size, run.font.name, run.font.color.rgb = Pt(points), font, colour


def printable(words: str) -> str:
    """Words without what XML cannot hold, on one line."""
    return " ".join("".join(c if c.isprintable() or c == " " else " " for c in words).split())


def _table(slide: Any, table: Table, at: tuple[float, float], widths: Sequence[float]) -> None:
    """at: inches from the left and from above; widths: of its columns, in inches."""
    rows, columns = table.rows[:ROWS], table.columns[:COLUMNS]
    box = (Inches(inch) for inch in (*at, sum(widths), 0.36 * (len(rows) + 1)))
    shape = slide.shapes.add_table(len(rows) + 1, len(columns), *box)
    shape._element.graphic.graphicData.tbl.tblPr.find(qn("a:tableStyleId")).text = PLAIN
    for place_, (column, wide) in enumerate(zip(columns, widths, strict=True)):
        shape.table.columns[place_].width = Inches(wide)
        number = column.kind in NUMBERS
        _cell(shape.table.cell(0, place_), heading(column), number)
        for down, row in enumerate(rows):
            _cell(shape.table.cell(down + 1, place_), _words(row[place_], column), number)


def _cell(cell: Any, words: str, right: bool) -> None:
    _written(cell.text_frame, words, 11, SANS, INK, right)


def _words(value: Any, column: Column) -> str:
    if value is None:
        return ".."
    if column.kind == "usd":
        return f"{value:,.0f}"
    return f"{Decimal(figure(value, column)):,f}" if column.kind in NUMBERS else str(value)
