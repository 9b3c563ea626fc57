"""What the register of commitments tells of one Goal: its targets with who promised what towards them, and its gaps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.aims import EVERY_TARGET
from dashboard.amount_words import figure
from dashboard.amounts import Absence
from dashboard.commitment import Entry
from dashboard.commitment_words import Gap
from dashboard.gap_list import Needed
from dashboard.pools import record_query
from dashboard.promised import Promised, Sum
from dashboard.ranges import Figure, Range
from dashboard.words import counted, listed

UNNAMED = "No target of the Goal is named"
AT_LARGE = "; aid at large is asked for by indicators 8.1 to 8.5, which belong to no one target"
NO_NEED = "No published requirement of money is held for this Goal."

NO_SUM = "No promise of money for this Goal alone can be measured; the reasons stand below."


@dataclass(frozen=True)
class Target:
    """A target of a Goal and the commitments that name it; the last is of those that name none. query: of their list,
    None where there are none or no address can name them all."""

    code: str
    words: str
    entries: tuple[Entry, ...]
    query: str | None

    @property
    def measured(self) -> int:
        return sum(entry.outcome.measured for entry in self.entries)

    @property
    def met(self) -> int:
        return sum(entry.state == "met" for entry in self.entries)

    @property
    def committed(self) -> int:
        return sum(entry.state == "committed" for entry in self.entries)


def targets(goal: str, entries: Sequence[Entry]) -> tuple[Target, ...]:
    """Every target of a Goal in its order, and those of its commitments that name none of them.

    A commitment that names two targets stands under both."""
    codes = [code for code in EVERY_TARGET if code.startswith(f"{goal}.")]
    held = [entry for entry in entries if goal in entry.pledge.goals]
    made = [_target(code, EVERY_TARGET[code], [e for e in held if code in e.pledge.targets]) for code in codes]
    rest = [entry for entry in held if not set(codes) & set(entry.pledge.targets)]
    return (*made, _target("", UNNAMED + AT_LARGE * (goal == "8"), rest)) if rest else tuple(made)


def _target(code: str, words: str, entries: Sequence[Entry]) -> Target:
    return Target(code, words, tuple(entries), record_query([entry.pledge.id for entry in entries]))


def gaps(told: Promised, needed: Sequence[Needed]) -> tuple[Gap, ...]:
    """The three gaps of a Goal, each a figure with its basis or an absence with its reason.

    told: what was promised for the Goal alone. needed: commitments to it for which a requirement is published; where
    there are several the first stands here."""
    one = next(iter(needed), None)
    return (
        _of_need("Promise", "pledged", one, one.gaps.promise if one else Absence.NOT_REPORTED),
        delivery(told),
        _of_need("Need", "delivered", one, one.gaps.need if one else Absence.NOT_REPORTED),
    )


def _of_need(which: str, less: str, one: Needed | None, gap: Figure) -> Gap:
    """less: what is taken off what was needed, `pledged` or `delivered`."""
    name, means = f"{which} gap", f"needed less {less}"
    if one is None:
        return Gap(name, means, absence=Absence.NOT_REPORTED, basis=NO_NEED)
    goals = one.entry.pledge.goals
    means += f", Goals {listed(goals, 9)} together" if len(goals) > 1 else ""
    together = f" for Goals {listed(goals, 9)} together" if len(goals) > 1 else ""
    yearly = " a year" if one.yearly else ""
    off = one.pledged if less == "pledged" else one.delivered
    taken = "" if isinstance(off, Absence) else f": {figure(off, 'USD')}{yearly} {less}"
    basis = f"{figure(one.needed, 'USD')}{yearly} needed{together}: {one.source}. "
    basis += f"Against “{one.entry.pledge.title}”{taken}."
    if isinstance(gap, Absence):
        return Gap(name, means, absence=gap, basis=f"{basis} {_lacking(one)}".strip())
    if gap.high <= 0:
        more = figure(Range(-gap.high, -gap.low), "USD")
        return Gap(name, means, f"none: {more}{yearly} more than was needed" if gap.low else "none", basis=basis)
    return Gap(name, means, f"{figure(gap, 'USD')}{yearly}", basis=basis)


def _lacking(one: Needed) -> str:
    """Which of the two figures is missing."""
    if isinstance(one.pledged, Absence):
        return "What was pledged in all is not stated in US dollars."
    return one.entry.outcome.why or "What was delivered cannot be told in current US dollars."


def delivery(told: Promised) -> Gap:
    """Due less delivered of the sum of those that can be added."""
    name, means = "Delivery gap", "due to date less delivered"
    if told.sum is None:
        return Gap(name, means, absence=Absence.NOT_MEASURABLE, basis=NO_SUM)
    gap, basis = told.sum.gap, _basis(told.sum)
    if isinstance(gap, Absence):
        return Gap(name, means, absence=gap, basis=basis)
    if gap.high <= 0:
        more = f"none: {figure(Range(-gap.high, -gap.low), 'USD')} more than was due" if gap.high else "none"
        return Gap(name, means, more, basis=basis)
    most = "at most " if told.sum.least else ""
    return Gap(name, means, f"{most}{figure(gap, 'USD')}", basis=basis)


def _basis(found: Sum) -> str:
    count = len(found.held)
    which = f"{counted(count)} commitments that can be added" if count > 1 else f"“{found.held[0].entry.pledge.title}”"
    prices = "current US dollars" if found.prices == "current" else f"US dollars of {found.prices}"
    known = "" if found.whole else f" Over the years with figures; {found.known} of {found.wanted} are known."
    said = f"{which}: {found.stage}, {prices}, due by {found.until}.{known}"
    return said[:1].upper() + said[1:]
