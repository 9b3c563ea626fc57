"""Committed and disbursed by year: two lines, the gap between them, and the years nobody reported."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from dashboard.captions import differing, subtitle, unheard
from dashboard.codes import Codes, Source
from dashboard.figures import money, style
from dashboard.figures.areas import gap
from dashboard.figures.behind import behind
from dashboard.figures.empties import nothing
from dashboard.figures.lines import HEIGHT, Band, Line, chart, nice
from dashboard.panels import Column, Drawing, Figure, Panel, Table
from dashboard.questions import Answers, best_source
from dashboard.selection import Selection
from dashboard.words import MINUS, Scale, listed, scale_of, usd_exact

PREFERRED = ("crs-sectors", "iati-goals", "crs-donors", "crs-purposes", "dac1")
THOUSAND = 1000
FEW = 4  # years that a note names one by one
GRANT_EQUIVALENT = 2018  # from this year ODA is told as grant equivalents, never one line with the net flows before
Pair = tuple[Decimal | None, Decimal | None]
LINES = (("Committed", 0, style.COMMITTED, style.COMMITTED_LINE), ("Disbursed", 1, style.DISBURSED, style.DISBURSED))


@dataclass(frozen=True)
class Years:
    selection: Selection
    codes: Codes
    source: Source
    span: tuple[int, int]
    by_year: Mapping[int, Pair]


def ask(answers: Answers, selection: Selection) -> Years:
    """Every year a source holds of those picked, those with one rung too."""
    source = best_source(answers, selection, PREFERRED)
    found, span = money.rows(answers, selection, source, ("year",))
    by_year = dict(zip(found["year"], money.pairs(found), strict=True))
    return Years(selection, answers.codes, source, span, by_year)


def draw(asked: Years) -> Drawing:
    amounts = [v for pair in asked.by_year.values() for v in pair if v is not None]
    scale = _scale(amounts)
    measure = _measure(asked)
    words = subtitle(measure, asked.codes, asked.source, asked.selection, asked.span, scale.unit)
    if not amounts:
        why = unheard(asked.codes, asked.source, asked.selection)
        return nothing(asked.selection, "years", money.source_line(asked.source), words, why)
    return Drawing(
        title=_title(asked, measure),
        subtitle=words,
        sentence=_sentence(asked, scale),
        source_line=money.source_line(asked.source),
        figures={"years": _figure(asked, scale)},
        note=" ".join(said for said in _notes(asked) if said),
        terms=("committed", "disbursed", "gap", "not reported", f"{asked.selection.prices} prices"),
        table=_table(asked, words),
        rows=behind(asked.selection, asked.source, asked.span),
    )


def _measure(asked: Years) -> str:
    """What is drawn; of activities the year is their own, so that no line tells what was paid in it."""
    if asked.source.code == money.ACTIVITIES:
        return "Committed and disbursed by year of activity"
    return "Committed and disbursed by year" if money.both(asked.source) else "Disbursed by year"


def _scale(amounts: list[Decimal]) -> Scale:
    """The unit of the chart: that of its top tick, so that no axis ends at `$1,000 m`."""
    scale = scale_of(amounts)
    top = nice(0.0, max((float(abs(v) / scale.unit[2]) for v in amounts), default=0.0))[-1]
    return scale if top < THOUSAND else scale_of([Decimal(top) * scale.unit[2]])


def compared(asked: Years) -> dict[int, tuple[Decimal, Decimal]]:
    """The years with both rungs."""
    held = {year: pair for year, pair in sorted(asked.by_year.items()) if year >= asked.source.compared_since}
    return {year: (c, d) for year, (c, d) in held.items() if c is not None and d is not None}


def _apart(asked: Years) -> tuple[list[int], list[int], list[int]]:
    """Years disbursed below committed, above it, and within one per cent of it."""
    below, above, equal = list[int](), list[int](), list[int]()
    for year, (committed, disbursed) in compared(asked).items():
        near = abs(committed - disbursed) * 100 <= abs(committed)
        (equal if near else below if disbursed < committed else above).append(year)
    return below, above, equal


def _title(asked: Years, neutral: str) -> str:
    below, above, equal = _apart(asked)
    every = len(below) + len(above) + len(equal)
    if every < 2 or asked.source.code == money.ACTIVITIES:
        return neutral
    if len(below) * 2 > every:
        return f"Disbursements stayed below commitments in {len(below)} of {every} years"
    if len(above) * 2 > every:
        return f"Disbursements exceeded commitments in {len(above)} of {every} years"
    return neutral


def _sentence(asked: Years, scale: Scale) -> str:
    said = []
    for name, at, _, _ in LINES:
        known = [(year, pair[at]) for year, pair in sorted(asked.by_year.items()) if pair[at] is not None]
        if known:
            (first, start), (last, end) = known[0], known[-1]
            low, high = scale.text(start or Decimal(0), True), scale.text(end or Decimal(0), True)
            said.append(f"{name}: {low} in {first}" + (f", {high} in {last}" if last != first else ""))
    return "; ".join(said) + "."


def _notes(asked: Years) -> tuple[str, ...]:
    """The trap of the source, whose donors differ, who is not in it."""
    return (
        _note(asked),
        _early(asked),
        _missing(asked),
        money.young(asked.source, asked.span),
        differing(asked.source, asked.span, asked.selection),
        unheard(asked.codes, asked.source, asked.selection),
    )


def _early(asked: Years) -> str:
    """That what was disbursed is told in part only, in years before those that can be compared."""
    first = asked.source.compared_since
    told = any(year < first and disbursed is not None for year, (_, disbursed) in asked.by_year.items())
    return f"Disbursements before {first} are incomplete." if told else ""


def _missing(asked: Years) -> str:
    """Years between others that have no figure, where the lines stop instead of telling one."""
    lacking = set[int]()
    for _, at, _, _ in LINES:
        known = [year for year, pair in asked.by_year.items() if pair[at] is not None]
        lacking |= set(range(min(known), max(known))) - set(known) if known else set()
    if not lacking:
        return ""
    which = listed([f"{year}" for year in sorted(lacking)]) if len(lacking) <= FEW else f"{len(lacking)} of them"
    return f"Lines stop at years without a figure: {which}."


def _note(asked: Years) -> str:
    if asked.source.code == "dac1" and asked.span[1] >= GRANT_EQUIVALENT:
        return f"Net flows before {GRANT_EQUIVALENT}, grant equivalents from then on: two measures, not one line."
    if not money.both(asked.source):
        return money.alone(asked.source, "This source reports what was disbursed, not what was committed.")
    equal, said = _apart(asked)[2], ""
    if equal and len(equal) < len(compared(asked)):
        said = f"In {listed([str(year) for year in equal])} the two were equal within 1%. "
    if asked.source.code == "iati-goals":
        return said + "Amounts stand under the year of the activity; what was disbursed is over its life."
    return said + "A year’s disbursements pay for earlier commitments too, so the distance is not a delivery rate."


def _figure(asked: Years, scale: Scale) -> Figure:
    values = [float(v / scale.unit[2]) for pair in asked.by_year.values() for v in pair if v is not None]
    ticks = nice(min([*values, 0.0]), max([*values, 0.0]))
    texts = [f"{tick:,g}".replace("-", MINUS) for tick in ticks]
    texts[-1] = f"${texts[-1]} {scale.unit[0]}".strip()
    lines = [line for spec in LINES if (line := _line(asked, scale, *spec)) is not None]
    drawn = {line.name: [(year, float(value)) for year, value in line.points] for line in lines}
    fills = gap(drawn["Committed"], drawn["Disbursed"]) if len(drawn) == 2 else []
    return chart(lines, asked.span, (ticks, texts), _band(asked), fills)


def _line(asked: Years, scale: Scale, name: str, at: int, colour: str, ink: str) -> Line | None:
    points = [(year, value) for year, pair in sorted(asked.by_year.items()) if (value := pair[at]) is not None]
    if not points:
        return None
    hovers = [f"<b>{year}</b><br>{name} {usd_exact(value)}<br>{asked.source.title}" for year, value in points]
    scaled = tuple((year, value / scale.unit[2]) for year, value in points)
    ends = f"<b>{name}</b><br>{scale.text(points[-1][1])}"
    if points[-1][0] != asked.span[1]:
        ends += f", {points[-1][0]}"
    broken = GRANT_EQUIVALENT if asked.source.code == "dac1" else 0
    return Line(name, colour, scaled, ends, tuple(hovers), ink, broken=broken, yearly=True)


def _band(asked: Years) -> Band | None:
    """The years before disbursements are reported, where commitments are."""
    first, until = asked.span[0], min(asked.source.compared_since, asked.span[1])
    lacking = [y for y, (c, d) in asked.by_year.items() if c is not None and d is None and y < until]
    if not money.both(asked.source) or not lacking:
        return None
    return Band(first, until, f"disbursements not<br>reported before {asked.source.compared_since}")


def _table(asked: Years, words: str) -> Table:
    columns = (Column("year", "Year", "year"), money.COMMITTED, money.DISBURSED, money.GAP, money.SHARE)
    rows = tuple(
        (year, committed, disbursed, money.less(committed, disbursed), money.share(disbursed, committed))
        for year, (committed, disbursed) in sorted(asked.by_year.items())
    )
    years = sorted(asked.by_year)
    rows_of = tuple(behind(asked.selection, asked.source, (year, year)) for year in years)
    return money.narrowed(Table(words, columns, rows, rows_of), asked.source)


PANEL = Panel("years", "", {"years": HEIGHT}, ask, draw)
