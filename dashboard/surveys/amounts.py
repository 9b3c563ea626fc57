"""Years of amounts: asked with them, or those of the year that another question asks for."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from dashboard.surveys.answers import PARTS, empty
from dashboard.surveys.questions import Matrix, Money, Question, Survey

Answers = Mapping[str, Any]


def parts(one: Money) -> tuple[str, ...]:
    """What is asked of an amount."""
    return PARTS[:3] if one.year else PARTS


def of_their_years(survey: Survey, answers: Answers) -> dict[str, Any]:
    """Answers with the years of amounts that another question says; one that has years of its own keeps them."""
    known = {one.id: one for one in survey.questions()}
    return {key: _dated(known[key], answer, answers) if key in known else answer for key, answer in answers.items()}


def span(answer: Mapping[str, str]) -> tuple[int | None, int | None]:
    """First and last year of an amount; None where it has none."""
    return int(answer["since"]) if "since" in answer else None, int(answer["until"]) if "until" in answer else None


def _dated(one: Question, answer: Any, every: Answers) -> Any:
    if empty(answer):
        return answer
    if isinstance(one, Matrix):
        columns = {column.id: column for column in one.columns}
        return {
            row: {id_: _dated(columns[id_], cell, every) if id_ in columns else cell for id_, cell in cells.items()}
            for row, cells in answer.items()
        }
    if isinstance(one, Money) and one.year and not empty(every.get(one.year)):
        year = str(int(Decimal(every[one.year])))
        return {"since": year, "until": year, **answer}
    return answer
