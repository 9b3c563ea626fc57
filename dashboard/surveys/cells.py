"""Answers as cells of tables: columns of their own for an amount, its currency and its years."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from dashboard.panels import Column
from dashboard.surveys.amounts import span
from dashboard.surveys.answers import empty
from dashboard.surveys.questions import Money, Number, Question, Survey
from dashboard.surveys.told import value, words

Cells = tuple[Any, ...]
Read = Callable[[Any], Cells]


def columns_of(survey: Survey, one: Question, key: str) -> tuple[tuple[Column, ...], Read]:
    """The columns of a question that is no table, and what reads an answer into their cells; None where nothing was
    said. key: of the columns."""
    said = survey.said(one.words, "en")
    if isinstance(one, Money):
        head = (Column(key, said, "number"), Column(f"{key}.currency", "Currency"),
                Column(f"{key}.since", "From", "year"), Column(f"{key}.until", "To", "year"))  # fmt: skip
        return head, _money
    if isinstance(one, Number):
        unit = survey.said(one.unit, "en").strip("()")
        if unit == "year":
            return (Column(key, said, "year"),), lambda answer: (None if empty(answer) else _year(Decimal(answer)),)
        return (Column(key, said, "number", unit),), lambda answer: (None if empty(answer) else Decimal(answer),)
    return (Column(key, said),), lambda answer: (words(survey, one, answer) or None,)


def _money(answer: Any) -> Cells:
    if empty(answer):
        return (None,) * 4
    return value(answer), answer["currency"], *span(answer)


def _year(answer: Decimal) -> int | Decimal:
    return answer if answer % 1 else int(answer)
