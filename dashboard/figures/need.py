"""What is needed: an indicator of the Goal by country, in plum, beside the map of what was received."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from statistics import median
from typing import NamedTuple

from dashboard.codes import Codes
from dashboard.figures import classes, indicators, marks, money, style
from dashboard.figures.empties import nothing
from dashboard.figures.indicators import Series, Values
from dashboard.figures.maps import world
from dashboard.panels import Column, Drawing, Panel, Table
from dashboard.questions import Answers, Unanswerable
from dashboard.selection import Selection
from dashboard.words import listed, number, rounded, years

NEAR = 5  # years: a country without a figure in the year shown stands with its latest of the years before it
BACK = 10  # years that are looked through for the latest good one
ENOUGH = 20  # countries that make a year worth showing
ANCHORS = (2005, 2010, 2015)  # years whose values set the classes, whichever year is shown
GIVEN = ("oda", "oda_gni", "oda_gni_2008")  # series of donors, which no map of recipients can show


OF_PEOPLE = ("% of births", "% of population", "% of adults")  # none can exceed 100; completion rates can
HALF, WHOLE = Decimal(50), Decimal(100)


class Value(NamedTuple):
    value: Decimal
    year: int


@dataclass(frozen=True)
class Needed:
    """values: by country, of `year` or the nearest before; `others`: names of the Goal's series by code."""

    selection: Selection
    codes: Codes
    series: Series
    others: Mapping[str, str]
    year: int
    values: Mapping[str, Value]
    limits: classes.Breaks


def ask(answers: Answers, selection: Selection) -> Needed:
    """The indicator picked, or the one its Goal opens with, at the latest year up to the selection's last.

    Raises Unanswerable where no Goal or series is picked, or the Goal has no series of recipients."""
    series = indicators.shown(answers, selection)
    offered = [other for other in indicators.of_goal(answers, series.goal) if other.code not in GIVEN]
    if series.code in GIVEN:
        if not offered:
            raise Unanswerable(f"This edition holds no indicator of Goal {series.goal} for recipients.")
        series = offered[0]
    until = min(max(selection.until, series.since), series.until)
    held = indicators.values(answers, series, until - BACK, until)
    year = _year(held, until)
    others = {other.code: other.name for other in offered}
    found = _nearest(held, year)
    return Needed(selection, answers.codes, series, others, year, found, _limits(answers, series))


def _year(held: Values, until: int) -> int:
    """The latest year with enough countries: half of the fullest year and at least twenty."""
    counts = Counter(year for years in held.values() for year in years)
    fullest = max(counts.values(), default=0)
    enough = max(min(ENOUGH, fullest), fullest / 2)
    return max((year for year, count in counts.items() if count >= enough), default=until)


def _nearest(held: Values, year: int) -> dict[str, Value]:
    """Each country's value of the year, or its latest of the four years before."""
    found = {}
    for country, values in held.items():
        latest = indicators.latest(values, year - NEAR + 1, year)
        if latest:
            found[country] = Value(latest[1], latest[0])
    return found


def _limits(answers: Answers, series: Series) -> classes.Breaks:
    """Breaks over all countries in the anchor years the series covers, or in its last: no filter moves them."""
    years = [year for year in ANCHORS if series.since <= year <= series.until] or [series.until]
    held = [indicators.values(answers, series, year, year) for year in years]
    every = [value for values in held for years in values.values() for value in years.values()]
    return classes.breaks(tuple(every), finer=True)


def draw(asked: Needed) -> Drawing:
    """The map in plum; empty where no country has a figure near the year."""
    line = f"Source: {asked.series.source}"
    if not asked.values:
        return nothing(asked.selection, "need", line, asked.series.name)
    codes = asked.codes
    members = sorted(indicators.recipients(codes))
    values = {code: value.value for code, value in asked.values.items()}
    picked = money.chosen(codes, asked.selection, "recipient")
    areas = marks.areas(codes, "recipient", members, values, asked.limits, lambda code: _said(asked, code), picked)
    palette = style.OUTCOME[::-1] if asked.series.better == "up" else style.OUTCOME  # darker is greater need
    choices = [marks.choices("series", "Indicator", asked.others, asked.series.code)] if len(asked.others) > 1 else []
    return Drawing(
        title=_title(asked),
        subtitle=f"{asked.series.name}, {asked.series.unit}, {asked.year}",
        sentence=_sentence(asked, members),
        source_line=line,
        figures={"map": world(areas, palette, "recipient", bool(asked.selection.recipient))},
        parts=(
            *choices,
            marks.legend(_labels(asked), palette, _outside(codes), areas),
            marks.islands(codes, areas, palette, lambda code: _worded(asked, code)),
        ),
        note=_note(asked, members),
        terms=("indicator", "not reported"),
        table=_table(asked),
        values=asked.series.code,
    )


def _per_cent(asked: Needed) -> bool:
    return asked.series.unit.startswith("%")


def _labels(asked: Needed) -> list[str]:
    """The words of the classes; of a share of people that reaches the upper half the last class ends at 100%."""
    words = classes.plain(asked.limits, "%" if _per_cent(asked) else "")
    if words and asked.series.unit in OF_PEOPLE and asked.limits[-1] >= HALF:
        words[-1] = f"{_shown(asked.limits[-1])}–100%" if asked.limits[-1] < WHOLE else "100%"
    return words


def _outside(codes: Codes) -> str:
    """What a country without a value is not: one that received from donors of the CRS in the years of that source."""
    crs = codes.sources.get("crs-donors")
    return f"not a recipient, {years(crs.since, crs.until)}" if crs else "not a recipient"


def _title(asked: Needed) -> str:
    name = asked.series.name
    if not asked.series.better:  # neither more nor less of it is a need
        return f"{name}, by recipient"
    kept = name if name[1:2].isupper() else f"{name[:1].lower()}{name[1:]}"
    return f"What is needed: {kept}" if len(name) <= 54 else "What is needed"


def _shown(value: Decimal) -> str:
    """As published, to at most three decimals."""
    exponent = value.normalize().as_tuple().exponent
    return number(value, min(3, -exponent) if isinstance(exponent, int) and exponent < 0 else 0)


def _short(value: Decimal) -> str:
    """Three significant digits."""
    return _shown(rounded(value)) if abs(value) < 1000 else number(rounded(value), 0)


def _worded(asked: Needed, code: str) -> str:
    held = asked.values.get(code)
    if held is None:
        return f"not reported for {asked.year - NEAR + 1}–{asked.year}"
    space = "" if _per_cent(asked) else " "
    return f"{_shown(held.value)}{space}{asked.series.unit}, {held.year}"


def _said(asked: Needed, code: str) -> str:
    return f"<b>{asked.codes.name('recipient', code)}</b><br>{_worded(asked, code)}<br>{asked.series.source}"


def _sentence(asked: Needed, members: list[str]) -> str:
    known = sorted((asked.values[code].value, code) for code in members if code in asked.values)
    if not known:
        return "No recipient has a figure near this year."
    if asked.series.better != "up":
        known.reverse()
    worst = [f"{asked.codes.name('recipient', code)} ({_short(value)})" for value, code in known[:3]]
    middle = median(value for value, _ in known)
    way = "highest" if asked.series.better != "up" else "lowest"
    latest = years(min(asked.values[code].year for _, code in known), asked.year)
    return (
        f"{listed(worst)} have the {way} of {len(known)} recipients of CRS donors; "
        f"their median is {_short(middle)} (figures of {latest})."
    )


def _note(asked: Needed, members: list[str]) -> str:
    older = sum(1 for code in members if code in asked.values and asked.values[code].year != asked.year)
    said = ["Darker is greater need."] if asked.series.better == "up" else []
    if older:
        whose = "1 country" if older == 1 else f"{older} countries"
        said.append(f"{asked.year}, or where there is none the latest of the four years before ({whose}).")
    return " ".join(said)


def _table(asked: Needed) -> Table:
    columns = (
        Column("code", "Code", "code"),
        Column("name", "Country"),
        Column("value", asked.series.name, "number", asked.series.unit),
        Column("year", "Year", "year"),
    )
    known = sorted(asked.values.items(), key=lambda pair: pair[1].value, reverse=asked.series.better != "up")
    rows = tuple((code, asked.codes.name("recipient", code), held.value, held.year) for code, held in known)
    return Table(f"{asked.series.name}, {asked.year} or near", columns, rows)


PANEL = Panel("need", "recipient", {"map": 0}, ask, draw)
