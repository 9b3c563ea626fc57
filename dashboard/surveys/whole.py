"""All results of a survey as one table: a line for each answer, of a table for each cell."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from dashboard.panels import Column, Drawing, Table
from dashboard.surveys.amounts import span
from dashboard.surveys.answers import empty
from dashboard.surveys.few import FEW
from dashboard.surveys.questions import Choice, Matrix, Money, Number, Question
from dashboard.surveys.results import APART, WHO, Answered, Given, public_columns, shown
from dashboard.surveys.told import options, value, words

HEAD = (
    Column("section", "Part"),
    Column("question", "Question", "code"),
    Column("words", "Asked"),
    Column("row", "Row", "code"),
    Column("row.words", "Of"),
    Column("column", "Column", "code"),
    Column("answer", "Answer"),
    Column("number", "Number", "number"),
    Column("unit", "Unit or currency"),
    Column("since", "From", "year"),
    Column("until", "To", "year"),
)
UNNAMED = (
    f"Nobody is named: what fewer than {FEW} makers said is left out, and what was answered commitment by "
    "commitment; lines are in an order that tells nothing of who answered."
)
Line = tuple[Any, ...]


def whole(of: Answered) -> Drawing:
    """Every answer that is open to the public, in the order of questions."""
    lines = list[Line]()
    for section in of.survey.sections:
        part = of.survey.said(section.words, "en")
        for one in section.questions:
            found = [(part, one.id, of.survey.said(one.words, "en"), *line) for line in _lines(of, one)]
            lines += found if of.named else sorted(found, key=lambda line: [str(cell) for cell in line])
    head = (*HEAD[:3], *((WHO,) if of.named else ()), *HEAD[3:])
    title = of.survey.said(of.survey.title, "en")
    note = APART if of.named else f"{APART} {UNNAMED}"
    table = Table(f"{title}: all answers", head, tuple(lines))
    return Drawing(title, "All answers", f"{of.count}.", of.source_line, table=table, note=note)


def _lines(of: Answered, one: Question) -> Iterator[Line]:
    for each in shown(of, one):
        answer = each.answers[one.id]
        if not isinstance(one, Matrix):
            yield from _cells(of, each, ("", ""), "", one, answer)
            continue
        own = {row.id: of.survey.said(row.words, "en") for row in one.rows} if not isinstance(one.rows, str) else {}
        for row, cells in answer.items():
            named = (row, own.get(row) or of.titles.get(row, row))
            for column in public_columns(one):
                if not empty(cells.get(column.id)):
                    yield from _cells(of, each, named, column.id, column, cells[column.id])


def _cells(of: Answered, each: Given, row: tuple[str, str], id_: str, one: Question, answer: Any) -> Iterator[Line]:
    who = (each.maker,) if of.named else ()
    if isinstance(one, Choice):
        named = options(of.survey, one)
        for chosen in answer:
            yield (*who, *row, id_, named.get(chosen, chosen), None, None, None, None)
    elif isinstance(one, Money):
        told = words(of.survey, one, answer)
        yield (*who, *row, id_, told, value(answer), answer["currency"], *span(answer))
    elif isinstance(one, Number):
        unit = of.survey.said(one.unit, "en").strip("()")
        yield (*who, *row, id_, words(of.survey, one, answer), Decimal(answer), unit, None, None)
    else:
        yield (*who, *row, id_, words(of.survey, one, answer), None, None, None, None)
