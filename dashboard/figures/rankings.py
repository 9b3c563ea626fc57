"""Recipients or donors ranked by their gap, and the donors to a Goal ranked by what they gave."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from dashboard.captions import subtitle, unheard
from dashboard.codes import Codes, Source
from dashboard.figures import money
from dashboard.figures.bars import column_scale, leads, length
from dashboard.figures.empties import nothing
from dashboard.gaps import NONE, Part, total
from dashboard.panels import Column, Drawing, Panel, Table
from dashboard.parts import Bar, Choice, Choices, Ranking, RankRow
from dashboard.questions import Answers, best_source
from dashboard.selection import TERMS, Selection
from dashboard.words import Scale, percent, scale_of, the

PREFERRED = {
    "recipient": ("crs-sectors", "iati-goals", "crs-donors", "crs-purposes"),
    "donor": ("iati-goals", "crs-donors", "dac1"),
}
GIVING = ("iati-goals", "crs-donors", "dac1")
SHOWN = 10


@dataclass(frozen=True)
class Ranks:
    """Members with both rungs, the first leading. `dimension`: recipient or donor."""

    selection: Selection
    codes: Codes
    source: Source
    span: tuple[int, int]
    dimension: str
    parts: tuple[Part, ...]


def ask(answers: Answers, selection: Selection) -> Ranks:
    """What the ranking lists; its own picks are left out."""
    return _ranks(answers, selection, selection.rank, PREFERRED[selection.rank])


def ask_givers(answers: Answers, selection: Selection) -> Ranks:
    """The donors of a selection, a Goal among it."""
    return _ranks(answers, selection, "donor", GIVING)


def _ranks(answers: Answers, selection: Selection, dimension: str, preferred: tuple[str, ...]) -> Ranks:
    asked = selection.without(dimension)
    source = best_source(answers, asked, preferred, (dimension,))
    frame, span = money.rows(answers, asked, source, (dimension,), compared=True)
    name = answers.codes.name
    parts = [Part(code, name(dimension, code), *pair) for code, pair in money.sums(frame, dimension).items()]
    return Ranks(selection, answers.codes, source, span, dimension, tuple(parts))


def ordered(ranks: Ranks, by_gap: bool) -> list[Part]:
    """Widest gap or largest amount first; then members that lack it, then what is given to regions; ties by code."""
    amounts = {part.code: part.gap if by_gap else _main(ranks, part) for part in ranks.parts}
    regional = regions(ranks)

    def place(part: Part) -> tuple[bool, bool, Decimal, str]:
        amount = amounts[part.code]
        return part.code in regional, amount is None, -(amount or NONE), part.code

    return sorted(ranks.parts, key=place)


def regions(ranks: Ranks) -> frozenset[str]:
    """Recipients that are no State: regions, and what is not told by recipient."""
    known = ranks.codes.members.get(ranks.dimension, {})
    return frozenset(code for code, member in known.items() if member.kind == "regional")


def _main(ranks: Ranks, part: Part) -> Decimal | None:
    """The amount a ranking of givers goes by: committed where the source has it."""
    return part.committed if money.both(ranks.source) else part.disbursed


def draw(ranks: Ranks) -> Drawing:
    """Ranked by gap; by what was disbursed where the source has no commitments."""
    return _draw(ranks, "ranking", money.both(ranks.source))


def draw_givers(ranks: Ranks) -> Drawing:
    return _draw(ranks, "givers", by_gap=False)


def _draw(ranks: Ranks, panel: str, by_gap: bool) -> Drawing:
    parts = ordered(ranks, by_gap)
    scale = column_scale(parts)
    measure = "Committed and disbursed" if money.both(ranks.source) else "Disbursed"
    asked = ranks.selection.without(ranks.dimension)
    kind = f"{measure} by {ranks.dimension}"
    words = subtitle(kind, ranks.codes, ranks.source, asked, ranks.span, scale.unit)
    line = money.source_line(ranks.source)
    if not any(v is not None for part in parts for v in (part.committed, part.disbursed)):
        return nothing(ranks.selection, panel, line, words, unheard(ranks.codes, ranks.source, asked))
    ranking = _by_gap(ranks, parts, scale) if by_gap else _by_amount(ranks, parts, scale)
    return Drawing(
        title=_gap_title(ranks, parts) if by_gap else _amount_title(ranks, parts),
        subtitle=words,
        sentence=_sentence(ranks, parts, by_gap),
        source_line=line,
        parts=(*((_choices(ranks),) if panel == "ranking" else ()), ranking),
        note=" ".join(said for said in (_note(ranks, by_gap), unheard(ranks.codes, ranks.source, asked)) if said),
        terms=("committed", "disbursed", "gap", "share", "not reported", ranks.dimension),
        table=_table(ranks, parts, words),
    )


def _gap_title(ranks: Ranks, parts: list[Part]) -> str:
    second = parts[1].gap if len(parts) > 1 else None
    title = f"{_capital(the(parts[0].name))} has the widest gap between committed and disbursed"
    if leads(parts[0].gap, second) and len(parts) > 1 and len(title) <= 70 and _single(parts[0].name):
        return title
    return f"{ranks.dimension.capitalize()}s by gap"


def _single(name: str) -> bool:
    """Whether `has` fits the name."""
    return not name.endswith((" States of", "Islands", "Philippines", "Netherlands", "Maldives", "Bahamas"))


def _amount_title(ranks: Ranks, parts: list[Part]) -> str:
    amounts = [_main(ranks, part) for part in parts]
    noun = "commitments" if money.both(ranks.source) else "disbursements"
    verb = "came from" if ranks.dimension == "donor" else "went to"
    share = money.share(amounts[0], total(amounts))
    if len(parts) > 1 and leads(amounts[0], amounts[1]) and share is not None and share <= 1:
        title = f"{percent(share)} of {noun} {verb} {the(parts[0].name)}"
        if len(title) <= 70:
            return title
    return f"{ranks.dimension.capitalize()}s by {noun}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _sentence(ranks: Ranks, parts: list[Part], by_gap: bool) -> str:
    named = []
    amounts = [part.gap if by_gap else _main(ranks, part) for part in parts]
    scale = scale_of(v for v in amounts if v is not None)
    for part, amount in list(zip(parts, amounts, strict=True))[:3]:
        if amount is not None:
            named.append(f"{part.name} {scale.text(amount, True)}")
    what = "Widest gap between committed and disbursed" if by_gap else "Largest amounts"
    return f"{what}: {'; '.join(named)}."


def _note(ranks: Ranks, by_gap: bool) -> str:
    said = " Amounts for regions stand at the end." if regions(ranks) & {part.code for part in ranks.parts} else ""
    return _trap(ranks, by_gap) + said


def _trap(ranks: Ranks, by_gap: bool) -> str:
    if not money.both(ranks.source):
        return f"This source reports what was disbursed, so {ranks.dimension}s are ranked by it."
    if ranks.source.code == "iati-goals":
        return "Disbursed is over an activity’s life; running activities may still pay."
    return (
        "A year’s disbursements pay for earlier commitments too, so the share is not a delivery rate." if by_gap else ""
    )


def _choices(ranks: Ranks) -> Choices:
    shown = [Choice(code=word, label=f"{word}s", on=word == ranks.dimension) for word in TERMS["rank"]]
    return Choices(kind="choices", key="rank", label="Rank", choices=shown)


def _row(ranks: Ranks, part: Part, cells: list[str], top: Decimal, picked: frozenset[str]) -> RankRow:
    said = ", ".join(
        f"{word} {'not reported' if value is None else scale_of([value]).text(value)}"
        for word, value in (("committed", part.committed), ("disbursed", part.disbursed))
        if value is not None or money.both(ranks.source)
    )
    bar = Bar(label=f"{part.name}: {said}", behind=length(part.committed, top), front=length(part.disbursed, top))
    on = part.code in picked
    return RankRow(code=part.code, name=part.name, cells=cells, bar=bar, picked=on, dimmed=bool(picked) and not on)


def _by_gap(ranks: Ranks, parts: list[Part], scale: Scale) -> Ranking:
    head = f"$ {scale.unit[0]}".strip()
    headings = [
        ranks.dimension.capitalize(),
        f"Committed, {head}",
        f"Disbursed, {head}",
        f"Gap, {head}",
        "Disbursed, %",
    ]
    return _ranking(ranks, parts, [*headings, "Committed and disbursed"], 3, [_gap_cells(p, scale) for p in parts])


def _gap_cells(part: Part, scale: Scale) -> list[str]:
    amounts = [part.committed, part.disbursed, None if part.gap is None else -part.gap]
    share = money.share(part.disbursed, part.committed)
    cells = [".." if v is None else scale.plain(v) for v in amounts]
    if part.gap is not None and part.gap < 0:
        cells[2] = f"+{cells[2]}"
    return [*cells, ".." if share is None else percent(share)]


def _by_amount(ranks: Ranks, parts: list[Part], scale: Scale) -> Ranking:
    both = money.both(ranks.source)
    head = f"{'Committed' if both else 'Disbursed'}, $ {scale.unit[0]}".strip()
    every = total(_main(ranks, part) for part in parts)
    cells = []
    for part in parts:
        amount = _main(ranks, part)
        share = money.share(amount, every)
        cells.append([".." if amount is None else scale.plain(amount), ".." if share is None else percent(share)])
    bar = "Committed and disbursed" if both else "Disbursed"
    return _ranking(ranks, parts, [ranks.dimension.capitalize(), head, "Share", bar], 1, cells)


def _ranking(ranks: Ranks, parts: list[Part], headings: list[str], bar_at: int, cells: list[list[str]]) -> Ranking:
    picked = money.chosen(ranks.codes, ranks.selection, ranks.dimension)
    top = max((v for part in parts for v in (part.committed, part.disbursed) if v is not None), default=NONE)
    rows = [_row(ranks, part, row, top, picked) for part, row in zip(parts, cells, strict=True)]
    count = f"{len(rows)} {ranks.dimension}{'' if len(rows) == 1 else 's'}"
    key = ranks.dimension
    return Ranking(kind="ranking", key=key, headings=headings, bar_at=bar_at, rows=rows, shown=SHOWN, count=count)


def _table(ranks: Ranks, parts: list[Part], words: str) -> Table:
    columns = (
        Column("code", "Code", "code"),
        Column("name", ranks.dimension.capitalize()),
        money.COMMITTED,
        money.DISBURSED,
        money.GAP,
        money.SHARE,
    )
    rows = tuple(
        (p.code, p.name, p.committed, p.disbursed, p.gap, money.share(p.disbursed, p.committed)) for p in parts
    )
    return Table(words, columns, rows)


RANKING = Panel("ranking", "recipient", {}, ask, draw)
GIVERS = Panel("givers", "donor", {}, ask_givers, draw_givers)
