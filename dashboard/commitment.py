"""Everything one page of a commitment tells, as values: the record, its measure, its ties, its history."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from dashboard.additionality import Bench
from dashboard.causes import Causes
from dashboard.contributed import Spoken
from dashboard.finding_list import Failed, Listed
from dashboard.measured import Measured
from dashboard.outcomes import UNKNOWN, Outcome, state, words
from dashboard.overlap import Overlap
from dashboard.pledges import Pledge
from dashboard.readings import Reading
from dashboard.releases import Again
from dashboard.rungs import Rung
from dashboard.selection import Selection
from dashboard.statements import Statement
from dashboard.vintages import Vintage

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
    """Money that another commitment counts too. rows: what takes just the rows of it; None where no selection does."""

    other: Pledge
    overlap: Overlap
    rows: Selection | None = None


@dataclass(frozen=True)
class Written:
    """One revision of the record. rule: its sentence before and after, where the revision changed it, and the version
    it then had. changed: every field that it changed, with what stood there before and after."""

    at: str
    who: str
    why: str
    action: str
    state: str
    rule: tuple[str, str] | None = None
    version: int = 0
    changed: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True)
class Commitment:
    """names: label of a code, by dimension; also of `source` and `series`. known: titles of the records it is tied to.

    bench: None where additionality cannot be asked. findings: about this record; None while the checks run, or where
    they failed. readings: the same aid at two price bases. vintages: accounts of the gap by cause, at several dates.
    releases: the figures counted as they were known at their time. statements: what sources say of it.
    series: of an indicator of one country, its values of all years. contributed: what stakeholders said of it. later:
    what they said after the pinned state came about; rewritten: how many revisions followed it. away: whether revisions
    and contributions cannot be read at present."""

    entry: Entry
    measured: Measured
    names: Names
    edition: str
    registry: str
    rungs: Sequence[Rung] = ()
    causes: Causes | None = None
    readings: Sequence[Reading] = ()
    vintages: Sequence[Vintage] = ()
    releases: Sequence[Again] = ()
    parent: Entry | None = None
    children: Sequence[Entry] = ()
    siblings: int = 0
    shared: Sequence[Shared] = ()
    bench: Bench | None = None
    revisions: Sequence[Written] = ()
    rule_version: int = 0
    known: Mapping[str, str] = field(default_factory=dict)
    findings: Sequence[Listed] | None = ()
    failed: Failed | None = None
    statements: Sequence[Statement] = ()
    series: Mapping[int, Decimal] = field(default_factory=dict)
    contributed: Sequence[Spoken] = ()
    later: Sequence[Spoken] = ()
    rewritten: int = 0
    away: bool = False

    @property
    def pledge(self) -> Pledge:
        return self.entry.pledge
