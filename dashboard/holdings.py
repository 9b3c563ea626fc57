"""What a data folder holds, as the page of data tells it: editions, sources with their files, loads with their reports.

No path of the machine, no name of a person: files are named as they were published.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.codes import Source

OTHER = {"codes": "Names, groups and prices", "indicators": "Indicators"}  # what an edition holds that is no flow


@dataclass(frozen=True)
class EditionHeld:
    """`new`, `renewed`, `gone`: sources whose part differs from that of the edition made before it."""

    name: str
    made: str  # UTC
    why: str
    current: bool
    shown: bool
    new: tuple[str, ...]
    renewed: tuple[str, ...]
    gone: tuple[str, ...]
    first: bool  # nothing was made before it
    whole: bool  # no part of it is that of the edition before it


@dataclass(frozen=True)
class FileHeld:
    """`lines`: physical lines, 0 where the format has none. `bytes`: of the file as published."""

    name: str
    sha256: str
    bytes: int
    lines: int
    published: str
    licence: str
    retrieved: str


@dataclass(frozen=True)
class SourceHeld:
    """A source of the shown edition, or its names and indicators (`source` None). `rows`: of table `flow`."""

    code: str
    title: str
    part: str
    loaded: str  # UTC, when its part was made
    files: tuple[FileHeld, ...]
    source: Source | None = None
    rows: int = 0


@dataclass(frozen=True)
class Load:
    """A part of the shown edition with what was told when it was made. `sources`: what it holds of the edition."""

    part: str
    sources: tuple[str, ...]
    told: Mapping[str, Any]

    @property
    def counted(self) -> bool:
        """Whether the report counts records; that of the embedded reference does not."""
        return "read" in self.told

    @property
    def embedded(self) -> bool:
        """Whether it is what travels with the software."""
        return self.part.startswith("reference-")

    def number(self, name: str) -> int:
        value = self.told.get(name, 0)
        return value if isinstance(value, int) else 0

    def text(self, name: str) -> str:
        value = self.told.get(name, "")
        return value if isinstance(value, str) else ""

    def listed(self, name: str) -> Sequence[Mapping[str, Any]]:
        """A list of objects of the report: files, first faults, sums."""
        value = self.told.get(name, [])
        return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []

    @property
    def faults(self) -> Mapping[str, int]:
        value = self.told.get("faults", {})
        return value if isinstance(value, Mapping) else {}

    @property
    def notes(self) -> Sequence[str]:
        value = self.told.get("notes", [])
        return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


@dataclass(frozen=True)
class Holdings:
    editions: tuple[EditionHeld, ...]  # newest first
    sources: tuple[SourceHeld, ...]
    loads: tuple[Load, ...]
