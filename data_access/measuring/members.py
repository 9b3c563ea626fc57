"""Whom a rule names, year by year: single codes, and the members of groups as then or as today."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.codes import Codes
from dashboard.counting import Rule

TOGETHER = ("",)  # where members are not told apart


def of_year(codes: Codes, dimension: str, picked: Iterable[str], year: int, membership: str) -> tuple[str, ...]:
    """Codes of those named in a year; a group without dates has its members of the list at hand."""
    found = set[str]()
    for code in picked:
        group = codes.groups.get(dimension, {}).get(code)
        if group is None:
            found.add(code)
        elif not group.dated:
            found |= group.members()
        else:
            found |= group.members(max(spell.until for spell in group.spells) if membership == "today" else year)
    return tuple(sorted(found))


def wanted(
    codes: Codes, rule: Rule, years: Iterable[int], dimension: str, without: frozenset[str] = frozenset()
) -> dict[int, tuple[str, ...]]:
    """By year; one empty code where the rule names nobody. `without`: those who cannot have a figure of this kind."""
    picked = rule.donors if dimension == "donor" else rule.recipients
    if not picked:
        return dict.fromkeys(years, TOGETHER)
    found = {year: of_year(codes, dimension, picked, year, rule.membership) for year in years}
    return {year: tuple(code for code in held if code not in without) for year, held in found.items()}


def without_income(codes: Codes) -> frozenset[str]:
    """Donors that are no countries: they have no national income, and their aid is their members' already."""
    return frozenset(code for code, member in codes.members["donor"].items() if member.kind != "country")
