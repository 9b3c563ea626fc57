"""Money that two promises both count: the sum over the rows that both their rules take.

What a rule takes is told by codes and years alone, so the rows that two rules share are those whose codes lie in both.
Sums of rows by code and year (cells) therefore give the same overlap as the rows themselves. Where rules take a share
of a purpose, both count the smaller share of it. Net is what is counted at least once: of each cell the largest share.
`dashboard.pairwise` adds them up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from dashboard.codes import Codes
from dashboard.counting import Rule
from dashboard.membership import of_year

ZERO, ONE = Decimal(0), Decimal(1)
BY = ("donor", "recipient", "sector", "purpose", "flow")  # what cells may be told apart by, and the year
Shares = Callable[[str, str, str], Decimal]  # (method, purpose, goal) -> share of the purpose that serves the goal


@dataclass(frozen=True)
class Scope:
    """What the rule of one promise takes from a source. codes: by dimension and year, absent where all are taken."""

    id: str
    source: str
    stage: str
    since: int
    until: int
    codes: Mapping[str, Mapping[int, frozenset[str]]]
    goals: tuple[str, ...] = ()
    method: str = ""


@dataclass(frozen=True)
class Overlap:
    """What two promises both count, current US dollars, by year."""

    first: str
    second: str
    usd: Decimal
    years: Mapping[int, Decimal]


@dataclass(frozen=True)
class Totals:
    """Of several promises together. gross: each by itself, added; net: money that is counted at least once."""

    counted: Mapping[str, Decimal]
    gross: Decimal
    net: Decimal
    pairs: tuple[Overlap, ...]


def scope(id_: str, rule: Rule, codes: Codes, source: str) -> Scope:
    """What a rule of kind `flows` takes from a source, groups resolved year by year."""
    picked = {
        "donor": rule.donors,
        "recipient": rule.recipients,
        "sector": rule.sectors,
        "purpose": rule.purposes,
        "flow": rule.flows if "flow" in codes.sources[source].dimensions else (),
    }
    years = range(rule.since, rule.until + 1)
    told = {
        dimension: {year: of_year(codes, dimension, held, year, rule.membership) for year in years}
        for dimension, held in picked.items()
        if held
    }
    return Scope(id_, source, rule.stage, rule.since, rule.until, told, rule.goals, rule.method)


def dimensions(scopes: Iterable[Scope]) -> tuple[str, ...]:
    """What cells must be told apart by to say which of these promises count them."""
    found = {dimension for one in scopes for dimension in one.codes}
    found |= {"purpose"} if any(one.goals for one in scopes) else set()
    return tuple(dimension for dimension in BY if dimension in found)


def standing_for(scopes: Sequence[Scope], dimension: str) -> dict[str, str]:
    """Each code that any of these promises names in a dimension -> the first of the codes that the same of them count
    in the same years. Cells of codes alike may be added up: no promise tells them apart."""
    marks: dict[str, set[tuple[int, int]]] = {}
    for place, one in enumerate(scopes):
        for year, codes in one.codes.get(dimension, {}).items():
            for code in codes:
                marks.setdefault(code, set()).add((place, year))
    first: dict[frozenset[tuple[int, int]], str] = {}
    return {code: first.setdefault(frozenset(marked), code) for code, marked in sorted(marks.items())}


def share_of(one: Scope, purpose: str, shares: Shares) -> Decimal:
    """The share of a purpose that a promise counts."""
    if not one.goals:
        return ONE
    return sum((shares(one.method, purpose, goal) for goal in one.goals), ZERO)


def net_of(amounts: Mapping[str, Decimal], ties: Iterable[tuple[str, str, Decimal]]) -> tuple[Decimal, Decimal]:
    """What several promises make in all, gross and net of the amounts that ties between two of them state.

    ties: (id, id, amount in the unit of the amounts). A pair is taken off once, whichever side states it."""
    once = {frozenset((a, b)): amount for a, b, amount in ties if a in amounts and b in amounts}
    gross = sum(amounts.values(), ZERO)
    return gross, gross - sum(once.values(), ZERO)
