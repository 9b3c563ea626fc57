"""Commitments that say again what another of the same set says, so that a count of all of them counts a promise twice.

Two ways: a declared link `restates` to another of the set (of the whole, not of a part of it), or a part of a
commitment of the set that is measured as the whole is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dashboard.commitment import Entry
from dashboard.pledges import Pledge

PART = "part"  # the note of a link that restates a part only


def again(entries: Sequence[Entry]) -> frozenset[str]:
    """Ids of those that restate another of them, or are measured as the one that they are a part of."""
    held = {entry.pledge.id: entry.pledge for entry in entries}
    return frozenset(pledge.id for pledge in held.values() if _restates(pledge, held) or _as_whole(pledge, held))


def _restates(pledge: Pledge, held: dict[str, Pledge]) -> bool:
    return any(
        link.kind == "restates" and link.note != PART and link.target in held and link.target != pledge.id
        for link in pledge.links
    )


def _as_whole(pledge: Pledge, held: dict[str, Pledge]) -> bool:
    whole = held.get(pledge.parent)
    if whole is None or pledge.rule is None or whole.rule is None or not pledge.rule.measures:
        return False
    return replace(pledge.rule, note="") == replace(whole.rule, note="")


def net(entries: Sequence[Entry]) -> str:
    """`118 without those that restate another of them`; empty where none does."""
    repeated = len(again(entries))
    which = "the one that restates" if repeated == 1 else "those that restate"
    return f"{len(entries) - repeated} without {which} another of them" if repeated else ""


def counted(entries: Sequence[Entry]) -> str:
    """`133 measured, 118 without those that restate another of them`."""
    held = [entry for entry in entries if entry.outcome.measured]
    return f"{len(held)} measured{f', {less}' if (less := net(held)) else ''}"
