"""What measuring a commitment came to, in short: kept for all of them at once, so that a list needs no flows.

A state is told apart from a figure: `met` and `short` compare what was delivered with what was due; the others are the
reason why nothing can be compared.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from dashboard.amounts import Absence, Amount
from dashboard.measured import Measured
from dashboard.pledges import Pledge
from dashboard.ranges import Figure, Range

STATES: dict[str, str] = {  # state -> for the reader, in the order of a legend
    "met": "delivered what was due",
    "short": "delivered less than was due",
    "reported": "delivery as others reported it",
    "not_reported": "delivery not reported",
    "not_due": "not due by the end of 2015",
    "no_target": "no numeric target",
    "not_clear": "not clear",
    "confidential": "confidential",
    "not_measurable": "not measurable from the data at hand",
}
MEASURED = ("met", "short")
FIGURES = ("due", "delivered", "gap", "share")


@dataclass(frozen=True)
class Outcome:
    """One commitment as of the end of year `at`. Figures as in `Measured`; unit: `USD`, `%`, or that of a series.

    prices: as in the rule. seen, wanted: figures known and needed (coverage). limited: whether the source counts
    otherwise than the promise. why: a sentence where nothing is measured. stage: the rung that is counted."""

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

    @property
    def measured(self) -> bool:
        return isinstance(self.delivered, Range)


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
    )


def state(pledge: Pledge, outcome: Outcome) -> str:
    """One of STATES. What others reported is never taken for what is measured."""
    if isinstance(outcome.gap, Range):
        return "met" if outcome.gap.low <= 0 else "short"
    if outcome.measured or outcome.gap is Absence.NOT_DUE:
        return outcome.gap.value
    if isinstance(pledge.delivered.amount, Amount):
        return "reported"
    return (pledge.absence or Absence.NOT_MEASURABLE).value


def words(pledge: Pledge, outcome: Outcome) -> str:
    """The state as a reader is told it; where commitments are counted it is not said that anything was delivered."""
    said = STATES[state(pledge, outcome)]
    return said.replace("delivered", outcome.stage) if outcome.stage != "disbursed" else said


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
