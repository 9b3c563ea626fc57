"""Which indicator a Goal page shows, its values by country and year, and the target that was set for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from statistics import median

from dashboard.codes import Codes
from dashboard.questions import Answers, Unanswerable
from dashboard.selection import Selection

BASELINE, DEADLINE = 1990, 2015  # of the Millennium Development Goals
LEADING = {  # the series a Goal page opens with
    "1": "poverty",
    "2": "completion",
    "3": "parity",
    "4": "under5",
    "5": "maternal",
    "6": "hiv",
    "7": "water",
    "8": "oda_gni",
}
HUNDRED = Decimal(100)
Values = Mapping[str, Mapping[int, Decimal]]  # country -> year -> value


@dataclass(frozen=True)
class Target:
    """A target of the Goals as a value in 2015. `part`: of the value of 1990; else `value` itself; else the part of
    what is missing to 100 in 1990. `trap`: where the series is not what the target was set on."""

    name: str
    part: Fraction | None = None
    value: Decimal | None = None
    missing: Decimal | None = None
    trap: str = ""

    def at(self, baseline: Decimal | None) -> Decimal | None:
        """The value of 2015 from that of 1990; None where it needs a baseline that is not known."""
        if self.value is not None or baseline is None:
            return self.value
        if self.missing is not None:
            return HUNDRED - (HUNDRED - baseline) * self.missing
        return None if self.part is None else baseline * self.part.numerator / self.part.denominator


# Source: the official list of the Goals' targets and indicators, effective 15 January 2008.
TARGETS: dict[str, Target] = {
    "poverty": Target(
        "1.A", part=Fraction(1, 2), trap="Target 1.A was set on a line of $1.25 a day; this series has another line."
    ),
    "completion": Target("2.A", value=Decimal(100)),
    "parity": Target("3.A", value=Decimal(1)),
    "under5": Target("4.A", part=Fraction(1, 3)),
    "maternal": Target("5.A", part=Fraction(1, 4)),
    "water": Target(
        "7.C", missing=Decimal(1) / 2, trap="Target 7.C was set on improved sources, from 1990; this series is another."
    ),
    "sanitation": Target(
        "7.C", missing=Decimal(1) / 2, trap="Target 7.C was set on improved facilities, from 1990; this is another."
    ),
    "oda_gni": Target("0.7 per cent", value=Decimal("0.7")),
}


@dataclass(frozen=True)
class Series:
    """One indicator as the edition describes it. better: up, down, or empty. sexes: what it is published for."""

    code: str
    name: str
    unit: str
    goal: str
    better: str
    sexes: tuple[str, ...]
    source: str
    definition: str
    since: int
    until: int

    @property
    def target(self) -> Target | None:
        return TARGETS.get(self.code)


def listing(answers: Answers) -> dict[str, Series]:
    """Every indicator of the edition, by code."""
    frame = answers.series_list()
    names = ("series", "name", "unit", "goal", "better", "sex", "source", "definition", "since", "until")
    columns = (frame[name].tolist() for name in names)
    return {
        code: Series(code, name, unit, goal, better, tuple(sex.split(",")), source, definition, since, until)
        for code, name, unit, goal, better, sex, source, definition, since, until in zip(*columns, strict=True)
    }


def shown(answers: Answers, selection: Selection) -> Series:
    """The indicator picked, or the one the Goal opens with. Raises Unanswerable where the Goal has none."""
    known = listing(answers)
    if selection.series in known:
        return known[selection.series]
    if len(selection.goal) != 1:
        raise Unanswerable("An indicator belongs to one Goal; pick one to see it.")
    goal = selection.goal[0]
    first = known.get(LEADING.get(goal, ""))
    found = first or next((series for series in known.values() if series.goal == goal), None)
    if found is None:
        subject = f"Goal {goal}" if goal.isdigit() else "what is not allocated to a Goal"
        raise Unanswerable(f"This edition holds no indicator for {subject}.")
    return found


def of_goal(answers: Answers, goal: str) -> list[Series]:
    """The indicators of a Goal, the one it opens with first."""
    found = [series for series in listing(answers).values() if series.goal == goal]
    return sorted(found, key=lambda series: (series.code != LEADING.get(goal), series.name))


def values(answers: Answers, series: Series, since: int, until: int, sex: str = "") -> Values:
    """Values by country and year. `sex` is one the series is published for; without, both sexes or the only one."""
    wanted = sex or ("total" if "total" in series.sexes else series.sexes[0])
    frame = answers.series([series.code], since, until)
    held: dict[str, dict[int, Decimal]] = {}
    columns = (frame[name].tolist() for name in ("country", "year", "sex", "value"))  # far faster than iterating
    for country, year, of, value in zip(*columns, strict=True):
        if of == wanted and isinstance(value, Decimal):
            held.setdefault(country, {})[year] = value
    return held


def recipients(codes: Codes) -> frozenset[str]:
    """Countries an indicator of need is about: those that received from donors of the CRS, or else from any source.

    The CRS holds the countries on the DAC list of recipients; other sources name a few that are not on it."""
    known = codes.members.get("recipient", {})
    crs = codes.sources.get("crs-donors")
    of = [crs] if crs else list(codes.sources.values())
    named: frozenset[str] = frozenset().union(*(source.picks.get("recipient", ()) for source in of))
    return frozenset(code for code in named if code in known and known[code].map_code)


def latest(held: Mapping[int, Decimal], since: int, until: int) -> tuple[int, Decimal] | None:
    """The last value of the years given."""
    inside = [year for year in held if since <= year <= until]
    return (max(inside), held[max(inside)]) if inside else None


def medians(held: Values, least: int) -> dict[int, tuple[Decimal, int]]:
    """The median by year and how many countries it is of; years with fewer than `least` are left out."""
    by_year: dict[int, list[Decimal]] = {}
    for years in held.values():
        for year, value in years.items():
            by_year.setdefault(year, []).append(value)
    return {year: (median(found), len(found)) for year, found in sorted(by_year.items()) if len(found) >= least}


def populations(answers: Answers, year: int) -> dict[str, Decimal]:
    """Inhabitants by country in a year. Raises Unanswerable where the edition has no population."""
    if "population" not in answers.codes.series:
        raise Unanswerable("This edition holds no series of population.")
    frame = answers.series(["population"], year, year)
    pairs = zip(frame["country"].tolist(), frame["value"].tolist(), strict=True)
    return {country: value for country, value in pairs if isinstance(value, Decimal)}
