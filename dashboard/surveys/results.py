"""Results of a survey: what makers answered to each question that is open to the public, as tables and bars.

Amounts are never added: they are of currencies and years of their own. Where the survey names nobody, rows are in an
order that tells nothing of who gave them, commitments are not named, as each tells its maker, and what fewer than
FEW makers said is left out (`few`). Of fewer than FEW answers no shares are told, nor which came most often.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median
from typing import Any

from dashboard.panels import Column, Drawing, Table
from dashboard.surveys.answers import empty
from dashboard.surveys.bars import Bars, counted
from dashboard.surveys.cells import Cells, columns_of
from dashboard.surveys.few import FEW, enough
from dashboard.surveys.origins import Became
from dashboard.surveys.questions import COMMITMENTS, Choice, File, Matrix, Money, Number, Question, Survey, first
from dashboard.surveys.told import offered

WHO = Column("row.maker", "Answered by")
MAKERS = Column("makers", "Makers", "whole")
SHARE = Column("share", "Share of those who answered", "percent")
TOO_FEW = f"Fewer than {FEW} makers answered this, and the survey names nobody; it is not shown."
HANGS = "It was asked only of those who gave an answer that is not shown; nor is this, which would tell how many."
APART_ALL = (
    f"Fewer than {FEW} makers gave some of these answers, and the survey names nobody; none is shown, as theirs could "
    "be worked out from the others."
)
NOBODY = "Nobody answered this."
LEFT_OUT = f"Left out is what fewer than {FEW} makers said: answers, cells of tables, amounts in a currency of theirs."
NOT_REPORTED, UNTOLD = "not reported", "not reported, or left out"  # the latter where fewer may have filled it in
TELLING = "What was answered commitment by commitment is not shown: it would tell who answered."
APART = "Amounts stand as they were reported, in currencies and years of their own; they are not added."


@dataclass(frozen=True)
class Given:
    """What one maker submitted. maker: its name."""

    maker: str
    answers: Mapping[str, Any]


@dataclass(frozen=True)
class Answered:
    """All that was submitted to a survey. invited: makers; titles: of commitments, by id; closed: when, ISO 8601.
    became: updates on record that were made from it, none where the survey names nobody."""

    survey: Survey
    given: tuple[Given, ...]
    invited: int
    titles: Mapping[str, str]
    closed: str = ""
    became: tuple[Became, ...] = ()

    @property
    def named(self) -> bool:
        return self.survey.makers == "named"

    @property
    def count(self) -> str:
        """`3 of 5 makers invited answered`."""
        return f"{len(self.given)} of {self.invited} maker{'' if self.invited == 1 else 's'} invited answered"

    @property
    def source_line(self) -> str:
        title = self.survey.said(self.survey.title, "en")
        return f"Source: {title}; answers as makers submitted them, reported and not measured"


@dataclass(frozen=True)
class Result:
    """A question as its panel shows it."""

    question: Question
    drawing: Drawing
    bars: tuple[Bars, ...] = ()


def results(of: Answered) -> tuple[Result, ...]:
    """Of every question that is open to the public, in order."""
    return tuple(_result(of, one) for one in of.survey.questions() if one.public)


def _result(of: Answered, one: Question) -> Result:
    raw, told = _all(of, one), open_to_all(of, one)
    every = f"{len(of.given)} maker{'' if len(of.given) == 1 else 's'}"
    many = f"Fewer than {FEW} of the makers" if not of.named and 0 < len(raw) < FEW else f"{len(raw)} of {every}"
    subtitle = f"{many} that submitted the survey answered this"
    if not of.named and hangs(of, one):
        return Result(one, Drawing(of.survey.said(one.words, "en"), "", HANGS, of.source_line, empty=HANGS))
    title = of.survey.said(one.words, "en")
    bars = _bars(of, one, told) if len(told) >= FEW else ()
    left = bool(bars) if _telling(of, one) else any(not empty(each.answers[one.id]) for each in told)
    if why := "" if left else NOBODY if not raw else TOO_FEW if len(raw) < FEW else APART_ALL:
        return Result(one, Drawing(title, subtitle, why, of.source_line, empty=why))
    table = _table(of, one, told)
    sentence, note = _said(one, told, bars), _note(of, one, less=told != raw)
    return Result(one, Drawing(title, subtitle, sentence, of.source_line, table=table, note=note), bars)


def _bars(of: Answered, one: Question, told: Sequence[Given]) -> tuple[Bars, ...]:
    return counted(of.survey, one, [each.answers[one.id] for each in told], every=of.named)


def _all(of: Answered, one: Question) -> list[Given]:
    """Those who answered a question, of a table the columns that are public."""
    public = {column.id for column in public_columns(one)} if isinstance(one, Matrix) else set()
    found = [(each.maker, each.answers.get(one.id)) for each in of.given]
    if isinstance(one, Matrix):
        found = [
            (maker, {row: {key: cells[key] for key in cells if key in public} for row, cells in (answer or {}).items()})
            for maker, answer in found
        ]
    return [Given(maker, {one.id: answer}) for maker, answer in found if not empty(answer)]


def open_to_all(of: Answered, one: Question) -> list[Given]:
    """Those who answered a question, with what of their answers everybody may see: nothing may be left of them."""
    told = _all(of, one)
    if of.named:
        return told
    if hangs(of, one):
        return [Given(each.maker, {one.id: None}) for each in told]
    kept = enough(one, [each.answers[one.id] for each in told])
    return [Given(each.maker, {one.id: answer}) for each, answer in zip(told, kept, strict=True)]


def hangs(of: Answered, one: Question) -> bool:
    """Whether it was asked only of those who gave an answer of which something is left out: how many they are would
    tell what that was."""
    if one.when is None:
        return False
    asked = next(each for each in of.survey.questions() if each.id == one.when.question)
    return hangs(of, asked) or open_to_all(of, asked) != _all(of, asked)


def _note(of: Answered, one: Question, *, less: bool) -> str:
    columns = public_columns(one) if isinstance(one, Matrix) else [one]
    said = [TELLING] if _telling(of, one) else []
    said += [LEFT_OUT] if less else []
    said += [APART] if any(isinstance(column, Money) for column in columns) and not _telling(of, one) else []
    several = isinstance(one, Choice) and one.several
    return " ".join(said + (["One maker may give several answers."] if several else []))


def _said(one: Question, told: Sequence[Given], bars: Sequence[Bars]) -> str:
    if isinstance(one, Choice) and bars:
        many = max(row[1] for row in bars[0].rows)
        most = [row[0] for row in bars[0].rows if row[1] == many]
        return f"Most often: {'; '.join(most)} ({many} of {len(told)}{' each' if len(most) > 1 else ''})."
    if isinstance(one, Number):
        values = sorted(Decimal(each.answers[one.id]) for each in told)
        unit = first(one.unit).strip("()")
        between = f"From {values[0]} to {values[-1]}, with {median(values)} in the middle"
        return f"{between if len(values) > 1 else values[0]} ({unit})."
    if isinstance(one, File):
        return f"{len(told)} gave a document."
    return f"Answered by {len(told)}."


def _table(of: Answered, one: Question, told: Sequence[Given]) -> Table:
    caption = of.survey.said(one.words, "en")
    if isinstance(one, Choice):
        return _choices(of, one, told, caption)
    if isinstance(one, File):
        return Table(caption, (Column("answer", "Answer"), MAKERS), (("a document was given", len(told)),))
    if _telling(of, one):
        return _shares(of, one, told, caption)
    who = (WHO,) if of.named else ()
    head, body = (_rows(of, one, told)) if isinstance(one, Matrix) else _plain(of, one, told)
    rows = [(*((maker,) if of.named else ()), *row) for maker, row in body]
    return Table(caption, (*who, *head), _ordered(of, rows), nothing=NOT_REPORTED if of.named else UNTOLD)


def _ordered(of: Answered, rows: Iterable[tuple[Any, ...]]) -> tuple[tuple[Any, ...], ...]:
    """As makers and rows come; by what they say, where nobody is named."""
    return tuple(rows) if of.named else tuple(sorted(rows, key=lambda row: [str(cell) for cell in row]))


def _choices(of: Answered, one: Choice, told: Sequence[Given], caption: str) -> Table:
    rows = list[tuple[Any, ...]]()
    for id_, words in offered(of.survey, one, [each.answers[one.id] for each in told]).items():
        makers = [each.maker for each in told if id_ in each.answers[one.id]]
        if not (of.named or makers):
            continue
        share = (Decimal(len(makers)) / len(told),) if len(told) >= FEW else ()
        rows.append((words, len(makers), *share, *(("; ".join(makers),) if of.named else ())))
    head = (Column("answer", "Answer"), MAKERS, *((SHARE,) if len(told) >= FEW else ()), *((WHO,) if of.named else ()))
    return Table(caption, head, tuple(rows))


def _shares(of: Answered, one: Question, told: Sequence[Given], caption: str) -> Table:
    """Of answers to each column, without the commitments that they are about."""
    rows = [
        (bars.heading, answer, many, Decimal(many) / every)
        for bars in _bars(of, one, told)
        for answer, many, every in bars.rows
    ]
    head = (Column("column", "Asked"), Column("answer", "Answer"), Column("count", "Commitments", "whole"),
            Column("share", "Share", "percent"))  # fmt: skip
    return Table(caption, head, tuple(rows))


def _plain(of: Answered, one: Question, told: Sequence[Given]) -> tuple[Sequence[Column], list[tuple[str, Cells]]]:
    head, read = columns_of(of.survey, one, "answer")
    return head, [(each.maker, read(answer)) for each in told if not empty(answer := each.answers[one.id])]


def _rows(of: Answered, one: Matrix, told: Sequence[Given]) -> tuple[Sequence[Column], list[tuple[str, Cells]]]:
    """One for each row of the table that a maker filled in."""
    own = {row.id: of.survey.said(row.words, "en") for row in one.rows} if not isinstance(one.rows, str) else {}
    lead = (Column("row.commitment", "Commitment", "code"),) if one.rows in COMMITMENTS else ()
    made = [(column, *columns_of(of.survey, column, column.id)) for column in public_columns(one)]
    head = [*lead, Column("row.words", "Of"), *(each for _, columns, _ in made for each in columns)]
    found = list[tuple[str, Cells]]()
    for each in told:
        for row, cells in (each.answers[one.id] or {}).items():
            if all(empty(cells.get(column.id)) for column, _, _ in made):
                continue
            named = (own.get(row, row),) if own else (row, of.titles.get(row, row))
            values = [value for column, _, read in made for value in read(cells.get(column.id))]
            found.append((each.maker, (*named, *values)))
    return head, found


def shown(of: Answered, one: Question) -> list[Given]:
    """Those whose answers to a question are shown one by one, with what is shown of them."""
    if isinstance(one, File) or _telling(of, one) or not one.public:
        return []
    return [each for each in open_to_all(of, one) if not empty(each.answers[one.id])]


def public_columns(one: Matrix) -> list[Question]:
    return [column for column in one.columns if column.public]


def _telling(of: Answered, one: Question) -> bool:
    return isinstance(one, Matrix) and one.rows in COMMITMENTS and not of.named
