"""Recipients or donors ranked by their gap, and the donors to a Goal ranked by what they gave."""

from __future__ import annotations

from decimal import Decimal

from dashboard.captions import differing, missing, subtitle, unheard, unstated
from dashboard.figures import money, standing
from dashboard.figures.bars import column_scale, length
from dashboard.figures.behind import behind, of_codes, of_members
from dashboard.figures.empties import nothing
from dashboard.figures.standing import Ranks
from dashboard.gaps import NONE, Part, total
from dashboard.panels import Column, Drawing, Panel, Table
from dashboard.parts import Bar, Choice, Choices, Ranking, RankRow
from dashboard.questions import Answers, best_source
from dashboard.selection import TERMS, Selection
from dashboard.words import Scale, percent, scale_of

PREFERRED = {
    "recipient": ("crs-sectors", "iati-goals", "crs-donors", "crs-purposes"),
    "donor": ("iati-goals", "crs-donors", "dac1"),
}
GIVING = ("iati-goals", "crs-donors", "dac1")
SHOWN = 10


def ask(answers: Answers, selection: Selection) -> Ranks:
    """What the ranking lists; members picked are left out of the question, a group picked limits it."""
    return _ranks(answers, selection, selection.rank, PREFERRED[selection.rank], by_gap=True)


def ask_givers(answers: Answers, selection: Selection) -> Ranks:
    """The donors of a selection, a Goal among it."""
    return _ranks(answers, selection, "donor", GIVING)


def _ranks(
    answers: Answers, selection: Selection, dimension: str, preferred: tuple[str, ...], by_gap: bool = False
) -> Ranks:
    limited = any(code in answers.codes.groups.get(dimension, {}) for code in selection.picked(dimension))
    asked = selection if limited else selection.without(dimension)
    source = best_source(answers, asked, preferred, (dimension,))
    found, span = money.rows(answers, asked, source, (dimension,), compared=True)
    name = answers.codes.name
    parts = [Part(code, name(dimension, code), *pair) for code, pair in money.sums(found, dimension).items()]
    by_gap = by_gap and money.both(source)
    return Ranks(selection, answers.codes, source, span, dimension, tuple(parts), by_gap, limited)


def draw(ranks: Ranks) -> Drawing:
    """Ranked by gap; by what was disbursed where the source has no commitments."""
    return _draw(ranks, "ranking")


def draw_givers(ranks: Ranks) -> Drawing:
    return _draw(ranks, "givers")


def _draw(ranks: Ranks, panel: str) -> Drawing:
    parts = standing.listing(ranks)
    scale = column_scale(parts)
    measure = "Committed and disbursed" if money.both(ranks.source) else "Disbursed"
    asked = ranks.selection if ranks.limited else ranks.selection.without(ranks.dimension)
    words = subtitle(f"{measure} by {ranks.dimension}", ranks.codes, ranks.source, asked, ranks.span, scale.unit)
    line = money.source_line(ranks.source)
    if not any(v is not None for part in parts for v in (part.committed, part.disbursed)):
        return nothing(ranks.selection, panel, line, words, unheard(ranks.codes, ranks.source, asked))
    ranking = _by_gap(ranks, parts, scale) if ranks.by_gap else _by_amount(ranks, parts, scale)
    return Drawing(
        title=standing.title(ranks),
        subtitle=words,
        sentence=standing.sentence(ranks),
        source_line=line,
        parts=(*((_choices(ranks),) if panel == "ranking" else ()), ranking),
        note=_note(ranks, asked),
        terms=("committed", "disbursed", "gap", "share", "not reported", ranks.dimension),
        table=_table(ranks, parts, words),
        rows=behind(ranks.selection, ranks.source, ranks.span),
    )


def _note(ranks: Ranks, asked: Selection) -> str:
    """The trap, what stands at the end, whose donors differ, who drops out, who is picked and not in the source."""
    regional = ranks.regional & {part.code for part in ranks.parts}
    said = (
        _trap(ranks),
        "Amounts for regions stand at the end." if regional else "",
        differing(ranks.source, ranks.span, ranks.selection),
        missing(ranks.codes, ranks.source, ranks.selection),
        unstated(ranks.codes, ranks.source, asked),
    )
    return " ".join(words for words in said if words)


def _trap(ranks: Ranks) -> str:
    if not money.both(ranks.source):
        return money.alone(
            ranks.source, f"This source reports what was disbursed, so {ranks.dimension}s are ranked by it."
        )
    if ranks.source.code == "iati-goals":
        return "Disbursed is over an activity’s life; running activities may still pay."
    return (
        "A year’s disbursements pay for earlier commitments too, so the share is not a delivery rate."
        if ranks.by_gap
        else ""
    )


def _choices(ranks: Ranks) -> Choices:
    shown = [Choice(code=word, label=f"{word}s", on=word == ranks.dimension) for word in TERMS["rank"]]
    return Choices(kind="choices", key="rank", label="Rank", choices=shown)


def _row(ranks: Ranks, part: Part, cells: list[str], top: Decimal, picked: frozenset[str], place: str) -> RankRow:
    said = ", ".join(
        f"{word} {'not reported' if value is None else scale_of([value]).text(value)}"
        for word, value in (("committed", part.committed), ("disbursed", part.disbursed))
        if value is not None or money.both(ranks.source)
    )
    bar = Bar(label=f"{part.name}: {said}", behind=length(part.committed, top), front=length(part.disbursed, top))
    on = part.code in picked
    name = f"{part.name}, {place}" if place else part.name
    return RankRow(code=part.code, name=name, cells=cells, bar=bar, picked=on, dimmed=bool(picked) and not on)


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
    every = total(ranks.amount(part) for part in parts)
    cells = []
    for part in parts:
        amount = ranks.amount(part)
        share = money.share(amount, every)
        cells.append([".." if amount is None else scale.plain(amount), ".." if share is None else percent(share)])
    bar = "Committed and disbursed" if both else "Disbursed"
    return _ranking(ranks, parts, [ranks.dimension.capitalize(), head, "Share", bar], 1, cells)


def _ranking(ranks: Ranks, parts: list[Part], headings: list[str], bar_at: int, cells: list[list[str]]) -> Ranking:
    picked = frozenset[str]() if ranks.limited else money.chosen(ranks.codes, ranks.selection, ranks.dimension)
    top = max((v for part in parts for v in (part.committed, part.disbursed) if v is not None), default=NONE)
    at = standing.places(ranks) if picked else {}
    spoken = {part.code: at.get(part.code, "") for part in standing.lifted(ranks)}
    found = _behind(ranks, parts)
    rows = [
        _row(ranks, part, row, top, picked, spoken.get(part.code, "")) | {"behind": of}
        for part, row, of in zip(parts, cells, found, strict=True)
    ]
    count = f"{len(rows)} {ranks.dimension}{'' if len(rows) == 1 else 's'}"
    key = ranks.dimension
    stages = ["committed", "disbursed"] if ranks.by_gap else ["committed" if money.both(ranks.source) else "disbursed"]
    made = Ranking(kind="ranking", key=key, headings=headings, bar_at=bar_at, rows=rows, shown=SHOWN, count=count)
    return made | {"stages": stages}


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
    return money.narrowed(Table(words, columns, rows, _behind(ranks, parts)), ranks.source)


def _behind(ranks: Ranks, parts: list[Part]) -> tuple[str, ...]:
    """The rows of each member listed; in a group in the years it belonged."""
    find = of_members if ranks.limited else of_codes
    members = [part.code for part in parts]
    return find(ranks.codes, ranks.selection, ranks.source, ranks.span, ranks.dimension, members)


RANKING = Panel("ranking", "recipient", {}, ask, draw)
GIVERS = Panel("givers", "donor", {}, ask_givers, draw_givers)
