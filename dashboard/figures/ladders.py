"""The gap waterfall: the ladder read downwards, its step opened by goal, donor or recipient if asked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from dashboard.captions import METHODS, publishing, subtitle, unheard
from dashboard.codes import GOALS, Codes, Source
from dashboard.figures import money
from dashboard.figures.behind import behind
from dashboard.figures.empties import nothing
from dashboard.figures.steps import HEIGHT, scale_for, waterfall
from dashboard.gaps import NONE, Part, Step, largest, steps, total
from dashboard.panels import Column, Drawing, Panel, Table
from dashboard.parts import Choice, Choices, Rungs
from dashboard.parts import Part as Drawn
from dashboard.questions import Answers, best_source, why_not
from dashboard.register_rungs import rows as of_register
from dashboard.selection import TERMS, Selection
from dashboard.words import percent, scale_of

PREFERRED = ("iati-goals", "crs-sectors", "crs-donors", "crs-purposes")
OPENS = {"none": "not opened", "goal": "goal", "donor": "donor", "recipient": "recipient"}
MOST = 5  # parts drawn before the rest
NEUTRAL = "Pledged, committed, disbursed"


@dataclass(frozen=True)
class Ladder:
    """The rungs of a selection, and the parts its gap is opened by."""

    selection: Selection
    codes: Codes
    source: Source
    span: tuple[int, int]
    committed: Decimal | None
    disbursed: Decimal | None
    opened: str  # the dimension, or empty
    parts: tuple[Part, ...]
    refused: str  # why it is not opened as asked
    pledged: Decimal | None = None
    lacking: int = 0  # members with one of the two rungs not reported: what they hold stays unexplained
    apart: Rungs | None = None  # what the register tells of pledges, on a basis of its own; None where it is not asked


def ask(answers: Answers, selection: Selection) -> Ladder:
    """Rungs and parts from one source, in one question. What it is opened by is a pick of its own and left out."""
    opened = "" if selection.open == "none" else selection.open
    asked = selection.without(opened)
    source = best_source(answers, asked, PREFERRED)
    refused = why_not(source, asked, (opened,)) if opened else ""
    if refused or not money.both(source):
        opened, asked = "", selection
        source = best_source(answers, asked, PREFERRED)
    parts = list[Part]()
    if opened:
        found, span = money.rows(answers, asked, source, (opened,), compared=True)
        parts = [_part(answers.codes, opened, code, *pair) for code, pair in money.sums(found, opened).items()]
        committed, disbursed = total(part.committed for part in parts), total(part.disbursed for part in parts)
    else:
        committed, disbursed, span = money.whole(answers, asked, source)
    few, lacking = largest(parts, MOST, f"{{n}} other {opened}s"), sum(part.gap is None for part in parts)
    rungs = (_pledged(answers, asked, source, span), lacking)
    return Ladder(selection, answers.codes, source, span, committed, disbursed, opened, few, refused, *rungs)


def _pledged(answers: Answers, asked: Selection, source: Source, span: tuple[int, int]) -> Decimal | None:
    """What was pledged in the same years, of a source that records it."""
    if "pledged" not in source.stages or not money.both(source) or span[0] > span[1]:
        return None
    of = asked.change(source=source.code, since=span[0], until=span[1])
    return total(answers.sums(of, (), stages=("pledged",))["pledged"])


def _part(codes: Codes, opened: str, code: str, committed: Decimal | None, disbursed: Decimal | None) -> Part:
    name = codes.name(opened, code)
    if opened == "goal":
        name = f"{code} {GOALS.get(code, name)}" if code.isdigit() else GOALS.get(code, name)
    return Part(f"{opened}:{code}", name, committed, disbursed)


def draw(ladder: Ladder) -> Drawing:
    """The waterfall; empty where neither rung is reported."""
    words = _subtitle(ladder)
    if ladder.committed is None and ladder.disbursed is None:
        why = unheard(ladder.codes, ladder.source, ladder.selection)
        return nothing(ladder.selection, "gap", money.source_line(ladder.source), words, why)
    rungs = steps(ladder.pledged, ladder.committed, ladder.disbursed, ladder.parts)
    if ladder.source.code in money.STATES:  # the other rungs are recorded, but as other money
        rungs = tuple(row for row in rungs if row.kind != "absent")
    if ladder.apart:  # stands above: the row would say of the source what the reader has just been told of the register
        rungs = tuple(row for row in rungs if (row.kind, row.name) != ("absent", "pledged"))
    picked = money.chosen(ladder.codes, ladder.selection, ladder.opened) if ladder.opened else frozenset[str]()
    return Drawing(
        title=_title(ladder),
        subtitle=words,
        sentence=_sentence(ladder),
        source_line=money.source_line(ladder.source),
        figures={"gap": waterfall(rungs, ladder.committed, frozenset(f"{ladder.opened}:{code}" for code in picked))},
        parts=_parts(ladder),
        note=_note(ladder, rungs),
        terms=("pledged", "committed", "disbursed", "gap", "not reported"),
        table=_table(ladder, rungs),
        rows=behind(ladder.selection, ladder.source, ladder.span),
    )


def _life(ladder: Ladder) -> bool:
    """Whether disbursed is of the same activities over their life: then the ladder is a true one."""
    return ladder.source.code == "iati-goals"


def _subtitle(ladder: Ladder) -> str:
    asked = ladder.selection.without(ladder.opened)
    amounts = [v for v in (ladder.committed, ladder.disbursed) if v is not None]
    measure = "Committed and disbursed" if money.both(ladder.source) else "Disbursed"
    words = subtitle(measure, ladder.codes, ladder.source, asked, ladder.span, scale_of(amounts).unit)
    return ", ".join(said for said in (words, money.as_of(ladder.source)) if said)


def _title(ladder: Ladder) -> str:
    part = money.share(ladder.disbursed, ladder.committed)
    if not money.both(ladder.source):
        return "Disbursed"
    if part is None or part < 0:
        return NEUTRAL
    if part == 1:
        return "What was committed equals what was disbursed"
    if Decimal("0.995") <= part < 1:  # would round to a whole that it is not
        return f"Over 99% of what {_committed(ladder)} disbursed" if _life(ladder) else NEUTRAL
    if _life(ladder) and part <= 1:
        return f"{percent(part)} of what {_committed(ladder)} disbursed"
    return f"Disbursements came to {percent(part)} of commitments"


def _committed(ladder: Ladder) -> str:
    """By whom: `five publishers committed was`; without where donors are picked, which the subtitle names."""
    whose = "" if ladder.selection.without(ladder.opened).donor else publishing(ladder.source, ladder.selection)
    return f"{whose} committed was" if whose else "was committed was"


def _sentence(ladder: Ladder) -> str:
    scale = scale_of(v for v in (ladder.committed, ladder.disbursed) if v is not None)
    if ladder.committed is None or ladder.disbursed is None:
        known = ("disbursed", ladder.disbursed) if ladder.committed is None else ("committed", ladder.committed)
        if ladder.source.code in money.STATES:
            return f"{scale.text(known[1] or NONE, True)} was {known[0]}."
        other = "commitments" if ladder.committed is None else "disbursements"
        return f"{scale.text(known[1] or NONE, True)} was {known[0]}; {other} are not reported in this source."
    gap = ladder.committed - ladder.disbursed
    said = f"{scale.text(ladder.committed, True)} was committed and {scale.text(ladder.disbursed, True)} disbursed"
    part = money.share(abs(gap), ladder.committed)
    of_it = f", {percent(part, True)} of what was committed" if part is not None else ""
    if gap < 0:
        return f"{said}: {scale.text(-gap, True)} more than committed{of_it}."
    released = money.as_of(ladder.source)
    return f"{said}: {scale.text(gap, True)} not disbursed{of_it}{', ' if released else ''}{released}."


def _note(ladder: Ladder, rungs: tuple[Step, ...]) -> str:
    missing = unheard(ladder.codes, ladder.source, ladder.selection.without(ladder.opened))
    said = [words for words in (ladder.refused, missing) if words]
    if not money.both(ladder.source):
        plain = "This source reports what was disbursed; without commitments it tells no gap."
        said.append(money.alone(ladder.source, plain))
    elif _life(ladder):
        said.append("Disbursed is over an activity’s life; running activities may still pay.")
    else:
        said.append("A year’s disbursements pay for earlier commitments too, so the share is not a delivery rate.")
    if ladder.opened == "goal":
        said.append(f"Goals under the {METHODS[ladder.selection.method]}.")
    if ladder.opened and ladder.selection.picked(ladder.opened):
        said.append(f"Shown for every {ladder.opened}; those picked stand in full colour.")
    if any(row.kind == "unexplained" for row in rungs):
        said.append(f"Unexplained: {ladder.lacking} {ladder.opened}s with one of the two not reported.")
    if money.early(ladder.source, ladder.span):
        said.append(money.early(ladder.source, ladder.span))
    if _misses(ladder, rungs):
        said.append(money.ROUNDING)
    return " ".join(said)


def _misses(ladder: Ladder, rungs: tuple[Step, ...]) -> bool:
    """Whether the rungs and steps as they are written on the waterfall do not add up."""
    moves = [row.usd for row in rungs if row.kind not in ("rung", "absent") and row.usd is not None]
    known = ladder.committed is not None and ladder.disbursed is not None
    return known and scale_for(rungs).misses(ladder.disbursed or NONE, [ladder.committed or NONE, *moves])


def _parts(ladder: Ladder) -> tuple[Drawn, ...]:
    """What the register tells first; what cannot be opened offers no choice."""
    apart = (ladder.apart,) if ladder.apart else ()
    return (*apart, _choices(ladder)) if money.both(ladder.source) else apart


def _choices(ladder: Ladder) -> Choices:
    able = [word for word in TERMS["open"] if word == "none" or word in ladder.source.dimensions]
    on = ladder.opened or "none"
    shown = [Choice(code=word, label=OPENS[word], on=word == on) for word in able]
    return Choices(kind="choices", key="open", label="Open the gap by", choices=shown)


def _table(ladder: Ladder, rungs: tuple[Step, ...]) -> Table:
    columns = (
        Column("step", "Step"),
        Column("usd", "Amount", "usd", "US dollars"),
        Column("share", "Share of committed", "percent"),
    )
    rows = tuple((row.name, row.usd, money.share(row.usd, ladder.committed)) for row in rungs)
    made = Table(f"The ladder. {_subtitle(ladder)}", columns, rows, tuple(_behind(ladder, row) for row in rungs))
    return money.narrowed(_with_register(ladder, made), ladder.source)


def _with_register(ladder: Ladder, table: Table) -> Table:
    """What the register tells stands above, and a column says what each row is counted from."""
    if not ladder.apart:
        return table
    told = [(step, usd, None, basis) for step, usd, basis in of_register(ladder.apart)]
    rows = (*told, *((*row, ladder.source.title) for row in table.rows))
    columns = (*table.columns, Column("basis", "Counted from"))
    return replace(table, columns=columns, rows=rows, behind=(*("" for _ in told), *table.behind))


def _behind(ladder: Ladder, row: Step) -> str:
    """Of a rung its rows; of a step those of both rungs, of the part it tells of."""
    asked = ladder.selection.without(ladder.opened)
    if row.kind == "rung":
        return behind(asked, ladder.source, ladder.span, row.name)
    dimension, _, code = row.code.partition(":")
    if row.kind in ("absent", "unexplained") or (ladder.opened and not code):
        return ""
    return behind(asked, ladder.source, ladder.span, **({dimension: (code,)} if code else {}))


PANEL = Panel("gap", "", {"gap": HEIGHT}, ask, draw)
