"""Whom a rule names, year by year, and who of them cannot have a figure of the kind it asks for."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.codes import Codes
from dashboard.counting import Rule
from dashboard.membership import of_year

TOGETHER = ("",)  # where members are not told apart


def wanted(
    codes: Codes, rule: Rule, years: Iterable[int], dimension: str, without: frozenset[str] = frozenset()
) -> dict[int, tuple[str, ...]]:
    """By year; one empty code where the rule names nobody. `without`: those who cannot have a figure of this kind."""
    picked = rule.donors if dimension == "donor" else rule.recipients
    if not picked:
        return dict.fromkeys(years, TOGETHER)
    found = {year: of_year(codes, dimension, picked, year, rule.membership) for year in years}
    return {year: tuple(sorted(held - without)) for year, held in found.items()}


def without_income(codes: Codes) -> frozenset[str]:
    """Donors that are no countries: they have no national income, and their aid is their members' already."""
    return frozenset(code for code, member in codes.members["donor"].items() if member.kind != "country")
