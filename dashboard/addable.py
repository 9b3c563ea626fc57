"""Which promises of money may be added: sums of US dollars over years, resting on documents, nothing counted twice.

Two promises may be added only where it can be shown that they count no money in common: neither is part of the other,
nothing ties them, no money was found that both count, and their rules name other donors, recipients, purposes or years.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from dashboard.codes import Codes
from dashboard.commitment import Entry
from dashboard.counting import Rule
from dashboard.links import TEXT_LINKS
from dashboard.membership import of_year
from dashboard.ranges import Range, figure

BROAD = 2  # first digits of a sector or purpose that say which broad field it is of: 11 education, 12 health
Years = Mapping[int, frozenset[str]]
Pair = frozenset[str]


@dataclass(frozen=True)
class Money:
    """A promise of a sum of US dollars with what its rule counts. promised: as its rule has it, all years of it.

    donors, recipients, purposes, fields: codes by year, and the broad fields these are of; empty where all count or
    where the rule cannot tell."""

    entry: Entry
    rule: Rule
    promised: Range
    delivered: Range
    donors: Years
    recipients: Years
    purposes: Years
    fields: Years

    @property
    def id(self) -> str:
        return self.entry.pledge.id

    @property
    def basis(self) -> tuple[str, str]:
        """Prices and rung: only amounts of one basis are added."""
        return self.rule.prices, self.rule.stage

    @property
    def span(self) -> range:
        return range(self.rule.since, self.rule.until + 1)


def in_money(entry: Entry) -> bool:
    """Whether it is measured in US dollars."""
    rule = entry.pledge.rule
    return rule is not None and rule.kind == "flows" and entry.outcome.measured and entry.outcome.unit == "USD"


def of_period(entry: Entry) -> bool:
    """Whether it promises a sum over years: not a level of one year, not a change, not words alone."""
    rule = entry.pledge.rule
    return rule is not None and rule.counts == "sum" and rule.of == "amount" and rule.has_target


def money(entry: Entry, codes: Codes) -> Money | None:
    """What can be added of a promise; None of one that is no measured sum of US dollars over years."""
    rule, delivered = entry.pledge.rule, entry.outcome.delivered
    if rule is None or not (in_money(entry) and of_period(entry)):
        return None
    promised = figure(rule.low, rule.high)
    if not (isinstance(promised, Range) and isinstance(delivered, Range)):
        return None
    donors, recipients = (
        _by_year(codes, rule, "donor", rule.donors),
        _by_year(codes, rule, "recipient", rule.recipients),
    )
    purposes, sectors = _by_year(codes, rule, "purpose", rule.purposes), _by_year(codes, rule, "sector", rule.sectors)
    return Money(entry, rule, promised, delivered, donors, recipients, purposes, _fields(purposes, sectors))


def _by_year(codes: Codes, rule: Rule, dimension: str, picked: Sequence[str]) -> Years:
    if not picked:
        return {}
    years = range(rule.since, rule.until + 1)
    return {year: of_year(codes, dimension, picked, year, rule.membership) for year in years}


def _fields(purposes: Years, sectors: Years) -> Years:
    held = purposes or sectors
    return {year: frozenset(code[:BROAD] for code in codes) for year, codes in held.items()}


def apart(one: Money, other: Money) -> bool:
    """Whether the two rules certainly take no row in common: other years, donors, recipients or purposes."""
    both = [year for year in one.span if year in other.span]
    named = (
        (one.donors, other.donors),
        (one.recipients, other.recipients),
        (one.purposes, other.purposes),
        (one.fields, other.fields),
    )
    return not both or any(_disjoint(mine, its, both) for mine, its in named)


def _disjoint(mine: Years, its: Years, years: Iterable[int]) -> bool:
    return bool(mine and its) and not any(mine[year] & its[year] for year in years)


def ancestors(id_: str, parents: Mapping[str, str]) -> set[str]:
    """What a promise is part of, all the way up."""
    found = set[str]()
    while (id_ := parents.get(id_, "")) and id_ not in found:
        found.add(id_)
    return found


def tied(one: Money, other: Money, parents: Mapping[str, str]) -> bool:
    """Whether one is part of the other, or its record names the other."""
    related = one.id in ancestors(other.id, parents) or other.id in ancestors(one.id, parents)
    return related or _names(one, other.id) or _names(other, one.id)


def _names(one: Money, id_: str) -> bool:
    return any(link.target == id_ for link in one.entry.pledge.links if link.kind not in TEXT_LINKS)


def together(
    every: Sequence[Money], parents: Mapping[str, str], overlapping: Collection[Pair]
) -> tuple[tuple[Money, ...], tuple[Money, ...]]:
    """Those that may be added, and those left out because one of these may count the same money: a whole is taken
    before its parts, then the larger before the smaller, ties by id."""
    ids = {one.id for one in every}
    wholes = [one for one in every if not ancestors(one.id, parents) & ids]
    kept = list[Money]()
    for one in sorted(wholes, key=lambda held: (-held.promised.high, held.id)):
        if not any(_meet(one, held, parents, overlapping) for held in kept):
            kept.append(one)
    chosen = {one.id for one in kept}
    return tuple(kept), tuple(one for one in every if one.id not in chosen)


def _meet(one: Money, other: Money, parents: Mapping[str, str], overlapping: Collection[Pair]) -> bool:
    return frozenset((one.id, other.id)) in overlapping or tied(one, other, parents) or not apart(one, other)
