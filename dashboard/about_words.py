"""The sentences under the name of a forum, a donor or a recipient: its own commitments apart from those of many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from dashboard.about import OWN, PART_IN, TO_GROUP, TO_IT, About, Group
from dashboard.commitment import Entry
from dashboard.measured import Standing
from dashboard.outcomes import told
from dashboard.restated import again, counted

SHORT = {
    OWN: "Of its own",
    PART_IN: "It has a part in",
    TO_IT: TO_IT,
    TO_GROUP: TO_GROUP,
    "Promised together": "Promised together",
    "Promised by each": "Promised by one maker",
}

NOTHING = {  # by kind, where no commitment is recorded; what a title or a remark speaks of is not looked through
    "donor": "The register holds no commitment of it, nor one of a group whose rule counts it.",
    "recipient": "The register holds no commitment of it, nor one whose rule names it or a group that it belongs to.",
}


def lead(about: About) -> str:
    """How many of each kind, how many of them are measured, and what became of these; never all kinds in one count."""
    groups = [group for group in about.groups if group.entries]
    if not groups:
        return NOTHING.get(about.kind, "The register holds no commitment of it.")
    every = sum(len(group.entries) for group in groups)
    first = f"{every} commitments in the register." if every != 1 else "One commitment in the register."
    return " ".join([first, *(_of(group, about) for group in groups)])


def _of(group: Group, about: About) -> str:
    """Of what it made with others, or what is made for many, the count is said to be of all of them together."""
    measured = [entry for entry in group.entries if entry.outcome.measured]
    said = f"{SHORT.get(group.heading, group.heading)}: {len(group.entries)}, {counted(group.entries)}"
    if not measured:
        return f"{said}."
    came = told(Counter(entry.state for entry in measured))
    if group.heading not in (PART_IN, TO_GROUP):
        return f"{said}: {came}."
    return f"{said}. Of all makers or countries together, not of it alone: {came}.{_itself(about, group.entries)}"


def _itself(about: About, entries: Sequence[Entry]) -> str:
    """How often it reached by itself what was asked of all; of what restates another once."""
    twice = again(entries)
    rows = [(entry, one) for entry, one in own_values(about, entries) if entry.pledge.id not in twice]
    known = [one.met for entry, one in rows if one.met is not None and (one.met or not in_part(entry))]
    return f" By itself it reached {sum(known)} of the {len(known)} targets for which it has a figure." if known else ""


def own_values(about: About, entries: Sequence[Entry]) -> list[tuple[Entry, Standing]]:
    """Commitments of many with its own figure against what was asked of all, in the order of the list.

    Those to which it promised a part of its own, which may be another figure, are left out: that part is one of its own
    commitments."""
    wholes = {entry.pledge.parent for group in about.groups if group.heading == OWN for entry in group.entries}
    held = [entry for entry in entries if entry.pledge.id in about.standings and entry.pledge.id not in wholes]
    return [(entry, about.standings[entry.pledge.id]) for entry in held]


def in_part(entry: Entry) -> bool:
    """Whether only a part of what counts is seen, so that no shortfall follows from its figure."""
    return entry.pledge.rule is not None and entry.pledge.rule.sees == "part"
