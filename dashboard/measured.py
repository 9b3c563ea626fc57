"""What a rule and its terms give: every figure with the terms it was made of, so that anybody can make it again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from operator import itemgetter
from typing import NamedTuple

from dashboard.amounts import Absence
from dashboard.counting import Rule
from dashboard.later import Later
from dashboard.ranges import EXACT, Figure, Range, quotient

ROLES: dict[str, str] = {  # of a term -> for the reader
    "amount": "counted",
    "base": "counted in the years of the baseline",
    "ratio": "share as published, per cent",
    "denominator": "what the share is of",
    "value": "value of the indicator",
    "weight": "weight in the average",
}


class Term(NamedTuple):
    """One figure that went in. code: donor or country, empty for all together. value: None where not reported.

    source: code of the source, or name of the series. rows: query string of the selection whose rows sum to the value;
    empty for a series. factor: by which the rows' sum was multiplied (a change of price base), 1 otherwise; raw: that
    sum, or the figure of the series, before; given: its unit. how: the factor came about, in words and figures, or how
    the edition made dollars of what the source gives."""

    role: str
    year: int
    code: str
    value: Decimal | None
    unit: str
    source: str
    rows: str = ""
    factor: Decimal = Decimal(1)
    raw: Decimal | None = None
    given: str = ""
    how: str = ""


Plain = tuple[str, int, str, Decimal | None]  # role, year, code, value


class Terms(Later[Term]):
    """Terms of which sums need only `plain`, in the same order; whole, with the addresses of their rows, when they are
    opened."""

    def __init__(self, plain: Sequence[Plain], make: Callable[[], Iterable[Term]]) -> None:
        super().__init__(make)
        self.plain = plain

    def __len__(self) -> int:
        return len(self.plain)

    def beside(self, more: Sequence[Term]) -> Terms:
        """These, and others behind them."""
        return Terms([*self.plain, *map(_TOLD, more)], lambda: (*self, *more))


@dataclass(frozen=True)
class Coverage:
    """Which part of a promise the loaded sources can see. years: those that count to date; seen: those with figures.

    members: donors or countries that the rule names, lacking: those without any figure. limits: sentences saying where
    the source counts otherwise than the promise. cells: figures known and wanted, by member and year."""

    years: tuple[int, ...] = ()
    seen: tuple[int, ...] = ()
    members: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()
    cells: tuple[int, int] = (0, 0)

    @property
    def estimate(self) -> Decimal:
        """Share of the wanted figures that are known, 0 to 1; by count, not by size."""
        known, wanted = self.cells
        return quotient(Decimal(known), Decimal(wanted)) if wanted else Decimal(0)

    @property
    def whole(self) -> bool:
        return self.cells[0] == self.cells[1] and bool(self.cells[1]) and not self.limits


@dataclass(frozen=True)
class Year:
    """One year of a promise: what was due in it, and what was counted; None where nothing is reported.

    codes: of a share, whose terms make the figure of this year; way: how, in words. Empty of all else."""

    year: int
    due: Figure
    delivered: Decimal | None
    codes: tuple[str, ...] = ()
    way: str = ""


@dataclass(frozen=True)
class Standing:
    """One donor or country by itself, in `year`. met: whether the low end of its target was reached; None: unknown."""

    code: str
    year: int
    value: Decimal | None
    target: Figure
    met: bool | None
    base: Decimal | None = None


@dataclass(frozen=True)
class Measured:
    """A rule measured as of the end of year `at`.

    unit: `USD`, `%` (of the denominator), or the unit of the series. due, delivered, gap (due - delivered, positive
    where it falls short) and share (delivered / due; 1 is all) are over the years seen; due_whole is over all years
    that are due to date. money: due, delivered, gap in US dollars where a share has a denominator in dollars.
    formula: how delivered comes from the terms. why: a sentence where nothing is measured."""

    rule: Rule
    at: int
    unit: str
    due: Figure = Absence.NOT_MEASURABLE
    delivered: Figure = Absence.NOT_MEASURABLE
    gap: Figure = Absence.NOT_MEASURABLE
    share: Figure = Absence.NOT_MEASURABLE
    due_whole: Figure = Absence.NOT_MEASURABLE
    money: tuple[Figure, Figure, Figure] | None = None
    base: Decimal | None = None
    years: tuple[Year, ...] = ()
    standings: Sequence[Standing] = ()
    terms: Sequence[Term] = ()
    coverage: Coverage = Coverage()
    formula: str = ""
    why: str = ""

    @property
    def measured(self) -> bool:
        return isinstance(self.delivered, Range)

    @property
    def met(self) -> bool | None:
        """Whether the low end of what was due was reached; None where unknown."""
        if isinstance(self.gap, Absence) or isinstance(self.due, Absence):
            return None
        return self.gap.low <= 0

    @property
    def part(self) -> bool:
        """Whether less is counted than the promise counts."""
        return self.rule.sees == "part"

    @property
    def without(self) -> tuple[int, ...]:
        """Years of a sum that were due to date and have no figure."""
        summed_ = self.rule.kind == "flows" and self.rule.counts == "sum"
        return tuple(one.year for one in self.years if one.delivered is None) if summed_ else ()

    @property
    def to(self) -> int:
        """The last year with a figure."""
        until = min(self.at, self.rule.until)
        if self.rule.kind == "share" or not self.years:
            return max((one.year for one in self.standings if one.value is not None), default=until)
        return max((one.year for one in self.years if one.delivered is not None), default=until)


def not_yet(rule: Rule, at: int) -> Measured:
    """A rule before the first year of its period: nothing is due, which is not nothing delivered."""
    later = Absence.NOT_DUE
    return Measured(
        rule,
        at,
        "",
        due=later,
        delivered=later,
        gap=later,
        share=later,
        due_whole=later,
        why=f"It starts in {rule.since}.",
    )


_TOLD = itemgetter(0, 1, 2, 3)  # role, year, code and value of a term


def kept(terms: Sequence[Term]) -> Sequence[Term]:
    """Terms as they are held in an answer: those that can be made later, later."""
    return terms if isinstance(terms, Terms) else tuple(terms)


def plain(terms: Iterable[Term]) -> Iterable[Plain]:
    """Of each term role, year, code and value, without making it."""
    return terms.plain if isinstance(terms, Terms) else map(_TOLD, terms)


def by_year(terms: Iterable[Term], role: str) -> dict[int, Decimal]:
    """Terms of a role summed by year, exactly; years of which nothing is reported are not in it."""
    return sums(in_years(terms, role))


def in_years(terms: Iterable[Term], role: str) -> dict[int, dict[str, Decimal]]:
    """Values of a role by year and code, added where there are several; what is not reported is not in it."""
    found = defaultdict[int, dict[str, Decimal]](dict)
    for own, year, code, value in plain(terms):
        if own == role and value is not None:
            held = found[year]
            held[code] = EXACT.add(held[code], value) if code in held else value
    return dict(found)


def sums(held: Mapping[int, Mapping[str, Decimal]]) -> dict[int, Decimal]:
    """Of each year the exact sum, in the order of the years."""
    return {year: reduce(EXACT.add, held[year].values()) for year in sorted(held)}


def by_code(terms: Iterable[Term], role: str) -> dict[str, dict[int, Decimal]]:
    """Values of a role by code and year; what is not reported is not in it."""
    found: dict[str, dict[int, Decimal]] = {}
    for own, year, code, value in plain(terms):
        if own == role and value is not None:
            found.setdefault(code, {})[year] = value
    return found


def covered(
    members: Mapping[int, Iterable[str]], known: Mapping[int, Iterable[str]], limits: Sequence[str] = ()
) -> Coverage:
    """members: codes wanted in each year (one empty code where members are not told apart); known: codes by year."""
    wanted = {year: frozenset(codes) for year, codes in members.items()}
    held = {year: codes.intersection(known.get(year, ())) for year, codes in wanted.items()}
    some = frozenset[str]().union(*held.values())
    codes = sorted(frozenset[str]().union(*wanted.values()) - {""})
    return Coverage(
        years=tuple(sorted(members)),
        seen=tuple(year for year in sorted(held) if held[year]),
        members=tuple(codes),
        lacking=tuple(code for code in codes if code not in some),
        limits=tuple(limits),
        cells=(sum(map(len, held.values())), sum(map(len, wanted.values()))),
    )
