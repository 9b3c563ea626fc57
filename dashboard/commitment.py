"""Everything one page of a commitment tells, as values: the record, its measure, its ties, its history."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from dashboard.additionality import Bench
from dashboard.causes import Causes
from dashboard.finding_list import Listed
from dashboard.measured import Measured
from dashboard.outcomes import UNKNOWN, Outcome, state, words
from dashboard.overlap import Overlap
from dashboard.pledges import Pledge
from dashboard.rungs import Rung

Names = Callable[[str, str], str]


@dataclass(frozen=True)
class Entry:
    """A commitment in a list: its record and what measuring it came to."""

    pledge: Pledge
    outcome: Outcome = UNKNOWN

    @property
    def state(self) -> str:
        """One of `outcomes.STATES`."""
        return state(self.pledge, self.outcome)

    @property
    def words(self) -> str:
        return words(self.pledge, self.outcome)

    @property
    def year(self) -> str:
        return self.pledge.made[:4]


@dataclass(frozen=True)
class Shared:
    """Money that another commitment counts too."""

    other: Pledge
    overlap: Overlap


@dataclass(frozen=True)
class Written:
    """One revision of the record."""

    at: str
    who: str
    why: str
    action: str
    state: str


@dataclass(frozen=True)
class Commitment:
    """names: label of a code, by dimension; also of `source` and `series`. known: titles of the records it is tied to.

    bench: None where additionality cannot be asked. findings: about this record; None while the checks run."""

    entry: Entry
    measured: Measured
    names: Names
    edition: str
    registry: str
    rungs: Sequence[Rung] = ()
    causes: Causes | None = None
    parent: Entry | None = None
    children: Sequence[Entry] = ()
    siblings: int = 0
    shared: Sequence[Shared] = ()
    bench: Bench | None = None
    revisions: Sequence[Written] = ()
    known: Mapping[str, str] = field(default_factory=dict)
    findings: Sequence[Listed] | None = ()

    @property
    def pledge(self) -> Pledge:
        return self.entry.pledge
