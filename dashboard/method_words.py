"""What the page of methods tells of rules, formulas, mappings, prices and absences: read from what computes them."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from dashboard import additionality, delivery, due, methods, reached, shares, waterfalls
from dashboard.amount_words import MARKS
from dashboard.amounts import ABSENCES
from dashboard.checks import CHECKS
from dashboard.codes import GOALS
from dashboard.counting import KEYS, WORDS
from dashboard.panels import Column, Table
from dashboard.questions import Answers, Unanswerable
from dashboard.selection import Selection

KINDS: Mapping[str, str] = {  # kind of rule -> what it counts
    "flows": "Rows of one source, or a series of amounts by donor, summed over years or taken in one year.",
    "share": "An amount as per cent of a denominator, such as aid of national income, by donor and year.",
    "indicator": "A series by country against a target, in one country, as a weighted mean, or as a count of those "
    "that reached it.",
    "none": "Nothing: the rule says which ledger or series would be needed.",
}
GAPS: Mapping[str, str] = {  # the three gaps -> what each is
    "promise gap": "needed − pledged",
    "delivery gap": "due to date − delivered",
    "need gap": "needed − delivered",
}
TARGETS = (
    "A gap to a target that is a share of national income is given twice: in points of national income, and as per "
    "cent of the target. Half a point can be three quarters of what was asked for."
)
VERDICTS = (
    "What was committed is no delivery: where a rule counts commitments alone, its outcome is counted apart. Where "
    "what was promised is a range, a figure between its ends is neither met nor missed.",
    "Where a rule says that it sees only a part of what the promise counts (sees=part), its figure is a lower bound: "
    "it can show that the promise was kept, never that it was not, and a gap is told as at most. Above the level of "
    "other years it shows neither. Where years that were due have no figure, only what was due in all decides.",
)
MEANINGS: Mapping[str, str] = {  # kind of absence -> when it is said
    "zero": "Reported, and the amount is nil. It is a number and is summed.",
    "not_reported": "No figure in any source that is loaded. It is never read as zero.",
    "not_due": "The deadline, or this part of the period, lies ahead.",
    "no_target": "Words were promised and no amount; there is nothing to measure against.",
    "not_clear": "The record does not say enough to decide.",
    "confidential": "The reporter withheld it.",
    "not_measurable": "Neither flows nor series that are loaded here can show it; the commitment says what would.",
}
PRICES = (
    "constant = current ÷ deflator of the year × deflator of the base year",
    "The deflators of the Development Assistance Committee hold both the change of prices and that of exchange rates, "
    "for United States dollars only. A donor takes its own; multilateral donors, recipients and sums of donors take "
    "that of all members of the Committee together.",
    "An amount in another currency is in dollars at the rate of its year as its source gives it. A commitment keeps "
    "the currency in which it was made; where a dollar amount of the day was stated, it stands beside it.",
)

NO_CODE = "no code serves it"


class Absent(NamedTuple):
    mark: str
    words: str
    meaning: str


def absences() -> list[Absent]:
    """Every kind of absence with its mark and meaning, as figures carry them."""
    return [Absent(MARKS[kind.value], words, MEANINGS[kind.value]) for kind, words in ABSENCES.items()]


def checks() -> list[tuple[str, str]]:
    return [(check.title, check.words) for check in CHECKS]


def kinds() -> list[tuple[str, str, str]]:
    """Kind of rule, what it counts, and the keys it may have."""
    return [(kind, KINDS[kind], ", ".join(sorted(KEYS[kind]))) for kind in WORDS["kind"]]


def formulas() -> list[tuple[str, list[str]]]:
    """As the engine prints them beside each figure."""
    return [
        ("Flows", list(delivery.FORMULAS.values())),
        ("Shares", list(shares.FORMULAS.values())),
        ("Indicators", list(reached.FORMULAS.values())),
        ("The three gaps", [f"{name} = {words}" for name, words in GAPS.items()]),
        ("Due to date", [f"{name}: {words}" for name, words in due.PROFILES.items()]),
        ("Steps of a waterfall", list(waterfalls.CAUSES.values())),
        ("Additional", list(additionality.METHODS.values())),
    ]


def mapping() -> Table:
    """Every line of the goal mapping: method, purposes, goal, share, basis, where it is from."""
    columns = (
        Column("method", "Method"),
        Column("purposes", "Purposes"),
        Column("goal", "Goal", "code"),
        Column("share", "Share", "percent"),
        Column("basis", "Basis"),
        Column("citation", "After"),
    )
    with methods.LINES.open(encoding="utf-8", newline="") as text:
        rows = tuple(_line(row) for row in csv.DictReader(text))
    return Table("Shares of purposes that serve each Goal, by method", columns, rows)


def _line(row: Mapping[str, str]) -> tuple[object, ...]:
    after = row["citation"].replace(" (check)", ", not yet compared with the original")
    basis = row["basis"].replace(" (check)", ", not yet compared with the original")
    return row["method"], row["purposes"], row["goal"], Decimal(row["share"]), basis, after


def spread(answers: Answers, source: str = "crs-purposes", stage: str = "disbursed") -> Table:
    """What each method assigns to each Goal, of one source and all its years, and how far the methods lie apart.

    Raises Unanswerable where the edition lacks the source."""
    held = answers.codes.sources.get(source)
    if held is None:
        raise Unanswerable(f"{source} is not loaded here, so the methods cannot be compared on it.")
    sums = {method: _by_goal(answers, method, source, stage) for method in methods.METHODS}
    columns = (
        Column("goal", "Goal"),
        *(Column(method, method.capitalize(), "usd", "US dollars") for method in sums),
        Column("spread", "Largest less smallest", "usd", "US dollars"),
    )
    goals = [goal for goal in GOALS if any(goal in by for by in sums.values())]
    rows = tuple(_row(goal, {method: by.get(goal) for method, by in sums.items()}) for goal in goals)
    return Table(f"Disbursed to each Goal, {held.since}–{held.until}, current US dollars, {held.title}", columns, rows)


def _by_goal(answers: Answers, method: str, source: str, stage: str) -> dict[str, Decimal | None]:
    held = answers.codes.sources[source]
    asked = Selection(source=source, since=held.since, until=held.until, method=method)
    found = answers.sums(asked, ("goal",))
    return dict(zip(found["goal"], found[stage], strict=True))


def _row(goal: str, by_method: Mapping[str, Decimal | None]) -> tuple[object, ...]:
    """A method without a purpose code for a Goal says so: that is no figure that is not reported."""
    known = [value for value in by_method.values() if value is not None]
    apart = max(known) - min(known) if len(known) > 1 else None
    shown = [
        value if value is not None or goal == methods.UNALLOCATED or methods.serves(method, goal) else NO_CODE
        for method, value in by_method.items()
    ]
    return (f"{goal} {GOALS[goal]}" if goal.isdigit() else GOALS[goal], *shown, apart)
