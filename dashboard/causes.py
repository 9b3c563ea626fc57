"""The waterfall of a measured commitment as rows that a figure draws, and as their table."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from dashboard.amount_words import prices
from dashboard.falls import fall
from dashboard.gaps import Kind, Step
from dashboard.measured import Measured
from dashboard.panels import Column, Table
from dashboard.ranges import Range, summed
from dashboard.waterfalls import CAUSES, Bar

KINDS: dict[str, Kind] = {
    "denominator": "cause",
    "prices": "cause",
    "not_due": "not due",
    "out_of_scope": "cause",
    "shortfall": "gap",
    "above": "above",
    "unexplained": "unexplained",
}
NAMES = CAUSES | {"out_of_scope": "years without figures", "not_due": "not yet due", "above": "above what was due"}
LEVELS = {
    "baseline": "Level before",
    "pledged": "Pledged",
    "promised": "Promised in all",
    "delivered": "Delivered",
}


@dataclass(frozen=True)
class Causes:
    """rows: as `waterfalls` gives them. low: of a promised range, its low end is drawn. prices: of all of it. stage: of
    the rung at which delivery is counted."""

    rows: tuple[Bar, ...]
    prices: str
    low: bool = False
    stage: str = "disbursed"


def causes(found: Measured) -> Causes | None:
    """None where no money was due, or nothing is measured. A share of income is drawn as the money it comes to."""
    rows = fall(found)
    if not rows:
        return None
    ranged = isinstance(found.due, Range) and not found.due.is_point
    return Causes(rows, prices(found.rule, "USD"), ranged, found.rule.stage)


def drawn(found: Causes) -> tuple[Step, ...]:
    """As the figure of steps takes them."""
    return tuple(_step(row, at, found.stage) for at, row in enumerate(found.rows))


def _step(row: Bar, at: int, stage: str) -> Step:
    if row.cause == "delivered" and stage == "committed":
        return Step(stage, "rung", Decimal(0), row.end)
    if row.level or (at == 0 and row.cause == "pledged"):
        return Step(row.cause, "rung", Decimal(0), row.end)
    if row.cause == "pledged":
        return Step("pledged", "raise", row.start, row.end)
    return Step(row.name or NAMES[row.cause], KINDS[row.cause], row.start, row.end)


def table(found: Causes) -> Table:
    """The same in figures: the steps between two levels sum to the second."""
    columns = (Column("step", "Step"), Column("usd", "Amount", "usd", found.prices))
    levels = LEVELS | ({"delivered": found.stage.capitalize()} if found.stage != "disbursed" else {})
    rows = tuple((row.name or levels.get(row.cause) or NAMES[row.cause], row.value) for row in found.rows)
    return Table(f"Steps by cause, {found.prices}", columns, rows)


def unexplained(found: Causes) -> Decimal:
    """What no step explains; zero where all is."""
    return summed(row.value for row in found.rows if row.cause == "unexplained") or Decimal(0)
