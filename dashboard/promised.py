"""Of what was promised in money under a selection, what came: one sum, of promises that can be added, and why the
others are not in it.

Promises run over years and are counted by rules of their own, so this sum stands apart from what a source of flows
holds under the same selection: the two are never set against each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from dashboard.addable import Money, in_money, together
from dashboard.amounts import Absence
from dashboard.commitment import Entry
from dashboard.gap_list import unmeasured
from dashboard.outcomes import STATES
from dashboard.pools import Pool, about, query, within
from dashboard.questions import PLURALS
from dashboard.ranges import Figure, Range, point
from dashboard.selection import DIMENSIONS, Selection
from dashboard.words import listed

ZERO = Decimal(0)
TOLD = ("donor", "recipient", "goal")  # what promises are told apart by
OUT = {  # why a promise is not in the sum, in the order in which the reasons are looked for
    "unmeasured": "that cannot be measured",
    "part": "of which only a part is seen, above a level that is not",
    "other": "measured in shares or by indicators, not in money",
    "level": "of a yearly level or of no stated sum",
    "memory": "that rest in part on memory",
    "outside": "that reach beyond the selection",
    "basis": "counted at another rung or at other prices",
    "counted": "whose money one in the sum may count already",
}

ONE = {"memory": "that rests in part on memory", "outside": "that reaches beyond the selection"}  # of a single one


@dataclass(frozen=True)
class Sum:
    """Promises of one basis added up, US dollars. promised: all years of them; delivered: as far as figures are known.

    known, wanted: figures by donor and year, of all of them. until: the year by which the last of them was due."""

    held: tuple[Money, ...]
    prices: str
    stage: str
    promised: Range
    delivered: Range
    until: int
    known: int
    wanted: int

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(sorted(one.id for one in self.held))

    @property
    def goals(self) -> tuple[str, ...]:
        return tuple(sorted({goal for one in self.held for goal in one.entry.pledge.goals}))

    @property
    def gap(self) -> Figure:
        """Due less delivered, promise by promise over the years with figures; the first absence where one has none."""
        total: Figure = point(ZERO)
        for one in self.held:
            gap = one.entry.outcome.gap
            if isinstance(gap, Absence) or isinstance(total, Absence):
                return gap
            total = total.plus(gap)
        return total

    @property
    def least(self) -> str:
        """`at least `, where of one of them only a part of what counts is seen."""
        return "at least " if any(one.entry.outcome.part for one in self.held) else ""

    @property
    def whole(self) -> bool:
        """Whether every figure that the promises need is known."""
        return self.known == self.wanted


@dataclass(frozen=True)
class Whose:
    """How a set of commitments is spoken of. of: behind their count; about: which they are; none: where there is no sum
    of them."""

    of: str = "of the register"
    about: str = "about this selection"
    none: str = "for this selection. Commitments about it"


SELECTED = Whose()
MADE_HERE = Whose("made here", "made here", "for this forum. Its commitments")


@dataclass(frozen=True)
class Promised:
    """every: commitments about the selection. out: those not in the sum, by reason, in the order of `OUT`. why: a
    sentence where there is no sum. reasons: why commitments cannot be measured, the most frequent first. query: of the
    list of those about the selection."""

    every: int = 0
    sum: Sum | None = None
    out: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)
    why: str = ""
    reasons: tuple[tuple[str, int], ...] = ()
    query: str | None = None
    whose: Whose = SELECTED

    @property
    def unmeasured(self) -> int:
        return len(self.out.get("unmeasured", ()))


def promised(held: Pool, selection: Selection) -> Promised:
    """The sum under a selection of donors, recipients, Goals and years; a sentence where there can be none."""
    others = [PLURALS.get(name, name) for name in DIMENSIONS if name not in TOLD and selection.picked(name)]
    if others:
        return Promised(why=f"Commitments are not told apart by {listed(others, 9)}, so none are added up here.")
    found = [entry for entry in held.entries if about(held, entry, selection)]
    if not found:
        return Promised(why="The register holds no commitment that is about this selection.")
    return _told(held, found, query(selection, found), lambda one: within(held.codes, one, selection))


def made_here(held: Pool, found: Sequence[Entry], asked: str) -> Promised:
    """The sum of the commitments of one forum, whatever they count and when. asked: query of the list that shows them
    and no others."""
    if not found:
        return Promised(why="The register holds no commitment made here.", whose=MADE_HERE)
    return _told(held, found, asked, lambda _: True, MADE_HERE)


def _told(
    held: Pool, found: Sequence[Entry], asked: str | None, lies_within: Callable[[Money], bool], whose: Whose = SELECTED
) -> Promised:
    out = {entry.pledge.id: _out(held, entry, lies_within) for entry in found}
    able = [held.money[id_] for id_, reason in out.items() if not reason]
    chosen = _chosen(held, able, out)
    by_reason = {reason: tuple(entry for entry in found if out[entry.pledge.id] == reason) for reason in OUT}
    made = {reason: entries for reason, entries in by_reason.items() if entries}
    why, reasons = "" if chosen else _why_none(made, whose), _reasons(made.get("unmeasured", ()))
    return Promised(len(found), chosen, made, why, reasons, asked, whose)


def _chosen(held: Pool, able: Sequence[Money], out: dict[str, str]) -> Sum | None:
    """The sum of the basis that most promises stand on, then of the larger; `out` is told why others are not in it."""
    sums = []
    for basis in sorted({one.basis for one in able}):
        kept, left = together([one for one in able if one.basis == basis], held.parents, held.overlapping)
        out.update({one.id: "counted" for one in left})
        sums.append(_added(kept))
    best = max(sums, key=lambda one: (len(one.held), one.promised.high, one.prices, one.stage), default=None)
    out.update({id_: "basis" for one in sums if one is not best for id_ in one.ids})
    return best


def _added(kept: Sequence[Money]) -> Sum:
    promised_, delivered = point(ZERO), point(ZERO)
    for one in kept:
        promised_, delivered = promised_.plus(one.promised), delivered.plus(one.delivered)
    outcomes = [one.entry.outcome for one in kept]
    return Sum(
        tuple(kept),
        *kept[0].basis,
        promised_,
        delivered,
        max(one.rule.until for one in kept),
        sum(one.seen for one in outcomes),
        sum(one.wanted for one in outcomes),
    )


def _out(held: Pool, entry: Entry, lies_within: Callable[[Money], bool]) -> str:
    """The first reason of `OUT` why a commitment cannot be in the sum; empty where it can."""
    one = held.money.get(entry.pledge.id)
    if not entry.outcome.measured:
        return "unmeasured"
    if entry.outcome.part and not entry.outcome.bound:
        return "part"
    if one is None:
        return "level" if in_money(entry) else "other"
    if entry.pledge.unverified:
        return "memory"
    return "" if lies_within(one) else "outside"


def _why_none(out: Mapping[str, tuple[Entry, ...]], whose: Whose) -> str:
    told = "; ".join(why_out(reason, entries) for reason, entries in out.items())
    return f"No sum of promises can be told {whose.none}: {told}."


def why_out(reason: str, entries: Sequence[Entry]) -> str:
    """`12 that cannot be measured`."""
    return f"{len(entries)} {ONE.get(reason, OUT[reason]) if len(entries) == 1 else OUT[reason]}"


def _reasons(entries: Iterable[Entry]) -> tuple[tuple[str, int], ...]:
    """Why commitments cannot be measured, by the one list of such reasons, the most frequent first."""
    found = [(STATES[state], len(held)) for state, held in unmeasured(entries).items()]
    return tuple(sorted(found, key=lambda pair: (-pair[1], pair[0])))
