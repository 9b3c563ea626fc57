"""The answers of one maker to a survey: the way they go, what several people write side by side, what they become."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from dashboard.surveys.amounts import of_their_years
from dashboard.surveys.answers import asked, empty
from dashboard.surveys.questions import COMMITMENTS, Choice, Matrix, Money, Survey
from dashboard.surveys.told import scale

STATES: Mapping[str, str] = {"draft": "draft", "submitted": "submitted", "withdrawn": "withdrawn"}
MOVES: Mapping[tuple[str, str], str] = {  # state and action -> the state that follows; what is absent is refused
    ("draft", "save"): "draft",
    ("draft", "submit"): "submitted",
    ("draft", "withdraw"): "withdrawn",
    ("submitted", "reopen"): "draft",
    ("submitted", "withdraw"): "withdrawn",
    ("withdrawn", "reopen"): "draft",
}
Answers = Mapping[str, Any]


@dataclass(frozen=True)
class Response:
    """version: the number of the one that stands, 0 before anything was kept. answers: by id of the question."""

    id: str
    survey: str
    maker: str
    state: str = "draft"
    version: int = 0
    answers: Answers = field(default_factory=dict)
    last: str = ""


@dataclass(frozen=True)
class Proposal:
    """What a row of answers may be proposed as: a kind of contribution on a commitment, and fields of its form.
    question: id of the table."""

    kind: str
    commitment: str
    fields: Mapping[str, str]
    question: str


def after(state: str, action: str) -> str:
    """The state after an action; empty where the action is not possible."""
    return MOVES.get((state, action), "")


def merged(
    before: Answers, now: Answers, mine: Answers, keys: Iterable[str], tables: Collection[str] = ()
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """What stands with one person's answers to some questions laid over it, and the keys where somebody else answered
    otherwise meanwhile: these stay as they stand. A table is laid together row by row (`delivery.row`).

    before: the answers that person saw; now: those that stand; mine: what they wrote; tables: ids of questions."""
    held, clash = dict(now), list[str]()
    for key in keys:
        if key in tables:
            was, stands, wrote = (of.get(key) or {} for of in (before, now, mine))
            rows, lost = merged(was, stands, wrote, dict.fromkeys((*was, *stands, *wrote)))
            held = {**held, key: rows} if rows else {id_: held[id_] for id_ in held if id_ != key}
            clash += [f"{key}.{row}" for row in lost]
            continue
        wanted = mine.get(key)
        if _same(wanted, before.get(key)):
            continue
        if not _same(now.get(key), before.get(key)) and not _same(now.get(key), wanted):
            clash.append(key)
        elif empty(wanted):
            held.pop(key, None)
        else:
            held[key] = wanted
    return held, tuple(clash)


def laid_over(before: Answers, held: Answers, mine: Answers, keys: Iterable[str]) -> dict[str, Any]:
    """What stands, with what one person wrote under some keys in its place; of a row with the cells of others that this
    person left as they were. keys: of questions, or of rows; the rest as of `merged`."""
    found = dict(held)
    for key in keys:
        question, _, row = key.partition(".")
        if not row:
            found[question] = mine.get(question)
            continue
        was, stands, wrote = ((of.get(question) or {}).get(row) or {} for of in (before, held, mine))
        cells, lost = merged(was, stands, wrote, dict.fromkeys((*was, *stands, *wrote)))
        rows = found.get(question) or {}
        found[question] = {**rows, row: {**cells, **{column: wrote.get(column) for column in lost}}}
    return found


def proposals(survey: Survey, answers: Answers) -> tuple[Proposal, ...]:
    """What the answers may be proposed as, in the order of questions and rows."""
    answers, found = of_their_years(survey, answers), list[Proposal]()
    for one in asked(survey, answers):
        if isinstance(one, Matrix) and one.rows in COMMITMENTS:
            for commitment, cells in answers.get(one.id, {}).items():
                found += _of_row(one, commitment, cells)
    return tuple(found)


def _of_row(table: Matrix, commitment: str, cells: Answers) -> Iterator[Proposal]:
    kinds = dict.fromkeys(column.becomes.kind for column in table.columns if column.becomes)
    for kind in kinds:
        fields: dict[str, str] = {}
        for column in table.columns:
            if column.becomes and column.becomes.kind == kind and not empty(cells.get(column.id)):
                fields |= _field(column, column.becomes.field, cells[column.id])
        if fields:
            yield Proposal(kind, commitment, fields, table.id)


def _field(column: object, name: str, answer: Any) -> dict[str, str]:
    if isinstance(column, Money):
        unit = f"{answer['currency']} {scale(answer)}".strip()
        return {name: answer["amount"], "unit": unit, "since": answer["since"], "until": answer["until"]}
    return {name: answer[0] if isinstance(column, Choice) else str(answer)}


def _same(first: Any, second: Any) -> bool:
    return bool(first == second or (empty(first) and empty(second)))
