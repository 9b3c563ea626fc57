"""What a load met: rows read, kept and refused, faults by code, sums by stage and year; rejects in their own file."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, TextIO

from data_access.ingest.faults import Fault

LISTED = 1000  # faults listed in the report, with the first of each code; all are in the rejects file
HEADINGS = ("file", "line", "column", "where", "code", "severity", "value", "reason", "remedy", "raw")
COUNTS = ("lines", "headings", "blank", "read", "kept", "refused", "repeated")
RAW = 4000  # characters of a refused record that the rejects file keeps
GUARDED = ("=", "+", "-", "@", "\t", "\r", "＝")  # a spreadsheet would read these as a formula
Sums = dict[tuple[str, int], Decimal]  # (stage, year) -> US dollars, exact
Tell = Callable[[int], None]  # told how many bytes have been read since the last time


def silent(_: int) -> None:
    """Tells nobody."""


@dataclass
class Report:
    """The account of one load. `rejects`: where refused records and warnings are written, made at the first of them.

    Lines of the files = headings + blank + kept + refused + repeated + continued (further lines of records that run
    over several).
    """

    rejects: Path | None = None
    tell: Tell = silent
    read: int = 0  # records met, headings and blank lines left out
    kept: int = 0
    refused: int = 0
    repeated: int = 0  # records that another file of the load has given already
    lines: int = 0  # physical lines of all files; records, where the format has no lines of its own
    headings: int = 0
    blank: int = 0
    continued: int = 0
    codes: Counter[str] = field(default_factory=Counter)
    listed: list[Fault] = field(default_factory=list)
    sums: Sums = field(default_factory=lambda: defaultdict(Decimal))  # of what was kept
    refused_sums: Sums = field(default_factory=lambda: defaultdict(Decimal))  # of refused records, where readable
    _out: TextIO | None = field(default=None, init=False, repr=False, compare=False)
    notes: list[str] = field(default_factory=list)  # sentences: what was converted, left out, assumed

    def refuse(self, fault: Fault, raw: str = "") -> None:
        """Count a record as refused and write it away; a record is refused once, by its first fault."""
        self.refused += 1
        self._note(fault, raw)

    def warn(self, fault: Fault, raw: str = "") -> None:
        """Count what is odd and kept all the same."""
        self._note(fault, raw)

    def add(self, stage: str, year: int, usd: Decimal) -> None:
        """Count an amount among what was kept."""
        self.sums[stage, year] += usd

    def balanced(self) -> bool:
        """Whether every line of the files is accounted for."""
        return self.lines == self.headings + self.blank + self.kept + self.refused + self.repeated + self.continued

    def as_json(self) -> dict[str, Any]:
        """For the part's file, the page of loads and machines."""
        counts = {name: getattr(self, name) for name in COUNTS}
        return counts | {
            "faults": dict(sorted(self.codes.items())),
            "first": [fault.as_json() for fault in self.listed],
            "sums": _written(self.sums),
            "refused_sums": _written(self.refused_sums),
            "notes": self.notes,
        }

    def _note(self, fault: Fault, raw: str) -> None:
        self.codes[fault.code] += 1
        if len(self.listed) < LISTED or self.codes[fault.code] == 1:  # the first of each code is always told
            self.listed.append(fault)
        if self.rejects is not None:
            told = fault.as_json() | {"raw": raw[:RAW]}
            csv.writer(self._opened(self.rejects)).writerow([_guarded(told[name]) for name in HEADINGS])

    def _opened(self, path: Path) -> TextIO:
        """The rejects file, opened once; each row is on the disk when it is written."""
        if self._out is None:
            new = not path.exists()
            self._out = path.open("a", 1, encoding="utf-8", newline="", errors="backslashreplace")
            if new:
                csv.writer(self._out).writerow(HEADINGS)
        return self._out


def _guarded(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(GUARDED) else value


def _written(sums: Sums) -> list[dict[str, Any]]:
    return [{"stage": stage, "year": year, "usd": f"{usd:f}"} for (stage, year), usd in sorted(sums.items())]
