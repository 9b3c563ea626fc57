"""Sums of rows by donor and year as terms of a rule: years that follow one another in one question, and the addresses
of the rows of all terms put together from parts that are written once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from decimal import Decimal
from functools import lru_cache
from itertools import chain, repeat
from operator import itemgetter

from dashboard.codes import Source
from dashboard.counting import Rule
from dashboard.measured import Plain, Term, Terms
from dashboard.questions import Unanswerable
from dashboard.ranges import EXACT
from dashboard.selection import DIMENSIONS, YEARS, Selection
from data_access.cube import Cube
from data_access.ingest.dac5 import SOURCE as DAC5
from data_access.ingest.fx import EIGHT
from data_access.measuring import series as told

ONE = told.ONE
MIDDLE = tuple(name for name in DIMENSIONS if name not in ("goal", "donor"))  # of an address: what all terms share
END = tuple(one.name for one in fields(Selection) if one.name not in (*DIMENSIONS, *YEARS))
MADE_BACK = frozenset({DAC5})  # sources at constant prices, of which the edition makes current dollars
Row = tuple[str, int, Decimal | None]
CODE = itemgetter(0)


def of_rows(cube: Cube, rule: Rule, source: Source, selection: Selection, spans: Mapping[str, range]) -> Terms:
    """Sums by donor (where told apart) and year of a selection, at the prices of the rule. spans: the years of each
    role, in the order of the terms."""
    held = {role: span for role, span in spans.items() if span}
    asked = {role: span for role, span in held.items() if span[-1] >= source.since and span[0] <= source.until}
    rows = [*chain.from_iterable(_sums(cube, rule, source, selection, span) for span in together(asked.values()))]
    factors = _factors(cube, rule, dict.fromkeys(map(CODE, rows)))
    sums = {role: rows if len(asked) == 1 else _within(rows, span) for role, span in asked.items()}
    plain = [row for role, found in sums.items() for row in _restated(role, found, factors)]
    made_back = source.code in MADE_BACK and rule.prices == "current"
    given = _given(cube, rule, made_back)
    back = {(code, year): told.made_back(cube, code, year) for code, year, _ in rows} if made_back else {}

    def whole() -> Iterator[Term]:
        starts, ends = addresses(selection, factors, chain.from_iterable(asked.values()))
        hows = {
            code: "" if value is ONE else told.how_from_base(cube, code, rule.prices) for code, value in factors.items()
        }
        for (role, year, code, value), (_, _, raw) in zip(plain, chain.from_iterable(sums.values()), strict=True):
            how, address = back.get((code, year), hows[code]), starts[code] + ends[year]
            yield Term(role, year, code, value, "USD", source.code, address, factors[code], raw, given, how)

    return Terms(plain, whole)


def _within(rows: Iterable[Row], span: range) -> list[Row]:
    first, last = span[0], span[-1]
    return [row for row in rows if first <= row[1] <= last]


def _restated(role: str, rows: Iterable[Row], factors: Mapping[str, Decimal]) -> list[Plain]:
    """As `told.cents` does it, of many at once."""
    times, rounded, eight = EXACT.multiply, EXACT.quantize, EIGHT
    if all(factor is ONE for factor in factors.values()):
        return [(role, year, code, raw) for code, year, raw in rows]
    return [
        (role, year, code, raw if raw is None or factors[code] is ONE else rounded(times(raw, factors[code]), eight))
        for code, year, raw in rows
    ]


def together(spans: Iterable[range]) -> list[range]:
    """Years that follow one another are asked at once. Years between that do not count are never asked: they may hold
    what cannot be given at the prices of the rule."""
    found = list[range]()
    for span in sorted(spans, key=lambda one: one[0]):
        if found and span[0] <= found[-1][-1] + 1:
            found[-1] = range(found[-1][0], max(found[-1][-1], span[-1]) + 1)
        else:
            found.append(span)
    return found


def _sums(cube: Cube, rule: Rule, source: Source, selection: Selection, span: range) -> Iterable[Row]:
    asked = selection.change(since=span[0], until=span[-1])
    if "donor" not in source.dimensions:
        found = cube.sums(asked, ("year",), (rule.stage,))
        return zip(repeat(""), found["year"], found[rule.stage], strict=False)
    found = cube.sums(asked, ("donor", "year"), (rule.stage,))
    return zip(found["donor"], found["year"], found[rule.stage], strict=True)


def _given(cube: Cube, rule: Rule, made_back: bool) -> str:
    """The unit of the sums that are asked."""
    constant = f"US dollars of {cube.codes.base_year}"
    if made_back:
        return f"current US dollars, made from {constant}"
    return "current US dollars" if rule.prices == "current" else constant


def _factors(cube: Cube, rule: Rule, codes: Iterable[str]) -> dict[str, Decimal]:
    """What amounts are multiplied by to stand at the prices of the rule; `ONE` itself where nothing need be done."""
    if rule.prices == "current":
        return dict.fromkeys(codes, ONE)
    found = dict[str, Decimal]()
    for code, value in told.from_base(cube, codes, rule.prices).items():
        if value is None:
            raise Unanswerable(f"No deflator is known for prices of {rule.prices}.")
        found[code] = ONE if value == 1 else value
    return found


def addresses(
    selection: Selection, codes: Iterable[str], years: Iterable[int]
) -> tuple[dict[str, str], dict[int, str]]:
    """Query strings of the rows of terms in two halves: by donor (of an empty code, all donors that are picked), and by
    year. Together they are what `Selection.write` gives, put together from parts that are written once."""
    goals, middle, end = selection.write(("goal",)), selection.write(MIDDLE), selection.write(END)
    donors = {code: _donors((code,) if code else selection.donor) for code in codes}
    starts = {code: "".join(f"{part}&" for part in (goals, donor, middle) if part) for code, donor in donors.items()}
    return starts, {year: f"{_year(year)}&{end}" for year in years}


@lru_cache(maxsize=1_000)
def _donors(codes: tuple[str, ...]) -> str:
    return Selection(donor=codes).write()


@lru_cache(maxsize=1_000)
def _year(year: int) -> str:
    return Selection(since=year, until=year).write()
