"""What results of a survey that names nobody may show: nothing that fewer than FEW makers said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.surveys.answers import empty
from dashboard.surveys.questions import Choice, Matrix, Money, Question

FEW = 3
Cell = tuple[int, Any]  # who said it, as a number, and the answer


def enough(one: Question, answers: Sequence[Any]) -> list[Any]:
    """The answers of makers to one question, each without what fewer than FEW of them said: a cell of a table that
    fewer filled in (of commitments, which are each maker's own, a column), an answer to a choice that fewer gave, an
    amount in a currency that fewer used. None, or no option, where nothing is left."""
    if not isinstance(one, Matrix):
        return _group(one, list(enumerate(answers)))
    kept: list[dict[str, dict[str, Any]]] = [{} for _ in answers]
    for column in one.columns:
        places = [
            (row, maker, cells[column.id])
            for maker, answer in enumerate(answers)
            for row, cells in answer.items()
            if not empty(cells.get(column.id))
        ]
        for group in [None] if isinstance(one.rows, str) else dict.fromkeys(row for row, _, _ in places):
            held = [place for place in places if group in (None, place[0])]
            found = _group(column, [(maker, answer) for _, maker, answer in held])
            for (row, maker, _), answer in zip(held, found, strict=True):
                if answer is not None:
                    kept[maker].setdefault(row, {})[column.id] = answer
    return [answer or None for answer in kept]


def _group(one: Question, cells: Sequence[Cell]) -> list[Any]:
    """Answers that are read as one group, without those of fewer."""
    if len({maker for maker, _ in cells}) < FEW:
        return [None] * len(cells)
    if isinstance(one, Choice):
        large = _large([(maker, id_) for maker, answer in cells for id_ in answer], adds=not one.several)
        return [[id_ for id_ in answer if id_ in large] for _, answer in cells]
    if isinstance(one, Money):
        large = _large([(maker, answer["currency"]) for maker, answer in cells], adds=False)
        return [answer if answer["currency"] in large else None for _, answer in cells]
    return [answer for _, answer in cells]


def _large(said: Sequence[Cell], *, adds: bool) -> set[Any]:
    """What FEW or more said. adds: everybody said one thing, so that what is left out follows from the rest: then more
    is left out until it is what FEW or more said together."""
    makers: Mapping[Any, set[int]] = {what: {maker for maker, of in said if of == what} for _, what in said}
    ordered = sorted(makers, key=lambda what: (len(makers[what]), str(what)))
    out = [what for what in ordered if len(makers[what]) < FEW]
    left = ordered[len(out) :]
    while adds and out and left and len(set[int]().union(*(makers[what] for what in out))) < FEW:
        out.append(left.pop(0))
    return set(left)
