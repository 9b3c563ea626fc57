"""Answers to a survey: what is asked of somebody, and whether what they said can stand, a sentence for each fault.

An answer is JSON by kind. choice: list of ids. number: a decimal as text. amount: {amount, scale, currency, since,
until}. text: text. file: the id of a piece of evidence. matrix: row -> column -> answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from dashboard.counting import Problem
from dashboard.forms import JOINERS
from dashboard.selection import shortened
from dashboard.surveys.faults import Fault
from dashboard.surveys.questions import Choice, File, Matrix, Money, Number, Question, Survey, Text

Answers = Mapping[str, Any]
DECIMAL = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,6})?")
CURRENCY = re.compile(r"[A-Z]{3}")
YEAR = re.compile(r"(19|20)[0-9]{2}")
UNITS = "units"
SCALES = (UNITS, "thousand", "million", "billion")  # of an amount: chosen, never taken for granted
PARTS = ("amount", "scale", "currency", "since", "until")
SHARE = "share"  # kind of a financial commitment that is no sum of money, as 0.7 per cent of income
NONE: Mapping[str, str] = MappingProxyType({})
Wrong = Iterator[Fault]


def asked(survey: Survey, answers: Answers) -> tuple[Question, ...]:
    """The questions whose conditions hold, in order. What depends on a question that is not asked is not asked."""
    held: list[Question] = []
    ids: set[str] = set()
    for one in survey.questions():
        if one.when is None or (one.when.question in ids and _among(answers.get(one.when.question), one.when.among)):
            held.append(one)
            ids.add(one.id)
    return tuple(held)


def _among(answer: Any, wanted: Sequence[str]) -> bool:
    return isinstance(answer, list) and any(one in wanted for one in answer)


def of_maker(rows: str, commitments: Mapping[str, str]) -> list[str]:
    """Ids of a maker's commitments that make the rows of a table. commitments: id -> kind, SHARE of those that are a
    share of something: an amount of money does not fit them."""
    return [id_ for id_, kind in commitments.items() if rows in ("commitments", kind)]


def empty(answer: Any) -> bool:
    """Whether nothing was said: nothing there, or blanks alone."""
    if isinstance(answer, dict):
        return all(empty(one) for one in answer.values())
    return answer is None or answer == [] or (isinstance(answer, str) and not answer.strip())


def problems(
    survey: Survey, answers: Answers, commitments: Mapping[str, str] = NONE, *, whole: bool = True, language: str = "en"
) -> tuple[Problem, ...]:
    """What is wrong, by key of the question. commitments: id -> kind of those of the maker who answers. whole: as it is
    to be submitted, so that what is required has to be there; a draft may lack anything. language: of the sentences."""
    known = {one.id for one in survey.questions()}
    found = [Fault(key, "", "no question", {"key": shortened(key)}) for key in answers if key not in known]
    for one in asked(survey, answers):
        found += _answer(one, one.id, answers.get(one.id), commitments, whole)
    return tuple(one.told(survey, language) for one in found)


def kept(survey: Survey, answers: Answers) -> dict[str, Any]:
    """What is submitted: answers to questions that were asked, those with nothing in them left out."""
    return {one.id: answers[one.id] for one in asked(survey, answers) if not empty(answers.get(one.id))}


def _answer(one: Question, key: str, answer: Any, commitments: Mapping[str, str], whole: bool) -> Wrong:
    if empty(answer):
        if whole and one.required:
            yield Fault(key, "", "needed")
        return
    if isinstance(one, Matrix):
        yield from _rows(one, key, answer, commitments, whole)
    else:
        yield from CHECKS[one.kind](one, key, answer)


def _rows(one: Matrix, key: str, answer: Any, commitments: Mapping[str, str], whole: bool) -> Wrong:
    rows = of_maker(one.rows, commitments) if isinstance(one.rows, str) else [row.id for row in one.rows]
    columns = {column.id: column for column in one.columns}
    if not isinstance(answer, dict):
        yield Fault(key, str(answer), "no table")
        return
    for row, cells in answer.items():
        if row not in rows:
            yield Fault(f"{key}.{row}", str(row), "no row", {"row": shortened(str(row))})
        elif not isinstance(cells, dict) or set(cells) - set(columns):
            yield Fault(f"{key}.{row}", "", "other columns")
        elif not empty(cells):  # a row of which nothing is said is left out, whatever its columns require
            for id_, column in columns.items():
                yield from _answer(column, f"{key}.{row}.{id_}", cells.get(id_), commitments, whole)


def _choice(one: Choice, key: str, answer: Any) -> Wrong:
    ids = {option.id for option in one.options}
    given = answer if isinstance(answer, list) else []
    if not given:
        yield Fault(key, str(answer), "choose")
    for id_ in given:
        if not isinstance(id_, str) or id_ not in ids:
            yield Fault(key, str(id_), "not offered", {"answer": shortened(str(id_))})
    lone = next((option for option in one.options if option.id in one.alone and option.id in given), None)
    every = ", ".join(map(str, given))
    if lone and len(given) > 1:
        yield Fault(key, every, "alone", {"answer": lone.words})
    if len(given) > 1 and not one.several:
        yield Fault(key, every, "one")
    if len(set(map(str, given))) < len(given):
        yield Fault(key, every, "twice")


def _number(one: Number, key: str, answer: Any) -> Wrong:
    told = {"unit": one.unit, "answer": answer, "least": one.least, "most": one.most}
    if not isinstance(answer, str) or not DECIMAL.fullmatch(answer):
        yield Fault(key, str(answer), "digits", told)
        return
    if one.least is not None and Decimal(answer) < one.least:
        yield Fault(key, answer, "below", told)
    if one.most is not None and Decimal(answer) > one.most:
        yield Fault(key, answer, "above", told)


def _money(one: Money, key: str, answer: Any) -> Wrong:
    if not isinstance(answer, dict) or set(answer) - set(PARTS) or not all(isinstance(v, str) for v in answer.values()):
        yield Fault(key, "", "no amount")
        return
    amount, scale, currency, since, until = (answer.get(part, "") for part in PARTS)
    if not DECIMAL.fullmatch(amount) or amount.startswith("-"):
        yield Fault(f"{key}.amount", amount, "amount")
    if scale not in SCALES:
        yield Fault(f"{key}.scale", scale, "scale")
    if not CURRENCY.fullmatch(currency):
        yield Fault(f"{key}.currency", currency, "currency")
    yield from () if one.year else _years(one, key, since, until)


def _years(one: Money, key: str, since: str, until: str) -> Wrong:
    for part, year in (("since", since), ("until", until)):
        if not YEAR.fullmatch(year) or not one.since <= int(year) <= one.until:
            yield Fault(f"{key}.{part}", year, "year", {"since": one.since, "until": one.until})
            return
    if since > until:
        yield Fault(f"{key}.until", until, "years", {"since": since, "until": until})


def _text(one: Text, key: str, answer: Any) -> Wrong:
    if not isinstance(answer, str):
        yield Fault(key, str(answer), "words")
    elif len(answer) > one.longest:
        yield Fault(key, answer, "long", {"many": f"{len(answer):,}", "most": f"{one.longest:,}"})
    elif any(not sign.isprintable() and sign not in f"\n\r\t{JOINERS}" for sign in answer):
        yield Fault(key, answer, "unseen")


def _file(_: File, key: str, answer: Any) -> Wrong:
    if not isinstance(answer, str) or not re.fullmatch(r"[0-9a-f]{32}", answer):
        yield Fault(key, str(answer), "no document")


CHECKS: dict[str, Callable[[Any, str, Any], Wrong]] = {
    "choice": _choice,
    "number": _number,
    "amount": _money,
    "text": _text,
    "file": _file,
}
