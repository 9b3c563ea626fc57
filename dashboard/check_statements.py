"""Checks of what sources say of a promise: parts and wholes, two figures, two windows, swapped values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from dashboard.evidence import Evidence
from dashboard.findings import Finding, Side
from dashboard.ranges import EXACT
from dashboard.statements import Statement, figure, quoted

SAME = Decimal("0.005")  # figures that differ by less are the same, rounded otherwise
Pair = tuple[Statement, Statement]


def side(statement: Statement) -> Side:
    return Side(figure(statement.amount), statement.source)


def parts(evidence: Evidence) -> Iterator[Finding]:
    """A page that lists items under a total: their sum against the total, to the exactness it is written with."""
    pages: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for one in evidence.statements:
        if one.part_of and one.of == "promise":
            pages[one.part_of, one.source].append(one)
    for (whole_id, source), items in pages.items():
        whole = next(
            (s for s in evidence.statements if (s.pledge, s.source, s.of) == (whole_id, source, "promise")), None
        )
        if whole is None or whole.money() is None or any(_apart(whole, item) for item in items):
            continue
        scale = (whole.money() or (Decimal(1),))[0] / (whole.amount.low or Decimal(1))
        low, high = (_total(items, end) for end in (0, 1))
        stated = whole.money() or (Decimal(0), Decimal(0))
        slack = EXACT.multiply(whole.exactness(), scale)
        if high < stated[0] - slack or low > stated[1] + slack:
            made = EXACT.divide(low, scale).normalize()
            total = quoted(made, made, whole.amount.unit)
            name, stated_as = evidence.name(whole_id), side(whole).figure
            words = f"The items listed for {name} make {total}; the total is stated as {stated_as}."
            first = Side(total, f"{source}, sum of {len(items)} items")
            yield Finding("parts-and-whole", (whole_id,), words, first, side(whole), "medium", source)


def _apart(whole: Statement, item: Statement) -> bool:
    return item.money() is None or item.amount.currency != whole.amount.currency


def _total(items: Sequence[Statement], end: int) -> Decimal:
    total = Decimal(0)
    for item in items:
        money = item.money()
        total = EXACT.add(total, money[end] if money else Decimal(0))
    return total


def figures(evidence: Evidence) -> Iterator[Finding]:
    """Two sources with two figures for the same thing: same promise, quantity, years, currency, prices and count."""
    for one, other in _pairs(evidence):
        if _years(one) == _years(other) and one.amount.prices == other.amount.prices and _differ(one, other):
            words = (
                f"{_head(evidence, one)} {one.source} gives {side(one).figure}, {other.source} {side(other).figure}."
            )
            part = f"{one.of} {_years(one)} {one.source} {other.source}"
            yield Finding("two-figures", (one.pledge,), words, side(one), side(other), "medium", part)


def windows(evidence: Evidence) -> Iterator[Finding]:
    """Two sources with two periods for one promise."""
    for one, other in _pairs(evidence, currencies=False):
        if one.of != "promise" or not (one.since and other.since) or _years(one) == _years(other):
            continue
        first, second = (Side(f"{figure(s.amount)}, {s.since}–{s.until}", s.source) for s in (one, other))
        words = (
            f"{_head(evidence, one)} {one.source} has it for {one.since}–{one.until}, {other.source} for "
            f"{other.since}–{other.until}."
        )
        yield Finding("two-windows", (one.pledge,), words, first, second, "medium", f"{one.source} {other.source}")


def swapped(evidence: Evidence) -> Iterator[Finding]:
    """Two quantities of one promise whose values stand the other way round in another source."""
    said: dict[tuple[str, str], dict[str, Statement]] = defaultdict(dict)
    for one in evidence.statements:
        said[one.pledge, one.source][one.of] = one
    for (pledge, source), (other_pledge, other) in combinations(said, 2):
        if pledge != other_pledge:
            continue
        here, there = said[pledge, source], said[pledge, other]
        for a, b in combinations(sorted(set(here) & set(there)), 2):
            if _crossed(here[a], here[b], there[a], there[b]):
                words = (
                    f"{evidence.name(pledge)}: {source} gives {figure(here[a].amount)} ({a}) and "
                    f"{figure(here[b].amount)} ({b}); {other} has the two the other way round."
                )
                first = Side(f"{figure(here[a].amount)}; {figure(here[b].amount)}", source)
                second = Side(f"{figure(there[a].amount)}; {figure(there[b].amount)}", other)
                yield Finding("swapped", (pledge,), words, first, second, "high", f"{a} {b}")


def _crossed(a: Statement, b: Statement, c: Statement, d: Statement) -> bool:
    values = [(s.amount.low, s.amount.high, s.amount.unit) for s in (a, b, c, d)]
    return values[0] == values[3] and values[1] == values[2] and values[0] != values[1]


def carried(evidence: Evidence) -> Iterator[Finding]:
    """One source with one and the same figure for two years."""
    for one, other in combinations(evidence.statements, 2):
        same = (one.pledge, one.of, one.source, one.amount, one.counts) == (
            other.pledge, other.of, other.source, other.amount, other.counts,
        )  # fmt: skip
        if same and one.as_of and other.as_of and one.as_of[:4] != other.as_of[:4] and one.amount.low is not None:
            words = (
                f"{_head(evidence, one)} {one.source} gives {figure(one.amount)} for {one.as_of} and for {other.as_of}."
            )
            first, second = (Side(f"{figure(s.amount)} ({s.as_of})", s.source) for s in (one, other))
            part = f"{one.of} {one.as_of} {other.as_of}"
            yield Finding("year-carried", (one.pledge,), words, first, second, "low", part)


def prices(evidence: Evidence) -> Iterator[Finding]:
    """Figures of the same thing at two price bases, which must not be set against each other."""
    for one, other in _pairs(evidence):
        if _years(one) == _years(other) and one.amount.prices != other.amount.prices and _differ(one, other):
            bases = [s.amount.prices or "not stated" for s in (one, other)]
            words = (
                f"{_head(evidence, one)} {side(one).figure} (prices: {bases[0]}) and {side(other).figure} "
                f"(prices: {bases[1]}) stand at two price bases."
            )
            yield Finding("two-prices", (one.pledge,), words, side(one), side(other), "high", f"{one.of} {_years(one)}")


def _pairs(evidence: Evidence, currencies: bool = True) -> Iterator[Pair]:
    """Pairs of different sources on one quantity of one promise; in one unit or currency unless told otherwise."""
    groups: dict[tuple[str, str, str], list[Statement]] = defaultdict(list)
    for one in evidence.statements:
        if one.amount.low is not None:
            groups[one.pledge, one.of, one.counts].append(one)
    for held in groups.values():
        for one, other in combinations(held, 2):
            units = (one.amount.currency or one.amount.unit, other.amount.currency or other.amount.unit)
            if one.source != other.source and (not currencies or units[0] == units[1]):
                yield one, other


def _differ(one: Statement, other: Statement) -> bool:
    a, b = one.money(), other.money()
    if a is None or b is None:
        a = (one.amount.low or Decimal(0), one.amount.high or Decimal(0))
        b = (other.amount.low or Decimal(0), other.amount.high or Decimal(0))
    slack = max(abs(value) for value in (*a, *b)) * SAME
    return a[1] < b[0] - slack or b[1] < a[0] - slack


def _years(one: Statement) -> tuple[str, str, str]:
    return one.since, one.until, one.as_of[:4]


def _head(evidence: Evidence, one: Statement) -> str:
    return f"{evidence.name(one.pledge)}, {one.of}:"
