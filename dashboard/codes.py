"""What can be picked: members of each dimension, groups of them by year, sources, editions. Codes are text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

GOALS: dict[str, str] = {
    "1": "Poverty and hunger",
    "2": "Primary education",
    "3": "Gender equality",
    "4": "Child mortality",
    "5": "Maternal health",
    "6": "HIV, malaria, other diseases",
    "7": "Environment, water",
    "8": "Global partnership",
    "unallocated": "Not allocated to a Goal",
}
STAGES = ("pledged", "committed", "budgeted", "disbursed")


@dataclass(frozen=True)
class Member:
    """One member of a dimension. `kind`: country, regional (a recipient that is no State), multilateral, private,
    purpose, sector, goal, flow, gender. `map_code` is the ISO 3166 alpha-3 code when a map can show it."""

    code: str
    name: str
    name_fr: str = ""
    kind: str = ""
    map_code: str = ""


@dataclass(frozen=True)
class Spell:
    """A member's time in a group, whole years, inclusive."""

    member: str
    since: int
    until: int


@dataclass(frozen=True)
class Group:
    """A named set of members by year. `dated` is False where only today's list is known: then it holds for all years
    and the page says so. `family`: dac, income, region, ldc, ... for the filter's headings."""

    code: str
    name: str
    dimension: str
    spells: tuple[Spell, ...]
    dated: bool
    family: str = ""
    basis: str = ""

    def members(self, year: int | None = None) -> frozenset[str]:
        """Codes of those who belonged in `year`, or at any time."""
        found = self._told.get(year)
        if found is None:
            found = frozenset(s.member for s in self.spells if year is None or s.since <= year <= s.until)
            self._told[year] = found
        return found

    @cached_property
    def last(self) -> int:
        """The year whose members are those of today."""
        return max(spell.until for spell in self.spells)

    @cached_property
    def _told(self) -> dict[int | None, frozenset[str]]:
        """Members by year, as they were asked: the same ones are, with every question."""
        return {}


@dataclass(frozen=True)
class Source:
    """One source of flows and what it can answer.

    dimensions: what it tells apart (of donor, recipient, goal, sector, purpose, flow, gender, year).
    stages: the rungs it reports. since, until: its years. compared_since: first year with every rung it reports
    (CRS disbursements are blank before 2002, so a share or a gap starts there).
    disbursed_is: what "disbursed" means in it, a phrase for the reader. coverage: a sentence for the reader.
    picks: codes that occur in its rows, by dimension.
    by_flow: donors by the flow they report, where the source tells both apart.
    by_year: how many donors its rows of a year name, where it tells donors apart."""

    code: str
    title: str  # as in the source line: "OECD CRS, gross disbursements"
    coverage: str
    dimensions: frozenset[str]
    stages: tuple[str, ...]
    since: int
    until: int
    compared_since: int
    disbursed_is: str
    licence: str
    released: str
    attribution: str
    address: str = ""
    note: str = ""
    picks: Mapping[str, frozenset[str]] = field(default_factory=dict)
    by_flow: Mapping[str, frozenset[str]] = field(default_factory=dict)
    by_year: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Codes:
    """Everything that can be picked in one edition."""

    members: Mapping[str, Mapping[str, Member]]  # dimension -> code -> member
    groups: Mapping[str, Mapping[str, Group]]  # dimension -> code -> group
    sources: Mapping[str, Source]
    editions: tuple[str, ...]
    series: Mapping[str, str]  # indicator series -> goal
    base_year: int  # of constant prices
    indicators: Mapping[str, str] = field(default_factory=dict)  # indicator series -> its name

    def knows(self, dimension: str, code: str) -> bool:
        return code in self.members.get(dimension, {}) or code in self.groups.get(dimension, {})

    def name(self, dimension: str, code: str) -> str:
        """The label of a code, for layouts and exports; the code itself where it has no name."""
        found = self.groups.get(dimension, {}).get(code) or self.members.get(dimension, {}).get(code)
        return found.name if found else code

    @cached_property
    def no_countries(self) -> frozenset[str]:
        """Donors that are none."""
        return frozenset(code for code, member in self.members["donor"].items() if member.kind != "country")

    def moving(self, dimension: str, picked: Iterable[str], membership: str) -> bool:
        """Whether some of those picked are a group whose members are other ones in other years."""
        if membership == "today":
            return False
        held = self.groups.get(dimension, {})
        return any(code in held and held[code].dated for code in picked)

    @cached_property
    def by_map_code(self) -> dict[str, str]:
        """ISO alpha-3 -> recipient code, for those whose own code is another."""
        return {m.map_code: m.code for m in self.members["recipient"].values() if m.map_code}
