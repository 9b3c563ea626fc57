"""Recipients by what they need of a Goal against what they receive for it.

    score = (weight of need x need + weight of funding x lack of funding) / sum of the weights

need: the country's place by the indicator among those ranked, from 0 (best off) to 1 (worst off). lack of funding: its
place by money per head and year, from 0 (most) to 1 (least). Ties share the middle of their places. Who lacks one of
the two is not ranked, and stands at the end with the reason: what is not reported is no need and no zero.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from dashboard.figures import indicators
from dashboard.figures.indicators import TARGETS, Series
from dashboard.membership import of_year
from dashboard.questions import Answers, Unanswerable, best_source, period
from dashboard.ranges import EXACT, quotient
from dashboard.selection import Selection

PREFERRED = ("crs-purposes", "iati-goals")
NEAR = 5  # years: a country stands with its latest value of these


@dataclass(frozen=True)
class Weights:
    """How much need and lack of funding count; zero or more, not both zero."""

    need: Decimal = Decimal(1)
    funding: Decimal = Decimal(1)

    def __post_init__(self) -> None:
        if self.need < 0 or self.funding < 0 or not (self.need or self.funding):
            raise ValueError("Weights are zero or more, and one of the two is more than zero.")


@dataclass(frozen=True)
class Placed:
    """One recipient. value: of the indicator, in `year`. target: for 2015, where the Goal sets one; distance: what is
    missing to it, positive where it is not reached. usd: a year, of the years of the source; per_head: of it.
    need, lack, score: 0 to 1; place: 1 is the first. None: not known, and then not ranked."""

    code: str
    value: Decimal | None = None
    year: int = 0
    target: Decimal | None = None
    distance: Decimal | None = None
    usd: Decimal | None = None
    people: Decimal | None = None
    per_head: Decimal | None = None
    need: Decimal | None = None
    lack: Decimal | None = None
    score: Decimal | None = None
    place: int | None = None


@dataclass(frozen=True)
class Needs:
    """The ranking, first in need and least funded first; those that cannot be ranked last, by code. flows: what the
    money was summed under, of all recipients."""

    series: Series
    source: str  # code of the source of flows
    years: tuple[int, int]  # of the flows
    weights: Weights
    rows: tuple[Placed, ...]
    flows: Selection


def needs(answers: Answers, selection: Selection, weights: Weights | None = None) -> Needs:
    """Of one Goal and the indicator picked (or the one its page opens with), among the recipients of the selection.

    Raises Unanswerable where no Goal is picked, or it has no indicator of recipients, or no source tells its flows."""
    if len(selection.goal) != 1:
        raise Unanswerable("Need and funding are compared for one Goal at a time; please pick one.")
    series = indicators.shown(answers, selection)
    flows = selection.without("series").change(donor=(), purpose=(), sector=())
    source = best_source(answers, flows, PREFERRED, ("recipient",), ("disbursed",))
    first, last = period(source, flows)
    flows = flows.change(source=source.code, since=first, until=last)
    found = answers.sums(flows, ("recipient",))
    received = dict(zip(found["recipient"], found["disbursed"], strict=True))
    held = indicators.values(answers, series, 1990, last)
    people = indicators.populations(answers, last)
    among = indicators.recipients(answers.codes)
    if selection.recipient:
        among &= of_year(answers.codes, "recipient", selection.recipient, last, selection.membership)
    rows = [
        _row(code, held.get(code, {}), series, last, received.get(code), people.get(code), last - first + 1)
        for code in sorted(among)
    ]
    chosen = weights or Weights()
    return Needs(series, source.code, (first, last), chosen, ranked(rows, series.better, chosen), flows)


def _row(
    code: str,
    values: Mapping[int, Decimal],
    series: Series,
    last: int,
    usd: Decimal | None,
    people: Decimal | None,
    years: int,
) -> Placed:
    found = indicators.latest(values, last - NEAR + 1, last)
    placed = Placed(code, people=people, usd=None if usd is None else quotient(usd, Decimal(years)))
    if placed.usd is not None and people:
        placed = replace(placed, per_head=quotient(placed.usd, people))
    if not found:
        return placed
    target = TARGETS[series.code].at(values.get(indicators.BASELINE)) if series.code in TARGETS else None
    missing = None if target is None else EXACT.subtract(target, found[1])
    if missing is not None and series.better == "down":
        missing = -missing
    return replace(placed, value=found[1], year=found[0], target=target, distance=missing)


def ranked(rows: list[Placed], better: str, weights: Weights) -> tuple[Placed, ...]:
    """Rows with need, lack, score and place; `better`: up or down, of the indicator. Ties of the score by code."""
    able = [row for row in rows if row.value is not None and row.per_head is not None]
    sign = Decimal(-1) if better == "up" else Decimal(1)
    needed = _places({row.code: sign * row.value for row in able if row.value is not None})
    lacking = _places({row.code: -row.per_head for row in able if row.per_head is not None})
    total = weights.need + weights.funding
    scored = []
    for row in able:
        need, lack = needed[row.code], lacking[row.code]
        both = EXACT.add(EXACT.multiply(weights.need, need), EXACT.multiply(weights.funding, lack))
        scored.append(replace(row, need=need, lack=lack, score=quotient(both, total)))
    ordered = sorted(scored, key=lambda row: (-(row.score or Decimal(0)), row.code))
    placed = [replace(row, place=place) for place, row in enumerate(ordered, 1)]
    return (*placed, *(row for row in rows if row.value is None or row.per_head is None))


def _places(values: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """From 0 for the smallest value to 1 for the largest; equal values share the middle of their places."""
    ordered = sorted(values.items(), key=lambda pair: (pair[1], pair[0]))
    places: dict[Decimal, list[int]] = {}
    for at, (_, value) in enumerate(ordered):
        places.setdefault(value, []).append(at)
    steps = Decimal(max(1, len(ordered) - 1))
    return {code: quotient(Decimal(places[value][0] + places[value][-1]), 2 * steps) for code, value in ordered}
