"""Results of a survey as they leave: the panel of a question or all answers, under an address that carries the survey,
the question and when the results were published."""

from __future__ import annotations

import re
from urllib.parse import urlencode

from dashboard import carried
from dashboard.carried import Carried
from dashboard.panels import Column, Drawing, Table
from dashboard.selection import shortened
from dashboard.surveys.results import Answered, results
from dashboard.surveys.whole import whole

PATH, ALL = "/surveys", "all"
PUBLISHED = "published"  # the term of an address that names when the results were published
MOMENT = r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z"
NONE = "There are no results of a survey at this address."
REPLACED = (
    "{term}={given} names results that are not those that stand: they were published on {last}. "
    "Results that were taken back or published anew are not shown again; without {term} the address is of those of now."
)
COUNTS = (
    Column("question", "Question", "code"),
    Column("words", "Asked"),
    Column("column", "Column", "code"),
    Column("column.words", "Asked in the column"),
    Column("option", "Answer", "code"),
    Column("answer", "Answer, in words"),
    Column("count", "Given by", "whole"),
    Column("of", "Of answers", "whole"),
)


def leaving(told: Answered, question: str = ALL) -> Carried | None:
    """A question by its id, or all answers; None where there is no such question among the results."""
    drawings = {each.question.id: each.drawing for each in results(told)}
    drawing = whole(told) if question == ALL and ALL not in drawings else drawings.get(question)
    return None if drawing is None else named(told, question, drawing)


def named(told: Answered, question: str, drawing: Drawing) -> Carried:
    """What is drawn of a question, or of all answers, with its addresses."""
    at = "" if question == ALL else f"#{question}"
    path, term = f"{PATH}/{told.survey.id}", urlencode({PUBLISHED: told.closed}, safe=":")
    name = f"{told.survey.id}-{question}"
    return carried.of_survey(name, drawing, told.count, told.closed, f"{path}?{term}{at}", f"{path}{at}")


def counts(told: Answered) -> Table:
    """How often each answer to each choice was given, of questions that were answered by enough to tell it."""
    rows = [
        (one.question.id, told.survey.said(one.question.words, "en"), bars.column, bars.heading, option, *row)
        for one in results(told)
        for bars in one.bars
        for option, row in zip(bars.options, bars.rows, strict=True)
    ]
    return Table("How often each answer was given", COUNTS, tuple(rows))


def replaced(given: str, last: str) -> str:
    """Why results cannot be shown under the moment that an address names; empty where they can. last: when those that
    stand were published."""
    if given in ("", last):
        return ""
    if not re.fullmatch(MOMENT, given):
        return f"{PUBLISHED}={shortened(given)} is no moment; it is written as 2026-11-23T17:00:00Z, in UTC."
    return REPLACED.format(term=PUBLISHED, given=given, last=f"{last[:10]}, {last[11:16]} UTC")
