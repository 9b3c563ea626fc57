"""What is needed: an indicator of the Goal by country, in plum, beside the map of what was received."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

import pandas as pd

from dashboard.codes import Codes
from dashboard.figures import classes, marks, money, style
from dashboard.figures.empties import nothing
from dashboard.figures.maps import world
from dashboard.panels import Column, Drawing, Panel, Table
from dashboard.questions import Answers, Unanswerable
from dashboard.selection import Selection
from dashboard.words import listed, number

NEAR = 5  # years: a country without a figure in the year shown stands with its latest of the years before it
ENOUGH = 20  # countries that make a year worth showing


class Value(NamedTuple):
    value: Decimal
    year: int


@dataclass(frozen=True)
class Indicator:
    """One series: as listed in the edition."""

    code: str
    name: str
    unit: str
    source: str
    better: str


@dataclass(frozen=True)
class Needed:
    """values: by country, of `year` or the nearest of the years before; `others`: series of the same Goal, by code."""

    selection: Selection
    codes: Codes
    goal: str
    indicator: Indicator
    others: Mapping[str, str]
    year: int
    values: Mapping[str, Value]
    limits: classes.Breaks


def ask(answers: Answers, selection: Selection) -> Needed:
    """The indicator picked, or the Goal's first, for all countries, at the latest year up to the selection's last.

    Raises Unanswerable where no Goal or series is picked, or the Goal has no series in the edition."""
    listing = answers.series_list()
    goal = _goal(answers, selection)
    mine = listing[listing["goal"] == goal]
    if mine.empty:
        raise Unanswerable(f"This edition holds no indicator of Goal {goal} by country.")
    rows = {str(row["series"]): row for _, row in mine.iterrows()}
    code = selection.series if selection.series in rows else next(iter(rows))
    row = rows[code]
    indicator = Indicator(code, *(str(row[name]) for name in ("name", "unit", "source", "better")))
    frame = answers.series([code], int(row["since"]), int(row["until"]))
    held = _held(frame)
    year = _year(held, selection.until)
    limits = classes.breaks(_all(held), finer=True)
    others = {name: str(other["name"]) for name, other in rows.items()}
    return Needed(selection, answers.codes, goal, indicator, others, year, _nearest(held, year), limits)


def _goal(answers: Answers, selection: Selection) -> str:
    if selection.series and answers.codes.series.get(selection.series):
        return answers.codes.series[selection.series]
    numbered = [goal for goal in selection.goal if goal.isdigit()]
    if not numbered:
        raise Unanswerable("An indicator belongs to a Goal; pick one to see what is needed.")
    return numbered[0]


def _held(frame: pd.DataFrame) -> dict[int, dict[str, Decimal]]:
    """Values by year and country: of all, or the ratio between the sexes; never those of one sex."""
    held: dict[int, dict[str, Decimal]] = {}
    columns = (frame[name] for name in ("country", "year", "sex", "value"))
    for country, year, sex, value in zip(*columns, strict=True):
        if sex in ("total", "ratio") and isinstance(value, Decimal):
            held.setdefault(int(year), {})[str(country)] = value
    return held


def _year(held: Mapping[int, Mapping[str, Decimal]], until: int) -> int:
    """The latest year up to `until` with enough countries: half of the fullest year and at least twenty."""
    fullest = max((len(values) for values in held.values()), default=0)
    enough = max(min(ENOUGH, fullest), fullest / 2)
    good = [year for year, values in held.items() if len(values) >= enough]
    return max((year for year in good if year <= until), default=min(good, default=until))


def _nearest(held: Mapping[int, Mapping[str, Decimal]], year: int) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for back in range(NEAR):
        for country, value in held.get(year - back, {}).items():
            found.setdefault(country, Value(value, year - back))
    return found


def _all(held: Mapping[int, Mapping[str, Decimal]]) -> tuple[Decimal, ...]:
    """Values of every year since 2000, so that classes stay where they are whichever year is shown."""
    return tuple(value for year, values in sorted(held.items()) if year >= 2000 for value in values.values())


def draw(asked: Needed) -> Drawing:
    """The map in plum; empty where no country has a figure near the year."""
    line = f"Source: {asked.indicator.source}"
    if not asked.values:
        return nothing(asked.selection, "need", line, asked.indicator.name)
    codes = asked.codes
    members = _recipients(codes)
    values = {code: value.value for code, value in asked.values.items()}
    picked = money.chosen(codes, asked.selection, "recipient")
    areas = marks.areas(codes, "recipient", members, values, asked.limits, lambda code: _said(asked, code), picked)
    choices = (
        [marks.choices("series", "Indicator", asked.others, asked.indicator.code)] if len(asked.others) > 1 else []
    )
    return Drawing(
        title=_title(asked),
        subtitle=f"{asked.indicator.name}, {asked.indicator.unit}, {asked.year}",
        sentence=_sentence(asked, members),
        source_line=line,
        figures={"map": world(areas, style.OUTCOME, "recipient")},
        parts=(
            *choices,
            marks.legend(classes.plain(asked.limits, _sign(asked)), style.OUTCOME, areas, "not a recipient"),
            marks.islands(codes, areas, style.OUTCOME, lambda code: _worded(asked, code)),
        ),
        note=_note(asked, members),
        terms=("indicator", "not reported"),
        table=_table(asked),
    )


def _recipients(codes: Codes) -> list[str]:
    """Recipients of aid in any list of the DAC, so that both maps of a Goal show the same countries."""
    lists = [source.picks.get("recipient", frozenset[str]()) for source in codes.sources.values()]
    known = codes.members["recipient"]
    crs = [held for name, held in zip(codes.sources, lists, strict=True) if name != "iati-goals"]
    return sorted(code for code in frozenset[str]().union(*crs) if code in known and known[code].map_code)


def _sign(asked: Needed) -> str:
    return "%" if asked.indicator.unit.startswith("per cent") else ""


def _title(asked: Needed) -> str:
    title = f"What is needed: {asked.indicator.name[:1].lower()}{asked.indicator.name[1:]}"
    return title if len(title) <= 70 else "What is needed"


def _shown(value: Decimal) -> str:
    """As published, to at most three decimals."""
    exponent = value.normalize().as_tuple().exponent
    return number(value, min(3, -exponent) if isinstance(exponent, int) and exponent < 0 else 0)


def _worded(asked: Needed, code: str) -> str:
    held = asked.values.get(code)
    if held is None:
        return f"not reported for {asked.year - NEAR + 1}–{asked.year}"
    unit = _sign(asked) or f" {asked.indicator.unit}"
    return f"{_shown(held.value)}{unit}, {held.year}"


def _said(asked: Needed, code: str) -> str:
    return f"<b>{asked.codes.name('recipient', code)}</b><br>{_worded(asked, code)}<br>{asked.indicator.source}"


def _sentence(asked: Needed, members: list[str]) -> str:
    known = sorted((asked.values[code].value, code) for code in members if code in asked.values)
    if not known:
        return "No recipient has a figure near this year."
    if asked.indicator.better != "up":
        known.reverse()
    worst = [f"{asked.codes.name('recipient', code)} ({_shown(value)})" for value, code in known[:3]]
    middle = known[len(known) // 2][0]
    way = "highest" if asked.indicator.better != "up" else "lowest"
    return f"{listed(worst)} have the {way} of {len(known)} recipients; the median is {_shown(middle)}."


def _note(asked: Needed, members: list[str]) -> str:
    older = sum(1 for code in members if code in asked.values and asked.values[code].year != asked.year)
    if not older:
        return ""
    return f"{asked.year}, or where a country has none, the nearest of the four years before ({older} countries)."


def _table(asked: Needed) -> Table:
    columns = (
        Column("code", "Code", "code"),
        Column("name", "Country"),
        Column("value", asked.indicator.name, "number", asked.indicator.unit),
        Column("year", "Year", "year"),
    )
    known = sorted(asked.values.items(), key=lambda pair: pair[1].value, reverse=asked.indicator.better != "up")
    rows = tuple((code, asked.codes.name("recipient", code), held.value, held.year) for code, held in known)
    return Table(f"{asked.indicator.name}, {asked.year} or near", columns, rows)


PANEL = Panel("need", "recipient", {"map": 0}, ask, draw)
