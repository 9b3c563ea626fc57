"""Which source answers what: each with its own totals and years, or the sentence why not. Never added up."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from dashboard.captions import asked, prices
from dashboard.codes import Codes, Source
from dashboard.figures import money
from dashboard.figures.behind import behind
from dashboard.panels import Column, Drawing, Panel, Table
from dashboard.parts import Ranking, RankRow
from dashboard.questions import Answers, Unanswerable, holds, why_not
from dashboard.selection import Selection
from dashboard.words import Scale, rounded, scale_of, years

NOTE = (
    "They can report the same activities and are never added up. Each stands over its own years; DAC1 is net of "
    "repayments, the others gross;"
)
WIDER = "the CRS matrices of donors and of purposes include other official flows"
STATES = "of FTS, committed is what is not yet paid"


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
    """One total of each source that can answer, over the years picked for which it has every rung it reports: its two
    amounts are always of the same years."""
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
        committed, disbursed, span = money.whole(
            answers, selection.change(source=source.code), source, outstanding=True
        )
    except Unanswerable as error:
        return Answer(source, span, absent=f"{error}")
    if committed is None and disbursed is None:
        return Answer(source, span, absent=f"{source.title} holds no row for this selection.")
    return Answer(source, span, committed, disbursed)


def draw(coverage: Coverage) -> Drawing:
    able = [answer for answer in coverage.answers if not answer.absent]
    known = [v for answer in able for v in (answer.committed, answer.disbursed) if v is not None]
    scale = scale_of(known)
    unit = scale.unit
    what = f"Each source on its own, {asked(coverage.codes, coverage.selection)}"
    span = years(coverage.selection.since, coverage.selection.until)
    count = f"{len(able)} of {len(coverage.answers)} sources"
    return Drawing(
        title=f"{count} can answer this selection" if coverage.answers else "No source is loaded",
        subtitle=f"{what}, {span}. {prices(coverage.selection, coverage.codes, unit)}",
        sentence=f"{count} hold figures for this selection. They overlap and are never added up.",
        source_line="Sources: as named in each row",
        parts=(_ranking(coverage, scale.unit[0]),),
        note=_note(coverage),
        terms=("source", "committed", "disbursed", "not reported"),
        table=_table(coverage),
        rows=behind(coverage.selection, None, (coverage.selection.since, coverage.selection.until)),
    )


def _note(coverage: Coverage) -> str:
    """The traps of the sources that answer, and the way to one of them."""
    told = f"; {STATES}" if any(a.source.code in money.STATES and not a.absent for a in coverage.answers) else ""
    return f"{NOTE} {WIDER}{told}. Pick one to read every panel from it."


def _ranking(coverage: Coverage, unit: str) -> Ranking:
    known = [v for a in coverage.answers for v in (a.committed, a.disbursed) if v is not None]
    scale, picked = scale_of(known), coverage.selection.source
    rows = [
        RankRow(
            code=answer.source.code,
            name=_named(answer),
            cells=_cells(answer, scale),
            bar=None,
            picked=picked == answer.source.code,
            dimmed=bool(picked) and picked != answer.source.code,
            behind=_behind(coverage, answer),
        )
        for answer in coverage.answers
    ]
    head = f"$ {unit}".strip()
    headings = ["Source", "Years", f"Committed, {head}", f"Disbursed, {head}"]
    count = f"{len(rows)} sources"
    made = Ranking(kind="ranking", key="source", headings=headings, bar_at=-1, rows=rows, shown=len(rows), count=count)
    return made | {"stages": ["", "committed", "disbursed"]}


def _behind(coverage: Coverage, answer: Answer) -> str:
    return "" if answer.absent else behind(coverage.selection, answer.source, answer.span)


def _named(answer: Answer) -> str:
    """The source, and why it says nothing where it does: `OECD CRS, donors by recipient: does not tell Goal apart.`"""
    title = answer.source.title
    return f"{title}: {answer.absent.removeprefix(title).strip()}" if answer.absent else title


def _cells(answer: Answer, scale: Scale) -> list[str]:
    """Years and both rungs; two dots where nothing is reported. Rows are never added, so each has three digits of its
    own in the unit of the column."""
    since, until = answer.span
    known = [abs(v) / scale.unit[2] for v in (answer.committed, answer.disbursed) if v]
    own = Scale(scale.unit, max(0, 2 - rounded(max(known)).adjusted()) if known else 0)
    amounts = [".." if v is None else own.plain(v) for v in (answer.committed, answer.disbursed)]
    return [years(since, until) if since <= until else "..", *amounts]


def _table(coverage: Coverage) -> Table:
    columns = (
        Column("source", "Source"),
        Column("since", "From", "year"),
        Column("until", "To", "year"),
        money.COMMITTED,
        money.DISBURSED,
        Column("why", "Why not"),
    )
    rows = tuple((a.source.title, *_from_to(a), a.committed, a.disbursed, a.absent) for a in coverage.answers)
    rows_of = tuple(_behind(coverage, answer) for answer in coverage.answers)
    return Table("Which source answers what", columns, rows, rows_of)


def _from_to(answer: Answer) -> tuple[int | None, int | None]:
    return answer.span if answer.span[0] <= answer.span[1] else (None, None)


PANEL = Panel("sources", "source", {}, ask, draw)
