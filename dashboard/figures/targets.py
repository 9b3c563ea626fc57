"""ODA against the target of 0.7% of gross national income, by donor: the map, its strip of dots, its finding."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from dashboard.codes import Codes
from dashboard.figures import classes, dots, marks, money, style
from dashboard.figures.empties import nothing
from dashboard.figures.maps import world_and_europe
from dashboard.panels import Column, Drawing, Table
from dashboard.questions import Answers, Unanswerable
from dashboard.selection import Selection
from dashboard.words import counted, listed, number, the

SERIES = "oda_gni"  # per cent of gross national income
TARGET = Decimal("0.7")
DAC = "DAC"  # the series holds its members together too
HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Kept:
    """values: ODA as per cent of GNI in `year`, by donor; `together`: that of the members of the DAC as one."""

    selection: Selection
    codes: Codes
    year: int
    values: Mapping[str, Decimal]
    together: Decimal | None
    source: str


def kept(answers: Answers, selection: Selection) -> Kept:
    """The latest year of the selection for which the series holds most donors.

    Raises Unanswerable where the edition lacks the series, or it holds none of the years."""
    listing = answers.series_list()
    row = listing[listing["series"] == SERIES]
    if row.empty:
        raise Unanswerable("This edition holds no series of ODA as a share of gross national income.")
    frame = answers.series([SERIES], selection.since, selection.until)
    by_year: dict[int, dict[str, Decimal]] = {}
    for country, year, value in zip(frame["country"], frame["year"], frame["value"], strict=True):
        if isinstance(value, Decimal):
            by_year.setdefault(int(year), {})[str(country)] = value
    if not by_year:
        since, until = int(row["since"].iloc[0]), int(row["until"].iloc[0])
        raise Unanswerable(f"ODA as a share of national income is known for {since}–{until}, none of the years picked.")
    most = max(map(len, by_year.values()))
    year = max(year for year, values in by_year.items() if 2 * len(values) >= most)
    donors = answers.codes.members["donor"]
    values = {code: value for code, value in by_year[year].items() if code in donors and donors[code].map_code}
    return Kept(selection, answers.codes, year, values, by_year[year].get(DAC), str(row["source"].iloc[0]))


def draw(asked: Kept, measures: Mapping[str, str]) -> Drawing:
    """The map in the classes of a delivered share, the strip in per cent of GNI with the target as a line."""
    line = f"Source: {asked.source}"
    if not asked.values:
        return nothing(asked.selection, "donors", line)
    picked = money.chosen(asked.codes, asked.selection, "donor")
    shares = {code: value / TARGET * HUNDRED for code, value in asked.values.items()}
    donors = sorted(shares)
    areas = marks.areas(asked.codes, "donor", donors, shares, classes.SHARES, lambda code: _said(asked, code), picked)
    shown = [
        dots.Dot(
            code,
            asked.codes.name("donor", code),
            asked.values[code],
            _colour(shares[code]),
            _said(asked, code),
            code in picked,
        )
        for code in donors
    ]
    largest = "USA" if "USA" in donors else ""
    return Drawing(
        title=_title(asked),
        subtitle=f"Official development assistance (ODA) against 0.7% of GNI, by donor, {asked.year}",
        sentence=_sentence(asked),
        source_line=line,
        figures={
            "map": world_and_europe(areas, style.SHARE, "donor", bool(asked.selection.donor)),
            "strip": dots.strip(shown, "donor", "% of GNI", dots.Target(TARGET, "0.7% target"), [largest]),
        },
        parts=(
            marks.choices("provided", "Shown as", measures, "gni"),
            marks.legend(classes.plain(classes.SHARES, "% of target"), style.SHARE, "not among these donors"),
        ),
        note=_note(asked),
        terms=("official development assistance", "gross national income", "not reported"),
        table=_table(asked, shares),
        values=SERIES,
    )


def _colour(share: Decimal) -> str:
    level = marks.level(share, classes.SHARES)
    return style.SHARE[level] if level < len(style.SHARE) else style.ZERO


def met(asked: Kept) -> list[str]:
    """Codes of members at the target, rounded as the series is published to two decimals, largest first."""
    at = [code for code in members(asked) if round(asked.values[code], 2) >= TARGET]
    return sorted(at, key=lambda code: (-asked.values[code], code))


def members(asked: Kept) -> list[str]:
    """Codes of those that were members of the DAC in the year and have a value; all donors where it is not told."""
    group = asked.codes.groups.get("donor", {}).get(DAC)
    then = group.members(asked.year) if group else frozenset(asked.values)
    return sorted(then & set(asked.values))


def _who(asked: Kept) -> str:
    """What the donors counted are: `28 DAC members`."""
    known = DAC in asked.codes.groups.get("donor", {})
    return f"{len(members(asked))} {'DAC members' if known else 'donors'}"


def _title(asked: Kept) -> str:
    count = counted(len(met(asked))).capitalize() if met(asked) else "None"
    return f"{count} of {_who(asked)} gave 0.7% of national income"


def _sentence(asked: Kept) -> str:
    names = [the(asked.codes.name("donor", code)) for code in met(asked)]
    who = f"In {asked.year} the target of 0.7 per cent was met by {listed(names, 9)}." if names else ""
    values = [asked.values[code] for code in members(asked)]
    if not values:
        return f"No member of the DAC has a figure in {asked.year}."
    return f"{who} The median of {_who(asked)} is {number(median(values), 2)} per cent of GNI.".strip()


def _note(asked: Kept) -> str:
    names = [the(name) for name in sorted(asked.codes.name("donor", code) for code in met(asked))]
    said = [f"Met by {listed(names, 9)}." if names else f"No member of the DAC met the target in {asked.year}."]
    said += [short] if (short := _short(asked)) else []
    if asked.together is not None:
        said.append(f"Together the members of the DAC gave {number(asked.together, 2)}%.")
    if DAC in asked.codes.groups.get("donor", {}):
        said.append(f"Counted are members at the end of {asked.year}.")
    others = len(asked.values) - len(members(asked))
    if others:
        whose = "1 other donor in this source is" if others == 1 else f"{others} other donors in this source are"
        said.append(f"{whose} shown too.")
    return " ".join(said)


def _short(asked: Kept) -> str:
    """By how much the members that are not at the target miss it: the range, in points of GNI."""
    at = met(asked)
    below = sorted((TARGET - round(asked.values[code], 2), code) for code in members(asked) if code not in at)
    if len(below) < 2:
        return ""
    (least, nearest), (most, furthest) = below[0], below[-1]
    near, far = (the(asked.codes.name("donor", code)) for code in (nearest, furthest))
    span = f"{number(least, 2)} ({near}) to {number(most, 2)} ({far})"
    return f"The other {len(below)} were {span} points of GNI short of it."


def _said(asked: Kept, code: str) -> str:
    value = asked.values[code]
    share = number(value / TARGET * HUNDRED, 0)
    name = asked.codes.name("donor", code)
    return f"<b>{name}</b><br>{number(value, 2)}% of GNI, {asked.year}<br>{share}% of the 0.7% target<br>{asked.source}"


def _table(asked: Kept, shares: Mapping[str, Decimal]) -> Table:
    columns = (
        Column("code", "Code", "code"),
        Column("name", "Donor"),
        Column("gni", "ODA", "number", "per cent of GNI"),
        Column("apart", "ODA less the 0.7% target", "number", "points of GNI"),
        Column("share", "Share of the 0.7% target", "number", "per cent"),
        Column("member", "Member of the DAC at the end of the year"),
        Column("year", "Year", "year"),
    )
    order = sorted(asked.values, key=lambda code: -asked.values[code])
    told, of_dac = DAC in asked.codes.groups.get("donor", {}), set(members(asked))
    rows = tuple(
        (
            code,
            asked.codes.name("donor", code),
            asked.values[code],
            (asked.values[code] - TARGET).normalize() + 0,
            shares[code],
            ("yes" if code in of_dac else "no") if told else None,
            asked.year,
        )
        for code in order
    )
    return Table(f"Official development assistance as a share of GNI, {asked.year}", columns, rows)
