"""Checks of the records of the registry themselves: amounts, dates, restatements, records that look alike."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from dashboard import receivers
from dashboard.amounts import Absence, Amount
from dashboard.evidence import Evidence
from dashboard.findings import Finding, Side
from dashboard.pledges import Pledge
from dashboard.ranges import EXACT
from dashboard.statements import figure, quoted

BARE = re.compile(r"((thousand|million|billion|trillion)? ?(dollars|units)?( per (year|capita))?)")  # no currency
LONG = 5  # years over which prices matter
LOOKED = "looked for in the register and in the figures of this edition"
TIES = frozenset({"restates", "restated_by", "supersedes", "superseded_by"})  # that say a record is the other's promise


def exceed(evidence: Evidence) -> Iterator[Finding]:
    """Children in the unit of their parent that make more than the parent does."""
    children: dict[str, list[Pledge]] = defaultdict(list)
    for pledge in evidence.pledges.values():
        if pledge.parent in evidence.pledges and _repeats(pledge) is None:
            children[pledge.parent].append(pledge)
    for parent_id, held in children.items():
        whole = evidence.pledges[parent_id].amount
        if not whole.currency or whole.high is None:
            continue
        parts = [
            child.amount for child in held if (child.amount.unit, child.amount.prices) == (whole.unit, whole.prices)
        ]
        total = Decimal(0)
        for part in parts:
            total = EXACT.add(total, part.low or Decimal(0))
        if total > whole.high:
            made = quoted(total.normalize(), total.normalize(), whole.unit)
            words = f"{len(parts)} parts of {evidence.name(parent_id)} make {made}; it is recorded as {figure(whole)}."
            sides = Side(made, "sum of the records under it"), _side(evidence.pledges[parent_id])
            yield Finding("parts-exceed", (parent_id,), words, *sides)


def same_money(evidence: Evidence) -> Iterator[Finding]:
    """Two records of one maker with the same amount and overlapping years, in different families of records, for one
    Goal at least and, where both name recipients, for one of them."""
    groups: dict[tuple[str, Amount], list[Pledge]] = defaultdict(list)
    for pledge in evidence.pledges.values():
        if pledge.maker_code and pledge.amount.currency:
            groups[pledge.maker_code, pledge.amount].append(pledge)
    for held in groups.values():
        for one, other in combinations(held, 2):
            if one.parent != other.parent and not _tied(one, other) and _meet(one, other) and _alike(one, other):
                words = (
                    f"{evidence.name(one.id)} and {evidence.name(other.id)} have the same maker, the same amount "
                    f"({figure(one.amount)}) and years in common: it may be the same money."
                )
                yield Finding("same-money", (one.id, other.id), words, _side(one), _side(other))


def restated(evidence: Evidence) -> Iterator[Finding]:
    """A record that restates another and is called additional."""
    for pledge in evidence.pledges.values():
        target = _repeats(pledge)
        if target and pledge.additional == "yes":
            words = f"{evidence.name(pledge.id)} restates {evidence.name(target)} and is recorded as additional."
            second = Side("the promise it restates", _source(evidence.pledges.get(target)))
            yield Finding(
                "restated-as-new", (pledge.id, target), words, Side("additional: yes", _source(pledge)), second
            )


def no_currency(evidence: Evidence) -> Iterator[Finding]:
    """A financial promise of a number that is money of no currency, and counts nothing else."""
    for pledge in evidence.pledges.values():
        amount = pledge.amount
        if pledge.kind == "financial" and amount.low is not None and BARE.fullmatch(amount.unit):
            words = f"{evidence.name(pledge.id)} is a promise of money and its amount has no currency."
            yield Finding(
                "no-currency", (pledge.id,), words, _side(pledge), Side("no currency", _source(pledge)), "low"
            )


def no_price_base(evidence: Evidence) -> Iterator[Finding]:
    """A rise of money over five years or more from a base year, without prices."""
    for pledge in evidence.pledges.values():
        base, until = pledge.baseline.year[:4], (pledge.until or pledge.deadline)[:4]
        if not (pledge.amount.currency and base and until and not pledge.amount.prices):
            continue
        if int(until) - int(base) >= LONG:
            words = (
                f"{evidence.name(pledge.id)} is set against its baseline of {base} and ends in {until}; it states no "
                "price base."
            )
            yield Finding(
                "no-price-base", (pledge.id,), words, _side(pledge), Side("prices not stated", _source(pledge)), "low"
            )


def passed(evidence: Evidence) -> Iterator[Finding]:
    """A deadline that passed, nothing reported and nothing measured."""
    for pledge in evidence.pledges.values():
        due = pledge.deadline or pledge.until
        found = evidence.measured.get(pledge.id)
        silent = pledge.delivered.amount is Absence.NOT_REPORTED and not (found and found.measured)
        if due and evidence.today and due[:4] < evidence.today[:4] and silent:
            words = f"{evidence.name(pledge.id)} was due in {due}; no delivery is reported and none can be measured."
            sides = Side(f"due {due}", _source(pledge)), Side("nothing", LOOKED)
            yield Finding("deadline-passed", (pledge.id,), words, *sides, "low")


def paid_before(evidence: Evidence) -> Iterator[Finding]:
    """Years before the promise was made that count toward it."""
    for pledge in evidence.pledges.values():
        found = evidence.measured.get(pledge.id)
        if not found or not pledge.made or found.unit != "USD":
            continue
        early = [year for year in found.years if year.delivered and str(year.year) < pledge.made[:4]]
        if early:
            year = early[0].year
            words = f"{evidence.name(pledge.id)} was made in {pledge.made}; its rule counts money of {year} already."
            first = Side(f"{early[0].delivered} US dollars in {year}", "measured by its counting rule")
            yield Finding("paid-before", (pledge.id,), words, first, Side(f"made {pledge.made}", _source(pledge)))


def _side(pledge: Pledge) -> Side:
    return Side(figure(pledge.amount), _source(pledge))


def _source(pledge: Pledge | None) -> str:
    return next((source.title or source.address for source in pledge.sources), "") if pledge else ""


def _repeats(pledge: Pledge) -> str | None:
    return next((link.target for link in pledge.links if link.kind == "restates"), None)


def _tied(one: Pledge, other: Pledge) -> bool:
    pairs = ((one, other.id), (other, one.id))
    return any(link.kind in TIES and link.target == target for pledge, target in pairs for link in pledge.links)


def _meet(one: Pledge, other: Pledge) -> bool:
    """Whether their periods have a year in common; two records without a period do."""
    first, second = ((p.since[:4] or p.made[:4], (p.until or p.deadline)[:4] or "9999") for p in (one, other))
    return first[0] <= second[1] and second[0] <= first[1]


def _alike(one: Pledge, other: Pledge) -> bool:
    """Whether they can be for the same: a Goal in common, and a recipient; where one names none, that is not known."""
    goals, recipients = (one.goals, other.goals), (receivers.of(one.rule), receivers.of(other.rule))
    return all(not first or not second or set(first) & set(second) for first, second in (goals, recipients))
