"""Answers to choices, counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.surveys.questions import Choice, Matrix, Question, Survey
from dashboard.surveys.told import offered


@dataclass(frozen=True)
class Bars:
    """Shares of answers. heading: of what, empty where the panel says so. rows: answer, how many, of how many. column:
    id of the column, empty where there is none. options: ids of the answers."""

    heading: str
    rows: tuple[tuple[str, int, int], ...]
    column: str = ""
    options: tuple[str, ...] = ()


def counted(survey: Survey, one: Question, answers: Sequence[Any], *, every: bool) -> tuple[Bars, ...]:
    """Of a choice, or of each column of a table that is one and was answered. every: with the answers that nobody gave;
    left out where nobody is named, so that they are not told from those that fewer gave than are shown."""
    if isinstance(one, Choice):
        return _bars(survey, one, answers, every=every)
    found: tuple[Bars, ...] = ()
    for column in one.columns if isinstance(one, Matrix) else ():
        if isinstance(column, Choice):
            cells = [row[column.id] for answer in answers for row in (answer or {}).values() if column.id in row]
            heading = survey.said(column.words, "en")
            found += _bars(survey, column, cells, (heading, column.id), every=every)
    return found


def _bars(
    survey: Survey, one: Choice, answers: Sequence[Sequence[str]], of: tuple[str, str] = ("", ""), *, every: bool
) -> tuple[Bars, ...]:
    if not any(answers):
        return ()
    every_one = offered(survey, one, answers)
    counts = {key: (words, sum(key in answer for answer in answers)) for key, words in every_one.items()}
    rows = {key: (words, many, len(answers)) for key, (words, many) in counts.items() if every or many}
    return (Bars(of[0], tuple(rows.values()), of[1], tuple(rows)),)
