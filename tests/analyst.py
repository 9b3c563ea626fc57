"""An analyst who has nothing but the pages and the files they offer, and makes their figures again.

The standard library alone: nothing of the product is imported. Every term is made again from the rows or the values
behind it, downloaded from the address that the file of terms gives, and put together under the formula that it prints.
"""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from fractions import Fraction
from functools import cache
from urllib.parse import parse_qs, urlencode, urlsplit

Line = dict[str, str]
PLACES = 20  # decimals of quotients, as the file says
FEW = 3  # terms that are read one by one
EIGHT = 8  # of amounts restated at other prices, as the file says
SCALES = {"k": 10**3, "m": 10**6, "bn": 10**9, "thousand": 10**3, "million": 10**6, "billion": 10**9}
NUMBER = re.compile(r"(?P<sign>[−-]?)\$?(?P<digits>\d[\d,]*(?:\.\d+)?)\s?(?P<scale>bn|m|k|thousand|million|billion)?\b")
TARGET = re.compile(r"due: (-?[\d.]+)(?: to (-?[\d.]+))?(?:, (-?[\d.]+) per cent of (-?[\d.]+))?$")
ROLES = {
    "amount": "counted",
    "base": "counted in the years of the baseline",
    "whole": "what the share is of",
    "share": "share as published, per cent",
    "value": "value of the indicator",
    "weight": "weight in the average",
}


def rounded(value: Fraction, places: int = PLACES) -> Fraction:
    """To so many decimals, half to even."""
    return Fraction(round(value * 10**places), 10**places)


def lines(text: str) -> list[Line]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def by_year(values: Iterable[tuple[Line, Fraction]]) -> dict[int, Fraction]:
    sums: dict[int, Fraction] = defaultdict(Fraction)
    for line, value in values:
        sums[int(line["Year"])] += value
    return dict(sums)


class Analyst:
    """fetch: the text of a file, by path and query."""

    def __init__(self, fetch: Callable[[str], str]) -> None:
        self.fetch = cache(fetch)

    def rows(self, query: str, stage: str = "") -> Fraction | None:
        """The sum of what counts of the rows behind a figure; None where there is none."""
        file = lines(self.fetch(f"/export/rows.csv?{query}"))
        held = [line["Counted (US dollars)"] for line in file if not stage or line["Stage"] == stage]
        return sum(map(Fraction, held), Fraction(0)) if held else None

    def series(self, query: str) -> Fraction:
        """The value of a series for one country and year, or the product of those that are named together."""
        asked = {key: value[0] for key, value in parse_qs(query).items()}
        file = self._whole(asked["series"], asked["edition"])
        made = Fraction(1)
        for name in asked["series"].split("*"):
            of = [line for line in file if line["Series"] == name]
            both = any(line["Sex"] == "total" for line in of)
            here = [line for line in of if line["Code"] == asked["country"] and line["Year"] == asked["since"]]
            [value] = [line["Value"] for line in here if not both or line["Sex"] == "total"]
            made *= Fraction(value)
        return made

    def _whole(self, names: str, edition: str) -> list[Line]:
        return _lines_of(self.fetch(f"/export/series.csv?series={names}&edition={edition}"))

    def term(self, line: Line) -> Fraction:
        """A line of a file of terms, made again from what its address holds."""
        parts = urlsplit(line["Rows behind it"])
        found = self.rows(parts.query) if parts.path == "/rows" else self.series(parts.query)
        assert found is not None, line
        return rounded(found * Fraction(line["Factor"]), EIGHT) if line["Factor"] else found

    def terms(self, file: list[Line]) -> list[Fraction]:
        """All of them. Those that differ only in donor and year are read from one file and told apart by its columns,
        and the first and last of them from their own addresses too."""
        found, alike = dict[int, Fraction](), dict[str, list[int]]()
        for at, line in enumerate(file):
            parts = urlsplit(line["Rows behind it"])
            apart = ("since", "until", "donor") if line["Code"] else ("since", "until")
            kept = {key: value for key, [value] in parse_qs(parts.query).items() if key not in apart}
            alike.setdefault(urlencode(kept) if parts.path == "/rows" else f"one {at}", []).append(at)
        for common, places in alike.items():
            if len(places) > FEW:
                found |= self._together(common, {at: file[at] for at in places})
                places = [places[0], places[-1]]
            for at in places:
                value = self.term(file[at])
                assert found.setdefault(at, value) == value, file[at]
        return [found[at] for at in range(len(file))]

    def _together(self, common: str, held: dict[int, Line]) -> dict[int, Fraction]:
        """common: what their addresses share; with all donors and years that they name."""
        span = sorted(line["Year"] for line in held.values())
        donors = ",".join(sorted({line["Code"] for line in held.values() if line["Code"]}))
        query = f"{common}&since={span[0]}&until={span[-1]}" + (f"&donor={donors}" if donors else "")
        sums: dict[tuple[str, str], Fraction] = defaultdict(Fraction)
        for row in lines(self.fetch(f"/export/rows.csv?{query}")):
            sums[row["Donor"] if donors else "", row["Year"]] += Fraction(row["Counted (US dollars)"])
        found = {at: sums[line["Code"], line["Year"]] for at, line in held.items()}
        return {
            at: rounded(found[at] * Fraction(line["Factor"]), EIGHT) if line["Factor"] else found[at]
            for at, line in held.items()
        }

    def delivered(self, file: list[Line]) -> Fraction:
        """The figure of a file of terms, under its own formula."""
        formula = said(file, "delivered")
        counted = [line for line in file if line["Counted"] == "yes" and line["Term"] in ROLES.values()]
        terms = list(zip(counted, self.terms(counted), strict=True))
        assert terms
        of = {role: [term for term in terms if term[0]["Term"] == name] for role, name in ROLES.items()}
        if formula.startswith("sum of the amounts counted"):
            return _money(formula, by_year(of["amount"]), by_year(of["base"]))
        if formula.startswith("number of countries"):
            return Fraction(sum(self.reached(formula, file, of["value"], of["base"])))
        weights = {line["Code"]: value for line, value in of["whole"] + of["weight"]}
        values = {line["Code"]: value for line, value in of["share"] + of["value"]}
        if formula.startswith("100 × sum of the amounts"):
            return rounded(100 * sum(value for _, value in of["amount"]) / sum(weights.values()))
        if formula.startswith("sum of ("):
            assert values.keys() == weights.keys()
            return rounded(sum(values[code] * weights[code] for code in values) / sum(weights.values()))
        assert formula.startswith(("the share as published", "the last value in the period")), formula
        [only] = values.values()
        return only

    def reached(self, formula: str, file: list[Line], values: list, bases: list) -> list[bool]:
        """Of each country with a figure and a target, whether its last value is at least (or at most) its target."""
        least, met = "at least" in formula, list[bool]()
        last = {line["Code"]: value for line, value in sorted(values, key=lambda one: int(one[0]["Year"]))}
        first = {line["Code"]: value for line, value in sorted(bases, key=lambda one: -int(one[0]["Year"]))}
        for line in file:
            due = re.search(
                r"due: (-?[\d.]+)(?: to (-?[\d.]+))?(?:, (-?[\d.]+) per cent of (-?[\d.]+))?$", line["Note"]
            )
            if line["Term"] != "country against its target" or not due or line["Code"] not in last:
                continue
            target = Fraction(due[1] if least else due[2] or due[1])
            if due[3]:
                assert Fraction(due[4]) == first[line["Code"]]
                assert target == rounded(first[line["Code"]] * Fraction(due[3]) / 100)
            met.append(last[line["Code"]] >= target if least else last[line["Code"]] <= target)
        return met

    def figures(self, file: list[Line]) -> dict[str, list[Fraction]]:
        """Due, delivered, gap and share, each with its ends, made again in the order of their formulas."""
        have = self.delivered(file)
        found = {"delivered": [have]}
        if printed(file, "due"):
            found["due"] = _due(file)
            found |= _after(file, found["due"], have)
        return found


@cache
def _lines_of(text: str) -> list[Line]:
    return lines(text)


def said(file: list[Line], name: str) -> str:
    """The formula of a result, without its name and what is said of rounding."""
    [note] = {line["Note"] for line in file if line["Counted"] == "result" and line["Term"] == name}
    return note.partition(" = ")[2].partition(". Quotients")[0]


def printed(file: list[Line], name: str) -> list[Fraction]:
    """A result as the file gives it: none where it is absent, one point, or two ends."""
    held = [line for line in file if line["Counted"] == "result" and line["Term"] == name]
    return [Fraction(line["Value"]) for line in held if line["Value"]]


def _money(formula: str, amounts: dict[int, Fraction], base: dict[int, Fraction]) -> Fraction:
    _, _, less = formula.partition(" − ")
    total = sum(amounts.values(), Fraction(0))
    times = re.match(r"(\d+) × ", less)
    count, less = (int(times[1]), less[times.end() :]) if times else (1, less)
    if not less:
        return total
    if less.startswith("the mean of the yearly sums"):
        return total - count * rounded(sum(base.values(), Fraction(0)) / len(base))
    if less.startswith("the least-squares line"):
        return total - sum(_line(base, year) for year in amounts)
    return total - count * Fraction(less)


def _line(base: dict[int, Fraction], at: int) -> Fraction:
    count = len(base)
    x, y = Fraction(sum(base), count), sum(base.values(), Fraction(0)) / count
    slope = sum((year - x) * (value - y) for year, value in base.items()) / sum((year - x) ** 2 for year in base)
    return rounded(y + slope * (at - x))


def _due(file: list[Line]) -> list[Fraction]:
    """What was due: promised, a part of the baseline, the sum of its years, or the countries that have a target."""
    formula = said(file, "due")
    if formula.startswith("sum of what was due"):
        steps = [line["Note"] for line in file if line["Counted"] == "step" and line["Value"]]
        ends = [re.fullmatch(r"due: (-?[\d.]+)(?: to (-?[\d.]+))?", note) for note in steps]
        sums = [sum(Fraction(end[1]) for end in ends if end), sum(Fraction(end[2] or end[1]) for end in ends if end)]
        return sums[:1] if sums[0] == sums[1] else sums
    if formula.startswith("number of countries"):
        told = [line for line in file if line["Term"] == "country against its target" and line["Value"]]
        return [Fraction(sum("cannot be told" not in line["Note"] for line in told))]
    times = re.fullmatch(r"(-?[\d.]+)(?: and (-?[\d.]+))? × \(the baseline, (-?[\d.]+), ÷ 100\)", formula)
    if times:
        return sorted({rounded(Fraction(times[3]) / 100) * Fraction(end) for end in times.groups()[:2] if end})
    part = re.fullmatch(r"(-?[\d.]+)(?: and (-?[\d.]+))? per cent of the baseline, (-?[\d.]+)", formula)
    if part:
        return sorted({rounded(Fraction(part[3]) * Fraction(end) / 100) for end in part.groups()[:2] if end})
    fixed = re.fullmatch(r"as promised, (-?[\d.]+)(?: and (-?[\d.]+))?", formula)
    assert fixed, formula
    return [Fraction(end) for end in fixed.groups() if end]


def _after(file: list[Line], due: list[Fraction], have: Fraction) -> dict[str, list[Fraction]]:
    """Gap and share, where the file prints them."""
    found = dict[str, list[Fraction]]()
    if printed(file, "gap"):
        turned = said(file, "gap") == "delivered − due"
        found["gap"] = sorted(have - end if turned else end - have for end in due)
    if printed(file, "share of due"):
        formula = said(file, "share of due")
        way = re.fullmatch(r"\(delivered − (-?[\d.]+)\) ÷ \(due − (-?[\d.]+)\)", formula)
        assert way or formula == "delivered ÷ due", formula
        start = Fraction(way[1]) if way else Fraction(0)
        found["share of due"] = sorted(rounded((have - start) / (end - start)) for end in due)
    return found


def is_shown_as(value: Fraction, words: str, percent: bool = False) -> bool:
    """Whether a figure as a page shows it is this value, rounded as far as it is written."""
    found = NUMBER.search(words)
    if not found:
        return False
    digits = found["digits"].replace(",", "")
    scale = SCALES.get(found["scale"] or "", 1)
    shown = Fraction(digits) * (-1 if found["sign"] else 1)
    places = len(digits.partition(".")[2])
    whole = value * 100 if percent else value
    return abs(whole / scale - shown) <= Fraction(1, 2 * 10**places)
