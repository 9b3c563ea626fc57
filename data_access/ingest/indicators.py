"""Indicators by country and year: Gapminder's tables (geo, time, value) and DAC1's series.

`geo` is ISO alpha-3 in lower case; areas without such a code (the Channel Islands) are left out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from data_access.ingest import dac1
from data_access.ingest.faults import Fault
from data_access.ingest.one_series import WORLD
from data_access.ingest.published import FINEST, MILLION, Published, Refuse, each, stop
from data_access.ingest.series import Series

FIRST, LAST = 1990, 2025
MOST = Decimal(10) ** 16
DAC = "DAC"  # all members of the file together
SUMMED = ("oda", "gni")
IN_MILLIONS = (*SUMMED, "oda_constant")
OWN = {"kos": "XKX", "nld_curacao": "CUW", "world": WORLD}  # Gapminder's own codes


class Value(NamedTuple):
    """A row of table `indicator`."""

    series: str
    country: str
    year: int
    sex: str
    value: Decimal
    file: str
    line: int


def read(file: Published, series: Series, countries: Collection[str], refuse: Refuse = stop) -> Iterator[Value]:
    """Values of the years kept, of known countries, in the file's order. `refuse` is told of what is no number."""

    def made(row: tuple[int, dict[str, str]]) -> Iterator[Value]:
        line, cells = row
        code, year = OWN.get(cells["geo"], cells["geo"].upper()), int(file.number(cells["time"], line, "time"))
        if (code in countries or code == WORLD) and FIRST <= year <= LAST and cells[series.column]:
            value = held(file, line, series.column, file.number(cells[series.column], line, series.column))
            yield Value(series.series, code, year, series.sex, value, file.name, line)

    return each(file.rows(("geo", "time", series.column), refuse), made, refuse)


def held(file: Published, line: int, column: str, value: Decimal) -> Decimal:
    """The value. Raises Fault where the tables cannot hold it to its last digit."""
    if abs(value) >= MOST or value != value.quantize(FINEST):
        reason, remedy = "has more than 16 digits before or 8 after the decimal point", "state it with fewer"
        raise Fault(file.name, line, column, value, reason, remedy, "INDIC-NUM-01", "row")
    return value


def read_dac1(file: Published, series: Series, donors: Mapping[str, str], refuse: Refuse = stop) -> Iterator[Value]:
    """Values by donor; money in US dollars, then the sum of all as DAC, at the line of the year's first donor."""
    unit = MILLION if series.series in IN_MILLIONS else Decimal(1)
    sums: dict[int, tuple[Decimal, int]] = {}
    for line, code, year, number in dac1.amounts(file, series.column, donors, refuse):
        value = number * unit
        sums[year] = sums.get(year, (Decimal(0), line))[0] + value, sums.get(year, (Decimal(0), line))[1]
        yield Value(series.series, code, year, series.sex, value, file.name, line)
    if series.series in SUMMED:
        for year, (value, line) in sums.items():
            yield Value(series.series, DAC, year, series.sex, value, file.name, line)


def incomes(heads: Iterable[Value], people: Iterable[Value], known: Collection[str]) -> Iterator[Value]:
    """Income per inhabitant times population, of countries that `known` does not name; at the line of the former."""
    persons = {(value.country, value.year): value.value for value in people}
    for head in heads:
        inhabitants = persons.get((head.country, head.year))
        if inhabitants is not None and head.country not in known:
            yield head._replace(series="gni", value=head.value * inhabitants)


def shares(received: Iterable[Value], heads: Iterable[Value]) -> Iterator[Value]:
    """What is received as per cent of income, both per inhabitant, to six decimals; at the line of the former."""
    by_place = {(value.country, value.year): value.value for value in heads}
    for value in received:
        income = by_place.get((value.country, value.year))
        if income:
            share = (100 * value.value / income).quantize(Decimal("0.000001"))
            yield value._replace(series="oda_received_gni", value=share)
