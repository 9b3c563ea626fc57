"""Numbers and names as a United Nations publication writes them. Exact values in, text out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cache

MINUS = "\N{MINUS SIGN}"
UNITS: tuple[tuple[str, str, Decimal], ...] = (
    ("bn", "billion", Decimal(10) ** 9),
    ("m", "million", Decimal(10) ** 6),
    ("k", "thousand", Decimal(10) ** 3),
    ("", "", Decimal(1)),
)
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
DATE = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])(-[0-9]{2})?")
FINEST = 4  # decimals of an amount that is small beside the others of its chart
SHORT = {"bn": "bn", "billion": "bn", "m": "m", "million": "m", "k": "k", "thousand": "k"}


def rounded(value: Decimal, digits: int = 3) -> Decimal:
    """To so many significant digits, half to even."""
    if not value:
        return Decimal(0)
    exponent = value.adjusted() - digits + 1
    return value.quantize(_step(exponent), ROUND_HALF_EVEN) if exponent > -20 else value


@cache
def _step(exponent: int) -> Decimal:
    """One in the last place that is kept."""
    return Decimal(1).scaleb(exponent)


def unit_of(values: Iterable[Decimal]) -> tuple[str, str, Decimal]:
    """The one unit a chart or sentence uses: chosen after rounding, by its largest value ($999.6 m is $1.00 bn)."""
    largest = rounded(max((abs(v) for v in values), default=Decimal(0)))
    return next((unit for unit in UNITS if largest >= unit[2]), UNITS[-1])


def number(value: Decimal, decimals: int) -> str:
    """With thousands commas, a true minus sign and so many decimals."""
    text = f"{abs(value):,.{decimals}f}"
    return f"{MINUS}{text}" if value < 0 and text.strip("0.,") else text


def usd(value: Decimal, sentence: bool = False, unit: tuple[str, str, Decimal] | None = None) -> str:
    """`$33.7 bn` in figures, `$33.7 billion` in sentences; three significant digits unless a shared unit is given."""
    chosen = unit or unit_of([value])
    scaled = value / chosen[2]
    magnitude = rounded(abs(scaled)).adjusted() if scaled else 0
    decimals = 0 if not scaled and not unit else max(0, 2 - max(magnitude, 0))
    word = chosen[1] if sentence else chosen[0]
    return f"{_dollars(scaled, decimals)}{chr(160) + word if word else ''}"


@dataclass(frozen=True)
class Scale:
    """One unit and one number of decimals for every amount of a chart or sentence."""

    unit: tuple[str, str, Decimal]
    decimals: int

    def text(self, value: Decimal, sentence: bool = False) -> str:
        """`−$2.5 bn`. What is not zero and would read as zero has two digits of its own, `−$0.040 bn`, or
        a unit of its own where these stand too far behind the point."""
        scaled = value / self.unit[2]
        word = self.unit[1] if sentence else self.unit[0]
        tail = f"{chr(160)}{word}" if word else ""
        decimals, sign = self._decimals(scaled), MINUS if value < 0 else ""
        if decimals > FINEST:
            return usd(value, sentence)
        return f"{sign}${number(abs(scaled), decimals)}{tail}"

    def plain(self, value: Decimal) -> str:
        """The number alone, for a column whose heading holds the unit; what is not zero never reads as zero."""
        scaled = value / self.unit[2]
        return number(scaled, self._decimals(scaled))

    def _decimals(self, scaled: Decimal) -> int:
        """Those of the scale, or enough for two digits of what they would show as zero."""
        lost = scaled and abs(scaled) <= _step(-self.decimals) / 2  # half a step goes to the even side: zero
        return 1 - rounded(scaled, 2).adjusted() if lost else self.decimals

    def misses(self, whole: Decimal, parts: Iterable[Decimal]) -> bool:
        """Whether the parts as written miss the whole as written."""
        step = _step(-self.decimals)
        shown = [(part / self.unit[2]).quantize(step, ROUND_HALF_EVEN) for part in (whole, *parts)]
        return shown[0] != sum(shown[1:], Decimal(0))


def scale_of(values: Iterable[Decimal]) -> Scale:
    """The scale of a chart: three significant digits of its largest value."""
    largest = rounded(max((abs(v) for v in values), default=Decimal(0)))
    unit = unit_of([largest])
    magnitude = largest.adjusted() - unit[2].adjusted() if largest else 2
    return Scale(unit, min(2, max(0, 2 - magnitude)))


def usd_exact(value: Decimal) -> str:
    """Whole value with cents: `$13,477,925,500.00`."""
    return _dollars(value, 2)


def usd_whole(value: Decimal) -> str:
    """All digits that the source has, and cents at least: `−$11,841,277,589.4173`."""
    whole, _, part = f"{abs(value):,f}".partition(".")
    return f"{MINUS if value < 0 else ''}${whole}.{part.rstrip('0').ljust(2, '0')}"


def _dollars(value: Decimal, decimals: int) -> str:
    text = number(value, decimals)
    return f"{MINUS}${text.removeprefix(MINUS)}" if text.startswith(MINUS) else f"${text}"


def percent(value: Decimal, sentence: bool = False) -> str:
    """A share (0.49) as whole per cent; under half of one, one decimal, or the first that is not zero."""
    hundred = value * 100
    decimals = max(1, -rounded(hundred, 1).adjusted()) if hundred and abs(hundred) <= Decimal("0.5") else 0
    return number(hundred, decimals) + (" per cent" if sentence else "%")


def years(first: int, last: int) -> str:
    """`2002–2015`, or one year."""
    return str(first) if first == last else f"{first}–{last}"


def listed(names: Sequence[str], most: int = 4) -> str:
    """`Kenya, Uganda and 3 others`."""
    if not names:
        return ""
    if len(names) > most:
        names = [*names[: most - 1], f"{len(names) - most + 1} others"]
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]


WITH_ARTICLE = (
    "World",
    "United ",
    "Netherlands",
    "Philippines",
    "Gambia",
    "Bahamas",
    "Democratic ",
    "Central African",
    "Comoros",
    "Congo",
    "Cook Islands",
    "Dominican Republic",
    "Marshall Islands",
    "Niger",
    "Republic ",
    "Russian ",
    "Solomon Islands",
    "Sudan",
    "State of ",
    "Syrian ",
    "Islamic ",
    "Lao People",
    "Group of ",
    "European Union",
)
INSTITUTIONS = (
    "Bank",
    "Group",
    "Fund",
    "Funds",
    "Foundation",
    "Union",
    "Institutions",
    "Organization",
    "Organisation",
    "Association",
    "Alliance for Vaccines and Immunization",
    "Facility",
    "Programme",
    "Agency",
)


def the(name: str) -> str:
    """A name as it stands inside a sentence: `the United Kingdom`, `Kenya`."""
    takes = (name.startswith(WITH_ARTICLE) and not name.startswith("Nigeria")) or name.endswith(INSTITUTIONS)
    return f"the {name}" if takes else name


COUNTED = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def several(count: int, what: str = "row") -> str:
    """`1 row`, `10,621 rows`."""
    return f"{count:,} {what}" if count == 1 else f"{count:,} {what}s"


def counted(count: int) -> str:
    """A small number in words: `five`; `28` above ten."""
    return COUNTED[count] if 0 <= count < len(COUNTED) else str(count)


def ordinal(place: int) -> str:
    """`1st`, `27th`, `112th`."""
    ending = "th" if 10 <= place % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
    return f"{place}{ending}"


def billions(unit: tuple[str, str, Decimal]) -> str:
    """`Billions of `, at the head of a subtitle; empty where amounts stand in whole dollars."""
    return f"{unit[1].capitalize()}s of " if unit[1] else ""


def dated(text: str) -> str:
    """A date as far as it is known: `21 January 2010`, `January 2010`, `2010`; any other text as it is."""
    if not DATE.fullmatch(text):
        return text
    year, *rest = text.split("-")
    month = f"{MONTHS[int(rest[0]) - 1]} {year}"
    return f"{int(rest[1])} {month}" if len(rest) > 1 else month
