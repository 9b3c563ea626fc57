"""Answers in words, as they are read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from dashboard.amounts import SCALES
from dashboard.surveys.answers import UNITS
from dashboard.surveys.questions import Choice, Money, Number, Question, Survey


def words(survey: Survey, one: Question, answer: Any, language: str = "en") -> str:
    """An answer to what is no table and no file: `EUR 12.5 million, 2010 to 2012`; empty where nothing was said."""
    if not answer:
        return ""
    if isinstance(one, Choice):
        named = options(survey, one, language)
        return "; ".join(named.get(id_, id_) for id_ in answer)
    if isinstance(one, Money):
        return amount(answer)
    return f"{answer} {survey.said(one.unit, language)}" if isinstance(one, Number) else str(answer)


def options(survey: Survey, one: Choice, language: str = "en") -> dict[str, str]:
    """Id -> words of what can be chosen, in order."""
    return {option.id: survey.said(option.words, language) for option in one.options}


def offered(survey: Survey, one: Choice, answers: Iterable[Iterable[str]]) -> dict[str, str]:
    """The same with what was chosen and is offered no more, as its id."""
    known = options(survey, one)
    return known | {id_: id_ for answer in answers for id_ in answer if id_ not in known}


def amount(answer: Mapping[str, str]) -> str:
    """`EUR 12.5 million, 2010 to 2012`; without years where another question says them."""
    figure = " ".join(part for part in (answer["currency"], answer["amount"], scale(answer)) if part)
    return f"{figure}, {years(answer)}" if "since" in answer else figure


def years(answer: Mapping[str, str]) -> str:
    """`2010 to 2012`, or the one year."""
    since, until = answer["since"], answer["until"]
    return since if since == until else f"{since} to {until}"


def value(answer: Mapping[str, str]) -> Decimal:
    """An amount in whole units of its currency."""
    return Decimal(answer["amount"]) * SCALES[scale(answer)]


def scale(answer: Mapping[str, str]) -> str:
    """`million`; empty for units."""
    return "" if answer["scale"] == UNITS else answer["scale"]
