"""What the checks read: records, what sources say of them, what was measured, and sums that ought to agree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from dashboard.codes import Group
from dashboard.measured import Measured
from dashboard.pledges import Delivery, Pledge
from dashboard.statements import Statement


@dataclass(frozen=True)
class Compared:
    """The same sum from two sources, US dollars. limits: why they may differ, a sentence; empty: no reason is known."""

    what: str
    year: int
    first: str
    first_usd: Decimal
    second: str
    second_usd: Decimal
    limits: str = ""


@dataclass(frozen=True)
class Life:
    """What one activity of a source committed and disbursed in all its years, US dollars. title: of the source."""

    source: str
    item: str
    committed: Decimal
    disbursed: Decimal
    title: str = ""


@dataclass(frozen=True)
class Evidence:
    """today: the date of the check, `2026-11-23`. measured: by id, at the end of the period. then: by id, as of the
    year of the reported delivery. reports: by id, what makers reported and moderators accepted, each with the measure
    as of its year. shared: what two promises both count, by pair of ids in order. by_rows: ids of those
    whose rules were compared row by row. groups: of countries, by code, as rules name them."""

    pledges: Mapping[str, Pledge]
    statements: tuple[Statement, ...] = ()
    measured: Mapping[str, Measured] = field(default_factory=dict)
    then: Mapping[str, Measured] = field(default_factory=dict)
    shared: Mapping[tuple[str, str], Decimal] = field(default_factory=dict)
    by_rows: frozenset[str] = frozenset()
    reports: Mapping[str, Sequence[tuple[Delivery, Measured]]] = field(default_factory=dict)
    sums: tuple[Compared, ...] = ()
    lives: tuple[Life, ...] = ()
    today: str = ""
    groups: Mapping[str, Group] = field(default_factory=dict)

    def name(self, id_: str) -> str:
        """The title of a record, for sentences; its id where it is not known."""
        found = self.pledges.get(id_)
        return f"“{found.title}”" if found else id_
