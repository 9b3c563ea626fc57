"""Need and money: each recipient by its indicator and by what it received per inhabitant."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from dashboard.captions import METHODS, goals, period, prices, unheard, wider
from dashboard.codes import Codes, Source
from dashboard.figures import indicators, money
from dashboard.figures.behind import behind, of_codes
from dashboard.figures.circles import HEIGHT, Circle, scatter
from dashboard.figures.empties import nothing
from dashboard.figures.indicators import Series, latest
from dashboard.figures.measures import measured, middle
from dashboard.figures.progress import said
from dashboard.panels import Column, Drawing, Panel, Table
from dashboard.questions import Answers, Unanswerable
from dashboard.selection import Selection
from dashboard.words import number, rounded, usd_exact, years

PREFERRED = ("crs-purposes", "iati-goals", "crs-sectors", "crs-donors")
HUNDRED = Decimal(100)
NEAR = 5  # years a value of the indicator may lie before the period's end
BAND, ENOUGH = 5, 8  # the fifths that similar need is told of; countries it needs


@dataclass(frozen=True)
class Place:
    """A recipient: need in the series' unit and its year, US dollars per inhabitant over the period, inhabitants."""

    code: str
    name: str
    need: Decimal
    year: int
    head: Decimal
    people: Decimal
    least_developed: bool
    picked: bool


@dataclass(frozen=True)
class Compared:
    """left_out: recipients with one of the two values absent, zero or negative, which a log scale cannot show."""

    selection: Selection
    codes: Codes
    source: Source
    span: tuple[int, int]
    series: Series
    places: tuple[Place, ...]
    left_out: int


def ask(answers: Answers, selection: Selection) -> Compared:
    """Every recipient with both values. Raises Unanswerable without an indicator of need or a population."""
    series = indicators.shown(answers, selection)
    if series.code.startswith(("oda", "gni")):
        raise Unanswerable("This indicator is of what was given or received, so it shows no need to compare with.")
    found = measured(answers, selection.change(received="head"), "recipient", "head", PREFERRED)
    codes, span = answers.codes, found.span
    needs = indicators.values(answers, series, span[1] - NEAR, span[1])
    people = indicators.populations(answers, found.year)
    poorest = codes.groups.get("recipient", {})
    least = poorest["LDC"].members(found.year) if "LDC" in poorest else frozenset()
    picked = money.chosen(codes, selection, "recipient")
    every = [
        c for c, v in found.values.items() if c in codes.members["recipient"] and codes.members["recipient"][c].map_code
    ]
    places = []
    for code in every:
        need, head = latest(needs.get(code, {}), span[1] - NEAR, span[1]), found.values[code]
        if need and head is not None and head > 0 and need[1] > 0 and code in people:
            name = codes.name("recipient", code)
            places.append(Place(code, name, need[1], need[0], head, people[code], code in least, code in picked))
    return Compared(selection, codes, found.source, span, series, tuple(places), len(every) - len(places))


def draw(asked: Compared) -> Drawing:
    words, line = _subtitle(asked), f"Sources: {asked.source.title}; {asked.series.source}"
    if not asked.places:
        why = unheard(asked.codes, asked.source, asked.selection)
        return nothing(asked.selection, "compare", line, words, why)
    return Drawing(
        title=_title(asked),
        subtitle=words,
        sentence=_sentence(asked),
        source_line=line,
        figures={"compare": scatter(_circles(asked), _across(asked), _shared(asked))},
        note=_note(asked),
        terms=("per head", "least developed countries", "disbursed", "not reported"),
        table=_table(asked, words),
        rows=behind(asked.selection, asked.source, asked.span),
    )


def band(asked: Compared) -> list[Place]:
    """Recipients of similar need: the fifth next to the neediest, so that neither end of the band is open."""
    worst_first = sorted(asked.places, key=lambda p: (p.need, p.code), reverse=asked.series.better != "up")
    size = len(worst_first) // BAND
    return worst_first[size : 2 * size] if size >= ENOUGH else []


def _title(asked: Compared) -> str:
    similar = band(asked)
    heads = sorted(place.head for place in similar)
    if not similar or heads[-1] < 2 * heads[0]:
        return "Need and money per head"
    return f"At similar need, from {a_head(heads[0])} to {a_head(heads[-1])} per inhabitant"


def a_head(value: Decimal) -> str:
    """Dollars and cents; three significant digits from a hundred dollars on."""
    if value <= Decimal("0.005"):
        return "under $0.01"
    return f"${number(rounded(value), 0)}" if value >= HUNDRED else usd_exact(value)


def _subtitle(asked: Compared) -> str:
    similar = band(asked)
    needs = sorted(place.need for place in similar)
    what = goals(asked.selection) or "all sectors"
    money_of = f"{period(asked.source, asked.span)}{' together' if asked.span[0] < asked.span[1] else ''}"
    more = wider(asked.source, asked.selection)
    head = f"per inhabitant of {middle(asked.span)}" + (f", {more}" if more else "")
    lead = f"Disbursed for {what}, {money_of}, {head}, and {_lower(asked.series.name)}, {_when(asked)}"
    compared = ""
    if similar and _title(asked).startswith("At"):
        compared = f". Similar need: {said(needs[0])}–{of_unit(said(needs[-1]), asked.series.unit)}"
    shape = "Circle area: population; filled: least developed countries"
    return f"{lead}{compared}. {shape}. {prices(asked.selection, asked.codes)}"


def _when(asked: Compared) -> str:
    """The years the values of the indicator are of."""
    at = [place.year for place in asked.places]
    return years(min(at), max(at)) if at else years(asked.span[1] - NEAR, asked.span[1])


def of_unit(value: str, unit: str) -> str:
    """`3% of adults`, `12 per 1,000 live births`."""
    return f"{value}{unit}" if unit.startswith("%") else f"{value} {unit}"


def _lower(name: str) -> str:
    return name[:1].lower() + name[1:]


def _sentence(asked: Compared) -> str:
    similar = sorted(band(asked), key=lambda place: place.head)
    text = f"{len(asked.places)} recipients by {_lower(asked.series.name)} and by what they received per inhabitant."
    if not similar:
        return text
    low, high = similar[0], similar[-1]
    needs = sorted(place.need for place in similar)
    span = f"{said(needs[0])}–{of_unit(said(needs[-1]), asked.series.unit)}"
    return f"{text} At similar need ({span}) {low.name} received {a_head(low.head)}, {high.name} {a_head(high.head)}."


def _note(asked: Compared) -> str:
    said_ = []
    if asked.left_out:
        noun = "recipient is" if asked.left_out == 1 else "recipients are"
        said_.append(f"{asked.left_out} {noun} left out: one of the two is not reported, or not above zero.")
    if asked.selection.goal:
        said_.append(f"Goals under the {METHODS[asked.selection.method]}.")
    if asked.source.code == "iati-goals":
        said_.append("Five publishers; disbursed is over an activity’s life.")
    return " ".join(said_)


def _circles(asked: Compared) -> list[Circle]:
    named, chosen = _named(asked), any(place.picked for place in asked.places)
    return [
        Circle(
            key=f"recipient:{place.code}",
            name=place.name,
            x=float(place.need),
            y=float(place.head),
            weight=float(place.people),
            filled=place.least_developed,
            picked=place.picked,
            dimmed=chosen and not place.picked,
            labelled=place.code in named,
            hover=_hover(asked, place),
        )
        for place in sorted(asked.places, key=lambda p: (p.picked, -p.people))  # small and picked ones on top
    ]


def _across(asked: Compared) -> str:
    return f"{asked.series.name}, {asked.series.unit} (log scale)"


def _named(asked: Compared) -> set[str]:
    """A few labels: those picked, or the ends of the band, the most populous and the neediest."""
    picked = {place.code for place in asked.places if place.picked}
    if picked:
        return picked if len(picked) <= 8 else set()
    similar = sorted(band(asked), key=lambda place: place.head)
    by_people = sorted(asked.places, key=lambda place: -place.people)
    by_need = sorted(asked.places, key=lambda place: place.need, reverse=asked.series.better != "up")
    return {place.code for place in (*similar[:1], *similar[-1:], *by_people[:3], *by_need[:1])}


def _hover(asked: Compared, place: Place) -> str:
    """What differs from circle to circle; what they share is said once, in `_shared`."""
    return (
        f"<b>{place.name}</b><br>{of_unit(said(place.need), asked.series.unit)} in {place.year}"
        f"<br>{usd_exact(place.head)} per inhabitant<br>{place.people:,.0f} inhabitants"
    )


def _shared(asked: Compared) -> str:
    return f"{asked.source.title}, {period(asked.source, asked.span)}"


def _table(asked: Compared, words: str) -> Table:
    columns = (
        Column("code", "Code", "code"),
        Column("name", "Recipient"),
        Column("need", asked.series.name, "number", asked.series.unit),
        Column("year", "Year of the indicator", "year"),
        Column("head", "Disbursed per inhabitant", "number", "US dollars"),
        Column("people", "Inhabitants", "number"),
        Column("ldc", "Least developed"),
    )
    places = sorted(asked.places, key=lambda p: (-p.need, p.code))
    rows = tuple(
        (p.code, p.name, p.need, p.year, p.head, p.people, "yes" if p.least_developed else "no") for p in places
    )
    members = [place.code for place in places]
    rows_of = of_codes(asked.codes, asked.selection, asked.source, asked.span, "recipient", members)
    return Table(words, columns, rows, rows_of)


PANEL = Panel("compare", "recipient", {"compare": HEIGHT}, ask, draw)
