"""Pairs of commitments that count money in common, or are said to: computed overlaps beside declared links, as a list.

Gross and net totals stand beside it, of each source and rung by itself: sources are never added to each other.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import chain

from dashboard.addable import ancestors
from dashboard.check_flows import TIED
from dashboard.codes import Codes
from dashboard.finding_list import Listed, is_page
from dashboard.links import LINKS, Link, write_links
from dashboard.overlap import Totals
from dashboard.page_terms import Terms
from dashboard.pledges import Pledge

FACETS = ("maker", "goal", "standing")
KEYS = (*FACETS, "page")
CHECKS = ("undeclared-overlap", "declared-apart")  # what tells that computed and declared disagree
STANDINGS = {  # how computed and declared stand to each other -> words
    "both": "Computed and declared",
    "undeclared": "Computed, not declared",
    "apart": "Declared, no money shared",
    "uncomputed": "Declared, cannot be compared",
}
PAGE = 25
UNREAD = "one of the two, or both, are not measured by rows"
ELSEWHERE = "they read different sources or stages"
Sets = Mapping[tuple[str, str], Totals]
Key = tuple[str, str]  # two ids, in order


@dataclass(frozen=True)
class Pair:
    """Two commitments. usd: what both count, current US dollars; None where it cannot be computed. counted: what each
    counts by itself. years: first and last with shared money. ties: what is declared, in words. finding: what tells
    that computed and declared disagree. why: what stands in the way of computing it."""

    first: Pledge
    second: Pledge
    standing: str
    usd: Decimal | None = None
    source: str = ""
    stage: str = ""
    years: tuple[int, ...] = ()
    counted: tuple[Decimal | None, Decimal | None] = (None, None)
    ties: tuple[str, ...] = ()
    finding: Listed | None = None
    why: str = ""

    @property
    def key(self) -> Key:
        return self.first.id, self.second.id

    @property
    def disagrees(self) -> bool:
        """Whether one of computed and declared tells of shared money and the other does not."""
        return self.standing in ("undeclared", "apart")

    def values(self, facet: str) -> Collection[str]:
        """What it answers to under a filter."""
        if facet == "standing":
            return (self.standing,)
        both = (self.first, self.second)
        found = (one.maker_ids if facet == "maker" else one.goals for one in both)
        return dict.fromkeys(filter(None, chain.from_iterable(found)))


@dataclass(frozen=True)
class Sum:
    """What all commitments that read one source at one rung count. title: of the source. sharing: how many of them
    share money with another. since, until: the years that their rules take and the source has."""

    source: str
    title: str
    stage: str
    commitments: int
    sharing: int
    gross: Decimal
    net: Decimal
    since: int
    until: int

    @property
    def again(self) -> Decimal:
        """What is counted more than once, beyond the first time."""
        return self.gross - self.net


@dataclass(frozen=True)
class Page:
    """What an address asks for: the rows of one page of the pairs that pass, all of these, and counts for filters."""

    rows: tuple[Pair, ...]
    passing: tuple[Pair, ...]
    every: int
    page: int
    pages: int
    facets: Mapping[str, Mapping[str, int]]


def listed(pledges: Mapping[str, Pledge], sets: Sets, found: Iterable[Listed] = ()) -> tuple[Pair, ...]:
    """Every pair that shares money or is declared to, the largest first, those without an amount last."""
    told = {frozenset(one.finding.about): one for one in found if one.finding.check in CHECKS}
    pairs = {pair.key: pair for pair in _computed(pledges, sets)}
    of = {id_: (where, usd) for where, totals in sets.items() for id_, usd in totals.counted.items()}
    for key in _declared(pledges) - pairs.keys():
        pairs[key] = _unshared(pledges, key, of)
    made = (replace(pair, finding=told.get(frozenset(key))) for key, pair in pairs.items())
    return tuple(sorted(made, key=_order))


def _order(pair: Pair) -> tuple[bool, Decimal, Key]:
    return pair.usd is None, -abs(pair.usd or Decimal(0)), pair.key


def _computed(pledges: Mapping[str, Pledge], sets: Sets) -> Iterable[Pair]:
    for (source, stage), totals in sets.items():
        for one in totals.pairs:
            if {one.first, one.second} <= pledges.keys():
                declared = ties(pledges, one.first, one.second)
                yield Pair(
                    pledges[one.first],
                    pledges[one.second],
                    "both" if declared else "undeclared",
                    one.usd,
                    source,
                    stage,
                    (min(one.years), max(one.years)) if one.years else (),
                    (totals.counted.get(one.first), totals.counted.get(one.second)),
                    declared,
                )


def _unshared(pledges: Mapping[str, Pledge], key: Key, of: Mapping[str, tuple[Key, Decimal]]) -> Pair:
    """A declared pair without shared money. of: by id the source and rung that it reads, and what it counts."""
    both = [of[id_] for id_ in key if id_ in of]
    made = Pair(pledges[key[0]], pledges[key[1]], "uncomputed", ties=ties(pledges, *key))
    if len(both) < len(key):
        return replace(made, why=UNREAD)
    counted = (both[0][1], both[1][1])
    if both[0][0] != both[1][0]:  # the same money may stand in both sources
        return replace(made, counted=counted, why=ELSEWHERE)
    (source, stage), _ = both[0]
    return replace(made, standing="apart", usd=Decimal(0), source=source, stage=stage, counted=counted)


def _declared(pledges: Mapping[str, Pledge]) -> set[Key]:
    """Pairs that a link or a parent declares to be tied."""
    found = {(pledge.id, link.target) for pledge in pledges.values() for link in pledge.links if link.kind in TIED}
    found |= {(pledge.id, pledge.parent) for pledge in pledges.values()}
    return {(min(pair), max(pair)) for pair in found if pair[1] in pledges and pair[0] != pair[1]}


def ties(pledges: Mapping[str, Pledge], first: str, second: str) -> tuple[str, ...]:
    """What the register declares of two commitments: `the second counts under the first`."""
    parents = {id_: pledge.parent for id_, pledge in pledges.items()}
    found = list[str]()
    for (mine, one), (its, other) in ((("first", first), ("second", second)), (("second", second), ("first", first))):
        links = [link for link in pledges[one].links if link.kind in TIED and link.target == other]
        found += [f"the {mine} {LINKS[link.kind]} the {its}{_stated(link)}" for link in links]
        if other in ancestors(one, parents) and not any(link.kind == "counts_under" for link in links):
            found.append(f"the {mine} is part of the {its}")
    return tuple(found)


def _stated(link: Link) -> str:
    """The amount or the note of a link, in brackets."""
    _, bracket, rest = write_links([link]).partition(" (")
    return f" ({rest}" if bracket else ""


def sums(pledges: Mapping[str, Pledge], sets: Sets, codes: Codes) -> tuple[Sum, ...]:
    """Gross and net of each source and rung, the largest gross first."""
    found = []
    for (source, stage), totals in sets.items():
        rules = [rule for id_ in totals.counted if id_ in pledges and (rule := pledges[id_].rule)]
        of = codes.sources[source]
        since, until = min(rule.since for rule in rules), max(rule.until for rule in rules)
        sharing = len({id_ for pair in totals.pairs for id_ in (pair.first, pair.second)})
        years = max(since, of.since), min(until, of.until)
        found.append(Sum(source, of.title, stage, len(totals.counted), sharing, totals.gross, totals.net, *years))
    return tuple(sorted(found, key=lambda one: (-one.gross, one.source, one.stage)))


def shown(every: Sequence[Pair], terms: Terms) -> Page:
    """What an address asks for: a page of the pairs that pass every filter, and counts for each filter."""
    facets = {facet: _counts([pair for pair in every if _passes(pair, terms, facet)], facet) for facet in FACETS}
    held = tuple(passing(every, terms))
    pages = max(1, -(-len(held) // PAGE))
    page = min(int(terms.one("page", "1")), pages)
    return Page(held[(page - 1) * PAGE : page * PAGE], held, len(every), page, pages, facets)


def passing(every: Iterable[Pair], terms: Terms) -> list[Pair]:
    """Pairs of which one commitment or the other answers to every filter."""
    return [pair for pair in every if _passes(pair, terms)]


def _passes(pair: Pair, terms: Terms, but: str = "") -> bool:
    picks = ((facet, terms.all(facet)) for facet in FACETS if facet != but)
    return all(not picked or set(picked) & set(pair.values(facet)) for facet, picked in picks)


def _counts(held: Iterable[Pair], facet: str) -> dict[str, int]:
    counted: dict[str, int] = {}
    for pair in held:
        for value in pair.values(facet):
            counted[value] = counted.get(value, 0) + 1
    return counted


def known(every: Sequence[Pair]) -> dict[str, frozenset[str] | Callable[[str], bool]]:
    """What each term can be."""
    makers = frozenset(value for pair in every for value in pair.values("maker"))
    return {"maker": makers, "goal": frozenset("12345678"), "standing": frozenset(STANDINGS), "page": is_page}
