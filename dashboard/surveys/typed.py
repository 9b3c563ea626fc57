"""A section of a survey as a form: its fields, what stands in them, and the answers that they hold when it comes back.

Names of fields are those of problems: `women`, `obstacles.budget` (one of several), `plans.goal-1.planned.amount`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from dashboard.forms import Field
from dashboard.surveys.amounts import parts
from dashboard.surveys.answers import PARTS, SCALES, of_maker
from dashboard.surveys.questions import Choice, File, Matrix, Money, Number, Option, Question, Section, Survey, Text
from dashboard.surveys.tongues import phrase

YES = "yes"
MONEY = {"amount": 24, "scale": 10, "currency": 3, "since": 4, "until": 4}  # part of an amount -> characters
Row = tuple[str, str]  # id, words


@dataclass(frozen=True)
class Form:
    """A survey in one language for one maker. commitments: of each that the register holds in its name its id, title
    and kind."""

    survey: Survey
    language: str = "en"
    commitments: Sequence[tuple[str, str, str]] = ()

    @property
    def kinds(self) -> Mapping[str, str]:
        """Of the commitments, by id."""
        return {id_: kind for id_, _, kind in self.commitments}

    def fields(self, section: Section) -> list[Field]:
        """Every field of a section, in order; files come in forms of their own."""
        return [field for one in self.typed(section) for field in self.of(one)]

    def typed(self, section: Section) -> list[Question]:
        """The questions of a section whose answers are typed or chosen."""
        return [one for one in section.questions if not isinstance(one, File)]

    def of(self, one: Question) -> list[Field]:
        """The fields of a question."""
        if isinstance(one, Matrix):
            return [
                field for row, _ in self.rows(one) for column in one.columns for field in self.cell(one, row, column)
            ]
        return self.leaf(one.id, one, required=one.required)

    def cell(self, table: Matrix, row: str, column: Question) -> list[Field]:
        """The fields of one cell of a table."""
        made = self.leaf(f"{table.id}.{row}.{column.id}", column)
        return [
            replace(one, hint=f"{one.hint} {phrase('needed', self.language)}".strip()) if column.required else one
            for one in made
        ]

    def rows(self, table: Matrix) -> Sequence[Row]:
        """Id and words of each row."""
        if isinstance(table.rows, str):
            mine = of_maker(table.rows, self.kinds)
            return [(id_, title) for id_, title, _ in self.commitments if id_ in mine]
        return [(row.id, self.survey.said(row.words, self.language)) for row in table.rows]

    def leaf(self, name: str, one: Question, *, required: bool = False) -> list[Field]:
        """The fields of what is no table. required: as it is said beside them."""
        words = self.survey.said(one.words, self.language)
        hint = self.survey.said(one.help, self.language)
        if isinstance(one, Choice) and one.several:
            return [Field(f"{name}.{option.id}", self._option(option), "check", False) for option in one.options]
        if isinstance(one, Choice):
            choices = {option.id: self._option(option) for option in one.options}
            return [Field(name, words, "choice", required, hint=hint, choices=choices)]
        if isinstance(one, Money):
            scales = {scale: phrase(scale, self.language) for scale in SCALES}
            return [
                Field(f"{name}.{part}", phrase(part, self.language), "choice" if part == "scale" else "text", False,
                      longest, choices=scales if part == "scale" else {})
                for part, longest in MONEY.items()
                if part in parts(one)
            ]  # fmt: skip
        if isinstance(one, Number):
            return [Field(name, f"{words} {self.survey.said(one.unit, self.language)}", "text", required, 24, hint)]
        longest = one.longest if isinstance(one, Text) else 64
        return [Field(name, words, "lines", required, longest, hint)]

    def _option(self, option: Option) -> str:
        return self.survey.said(option.words, self.language)

    def values(self, section: Section, answers: Mapping[str, Any]) -> dict[str, str]:
        """What stands in each field."""
        found: dict[str, str] = {}
        for one in self.typed(section):
            found |= dict(self._shown(one, one.id, answers.get(one.id)))
        return found

    def answers(self, section: Section, values: Mapping[str, str]) -> dict[str, Any]:
        """The answers that fields hold, by question; None where nothing was said."""
        return {one.id: self._read(one, one.id, values) for one in self.typed(section)}

    def _shown(self, one: Question, name: str, answer: Any) -> Iterator[tuple[str, str]]:
        if answer is None:
            return
        if isinstance(one, Matrix):
            for row, cells in answer.items():
                for column in one.columns:
                    yield from self._shown(column, f"{name}.{row}.{column.id}", cells.get(column.id))
        elif isinstance(one, Choice) and one.several:
            yield from ((f"{name}.{option}", YES) for option in answer)
        elif isinstance(one, Choice):
            yield name, answer[0] if answer else ""
        elif isinstance(one, Money):
            yield from ((f"{name}.{part}", answer.get(part, "")) for part in PARTS)
        else:
            yield name, str(answer)

    def _read(self, one: Question, name: str, values: Mapping[str, str]) -> Any:
        if isinstance(one, Matrix):
            rows = {row: self._cells(one, f"{name}.{row}", values) for row, _ in self.rows(one)}
            return {row: cells for row, cells in rows.items() if cells} or None
        if isinstance(one, Choice) and one.several:
            return [option.id for option in one.options if values.get(f"{name}.{option.id}")] or None
        if isinstance(one, Choice):
            return [values[name]] if values.get(name) else None
        if isinstance(one, Money):
            held = {part: values.get(f"{name}.{part}", "") for part in parts(one)}
            return held if any(held.values()) else None
        return values.get(name) or None

    def _cells(self, table: Matrix, name: str, values: Mapping[str, str]) -> dict[str, Any]:
        read = {column.id: self._read(column, f"{name}.{column.id}", values) for column in table.columns}
        return {id_: answer for id_, answer in read.items() if answer is not None}
