"""A survey as its author writes it: sections, questions of six kinds, conditions, languages, what an answer becomes.

Ids are part of answers and of exports, so they never change once somebody has answered; words may.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

COMMITMENTS = ("commitments", "financial", "policy")  # rows of a matrix: those of the maker who answers, all or a kind
Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]{0,39}$")]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
Line = Annotated[str, StringConstraints(min_length=1, max_length=600, strip_whitespace=True)]
Words = Line | dict[Language, Line]  # in the first language of the survey, or in each
Year = Annotated[int, Field(ge=1900, le=2100)]


class Shape(BaseModel):
    """A key that is not known is refused: a misspelt one would be an instruction that nobody follows."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Worded(Shape):
    """What has words. published: those in results, which address nobody; the same where it has none."""

    id: Id
    words: Words
    published: Words | None = None


class Option(Worded):
    """One of several answers, or a row of a table."""


class When(Shape):
    """Asked only where an earlier question, a choice, was answered with one of these."""

    question: Id
    among: Annotated[list[Id], Field(min_length=1)]


class Becomes(Shape):
    """What the answer for a commitment may be proposed as, once the survey is submitted."""

    kind: Literal["report", "status"]
    field: Id


class Asked(Worded):
    """What questions of every kind have. help: a sentence below the question. becomes: of a column in a table of
    commitments alone. public: whether results show what was answered; of a file never more than that it was given."""

    help: Words | None = None
    required: bool = False
    public: bool = True
    when: When | None = None
    becomes: Becomes | None = None


class Choice(Asked):
    """One of the options, or any number of them. alone: ids of options that exclude all others."""

    kind: Literal["choice"]
    options: Annotated[list[Option], Field(min_length=2, max_length=40)]
    several: bool = False
    alone: list[Id] = []


class Number(Asked):
    """A decimal in a unit. least, most: inclusive."""

    kind: Literal["number"]
    unit: Words
    least: Decimal | None = None
    most: Decimal | None = None


class Money(Asked):
    """An amount with its currency and its years. since, until: years that may be named. year: the id of a number that
    was asked before and is the year of the amount; no years are asked with it then."""

    kind: Literal["amount"]
    year: Id | None = None
    since: Year = 1990
    until: Year = 2100


class Text(Asked):
    """Words. longest: in characters."""

    kind: Literal["text"]
    longest: Annotated[int, Field(ge=1, le=10_000)] = 2_000


class File(Asked):
    """A document that supports the answer."""

    kind: Literal["file"]


Cell = Annotated[Choice | Number | Money | Text, Field(discriminator="kind")]


class Matrix(Asked):
    """The same columns for each of some rows."""

    kind: Literal["matrix"]
    rows: Annotated[list[Option], Field(min_length=1, max_length=60)] | Literal["commitments", "financial", "policy"]
    columns: Annotated[list[Cell], Field(min_length=1, max_length=12)]


Question = Annotated[Choice | Number | Money | Text | File | Matrix, Field(discriminator="kind")]


class Section(Worded):
    """Questions that are shown together."""

    help: Words | None = None
    questions: Annotated[list[Question], Field(min_length=1, max_length=60)]


class Survey(Shape):
    """A whole survey. languages: words without a language are in the first. asked: kinds of makers it is meant for.
    makers: whether its results say who answered what."""

    id: Id
    title: Words
    purpose: Words
    published: Words | None = None  # the purpose, as results say it
    languages: Annotated[list[Language], Field(min_length=1, max_length=6)] = ["en"]
    asked: Annotated[list[Line], Field(min_length=1)]
    makers: Literal["named", "unnamed"] = "unnamed"
    sections: Annotated[list[Section], Field(min_length=1, max_length=30)]

    def questions(self) -> Iterator[Question]:
        """In the order in which they are asked."""
        for section in self.sections:
            yield from section.questions

    def as_published(self) -> Survey:
        """The same in the words of its results."""
        sections = [_told(one, questions=[_told_question(each) for each in one.questions]) for one in self.sections]
        return self.model_copy(update={"purpose": self.published or self.purpose, "sections": sections})

    def said(self, words: Words | None, language: str) -> str:
        """Words in a language; where they were not written in that one in English, else in the first of the survey."""
        if words is None or isinstance(words, str):
            return words or ""
        return words.get(language) or words.get("en") or words.get(self.languages[0]) or next(iter(words.values()))


One = TypeVar("One", bound=Worded)


def first(words: Words) -> str:
    """Words in English, or in the first language that there is."""
    return words if isinstance(words, str) else words.get("en") or next(iter(words.values()))


def _told(one: One, **parts: object) -> One:
    return one.model_copy(update={"words": one.published or one.words, **parts})


def _told_question(one: Question) -> Question:
    if isinstance(one, Choice):
        return _told(one, options=[_told(each) for each in one.options])
    if isinstance(one, Matrix):
        rows = one.rows if isinstance(one.rows, str) else [_told(each) for each in one.rows]
        return _told(one, rows=rows, columns=[_told_question(each) for each in one.columns])
    return _told(one)
