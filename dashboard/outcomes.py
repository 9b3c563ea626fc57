"""What measuring a commitment came to, in short: kept for all of them at once, so that a list needs no flows.

A state is told apart from a figure. `JUDGED` are verdicts: what came is compared with what was due. `OPEN` have figures
and no verdict: years that were due have none, or only a part of what counts is seen. The others are the reason why
nothing can be compared, and the one list of such reasons.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from dashboard.amounts import Absence, Amount
from dashboard.measured import Measured, by_year
from dashboard.pledges import Pledge
from dashboard.ranges import Figure, Range
from dashboard.report_periods import told as told_by_report
from dashboard.words import number

STATES: dict[str, str] = {  # state -> for the reader, in the order of a legend
    "met": "delivered what was due",
    "committed": "committed what was due",
    "between": "came between the two ends of what was due",
    "short": "delivered less than was due",
    "committed_less": "committed less than was due",
    "part": "seen in part alone: no verdict",
    "years": "seen for a part of the years alone: no verdict",
    "shown": "measured, with nothing numeric due",
    "reported": "delivery as others reported it",
    "unloaded": "needs a source that is not loaded here",
    "not_reported": "delivery not reported",
    "not_due": "not due by the end of 2015",
    "no_target": "no numeric target",
    "not_clear": "not clear",
    "confidential": "confidential",
    "not_measurable": "not measurable from the data at hand",
    "own": "reported by its maker alone",  # last: where a cell has one of each, the others say why it has no figure
}
MET, SHORT = ("met", "committed"), ("short", "committed_less")
JUDGED = (*MET, "between", *SHORT)
OPEN = ("part", "years")
FIGURES = ("due", "delivered", "gap", "share", "whole")


@dataclass(frozen=True)
class Outcome:
    """One commitment as of the end of year `at`. Figures as in `Measured`; unit: `USD`, `%`, or that of a series.

    prices: as in the rule. seen, wanted: figures known and needed (coverage). limited: whether the source counts
    otherwise than the promise. why: a sentence where nothing is measured. stage: the rung that is counted.

    whole: due in all years to date, those without figures too. to: the last year with a figure; lacking: years due
    without one. part: whether less is counted than the promise counts; bound: whether the figure is then a lower bound,
    which a rise above a baseline is not. beside: what a count of countries alone does not tell, in words."""

    at: int = 0
    unit: str = ""
    prices: str = ""
    due: Figure = Absence.NOT_MEASURABLE
    delivered: Figure = Absence.NOT_MEASURABLE
    gap: Figure = Absence.NOT_MEASURABLE
    share: Figure = Absence.NOT_MEASURABLE
    seen: int = 0
    wanted: int = 0
    limited: bool = False
    why: str = ""
    stage: str = "disbursed"
    whole: Figure = Absence.NOT_MEASURABLE
    to: int = 0
    lacking: int = 0
    part: bool = False
    bound: bool = True
    beside: str = ""

    @property
    def measured(self) -> bool:
        return isinstance(self.delivered, Range)


UNLOADED = "which is not loaded here."
UNKNOWN = Outcome(why="This commitment has no counting rule yet.")


def of(measured: Measured) -> Outcome:
    """The short form of a measured rule."""
    return Outcome(
        measured.at,
        measured.unit,
        measured.rule.prices,
        measured.due,
        measured.delivered,
        measured.gap,
        measured.share,
        measured.coverage.cells[0],
        measured.coverage.cells[1],
        bool(measured.coverage.limits),
        measured.why,
        measured.rule.stage,
        measured.due_whole,
        measured.to,
        len(measured.without),
        measured.part,
        measured.rule.baseline == "none",
        _cases(measured),
    )


def _cases(measured: Measured) -> str:
    """Of countries that are to come to zero, their sum in the first and the last year of which all of them report:
    `from 539 cases in 2012 to 22 in 2015`. Where countries alone are counted, a few cases are as far from zero as many.
    Empty where there are no two such years."""
    rule, codes = measured.rule, {one.code for one in measured.standings}
    if measured.unit != "countries" or rule.high != 0 or rule.of != "amount":
        return ""
    sums = by_year(measured.terms, "value")
    reported = Counter(term.year for term in measured.terms if term.role == "value" and term.value is not None)
    whole = [year for year in sorted(sums) if reported[year] == len(codes) and rule.since <= year <= rule.until]
    if len(whole) < 2:
        return ""
    unit = next(term.unit for term in measured.terms if term.role == "value")
    before, after = (number(sums[year], 0) for year in (whole[0], whole[-1]))
    return f"from {before} {unit} in {whole[0]} to {after} in {whole[-1]}"


def verdict(outcome: Outcome) -> str:
    """One of `JUDGED` or `OPEN`; empty where nothing can be compared. A lower bound can show that what was due was
    reached, never that it was not; so can the years seen."""
    gap, have, whole = outcome.gap, outcome.delivered, outcome.whole
    if not isinstance(gap, Range) or not isinstance(have, Range):
        return ""
    met, short = (MET[0], SHORT[0]) if outcome.stage == "disbursed" else (MET[1], SHORT[1])
    if outcome.part and not outcome.bound:
        return "years" if outcome.lacking else "part"
    if outcome.lacking:
        return met if isinstance(whole, Range) and have.low >= whole.high else "years"
    if gap.high <= 0:
        return met
    if outcome.part:
        return "part"
    return "between" if gap.low <= 0 else short


def state(pledge: Pledge, outcome: Outcome) -> str:
    """One of STATES. What others reported is never taken for what is measured, nor what its maker reported for that."""
    found = verdict(outcome)
    if found:
        return found
    if outcome.measured:
        return outcome.gap.value if outcome.gap is Absence.NOT_DUE else "shown"
    if outcome.gap is Absence.NOT_DUE:
        return outcome.gap.value
    if isinstance(pledge.delivered.amount, Amount):
        return "own" if told_by_report(pledge.delivered.counts) else "reported"
    return "unloaded" if unloaded(outcome) else (pledge.absence or Absence.NOT_MEASURABLE).value


def unloaded(outcome: Outcome) -> bool:
    """Whether a rule is there, and only the release that it reads is not: that is the reason a reader needs."""
    return outcome.why.startswith("It needs ") and outcome.why.endswith(UNLOADED)


def words(pledge: Pledge, outcome: Outcome) -> str:
    """The state as a reader is told it; where commitments are counted it is not said that anything was delivered."""
    found = state(pledge, outcome)
    if found == "unloaded":
        return outcome.why.removeprefix("It ").rstrip(".")
    if found == "years":
        return f"to {outcome.to} only: no verdict"
    return STATES[found].replace("committed", outcome.stage) if found in JUDGED else STATES[found]


def told(counts: Mapping[str, int]) -> str:
    """How many came to what, of those that are measured: `18 delivered what was due, 5 committed it; 60 delivered less,
    2 committed less; for 9 there is no verdict, as only a part or some of the years can be seen`. counts: by state."""
    first = [f"{counts.get('met', 0)} delivered what was due", *_if(counts, "committed", "committed it")]
    less = [f"{counts.get('short', 0)} delivered less", *_if(counts, "committed_less", "committed less")]
    between = [f"{counts['between']} came between its two ends"] if counts.get("between") else []
    none = sum(counts.get(name, 0) for name in OPEN)
    last = [f"for {none} there is no verdict, as only a part or some of the years can be seen"] if none else []
    last += [f"for {counts['shown']} nothing numeric was due"] if counts.get("shown") else []
    return "; ".join([", ".join(first), ", ".join([*less, *between]), *last])


def _if(counts: Mapping[str, int], name: str, said: str) -> list[str]:
    return [f"{counts[name]} {said}"] if counts.get(name) else []


def write(outcomes: Mapping[str, Outcome]) -> bytes:
    """By id, as JSON; exact: decimals stay text."""
    held = {id_: {name: _plain(value) for name, value in vars(one).items()} for id_, one in outcomes.items()}
    return json.dumps(held, separators=(",", ":")).encode()


def read(stored: bytes) -> dict[str, Outcome]:
    """What `write` wrote. Raises ValueError for anything else."""
    try:
        held: dict[str, dict[str, Any]] = json.loads(stored)
        return {id_: Outcome(**{name: _value(name, value) for name, value in one.items()}) for id_, one in held.items()}
    except (ArithmeticError, AttributeError, TypeError, KeyError) as error:
        raise ValueError("These are no outcomes of commitments.") from error


def _plain(value: Any) -> Any:
    return [str(value.low), str(value.high)] if isinstance(value, Range) else value


def _value(name: str, value: Any) -> Any:
    if name not in FIGURES:
        return value
    return Range(Decimal(value[0]), Decimal(value[1])) if isinstance(value, list) else Absence(value)
