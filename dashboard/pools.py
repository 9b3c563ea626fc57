"""Commitments of one state, measured from one edition and made ready for selections: which are about one, which lie
wholly within it, and the list that shows them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from dashboard.addable import Money, Pair, Years, money
from dashboard.codes import Codes
from dashboard.commitment import Entry
from dashboard.membership import of_year
from dashboard.overlap import Overlap
from dashboard.register_terms import MOST
from dashboard.selection import Selection

LONGEST = 3000  # characters of a query that names commitments one by one


@dataclass(frozen=True)
class Pool:
    """Commitments of one state measured from one edition, made ready for selections."""

    codes: Codes
    entries: tuple[Entry, ...]
    money: Mapping[str, Money]
    parents: Mapping[str, str]
    overlapping: frozenset[Pair]
    receivers: Mapping[str, frozenset[str]]  # of rules that name recipients, at any time


def pool(codes: Codes, entries: Sequence[Entry], overlaps: Iterable[Overlap]) -> Pool:
    """Everything that does not depend on a selection."""
    found = {entry.pledge.id: made for entry in entries if (made := money(entry, codes))}
    receivers = {entry.pledge.id: _receivers(codes, entry) for entry in entries}
    return Pool(
        codes,
        tuple(entries),
        found,
        {entry.pledge.id: entry.pledge.parent for entry in entries},
        frozenset(frozenset((pair.first, pair.second)) for pair in overlaps if pair.usd),
        {id_: named for id_, named in receivers.items() if named},
    )


def _receivers(codes: Codes, entry: Entry) -> frozenset[str]:
    rule = entry.pledge.rule
    if rule is None or not rule.recipients or not rule.since:
        return frozenset()
    years = range(rule.since, rule.until + 1)
    held = (of_year(codes, "recipient", rule.recipients, year, rule.membership) for year in years)
    return frozenset(rule.recipients).union(*held)


def within(codes: Codes, one: Money, selection: Selection) -> bool:
    """Whether all that a promise counts lies in the selection: its donors, recipients, Goals and years."""
    goals, years = one.entry.pledge.goals, (one.span[0], one.span[-1])
    if selection.goal and not (goals and set(goals) <= set(selection.goal)):
        return False
    if years[0] < selection.since or years[1] > selection.until:
        return False
    named = (("donor", selection.donor, one.donors), ("recipient", selection.recipient, one.recipients))
    return all(not picked or _holds(codes, dimension, picked, of, selection) for dimension, picked, of in named)


def _holds(codes: Codes, dimension: str, picked: Sequence[str], of: Years, selection: Selection) -> bool:
    return bool(of) and all(
        members <= of_year(codes, dimension, picked, year, selection.membership) for year, members in of.items()
    )


def about(held: Pool, entry: Entry, selection: Selection) -> bool:
    """Whether a commitment is about a selection: to one of its Goals, made by one of those picked, or to its
    recipients."""
    if selection.goal and not set(selection.goal) & set(entry.pledge.goals):
        return False
    receivers = _members(held.codes, "recipient", selection.recipient)
    if entry.pledge.maker_code in receivers:
        return True
    givers = _members(held.codes, "donor", selection.donor)
    by = not selection.donor or bool(givers & set(entry.pledge.maker_codes))
    to = not selection.recipient or bool(receivers & held.receivers.get(entry.pledge.id, frozenset()))
    return by and to


def _members(codes: Codes, dimension: str, picked: Sequence[str]) -> frozenset[str]:
    """Codes picked, and the members at any time of groups picked."""
    groups = codes.groups.get(dimension, {})
    return frozenset(picked).union(*(groups[code].members() for code in picked if code in groups))


def query(selection: Selection, found: Sequence[Entry]) -> str | None:
    """Of the list of commitments that shows those found to be about a selection and no others; None where no address
    can name them all."""
    if selection.recipient or not found:
        return record_query([entry.pledge.id for entry in found])
    makers = {entry.pledge.maker_id for entry in found} if selection.donor else set[str]()
    terms = {"goal": sorted(set(selection.goal) & set("12345678")), "maker": sorted(makers)}
    return urlencode({term: ",".join(codes) for term, codes in terms.items() if codes}, safe=",")


def record_query(ids: Sequence[str]) -> str | None:
    """Of the list that shows exactly these commitments; None of none, and of more than an address can name."""
    written = f"record={','.join(sorted(ids))}"
    return written if 0 < len(ids) <= MOST and len(written) <= LONGEST else None
