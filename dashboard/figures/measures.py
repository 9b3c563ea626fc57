"""What a map of amounts measures: one source, its years, the value of every member, and the breaks of its classes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from dashboard.codes import Codes, Source
from dashboard.figures import money
from dashboard.figures.classes import SHARES, Breaks, breaks
from dashboard.figures.money import Amount
from dashboard.questions import Answers, Unanswerable, best_source, in_order, period
from dashboard.selection import DIMENSIONS, Selection

POPULATION, INCOME = "population", "gni"  # indicator series: persons; current US dollars
HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Measured:
    """values: the measure by code (US dollars, US dollars per inhabitant, or per cent), None where it cannot be told.
    amounts: committed and disbursed by code, of members that no map can show too. year: of the population, or 0."""

    selection: Selection
    codes: Codes
    dimension: str
    measure: str
    source: Source
    span: tuple[int, int]
    amounts: Mapping[str, tuple[Amount, Amount]]
    values: Mapping[str, Amount]
    limits: Breaks
    year: int


def measured(answers: Answers, selection: Selection, dimension: str, measure: str, names: Sequence[str]) -> Measured:
    """The measure of every member of `dimension`, whose own picks are left out, from the best of the sources `names`.

    Raises Unanswerable where no source tells the selection apart, or the denominator is not in the edition."""
    asked = told(selection, measure).without(dimension)
    stages = ("committed", "disbursed") if measure == "share" else ("disbursed",)
    source = best_source(answers, asked, ranked(answers.codes, asked, names), (dimension,), stages)
    if measure == "share" and not money.both(source):
        raise Unanswerable(f"{source.title} tells no share. {money.alone(source, '')}".strip())
    found, span = money.rows(answers, asked, source, (dimension,), compared=True)
    if span[0] > span[1]:
        raise Unanswerable(f"{source.title} reports what was disbursed from {source.compared_since} on, not before.")
    amounts = money.sums(found, dimension)
    values = _values(answers, measure, amounts, span)
    limits = SHARES if measure == "share" else _limits(answers, asked, dimension, measure, source, span)
    year = middle(span) if measure == "head" else 0
    return Measured(selection, answers.codes, dimension, measure, source, span, amounts, values, limits, year)


def told(selection: Selection, measure: str) -> Selection:
    """The selection a measure is told under: income is in current dollars, so what is set against it is too."""
    return selection.without("prices") if measure == "gni" else selection


def ranked(codes: Codes, selection: Selection, names: Sequence[str]) -> list[str]:
    """Sources that hold all that is picked, in years when it was disbursed, come first; else in the order given."""
    known = [codes.sources[name] for name in in_order(names) if name in codes.sources]

    def last(source: Source) -> tuple[bool, bool]:
        first, until = period(source, selection, compared=True)
        return first > until, not _whole(source, selection, codes)

    return [source.code for source in sorted(known, key=last)]


def _whole(source: Source, selection: Selection, codes: Codes) -> bool:
    """Whether every code picked occurs in the source (of a group: most of its members)."""
    for dimension in DIMENSIONS:
        present = source.picks.get(dimension)
        if present is None:
            continue
        for code in selection.picked(dimension):
            group = codes.groups.get(dimension, {}).get(code)
            members = group.members() if group else frozenset((code,))
            if 2 * len(members & present) <= len(members):
                return False
    return True


def middle(span: tuple[int, int]) -> int:
    """The middle year of a period, the later of two."""
    return (span[0] + span[1] + 1) // 2


def _values(
    answers: Answers, measure: str, amounts: Mapping[str, tuple[Amount, Amount]], span: tuple[int, int]
) -> dict[str, Amount]:
    if measure == "amount":
        return {code: disbursed for code, (_, disbursed) in amounts.items()}
    if measure == "share":
        shares = {code: money.share(disbursed, committed) for code, (committed, disbursed) in amounts.items()}
        return {code: None if part is None else part * HUNDRED for code, part in shares.items()}
    divisors = _inhabitants(answers, span) if measure == "head" else _incomes(answers, span)
    times = Decimal(1) if measure == "head" else HUNDRED
    found = {code: money.share(disbursed, divisors.get(code)) for code, (_, disbursed) in amounts.items()}
    return {code: None if part is None else part * times for code, part in found.items()}


def _inhabitants(answers: Answers, span: tuple[int, int]) -> dict[str, Decimal]:
    """Persons in the middle year, by country."""
    return {code: years[middle(span)] for code, years in _yearly(answers, POPULATION, (middle(span),) * 2).items()}


def _incomes(answers: Answers, span: tuple[int, int]) -> dict[str, Decimal]:
    """Gross national income of all years of the period together, by country; none where a year is missing."""
    length = span[1] - span[0] + 1
    held = _yearly(answers, INCOME, span)
    return {code: sum(years.values(), Decimal(0)) for code, years in held.items() if len(years) == length}


def _yearly(answers: Answers, name: str, span: tuple[int, int]) -> dict[str, dict[int, Decimal]]:
    if name not in answers.codes.series:
        raise Unanswerable(f"This edition holds no series of {'population' if name == POPULATION else 'income'}.")
    frame = answers.series([name], *span)
    held: dict[str, dict[int, Decimal]] = {}
    for code, year, value in zip(frame["country"], frame["year"], frame["value"], strict=True):
        if isinstance(value, Decimal):
            held.setdefault(str(code), {})[int(year)] = value
    return held


def _limits(
    answers: Answers, asked: Selection, dimension: str, measure: str, source: Source, span: tuple[int, int]
) -> Breaks:
    """Breaks over all members of the edition: they depend on measure, unit and the length of the period only.

    The years are the last ones of the source of that length, whichever are shown. What the money was for (Goals,
    sectors, purposes) is part of what is measured: a page of Goal 5 has the breaks of Goal 5, whoever gave or
    received."""
    length = span[1] - span[0] + 1
    years = (source.until - length + 1, source.until)
    subject = {name: asked.picked(name) for name in ("goal", "sector", "purpose")}
    whole = Selection(source=source.code, prices=asked.prices, method=asked.method).change(**subject)
    found = answers.sums(whole.change(since=years[0], until=years[1]), (dimension,))
    members = answers.codes.members[dimension]
    mapped = {c: a for c, a in money.sums(found, dimension).items() if c in members and members[c].map_code}
    values = _values(answers, measure, mapped, years)
    return breaks(tuple(value for value in values.values() if value is not None))
