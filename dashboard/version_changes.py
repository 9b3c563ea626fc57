"""What differs between the versions of one contribution that were sent: what a moderator saw before, and sees now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from dashboard.contribution_fields import BESIDE, FIELDS
from dashboard.contributions import DECISIONS, Contribution, Step, Version
from dashboard.forms import Field
from dashboard.record_names import heading


@dataclass(frozen=True)
class Row:
    """One field: its name, its label, and what stood there before and after; empty where nothing did."""

    name: str
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Renewed:
    """Two versions that were sent one after the other. rows: fields that differ. added, left_out: ids of files. step:
    what was done between them, the asking back or the taking back; None where neither was."""

    before: Version
    after: Version
    rows: tuple[Row, ...]
    added: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    step: Step | None = None

    @property
    def same(self) -> bool:
        """Whether it was sent again as it was."""
        return not self.rows and not self.added and not self.left_out


def renewed(one: Contribution) -> tuple[Renewed, ...]:
    """Each version that was sent beside the one that was sent before it, newest first."""
    sent = [(at, step) for at, step in enumerate(one.steps) if step.action == "submit"]
    held = {version.number: version for version in one.versions}
    found = [
        _renewed(one.kind, held[first.version], held[then.version], _between(one.steps[at + 1 : to]))
        for (at, first), (to, then) in pairwise(sent)
        if first.version in held and then.version in held
    ]
    return tuple(reversed(found))


def _renewed(kind: str, before: Version, after: Version, step: Step | None) -> Renewed:
    known = {each.name: each for each in (*FIELDS.get(kind, ()), *BESIDE)}
    names = dict.fromkeys((*known, *before.fields, *after.fields))
    both = ((name, before.fields.get(name, ""), after.fields.get(name, "")) for name in names)
    rows = tuple(_row(name, known.get(name), one, other) for name, one, other in both if one != other)
    added = tuple(file for file in after.files if file not in before.files)
    left = tuple(file for file in before.files if file not in after.files)
    return Renewed(before, after, rows, added, left, step)


def _row(name: str, of: Field | None, before: str, after: str) -> Row:
    if of is None:  # a column of the record
        return Row(name, heading(name), before, after)
    return Row(name, of.label, of.choices.get(before, before), of.choices.get(after, after))


def _between(steps: Sequence[Step]) -> Step | None:
    return next((step for step in reversed(steps) if step.action in (*DECISIONS, "reopen")), None)
