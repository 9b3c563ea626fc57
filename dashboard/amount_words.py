"""Amounts of the registry and figures of the engine as a reader is told them: unit, prices and absence never left out.

Currencies mix in the registry, so they stand as codes (`GBP 2.1 bn`); what the engine counts is in US dollars (`$29.4
bn`), per cent, or the unit of a series.
"""

from __future__ import annotations

from decimal import Decimal

from dashboard.amounts import DENOMINATORS, Absence, Amount
from dashboard.counting import Rule
from dashboard.measured import Measured
from dashboard.ranges import Figure, Range
from dashboard.words import number, rounded, unit_of, usd, years

SPACE = "\N{NO-BREAK SPACE}"
MARKS: dict[str, str] = {  # kind of absence -> its mark
    "zero": "zero",
    "not_reported": "not-reported",
    "not_due": "not-due",
    "no_target": "no-target",
    "not_clear": "not-clear",
    "confidential": "confidential",
    "not_measurable": "not-measurable",
}
WHOLES = {  # denominators in short
    "% GNI": "% of GNI",
    "percent of budget": "% of budget",
    "percent of GDP": "% of GDP",
    "percent of aid": "% of aid",
    "percent of tariff lines": "% of tariff lines",
    "percent of countries": "% of countries",
    "percent of population": "% of population",
}


def plain(value: Decimal, digits: int = 3) -> str:
    """`2.1`, `13.5`, `1,250`: three significant digits and no more than there are."""
    if not value:
        return "0"
    short = rounded(value, max(digits, value.adjusted() + 1)).normalize()
    places = max(0, -int(short.as_tuple().exponent))
    return number(short, places)


def amount(of: Amount, sentence: bool = False) -> str:
    """`GBP 2.1 bn`, `0.15 to 0.2% of GNI`, `USD 40 bn to 43.4 bn a year`; empty where there is none."""
    if of.low is None or of.high is None:
        return ""
    money = of.whole()
    if money:
        said = _money(of.currency, *money, sentence)
        return f"{said} a year" if of.per_year else said
    return _joined(of.low, of.high, _unit(of.unit, sentence))


def _money(currency: str, low: Decimal, high: Decimal, sentence: bool) -> str:
    short, long, size = unit_of([high])
    unit = f"{SPACE}{long if sentence else short}" if short else ""
    if low == high:
        return f"{currency}{SPACE}{plain(low / size)}{unit}"
    return f"{currency}{SPACE}{plain(low / size)} to {plain(high / size)}{unit}"


def _unit(unit: str, sentence: bool = False) -> str:
    if unit in DENOMINATORS:
        return f" per cent of {DENOMINATORS[unit]}" if sentence else WHOLES[unit]
    if unit.startswith("percent"):
        rest = unit.removeprefix("percent")
        return f" per cent{rest}" if sentence else f"%{rest}"
    return f" {unit}"


def _joined(low: Decimal, high: Decimal, unit: str) -> str:
    unit = f" {singular(unit.strip())}" if low == high == 1 and unit.startswith(" ") else unit
    return f"{plain(low)}{unit}" if low == high else f"{plain(low)} to {plain(high)}{unit}"


def singular(unit: str) -> str:
    """`country` of `countries`, `target` of `targets`; of more than a word as it is."""
    if not unit.isalpha() or not unit.endswith("s"):
        return unit
    return f"{unit[:-3]}y" if unit.endswith("ies") else unit[:-1]


def dollars(value: Decimal) -> str:
    """Of a stated sum in US dollars, as few digits as it has: `USD 3.4 bn`."""
    return _money("USD", value, value, sentence=False)


def figure(value: Figure, unit: str, sentence: bool = False) -> str:
    """A figure of the engine. unit: `USD`, `%` of a denominator, or that of a series. An absence in its words."""
    if isinstance(value, Absence):
        return value.words
    return single(value.low, unit, sentence) if value.is_point else _between(value, unit, sentence)


def single(value: Decimal, unit: str, sentence: bool = False) -> str:
    """One number with its unit: `$29.4 bn`, `0.299%`, `61.5 % of births`, `12 countries`."""
    if unit == "USD":
        return usd(value, sentence)
    if unit == "%":
        return f"{_hundredths(value)}{' per cent' if sentence else '%'}"
    if unit.startswith("%"):
        return f"{plain(value)}{unit}"
    return f"{plain(value)} {singular(unit) if value == 1 else unit}"


def _hundredths(value: Decimal) -> str:
    """Two decimals, as shares of income are published; more where these would make it zero."""
    return plain(value, 2) if value and abs(value) <= Decimal("0.005") else number(value, 2)


def _between(value: Range, unit: str, sentence: bool) -> str:
    low, high = single(value.low, unit, sentence), single(value.high, unit, sentence)
    return f"{low} to {high}"


def part(value: Figure) -> str:
    """A part of a whole, 1 for all of it: `59%`, `30 to 40%`. Never `100%` for what is less, nor for what is more."""
    if isinstance(value, Absence):
        return value.words
    ends = [value.low * 100, value.high * 100]
    said = [number(end, 0) if abs(end) >= 1 and number(end, 0) != "100" else plain(end, 4) for end in ends]
    return f"{said[0]}%" if said[0] == said[1] else f"{said[0]} to {said[1]}%"


def prices(rule: Rule, unit: str) -> str:
    """The basis of a figure of the engine, in words: `US dollars of 2004`, `per cent of gross national income`."""
    if unit == "USD":
        return "current US dollars" if rule.prices == "current" else f"US dollars of {rule.prices}"
    if unit == "%":
        return "per cent of gross national income" if of_income(rule) else "per cent"
    return f"per cent{unit.removeprefix('%')}" if unit.startswith("% of ") else unit


def of_income(rule: Rule) -> bool:
    """Whether a share is of national income, by its denominator or by its series."""
    return rule.weights.startswith("gni") or rule.series.startswith("oda_gni")


def points(value: Figure) -> str:
    """A difference of two shares, two decimals: `0.40 percentage points`."""
    if isinstance(value, Absence):
        return value.words
    low, high = _hundredths(value.low), _hundredths(value.high)
    return f"{low} percentage points" if low == high else f"{low} to {high} percentage points"


def period(found: Measured) -> str:
    """The years that a figure of the engine is of, in words: of a sum those that its source has figures of."""
    rule, until = found.rule, min(found.at, found.rule.until)
    if rule.counts != "sum" or rule.kind != "flows":
        return str(until)
    seen = [one.year for one in found.years if one.delivered is not None]
    if not seen or len(seen) == len(found.years):
        return years(rule.since, until)
    if seen[-1] - seen[0] + 1 == len(seen):
        return years(seen[0], seen[-1])
    return f"{len(seen)} of the years {years(rule.since, until)}"
