"""What moved of a promise that is a share of income: the income of its donors since the year of the promise.

denominator: the share of the income of the year when it was due, at the prices and exchange rates of the year of the
promise, less the share of the income of that year. prices: the share of the same income at current prices less at those
of the year of the promise. Where the incomes cannot be restated the two are one step, at current prices.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from dashboard.amount_words import figure
from dashboard.amounts import Absence
from dashboard.measured import Measured, by_code
from dashboard.moves import EIGHT, ENDS, IN_DOLLARS, TOGETHER, ZERO, Known, Move, Names, Values, end_of, per_cent, step
from dashboard.ranges import EXACT, quotient, summed
from dashboard.waterfalls import Share
from dashboard.words import listed

AS_DAC = "gni"  # incomes that the deflators of the DAC restate; those of the Atlas method they do not
Income = Mapping[str, Decimal]
ATLAS = "Within the step of income: incomes by the Atlas method are known at current prices alone."
NEITHER = "Without that income, what prices did to it cannot be told."


def moves(found: Measured, known: Known, names: Names = str) -> tuple[Move, ...]:
    """The causes of `waterfalls.GIVEN`, in their order, US dollars."""
    year = min(found.at, found.rule.until)
    rest = Move("not_due", f"All of it was due in {year}."), Move("out_of_scope", f"It is measured in {year}.")
    return *_incomes(found, known, names, year), *rest


def weighed(found: Measured) -> tuple[str, ...]:
    """Donors with both a share and an income in the year, of which the figure is made."""
    year, incomes = min(found.at, found.rule.until), by_code(found.terms, "denominator")
    return tuple(one.code for one in found.standings if one.value is not None and incomes.get(one.code, {}).get(year))


def members(found: Measured, end: str = "low", names: Names = str) -> list[Share]:
    """Each donor's part, the widest shortfall first: its target of its own income, and its aid."""
    year = min(found.at, found.rule.until)
    incomes, amounts = by_code(found.terms, "denominator"), by_code(found.terms, "amount")
    held, parts = set(weighed(found)), []
    target = end_of(found.due, "high" if end == "high" else "low")  # of all together: what is asked of each can be less
    for one in found.standings:
        if one.code not in held or target is None or one.value is None:
            continue
        income = incomes[one.code][year]
        given = amounts.get(one.code, {}).get(year)
        have = per_cent(one.value, income) if given is None else given
        parts.append(Share(f"donor:{one.code}", names(one.code), per_cent(target, income), have))
    return sorted(parts, key=lambda part: (part.shortfall or ZERO, part.code))


def _incomes(found: Measured, known: Known, names: Names, year: int) -> tuple[Move, Move]:
    made = int(known.made[:4]) if known.made[:4].isdigit() else 0
    if made == year:
        return Move("denominator", f"It was promised in {year}, when it was due."), Move("prices", IN_DOLLARS)
    if why := _lacking(found, known, names, made):
        absent = Absence.NOT_MEASURABLE
        return Move("denominator", why, absence=absent), Move("prices", NEITHER, absence=absent)
    now = by_code(found.terms, "denominator")
    then = {code: known.incomes[code][made] for code in weighed(found)}
    return _moved(found, known, then, {code: now[code][year] for code in then}, (made, year))


def _lacking(found: Measured, known: Known, names: Names, made: int) -> str:
    """Why the income of the year of the promise cannot be told; empty where it can."""
    if not made:
        return "The year of the promise is not known."
    held = weighed(found)
    lacking = [code for code in held if not known.incomes.get(code, {}).get(made)]
    if not lacking:
        return ""
    first = min((year for code in lacking for year in known.incomes.get(code, {})), default=0)
    begins = f" Incomes begin in {first} here." if first > made else ""
    every = len(lacking) == len(held) > 1
    who = "all of its donors" if every else listed([names(code) for code in lacking], 4)
    return f"This edition lacks the income of {made}, the year of the promise ({who}).{begins}"


def _moved(found: Measured, known: Known, before: Income, after: Income, span: tuple[int, int]) -> tuple[Move, Move]:
    then, now = (summed(held.values()) or ZERO for held in (before, after))
    share, (made, year) = figure(found.due, "%"), span
    same = _restated(after, known.deflators, made, year) if found.rule.weights == AS_DAC else None
    if same is None:
        how = f"{share} of the income of {year} less {share} of that of {made}, both in current US dollars."
        return step("denominator", how, _of(found, now, then)), Move("prices", ATLAS, absence=Absence.NOT_MEASURABLE)
    how = f"{share} of the income of {year}, at prices and exchange rates of {made}, less {share} of that of {made}."
    at_once = f"{share} of the income of {year} at current prices less at those of {made}. {TOGETHER}"
    return step("denominator", how, _of(found, same, then)), step("prices", at_once, _of(found, now, same))


def _of(found: Measured, whole: Decimal, part: Decimal) -> Sequence[Decimal | None]:
    """The promised share of the difference of two incomes, at both ends."""
    targets = [end_of(found.due, end) for end in ENDS]
    return [None if target is None else per_cent(target, EXACT.subtract(whole, part)) for target in targets]


def _restated(incomes: Income, deflators: Values, made: int, year: int) -> Decimal | None:
    """Incomes of a year at the prices and exchange rates of another, each by its donor's deflators (or the DAC's)."""
    found = []
    for code, income in incomes.items():
        own = deflators.get(code, {})
        series = own if made in own and year in own else deflators.get("", {})
        if not series.get(made) or not series.get(year):
            return None
        found.append(EXACT.multiply(income, quotient(series[made], series[year])).quantize(EIGHT, context=EXACT))
    return summed(found)
