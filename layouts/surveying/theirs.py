"""An answer as it stands, beside the fields of somebody who wrote another one meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboard.surveys.answers import empty
from dashboard.surveys.questions import Matrix, Question
from dashboard.surveys.told import words as told
from dashboard.surveys.tongues import phrase
from dashboard.surveys.typed import Form
from layouts.contributing.pieces import paragraphs
from layouts.filled import el
from layouts.surveying.answering import spoken


def theirs(form: Form, one: Question, answer: Any) -> list[Any]:
    """Of a question, or of one row of a table with its cells."""
    if empty(answer):
        said: Any = el.p(spoken(form, phrase("taken out", form.language)))
    elif isinstance(one, Matrix):
        cells = [pair(form, column, answer) for column in one.columns if not empty(answer.get(column.id))]
        said = el.dl(cells, className="told-of")
    else:
        said = el.div(paragraphs(told(form.survey, one, answer, form.language)))
    head = el.p(el.b(spoken(form, phrase("theirs", form.language))))
    return [el.div([head, said], className="theirs note")]


def pair(form: Form, column: Question, cells: Mapping[str, Any]) -> Any:
    """A column of a table and what stands in its cell."""
    said = told(form.survey, column, cells[column.id], form.language)
    return el.div([el.dt(spoken(form, form.survey.said(column.words, form.language))), el.dd(paragraphs(said))])
