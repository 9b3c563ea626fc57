"""Whom a rule names, year by year, and who of them cannot have a figure of the kind it asks for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

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
    if not codes.moving(dimension, picked, rule.membership):
        return dict.fromkeys(years, tuple(sorted(of_year(codes, dimension, picked, 0, rule.membership) - without)))
    found = {year: of_year(codes, dimension, picked, year, rule.membership) for year in years}
    return {year: tuple(sorted(held - without)) for year, held in found.items()}


def compared(rule: Rule, members: Mapping[int, tuple[str, ...]]) -> dict[int, tuple[str, ...]]:
    """Of a promise above a level or a trend, the same donors in every year, those of the years that count: what a group
    gave with another member than in its base years is no rise. Of other promises, as they are."""
    if rule.baseline not in ("level", "trend") or not members:
        return dict(members)
    counted = [max(members)] if rule.counts == "last" else list(members)
    same = tuple(sorted(set[str]().union(*(members[year] for year in counted))))
    return dict.fromkeys(members, same)


def without_income(codes: Codes) -> frozenset[str]:
    """Donors that are no countries: they have no national income, and their aid is their members' already."""
    return codes.no_countries
