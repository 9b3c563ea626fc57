"""Who pledges, where, and under which initiative: records of their own, so that each has one name everywhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

FORUM_KINDS = (
    "GA resolution",
    "UN conference",
    "G8 summit",
    "G20 summit",
    "replenishment",
    "regional body",
    "task force",
    "special initiative",
    "national decision",
)


@dataclass(frozen=True)
class Forum:
    """Where pledges were made. date: `2010`, `2010-06` or `2010-06-26`, empty where the forum is no single event."""

    id: str
    name: str
    kind: str = ""  # one of FORUM_KINDS
    place: str = ""
    date: str = ""


@dataclass(frozen=True)
class Maker:
    """Who pledges. kind: one of MAKER_KINDS of `pledges`. code: of flows (`GBR`, `1601`, a group as `G8`), or empty."""

    id: str
    name: str
    kind: str = "government"
    code: str = ""


@dataclass(frozen=True)
class Initiative:
    """What several pledges, and often several fora, belong to: a fund, a campaign, a target."""

    id: str
    name: str


Record = Forum | Maker | Initiative


@dataclass(frozen=True)
class Directory:
    """The fora, makers and initiatives of one state of the registry, by id."""

    fora: Mapping[str, Forum]
    makers: Mapping[str, Maker]
    initiatives: Mapping[str, Initiative]

    @classmethod
    def of(cls, records: Iterable[Record]) -> Directory:
        """The directory of records of the three kinds, in any order."""
        held = list(records)
        return cls(
            {record.id: record for record in held if isinstance(record, Forum)},
            {record.id: record for record in held if isinstance(record, Maker)},
            {record.id: record for record in held if isinstance(record, Initiative)},
        )

    def records(self) -> tuple[Record, ...]:
        return (*self.fora.values(), *self.makers.values(), *self.initiatives.values())


NOBODY = Directory({}, {}, {})
