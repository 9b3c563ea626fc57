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
from dashboard.surveys.questions import Choice, File, Matrix, Money, Number, Question, Survey, Text, first

Answers = Mapping[str, Any]
DECIMAL = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,6})?")
CURRENCY = re.compile(r"[A-Z]{3}")
YEAR = re.compile(r"(19|20)[0-9]{2}")
UNITS = "units"
SCALES = (UNITS, "thousand", "million", "billion")  # of an amount: chosen, never taken for granted
PARTS = ("amount", "scale", "currency", "since", "until")
SHARE = "share"  # kind of a financial commitment that is no sum of money, as 0.7 per cent of income
NONE: Mapping[str, str] = MappingProxyType({})
Wrong = Iterator[tuple[str, str, str]]  # key, value, the sentence


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
    survey: Survey, answers: Answers, commitments: Mapping[str, str] = NONE, *, whole: bool = True
) -> tuple[Problem, ...]:
    """What is wrong, by key of the question. commitments: id -> kind of those of the maker who answers. whole: as it is
    to be submitted, so that what is required has to be there; a draft may lack anything."""
    shown = asked(survey, answers)
    known = {one.id for one in survey.questions()}
    found = [
        Problem(key, "", f"{shortened(key)} is no question of this survey.") for key in answers if key not in known
    ]
    for one in shown:
        wrong = _answer(one, one.id, answers.get(one.id), commitments, whole)
        found += [Problem(key, shortened(value), sentence) for key, value, sentence in wrong]
    return tuple(found)


def kept(survey: Survey, answers: Answers) -> dict[str, Any]:
    """What is submitted: answers to questions that were asked, those with nothing in them left out."""
    return {one.id: answers[one.id] for one in asked(survey, answers) if not empty(answers.get(one.id))}


def _answer(one: Question, key: str, answer: Any, commitments: Mapping[str, str], whole: bool) -> Wrong:
    if empty(answer):
        if whole and one.required:
            yield key, "", "Please answer this question; it is needed."
        return
    if isinstance(one, Matrix):
        yield from _rows(one, key, answer, commitments, whole)
    else:
        yield from CHECKS[one.kind](one, key, answer)


def _rows(one: Matrix, key: str, answer: Any, commitments: Mapping[str, str], whole: bool) -> Wrong:
    rows = of_maker(one.rows, commitments) if isinstance(one.rows, str) else [row.id for row in one.rows]
    columns = {column.id: column for column in one.columns}
    if not isinstance(answer, dict):
        yield key, str(answer), "This is not a table."
        return
    for row, cells in answer.items():
        if row not in rows:
            yield f"{key}.{row}", str(row), f"{shortened(str(row))} is no row of this table."
        elif not isinstance(cells, dict) or set(cells) - set(columns):
            yield f"{key}.{row}", "", "This row has columns that the table does not have."
        elif not empty(cells):  # a row of which nothing is said is left out, whatever its columns require
            for id_, column in columns.items():
                yield from _answer(column, f"{key}.{row}.{id_}", cells.get(id_), commitments, whole)


def _choice(one: Choice, key: str, answer: Any) -> Wrong:
    ids = {option.id for option in one.options}
    given = answer if isinstance(answer, list) else []
    if not given:
        yield key, str(answer), "Please choose from the answers offered."
    for id_ in given:
        if not isinstance(id_, str) or id_ not in ids:
            yield key, str(id_), f"{shortened(str(id_))} is none of the answers offered; please choose one of these."
    lone = next((option for option in one.options if option.id in one.alone and option.id in given), None)
    if lone and len(given) > 1:
        why = f"“{first(lone.words)}” excludes the other answers; please choose it alone, or leave it out."
        yield key, ", ".join(map(str, given)), why
    if len(given) > 1 and not one.several:
        yield key, ", ".join(map(str, given)), "Please choose one answer alone."
    if len(set(map(str, given))) < len(given):
        yield key, ", ".join(map(str, given)), "An answer is given twice; please give each once."


def _number(one: Number, key: str, answer: Any) -> Wrong:
    unit = first(one.unit)
    if not isinstance(answer, str) or not DECIMAL.fullmatch(answer):
        yield key, str(answer), f"Please write a number of {unit} in digits, such as 12.5."
        return
    if one.least is not None and Decimal(answer) < one.least:
        yield key, answer, f"{answer} is below {one.least} {unit}, the least that this can be."
    if one.most is not None and Decimal(answer) > one.most:
        yield key, answer, f"{answer} is above {one.most} {unit}, the most that this can be."


def _money(one: Money, key: str, answer: Any) -> Wrong:
    if not isinstance(answer, dict) or set(answer) - set(PARTS) or not all(isinstance(v, str) for v in answer.values()):
        yield key, "", "An amount holds a figure, its scale, its currency and its years."
        return
    amount, scale, currency, since, until = (answer.get(part, "") for part in PARTS)
    if not DECIMAL.fullmatch(amount) or amount.startswith("-"):
        yield (
            f"{key}.amount",
            amount,
            "Please write the amount in digits, such as 12.5; an amount paid back is not asked.",
        )
    if scale not in SCALES:
        other = f"; not {shortened(scale)}" if scale else ""
        yield f"{key}.scale", scale, f"Please say whether the figure is in units, thousand, million or billion{other}."
    if not CURRENCY.fullmatch(currency):
        yield f"{key}.currency", currency, "Please name the currency by its three letters, such as EUR."
    yield from () if one.year else _years(one, key, since, until)


def _years(one: Money, key: str, since: str, until: str) -> Wrong:
    for part, year in (("since", since), ("until", until)):
        if not YEAR.fullmatch(year) or not one.since <= int(year) <= one.until:
            yield f"{key}.{part}", year, f"Please give a year from {one.since} to {one.until}."
            return
    if since > until:
        yield f"{key}.until", until, f"The years end ({until}) before they begin ({since})."


def _text(one: Text, key: str, answer: Any) -> Wrong:
    if not isinstance(answer, str):
        yield key, str(answer), "Please answer in words."
    elif len(answer) > one.longest:
        yield key, answer, f"This has {len(answer):,} characters; {one.longest:,} is the most. Please shorten it."
    elif any(not sign.isprintable() and sign not in f"\n\r\t{JOINERS}" for sign in answer):
        yield key, answer, "This holds signs that cannot be seen; please write it without them."


def _file(_: File, key: str, answer: Any) -> Wrong:
    if not isinstance(answer, str) or not re.fullmatch(r"[0-9a-f]{32}", answer):
        yield key, str(answer), "This is no document that was uploaded here."


CHECKS: dict[str, Callable[[Any, str, Any], Wrong]] = {
    "choice": _choice,
    "number": _number,
    "amount": _money,
    "text": _text,
    "file": _file,
}
