"""One thing that does not add up: the rule that found it, two figures, two sources, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

STATUSES: dict[str, str] = {
    "open": "open",
    "explained": "explained: both figures stand, and it is known why they differ",
    "corrected": "corrected: a later state of the data no longer shows it",
}
BY_CHECKS, BY_MODERATOR = "The checks", "A moderator"  # who changes the status of a finding: roles, never names
SEVERITIES = ("high", "medium", "low")


@dataclass(frozen=True)
class Side:
    """One of the two figures, as its source has it."""

    figure: str
    source: str


@dataclass(frozen=True)
class Finding:
    """check: name of the rule in CHECKS. about: ids of pledges, or codes of sources. part: tells findings of one check
    about the same things apart. words: a sentence for the reader."""

    check: str
    about: tuple[str, ...]
    words: str
    first: Side
    second: Side
    severity: str = "medium"
    part: str = ""

    @property
    def key(self) -> str:
        """What stays the same while its figures change."""
        return "|".join((self.check, ",".join(self.about), self.part))

    @property
    def figures(self) -> tuple[str, str]:
        return self.first.figure, self.second.figure


@dataclass(frozen=True)
class Judged:
    """A finding with its state. figures: those on which the judgement was passed. at, by, note: of the judgement."""

    finding: Finding
    status: str = "open"
    figures: tuple[str, str] = ("", "")
    at: str = ""
    by: str = ""
    note: str = ""


def settle(found: Iterable[Finding], known: Mapping[str, Judged]) -> dict[str, Judged]:
    """What is now known, by key. `known`: what was known before.

    A finding that was explained stays so while its figures stay; other figures open it again. One that is no longer
    found is corrected, and opens again when it returns."""
    now = dict[str, Judged]()
    for finding in found:
        before = known.get(finding.key)
        if before and before.status == "explained" and before.figures == finding.figures:
            now[finding.key] = replace(before, finding=finding)
        else:
            now[finding.key] = Judged(finding, figures=finding.figures)
    for key, before in known.items():
        if key not in now:
            now[key] = replace(before, status="corrected")
    return now
