"""Groups of donors, recipients and sectors, by year where the years are known. Rows of table `membership`.

Whole years from months: a member belongs to a year in which it was a member for six months or more, counting the month
of joining and not that of leaving. The DAC counts otherwise: in its totals stands who is a member at the end of the
year, the year of joining whole. An open interval ends in 9999; "1999-12 or earlier" begins in 1990.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from data_access.ingest.faults import Fault
from data_access.ingest.places import Places
from data_access.ingest.published import Published

FILE = "codes/groupings/membership_by_year.csv"
FIRST, LAST = 1990, 9999
HALF = 6  # months
AT_END = {"DAC": 1}  # groups whose members at the end of a year are those of the whole year: one month is enough
YEARS = {"DAC": "Members at the end of each year"}  # in words, beside the basis
DATED = {  # group -> dimension, name, family
    "LDC": ("recipient", "Least developed countries", "ldc"),
    "DAC": ("donor", "DAC members", "dac"),
    "EU": ("donor", "European Union members", "union"),
    "G7": ("donor", "Group of Seven", "dac"),
    "G8": ("donor", "Group of Eight", "dac"),
}
STANDING = {  # donors that belonged together in all years
    "WB": ("World Bank Group", "multilateral", "DAC list of channels", ("44000", "901", "902", "903", "905")),
}
MEMBERS = {"EU": "918"}  # the European Union as a member of the DAC: EU Institutions
FLAGS = {
    "lldc": ("LLDC", "Landlocked developing countries", "ldc"),
    "sids": ("SIDS", "Small island developing States", "ldc"),
}
INCOMES = {
    "Low income": ("LIC", "Low-income economies"),
    "Lower middle income": ("LMIC", "Lower-middle-income economies"),
    "Upper middle income": ("UMIC", "Upper-middle-income economies"),
    "High income": ("HIC", "High-income economies"),
}
REGIONS = {  # of the United Nations (M49): column -> value -> code
    "region": {"Africa": "AFR", "Asia": "ASI", "Europe": "EUR", "Oceania": "OCE"},
    "subregion": {
        "Northern Africa": "NAF", "Sub-Saharan Africa": "SSA", "Latin America and the Caribbean": "LAC",
        "Central Asia": "CAS", "Eastern Asia": "EAS", "South-eastern Asia": "SEA", "Southern Asia": "SAS",
        "Western Asia": "WAS",
    },
}  # fmt: skip
TODAY = "Today's list; earlier lists are not at hand. Programmes for a whole region belong to no group."
SECTORS = {  # DAC groups of sectors: code -> name, first and last sector
    "110": ("Education", "110", "114"), "120": ("Health", "120", "123"),
    "150": ("Government and civil society", "150", "152"), "230": ("Energy", "230", "236"),
    "310": ("Agriculture, forestry, fishing", "310", "313"), "320": ("Industry, mining, construction", "320", "323"),
}  # fmt: skip


class Spelled(NamedTuple):
    """One member's time in a group, whole years, inclusive. dated 1: intervals known; 0: today's list only."""

    dimension: str
    grp: str
    name: str
    family: str
    dated: int
    basis: str
    member: str
    since: int
    until: int


def read(file: Published, places: Places, sectors: Iterable[str]) -> list[Spelled]:
    """Every group, ordered by dimension, group, member."""
    return ordered([*dated(file), *undated(places, sectors)])


def ordered(spells: Iterable[Spelled]) -> list[Spelled]:
    return sorted(spells, key=lambda spell: (spell.dimension, spell.grp, spell.member, spell.since))


def undated(places: Places, sectors: Iterable[str]) -> Iterator[Spelled]:
    """Groups of which today's list is known, or that never changed."""
    yield from (*_standing(), *_today(places.rows), *_sectors(sectors))


def dated(file: Published) -> Iterator[Spelled]:
    """Groups with the years in which each member belonged. Raises Fault."""
    for line, cells in file.rows(("group", "member", "from", "to", "source", "confidence")):
        if cells["group"] not in DATED:
            reason, remedy = "is not a known group", "add it to DATED"
            raise Fault(file.name, line, "group", cells["group"], reason, remedy, "GROUP-CODE-01")
        dimension, name, family = DATED[cells["group"]]
        early, group = cells["from"].endswith("or earlier"), cells["group"]
        since = FIRST if early else _first(*_month(file, line, "from", cells["from"]), AT_END.get(group, HALF))
        until = _last(*_month(file, line, "to", cells["to"]), AT_END.get(group, HALF)) if cells["to"] else LAST
        basis = (
            f"{cells['source']}. Dates compiled for this site, not yet compared with the published list. "
            f"{YEARS.get(group, 'Years with six months or more')}."
        )
        member = MEMBERS.get(cells["member"], cells["member"])
        if since <= until:
            yield Spelled(dimension, cells["group"], name, family, 1, basis, member, since, until)


def _month(file: Published, line: int, column: str, text: str) -> tuple[int, int]:
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", text):
        raise Fault(file.name, line, column, text, "is not a month", "write it as 2004-05", "GROUP-DATE-01")
    return int(text[:4]), int(text[5:])


def _first(year: int, month: int, least: int) -> int:
    """The first year of one who joined in this month."""
    return year if 12 - month + 1 >= least else year + 1


def _last(year: int, month: int, least: int) -> int:
    """The last year of one who left in this month; where the end of the year counts, the year before."""
    return year if least > 1 and month - 1 >= least else year - 1


def _standing() -> Iterator[Spelled]:
    for code, (name, family, basis, members) in STANDING.items():
        for member in members:
            yield Spelled("donor", code, name, family, 1, basis, member, FIRST, LAST)


def _today(rows: Mapping[str, Mapping[str, str]]) -> Iterator[Spelled]:
    for code, place in rows.items():
        groups = [FLAGS[flag] for flag in FLAGS if place[flag] == "True"]
        if place["income_level"] in INCOMES:
            groups.append((*INCOMES[place["income_level"]], "income"))
        for column, names in REGIONS.items():
            if place[column] in names:
                groups.append((names[place[column]], place[column], "region"))
        for group, name, family in groups:
            yield Spelled("recipient", group, name, family, 0, TODAY, code, FIRST, LAST)


def _sectors(sectors: Iterable[str]) -> Iterator[Spelled]:
    for sector in sectors:
        for group, (name, low, high) in SECTORS.items():
            if low <= sector <= high:
                yield Spelled("sector", group, name, "sector", 0, "DAC list of sectors", sector, FIRST, LAST)
