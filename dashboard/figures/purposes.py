"""The purposes of a Goal: what each holds, and how much of it counts under each method of mapping."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from dashboard.captions import METHODS, goals, missing, subtitle, unstated
from dashboard.codes import Codes, Source
from dashboard.figures import money
from dashboard.figures.bars import column_scale, length
from dashboard.figures.behind import behind, of_codes
from dashboard.figures.empties import nothing
from dashboard.gaps import NONE, Part
from dashboard.panels import Column, Drawing, Panel, Table
from dashboard.parts import Bar, Ranking, RankRow
from dashboard.questions import Answers, best_source
from dashboard.selection import TERMS, Selection
from dashboard.words import Scale, listed, percent, usd

PREFERRED = ("crs-purposes", "iati-goals")
SHOWN = 8
HEADS = {"strict": "Strict", "shared": "Shared", "muskoka": "Muskoka"}


@dataclass(frozen=True)
class Purpose:
    """A purpose with all it holds, and what counts for the Goals picked under each method that counts any of it."""

    code: str
    name: str
    whole: Decimal | None
    counted: Mapping[str, Decimal]


@dataclass(frozen=True)
class Purposes:
    selection: Selection
    codes: Codes
    source: Source
    span: tuple[int, int]
    purposes: tuple[Purpose, ...]


def ask(answers: Answers, selection: Selection) -> Purposes:
    """Every purpose that counts for the Goals picked under any method; all purposes where no Goal is picked."""
    asked = selection.without("purpose")
    source = best_source(answers, asked, PREFERRED, ("purpose",))
    found, span = money.rows(answers, asked.without("goal"), source, ("purpose",), compared=True)
    wholes = {code: pair[1] for code, pair in money.sums(found, "purpose").items() if code}
    counted = _counted(answers, asked, source)
    shown = [code for code in wholes if not asked.goal or any(code in held for held in counted.values())]
    purposes = [
        Purpose(
            code,
            answers.codes.name("purpose", code),
            wholes[code],
            {method: held[code] for method, held in counted.items() if code in held},
        )
        for code in shown
    ]
    return Purposes(selection, answers.codes, source, span, tuple(_ordered(purposes, asked.method)))


def _counted(answers: Answers, asked: Selection, source: Source) -> dict[str, dict[str, Decimal]]:
    """Method -> purpose -> what counts for the Goals picked."""
    held: dict[str, dict[str, Decimal]] = {}
    for method in TERMS["method"] if asked.goal else ():
        found, _ = money.rows(answers, asked.change(method=method), source, ("purpose",), compared=True)
        sums = money.sums(found, "purpose")
        held[method] = {code: pair[1] for code, pair in sums.items() if code and pair[1] is not None}
    return held


def _ordered(purposes: list[Purpose], method: str) -> list[Purpose]:
    """Largest counted amount first, then what counts under another method, largest first."""
    return sorted(purposes, key=lambda p: (-p.counted.get(method, NONE), -_most(p), -(p.whole or NONE), p.code))


def _most(purpose: Purpose) -> Decimal:
    """What the method that counts most of it counts."""
    return max(purpose.counted.values(), default=NONE)


def _amount(asked: Purposes, purpose: Purpose) -> Decimal | None:
    """What the row shows: what counts under the method picked; all of it without a Goal."""
    if not asked.selection.goal or purpose.whole is None:
        return purpose.whole
    return purpose.counted.get(asked.selection.method, NONE)


def draw(asked: Purposes) -> Drawing:
    words = _subtitle(asked)
    line = money.source_line(asked.source)
    counts = not asked.selection.goal or any(_amount(asked, purpose) for purpose in asked.purposes)
    if not counts or not any(purpose.whole is not None for purpose in asked.purposes):  # never rows of 0 as figures
        why = missing(asked.codes, asked.source, asked.selection)
        if asked.selection.goal and not why:
            why = f"No purpose of this selection counts for {goals(asked.selection)}."
        return nothing(asked.selection, "purposes", line, words, why)
    return Drawing(
        title=_title(asked),
        subtitle=words,
        sentence=_sentence(asked),
        source_line=line,
        parts=(_ranking(asked),),
        note=f"{_note(asked)} {unstated(asked.codes, asked.source, asked.selection)}".strip(),
        terms=("purpose", "goal mapping", "strict", "shared", "Muskoka", "disbursed"),
        table=_table(asked, words),
        rows=behind(asked.selection, asked.source, asked.span),
    )


def _scale(asked: Purposes) -> Scale:
    return column_scale([Part("", "", None, _amount(asked, purpose)) for purpose in asked.purposes])


def _subtitle(asked: Purposes) -> str:
    plain = asked.selection.without("purpose")
    return subtitle("Disbursed by purpose", asked.codes, asked.source, plain, asked.span, _scale(asked).unit)


def _counting(asked: Purposes) -> list[Purpose]:
    """The purposes that count under the method picked."""
    return [purpose for purpose in asked.purposes if purpose.counted.get(asked.selection.method)]


def _title(asked: Purposes) -> str:
    picked, number = asked.selection.goal, len(_counting(asked))
    if len(picked) != 1 or not picked[0].isdigit() or not number:
        return "Purposes by what was disbursed"
    noun = "One purpose makes" if number == 1 else f"{_count(number)} purposes make"
    return f"{noun} up Goal {picked[0]} under the {METHODS[asked.selection.method]}"


def _count(number: int) -> str:
    """Spelled out up to nine, as the United Nations writes numbers."""
    spelled = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")
    return spelled[number] if number < len(spelled) else str(number)


def _sentence(asked: Purposes) -> str:
    first = [f"{p.name} ({p.code}) {usd(amount, True)}" for p in asked.purposes[:3] if (amount := _amount(asked, p))]
    return f"Largest: {listed(first)}." if first else "No purpose holds an amount."


def _note(asked: Purposes) -> str:
    if not asked.selection.goal:
        return "All purposes, whether allocated to a Goal or not."
    method = METHODS[asked.selection.method]
    return f"Filled: counted under the {method}. Outlined: under another only."


def _ranking(asked: Purposes) -> Ranking:
    scale, picked = _scale(asked), money.chosen(asked.codes, asked.selection, "purpose")
    top = max((v for p in asked.purposes for v in (_amount(asked, p), _most(p)) if v is not None), default=NONE)
    methods = [method for method in TERMS["method"] if asked.selection.goal]
    rows = [
        RankRow(
            code=purpose.code,
            name=f"{purpose.name} {purpose.code}" if purpose.code.isdigit() else purpose.name,
            cells=[_cell(scale, _amount(asked, purpose)), *(_part(purpose, method) for method in methods)],
            bar=_bar(asked, purpose, top),
            picked=purpose.code in picked,
            dimmed=bool(picked) and purpose.code not in picked,
            behind=of,
        )
        for purpose, of in zip(asked.purposes, _behind(asked, asked.selection), strict=True)
    ]
    head = f"{'Counted' if methods else 'Disbursed'}, $ {scale.unit[0]}".strip()
    headings = ["Purpose", head, *(HEADS[m] for m in methods), "Filled: counted" if methods else "Disbursed"]
    count = f"{len(rows)} purpose{'' if len(rows) == 1 else 's'}"
    made = Ranking(kind="ranking", key="purpose", headings=headings, bar_at=1, rows=rows, shown=SHOWN, count=count)
    return made | {"stages": ["disbursed"]}


def _behind(asked: Purposes, selection: Selection) -> tuple[str, ...]:
    """The rows of each purpose under a selection: with the Goals picked, what counts for them."""
    members = [purpose.code for purpose in asked.purposes]
    return of_codes(asked.codes, selection, asked.source, asked.span, "purpose", members)


def _cell(scale: Scale, amount: Decimal | None) -> str:
    return ".." if amount is None else scale.plain(amount) if amount else "0"


def _part(purpose: Purpose, method: str) -> str:
    """The share of the purpose that counts under a method."""
    part = money.share(purpose.counted.get(method, NONE), purpose.whole)
    return ".." if part is None else percent(part) if part else "0"


def _bar(asked: Purposes, purpose: Purpose, top: Decimal) -> Bar:
    if not asked.selection.goal:
        filled, outlined = purpose.whole, purpose.whole
    else:
        filled, outlined = purpose.counted.get(asked.selection.method, NONE), _most(purpose)
    said = [f"{METHODS[method]} {usd(value)}" for method, value in purpose.counted.items()]
    label = f"{purpose.name}: {', '.join(said) or usd(purpose.whole or NONE)}"
    return Bar(label=label, behind=length(outlined, top), front=length(filled, top))


def _table(asked: Purposes, words: str) -> Table:
    methods = TERMS["method"] if asked.selection.goal else ()
    columns = (
        Column("code", "Purpose", "code"),
        Column("name", "Name"),
        Column("whole", "Disbursed for the purpose", "usd", "US dollars"),
        *(Column(method, f"Counted, {METHODS[method]}", "usd", "US dollars") for method in methods),
    )
    rows = tuple((p.code, p.name, p.whole, *(p.counted.get(method) for method in methods)) for p in asked.purposes)
    return Table(words, columns, rows, _behind(asked, asked.selection.without("goal")))


PANEL = Panel("purposes", "purpose", {}, ask, draw)
