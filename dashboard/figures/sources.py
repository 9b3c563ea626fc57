"""Which source answers what: each with its own totals and years, or the sentence why not. Never added up."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from dashboard.captions import prices, receiving
from dashboard.codes import Codes, Source
from dashboard.figures import money
from dashboard.panels import Column, Drawing, Panel, Table
from dashboard.parts import Bar, Ranking, RankRow
from dashboard.questions import Answers, Unanswerable, holds, why_not
from dashboard.selection import Selection
from dashboard.words import scale_of, years


@dataclass(frozen=True)
class Answer:
    """What one source says to a selection. `absent` is the sentence why it says nothing; then there are no amounts."""

    source: Source
    span: tuple[int, int]
    committed: Decimal | None = None
    disbursed: Decimal | None = None
    absent: str = ""


@dataclass(frozen=True)
class Coverage:
    selection: Selection
    codes: Codes
    answers: tuple[Answer, ...]


def ask(answers: Answers, selection: Selection) -> Coverage:
    """One total of each source that can answer, over all the years it holds of those picked."""
    found = tuple(_answer(answers, selection, source) for source in answers.codes.sources.values())
    return Coverage(selection, answers.codes, found)


def _answer(answers: Answers, selection: Selection, source: Source) -> Answer:
    span = max(source.since, selection.since), min(source.until, selection.until)
    why = why_not(source, selection)
    if not why and not holds(source, selection, answers.codes):
        why = f"{source.title} holds no row of what is picked."
    if why:
        return Answer(source, span, absent=why)
    try:
        frame, span = money.rows(answers, selection.change(source=source.code), source, ())
    except Unanswerable as error:
        return Answer(source, span, absent=f"{error}")
    committed, disbursed = money.sums(frame).get("", (None, None))
    if committed is None and disbursed is None:
        return Answer(source, span, absent=f"{source.title} holds no row for this selection.")
    return Answer(source, span, committed, disbursed)


def draw(coverage: Coverage) -> Drawing:
    able = [answer for answer in coverage.answers if not answer.absent]
    known = [v for answer in able for v in (answer.committed, answer.disbursed) if v is not None]
    scale = scale_of(known)
    unit = scale.unit
    what = f"Each source on its own, {receiving(coverage.codes, coverage.selection)}"
    span = years(coverage.selection.since, coverage.selection.until)
    count = f"{len(able)} of {len(coverage.answers)} sources"
    return Drawing(
        title=f"{count} can answer this selection" if coverage.answers else "No source is loaded",
        subtitle=f"{what}, {span}. {prices(coverage.selection, coverage.codes, unit)}",
        sentence=f"{count} hold figures for this selection. They overlap and are never added up.",
        source_line="Sources: as named in each row",
        parts=(_ranking(coverage, scale.unit[0]),),
        note="Sources report the same activities and are never added up. Pick one to read every panel from it.",
        terms=("source", "committed", "disbursed", "not reported"),
        table=_table(coverage),
    )


def _ranking(coverage: Coverage, unit: str) -> Ranking:
    known = [v for a in coverage.answers for v in (a.committed, a.disbursed) if v is not None]
    scale, top = scale_of(known), max((abs(v) for v in known), default=Decimal(1)) or Decimal(1)
    rows = []
    for answer in coverage.answers:
        cells = ["", "", ""] if answer.absent else [years(*answer.span)]
        if not answer.absent:
            cells += ["··" if v is None else scale.plain(v) for v in (answer.committed, answer.disbursed)]
        said = [scale.text(v) if v is not None else money.NOT_REPORTED for v in (answer.committed, answer.disbursed)]
        label = f"{answer.source.title}: committed {said[0]}, disbursed {said[1]}"
        bar = (
            None
            if answer.absent
            else Bar(label=label, behind=_part(answer.committed, top), front=_part(answer.disbursed, top))
        )
        rows.append(
            RankRow(
                code=answer.source.code,
                name=answer.absent or answer.source.title,
                cells=cells,
                bar=bar,
                picked=coverage.selection.source == answer.source.code,
                dimmed=bool(coverage.selection.source) and coverage.selection.source != answer.source.code,
            )
        )
    head = f"$ {unit}" if unit else "$"
    headings = ["Source", "Years", f"Committed {head}", f"Disbursed {head}", "Committed and disbursed"]
    count = f"{len(rows)} sources"
    return Ranking(kind="ranking", key="source", headings=headings, bar_at=3, rows=rows, shown=len(rows), count=count)


def _part(value: Decimal | None, top: Decimal) -> float:
    return float(max(value or Decimal(0), Decimal(0)) / top)


def _table(coverage: Coverage) -> Table:
    columns = (
        Column("source", "Source"),
        Column("since", "From", "year"),
        Column("until", "To", "year"),
        money.COMMITTED,
        money.DISBURSED,
        Column("why", "Why not"),
    )
    rows = tuple((a.source.title, *a.span, a.committed, a.disbursed, a.absent) for a in coverage.answers)
    return Table("Which source answers what", columns, rows)


PANEL = Panel("sources", "source", {}, ask, draw)
