"""Indicator series as a rule needs them: one value by country and year, products of two series, other price bases."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple
from weakref import WeakKeyDictionary

from sqlalchemy import select

from dashboard.ranges import EXACT, quotient
from data_access import tables
from data_access.cube import Cube
from data_access.editions import CODES
from data_access.ingest.fx import BASE_YEAR, DAC_TOTAL, EIGHT

TIMES = "*"  # between two series whose product is meant: income per head * population
LINKED = {"oda_constant": "oda"}  # a series at constant prices -> the same at current prices, for some years
DOLLARS = {"hiv_money": "USA"}  # amounts at constant prices -> whose deflators they were made with; else the DAC total
PARTIAL = {  # series -> what of the promises that it measures it does not see
    "oda_ldc_gni": "The series holds what donors gave to least developed countries themselves; what multilateral "
    "organizations passed on counts toward the promise and is not in it.",
    "nets": "The series tells children under five who slept under treated nets; other people and other means are not "
    "in it.",
    "malaria_treatment": "The series tells children under five who received any antimalarial medicine; whether it was "
    "the right one within 24 hours is not in it.",
    "hiv_knowledge": "The series tells young women; young men are not in it.",
    "hiv_money_us": "The series tells bilateral money for HIV; contributions to the Global Fund, tuberculosis and "
    "malaria are not in it.",
    "internet": "The series tells who uses the Internet; who could use it, or a telephone, is not in it.",
    "debt_relief": "The series tells which countries came to the point at which debt is cancelled; sums are not in it.",
    "oda_received_head*population": "The series tells what countries received from all donors together, made back from "
    "amounts per inhabitant; aid to a region as a whole is not in it.",
}
UNIT = re.compile(r"US dollars of (?P<year>\d{4})")
FIRST, LAST = 1960, 2025
ONE = Decimal(1)
RATE = Decimal("0.0001")  # digits of a rate that is told; the rows have all
Values = dict[str, dict[int, Decimal]]
_HELD: WeakKeyDictionary[Cube, Values] = WeakKeyDictionary()


def cents(raw: Decimal, factor: Decimal) -> Decimal:
    """An amount restated, to eight decimals, as amounts of the edition are kept."""
    return EXACT.multiply(raw, factor).quantize(EIGHT, context=EXACT)


def values(cube: Cube, name: str, since: int, until: int, countries: Iterable[str] = ()) -> Values:
    """By country and year, in the unit of the series; of a product where both are known. countries: some, else all."""
    asked = tuple(sorted(countries))
    first, *others = (_one(cube, part, since, until, asked) for part in name.split(TIMES))
    for other in others:
        first = {
            code: {
                year: EXACT.multiply(value, other[code][year]) for year, value in held.items() if year in other[code]
            }
            for code, held in first.items()
            if code in other
        }
    return first


def _one(cube: Cube, name: str, since: int, until: int, countries: tuple[str, ...]) -> Values:
    """Of a series told by sex, the figure for both together where there is one."""
    columns, found = cube.figures(name, since, until, countries), Values()
    sexes = set(columns[2])
    if countries and sexes - {"total"}:  # whether both together are told is a matter of the whole series
        every = _one(cube, name, since, until, ())
        return {code: every[code] for code in countries if code in every}
    both = "total" if "total" in sexes else ""
    for country, year, sex, value in zip(*columns, strict=True):
        if not both or sex == both:
            found.setdefault(country, {})[year] = value
    return found


def units(cube: Cube) -> dict[str, str]:
    """Unit of each series."""
    listed = cube.series_list()
    return dict(zip(listed["series"], listed["unit"], strict=True))


def deflators(cube: Cube) -> Values:
    """DAC deflators by our code of the donor and year; `` is the DAC total. Read once of an edition, as codes are."""
    held = _HELD.get(cube)
    if held is None:
        held = _HELD[cube] = _deflators(cube)
    return held


def _deflators(cube: Cube) -> Values:
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


class Factor(NamedTuple):
    """value: what a figure is multiplied by. how: it came about, so that it can be made again."""

    value: Decimal
    how: str


def factors(
    cube: Cube, name: str, found: Values, prices: str, deflated_as: str | None = None
) -> dict[tuple[str, int], Factor]:
    """What each figure of a money series is multiplied by to stand at the prices a rule asks for.

    deflated_as: the donor whose deflators are taken for all; each code's own where it is None. A pair without a factor
    cannot be restated. The base of a series at constant prices need not be among the deflators: it is linked through
    the first year in which the same series is known at current prices, and looked up where there is no such series."""
    own = UNIT.fullmatch(units(cube).get(name, ""))
    if not own and prices == "current":
        return {(code, year): Factor(Decimal(1), "") for code, years in found.items() for year in years}
    held, linked = deflators(cube), values(cube, LINKED[name], FIRST, LAST) if name in LINKED else Values()
    whole = values(cube, name, FIRST, LAST) if own else Values()
    made = dict[tuple[str, int], Factor]()
    for code, years in found.items():
        for year in years:
            base = year if prices == "current" else int(prices)
            series = deflator(held, code if deflated_as is None else deflated_as, year, base)
            if base not in series or year not in series:
                continue
            below = _below(series, whole.get(code, {}), linked.get(code, {}), own) if own else _at(series, year)
            if below and below.value:
                whose = whose_deflators(held, series)
                how = f"{whose} of {base}, {series[base].normalize():f}, divided by {below.how}"
                made[code, year] = Factor(quotient(series[base], below.value), how)
    return made


def whose_deflators(held: Values, series: Mapping[int, Decimal]) -> str:
    """`deflator of the DAC total`, where a donor has none of its own."""
    return "deflator of the DAC total" if series is held.get("") else "DAC deflator of the donor"


def _at(series: Mapping[int, Decimal], year: int) -> Factor | None:
    return Factor(series[year], f"that of {year}, {series[year].normalize():f}") if year in series else None


def _below(
    series: Mapping[int, Decimal],
    constant: Mapping[int, Decimal],
    current: Mapping[int, Decimal],
    unit: re.Match[str],
) -> Factor | None:
    """The deflator of the base year of a constant series: linked, or looked up where nothing links it."""
    return _linked(series, constant, current) if current else _at(series, int(unit["year"]))


def _linked(
    series: Mapping[int, Decimal], constant: Mapping[int, Decimal], current: Mapping[int, Decimal]
) -> Factor | None:
    """The deflator of the base year of a constant series, through the first year known at both prices."""
    both = [year for year in sorted(current) if year in series and constant.get(year) and current[year]]
    if not both:
        return None
    first = both[0]
    how = (
        f"that of the base year of the series, which is linked through {first}, known at both prices: "
        f"{constant[first].normalize():f} × deflator {series[first].normalize():f} ÷ {current[first].normalize():f}"
    )
    return Factor(quotient(EXACT.multiply(constant[first], series[first]), current[first]), how)


def from_base(cube: Cube, codes: Iterable[str], prices: str) -> dict[str, Decimal | None]:
    """By donor what turns amounts at the base prices of the edition into those of another year; None where it is not
    known."""
    base, held = int(prices), deflators(cube)
    if base == BASE_YEAR:
        return dict.fromkeys(codes, ONE)
    total = held.get("", {})
    most = _from_base(total, base)  # many have no deflators of their own
    found: dict[str, Decimal | None] = dict.fromkeys(codes, most)
    for code in held.keys() & found.keys():
        own = _from_base(held[code], base)
        found[code] = most if own is None else own
    return found


def _from_base(series: Mapping[int, Decimal], base: int) -> Decimal | None:
    below, above = series.get(BASE_YEAR), series.get(base)
    return None if below is None or above is None else quotient(above, below)


def how_from_base(cube: Cube, code: str, prices: str) -> str:
    """How that factor came about, in words and figures; empty where nothing need be done."""
    base, held = int(prices), deflators(cube)
    if base == BASE_YEAR:
        return ""
    series = deflator(held, code, base, BASE_YEAR)
    below = f"divided by that of {BASE_YEAR}, {series[BASE_YEAR].normalize():f}"
    return f"{whose_deflators(held, series)} of {base}, {series[base].normalize():f}, {below}"


def made_back(cube: Cube, code: str, year: int) -> str:
    """How the edition makes current dollars of rows that a source gives in dollars of its base year."""
    held = deflators(cube)
    series = deflator(held, code, year, BASE_YEAR)
    if not series.get(year) or BASE_YEAR not in series:
        return ""
    rate = quotient(series[BASE_YEAR], series[year]).quantize(RATE)
    both = f"of {BASE_YEAR}, {series[BASE_YEAR].normalize():f}, divided by that of {year}, {series[year].normalize():f}"
    start = (
        f"each row is given in US dollars of {BASE_YEAR} and divided by {rate.normalize():f} to make current dollars"
    )
    return f"{start}: the {whose_deflators(held, series)} {both}"
