"""Indicator series as a rule needs them: one value by country and year, products of two series, other price bases."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from sqlalchemy import select

from dashboard.ranges import EXACT, quotient
from data_access import tables
from data_access.cube import Cube
from data_access.editions import CODES
from data_access.ingest.fx import BASE_YEAR, DAC_TOTAL, EIGHT

TIMES = "*"  # between two series whose product is meant: income per head * population
LINKED = {"oda_constant": "oda"}  # a series at constant prices -> the same at current prices, for some years
UNIT = re.compile(r"US dollars of (?P<year>\d{4})")
FIRST, LAST = 1960, 2025
Values = dict[str, dict[int, Decimal]]


def cents(raw: Decimal, factor: Decimal) -> Decimal:
    """An amount restated, to eight decimals, as amounts of the edition are kept."""
    return EXACT.multiply(raw, factor).quantize(EIGHT, context=EXACT)


def values(cube: Cube, name: str, since: int, until: int) -> Values:
    """By country and year, in the unit of the series; of a product where both are known."""
    first, *others = (_one(cube, part, since, until) for part in name.split(TIMES))
    for other in others:
        first = {
            code: {
                year: EXACT.multiply(value, other[code][year]) for year, value in held.items() if year in other[code]
            }
            for code, held in first.items()
            if code in other
        }
    return first


def _one(cube: Cube, name: str, since: int, until: int) -> Values:
    """Of a series told by sex, the figure for both together where there is one."""
    frame, found = cube.series((name,), since, until), Values()
    both = "total" if (frame["sex"] == "total").any() else ""
    columns = (frame[name].tolist() for name in ("country", "year", "sex", "value"))
    for country, year, sex, value in zip(*columns, strict=True):
        if not both or sex == both:
            found.setdefault(country, {})[year] = value
    return found


def units(cube: Cube) -> dict[str, str]:
    """Unit of each series."""
    listed = cube.series_list()
    return dict(zip(listed["series"], listed["unit"], strict=True))


def deflators(cube: Cube) -> dict[str, dict[int, Decimal]]:
    """DAC deflators by our code of the donor and year; `` is the DAC total."""
    key = f"deflators {cube.edition}"
    question = select(tables.deflator.c.donor.label("code"), tables.deflator.c.year, tables.deflator.c.deflator)
    frame = cube.ask(CODES, key, question, ("series", "year", "value"))
    ours = cube.ask(
        CODES,
        f"codes of donors {cube.edition}",
        select(tables.member.c.code, tables.member.c.dac_code).where(tables.member.c.dimension == "donor"),
        ("series", "name"),
    )
    by_dac: Values = {}
    for donor, year, value in zip(*(frame[name].tolist() for name in ("series", "year", "value")), strict=True):
        by_dac.setdefault(donor, {})[year] = value.normalize()
    pairs = zip(ours["series"].tolist(), ours["name"].tolist(), strict=True)
    found = {code: by_dac[number] for code, number in pairs if number in by_dac}
    return found | {"": by_dac.get(DAC_TOTAL, {})}


def deflator(held: Mapping[str, Mapping[int, Decimal]], code: str, *years: int) -> Mapping[int, Decimal]:
    """The deflators of a donor, or of the DAC total where it lacks one of the years."""
    own = held.get(code, {})
    return own if all(year in own for year in years) else held.get("", {})


def factors(
    cube: Cube, name: str, found: Values, prices: str, deflated_as: str | None = None
) -> dict[tuple[str, int], Decimal]:
    """What each figure of a money series is multiplied by to stand at the prices a rule asks for.

    deflated_as: the donor whose deflators are taken for all; each code's own where it is None. A pair without a factor
    cannot be restated. The base of a series at constant prices need not be among the deflators: it is linked through
    the first year in which the same series is known at current prices."""
    own = UNIT.fullmatch(units(cube).get(name, ""))
    if not own and prices == "current":
        return {(code, year): Decimal(1) for code, years in found.items() for year in years}
    held, linked = deflators(cube), values(cube, LINKED[name], FIRST, LAST) if name in LINKED else Values()
    whole = values(cube, name, FIRST, LAST) if own else Values()
    made = dict[tuple[str, int], Decimal]()
    for code, years in found.items():
        for year in years:
            base = year if prices == "current" else int(prices)
            series = deflator(held, code if deflated_as is None else deflated_as, year, base)
            if base not in series or year not in series:
                continue
            below = _linked(series, whole.get(code, {}), linked.get(code, {})) if own else series[year]
            if below:
                made[code, year] = quotient(series[base], below)
    return made


def _linked(
    series: Mapping[int, Decimal], constant: Mapping[int, Decimal], current: Mapping[int, Decimal]
) -> Decimal | None:
    """The deflator of the base year of a constant series, through the first year known at both prices."""
    both = [year for year in sorted(current) if year in series and constant.get(year) and current[year]]
    if not both:
        return None
    first = both[0]
    return quotient(EXACT.multiply(constant[first], series[first]), current[first])


def from_base(cube: Cube, code: str, prices: str) -> Decimal | None:
    """What turns an amount at the base prices of the edition into one at the prices of another year."""
    base = int(prices)
    series = deflator(deflators(cube), code, base, BASE_YEAR)
    return quotient(series[base], series[BASE_YEAR]) if base in series and BASE_YEAR in series else None
