"""Reading a survey that somebody wrote, and saying by place what is wrong with it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from typing import Any

from pydantic import ValidationError

from dashboard.counting import Problem
from dashboard.surveys.questions import COMMITMENTS, Becomes, Choice, Matrix, Money, Number, Question, Survey, Words

ODD = "The survey has values too deep in one another, or a number that is too long; please write it more plainly."
LARGEST = 256 * 1024  # characters
FIELDS = {  # of what an answer becomes: kind -> field -> kind of question whose answers fit it
    "report": {"amount": "amount", "narrative": "text", "rung": "choice"},
    "status": {"step": "choice", "note": "text"},
}


def read(text: str) -> tuple[Survey | None, tuple[Problem, ...]]:
    """The survey, or None and what is wrong, a sentence each with its place (`sections.0.questions.2.options`)."""
    if len(text) > LARGEST:
        return None, (Problem("survey", "", f"The survey is longer than {LARGEST:,} characters; please shorten it."),)
    try:
        return _sound(Survey.model_validate(tomllib.loads(text)))
    except tomllib.TOMLDecodeError as error:
        return None, (Problem("survey", "", f"The survey is not TOML: {error}. Please mend that place."),)
    except ValidationError as error:
        return None, tuple(_misshapen(one) for one in error.errors(include_url=False))
    except (RecursionError, ValueError):  # a thousand brackets in one another; a number of thousands of digits
        return None, (Problem("survey", "", ODD),)


def _sound(survey: Survey) -> tuple[Survey | None, tuple[Problem, ...]]:
    wrong = tuple(_wrong(survey))
    return (None, wrong) if wrong else (survey, ())


def _misshapen(one: Any) -> Problem:
    place = ".".join(str(part) for part in one["loc"]) or "survey"
    value = "" if isinstance(one["input"], dict | list) else str(one["input"])[:80]
    named = f" ({value})" if value else ""
    return Problem(place, value, f"{place}{named}: {one['msg'][0].lower()}{one['msg'][1:]}; please mend it.")


def _wrong(survey: Survey) -> Iterator[Problem]:
    """What a shape alone cannot tell."""
    yield from _twice("section", [section.id for section in survey.sections])
    yield from _twice("question", [one.id for one in survey.questions()])
    yield from _tongues(survey)
    before: dict[str, Question] = {}
    for one in survey.questions():
        yield from _asked(one, before)
        before[one.id] = one


def _twice(what: str, ids: Sequence[str]) -> Iterator[Problem]:
    for one in sorted({id_ for id_ in ids if ids.count(id_) > 1}):
        yield Problem(one, one, f"The {what} {one} is there twice; please give each {what} an id of its own.")


def _asked(one: Question, before: dict[str, Question]) -> Iterator[Problem]:
    yield from _condition(one, before)
    if isinstance(one, Choice):
        yield from _twice("option", [option.id for option in one.options])
        yield from _alone(one)
    if isinstance(one, Number) and one.least is not None and one.most is not None and one.least > one.most:
        yield Problem(one.id, f"{one.least}", f"{one.id}: least ({one.least}) is above most ({one.most}).")
    yield from _year_of(one, before)
    if isinstance(one, Matrix):
        yield from _table(one)
    elif one.becomes:
        yield Problem(
            one.id, one.becomes.field, f"{one.id}: only a column in a table of commitments becomes something."
        )


def _alone(one: Choice) -> Iterator[Problem]:
    for id_ in sorted(set(one.alone) - {option.id for option in one.options}):
        yield Problem(one.id, id_, f"{one.id} names {id_} as excluding the other answers; it is no answer to it.")
    if one.alone and not one.several:
        yield Problem(one.id, one.alone[0], f"{one.id} takes one answer only; please leave out alone.")


def _condition(one: Question, before: dict[str, Question]) -> Iterator[Problem]:
    if one.when is None:
        return
    earlier = before.get(one.when.question)
    if not isinstance(earlier, Choice):
        why = "which is no choice that is asked before it"
        yield Problem(one.id, one.when.question, f"{one.id} depends on {one.when.question}, {why}.")
        return
    for id_ in sorted(set(one.when.among) - {option.id for option in earlier.options}):
        yield Problem(one.id, id_, f"{one.id} depends on {id_}, which is no answer to {earlier.id}.")


def _year_of(one: Question, before: dict[str, Question]) -> Iterator[Problem]:
    """An amount of the year that another question asks for: that is always answered, with a year, and is as public."""
    for each in one.columns if isinstance(one, Matrix) else (one,):
        if not isinstance(each, Money) or each.year is None:
            continue
        asked, wants = before.get(each.year), "a required number from 1900 to 2100 that everybody is asked before it"
        if not isinstance(asked, Number) or not _is_year(asked) or asked.public < each.public:
            place = one.id if each is one else f"{one.id}.{each.id}"
            yield Problem(place, each.year, f"{place} takes its year from {each.year}, which is not {wants}.")


def _is_year(one: Number) -> bool:
    """Whether it is always answered, and bounded as years are."""
    bounds = all(bound is not None and 1900 <= bound <= 2100 for bound in (one.least, one.most))
    return bounds and one.required and one.when is None


def _table(one: Matrix) -> Iterator[Problem]:
    if not isinstance(one.rows, str):
        yield from _twice("row", [row.id for row in one.rows])
    yield from _twice("column", [column.id for column in one.columns])
    for column in one.columns:
        place = f"{one.id}.{column.id}"
        if column.when:
            yield Problem(place, column.when.question, f"{place}: a column has no condition; give one to the table.")
        if column.becomes and one.rows not in COMMITMENTS:
            yield Problem(place, column.becomes.field, f"{place}: becomes needs rows of commitments.")
        elif column.becomes and FIELDS[column.becomes.kind].get(column.becomes.field) != column.kind:
            yield Problem(place, column.becomes.field, f"{place}: {_fitting(column.becomes)}, not {column.kind}.")


def _fitting(becomes: Becomes) -> str:
    wanted = FIELDS[becomes.kind].get(becomes.field)
    known = ", ".join(FIELDS[becomes.kind])
    return (
        f"{becomes.field} takes {wanted}" if wanted else f"{becomes.kind} has no field {becomes.field} (it has {known})"
    )


def _tongues(survey: Survey) -> Iterator[Problem]:
    """Every text that names languages has each of the survey's, and no other."""
    for place, words in _texts(survey):
        if isinstance(words, dict) and set(words) != set(survey.languages):
            named, wanted = ", ".join(sorted(words)), ", ".join(survey.languages)
            yield Problem(place, named, f"{place} is written in {named}; the survey is in {wanted}.")


def _texts(survey: Survey) -> Iterator[tuple[str, Words | None]]:
    yield from (("title", survey.title), ("purpose", survey.purpose), ("published", survey.published))
    for section in survey.sections:
        yield from ((section.id, section.words), (section.id, section.help), (section.id, section.published))
    for one in survey.questions():
        yield from _of(one.id, one)


def _of(place: str, one: Question) -> Iterator[tuple[str, Words | None]]:
    yield from ((place, one.words), (place, one.help), (place, one.published))
    if isinstance(one, Number):
        yield place, one.unit
    if isinstance(one, Choice):
        yield from ((f"{place}.{each.id}", words) for each in one.options for words in (each.words, each.published))
    if isinstance(one, Matrix):
        for column in one.columns:
            yield from _of(f"{place}.{column.id}", column)
        if not isinstance(one.rows, str):
            yield from ((f"{place}.{row.id}", words) for row in one.rows for words in (row.words, row.published))
