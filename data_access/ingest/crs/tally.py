"""Faults and warnings of one load, so many of a kind listed and the rest counted: a common oddity costs no time."""

from __future__ import annotations

from collections import Counter

from data_access.ingest.faults import Fault
from data_access.ingest.report import Report

LISTED = 1000  # warnings of one code that are listed


class Tally:
    """What is told to a report. Refused records are all told; of warnings the first thousand of each code."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self._warned: Counter[str] = Counter()

    def room(self, code: str) -> int:
        """How many more warnings of this code are listed."""
        return LISTED - self._warned[code]

    def refuse(self, fault: Fault, raw: str) -> None:
        self.report.refuse(fault, raw)

    def warn(self, fault: Fault, raw: str) -> None:
        self.count(fault.code, 1)
        if self._warned[fault.code] <= LISTED:
            self.report.codes[fault.code] -= 1  # the report counts what it lists
            self.report.warn(fault, raw)

    def count(self, code: str, times: int) -> None:
        """Warnings of a kind that has been listed often enough."""
        if not times:
            return
        self._warned[code] += times
        self.report.codes[code] += times

    def close(self) -> None:
        """Say which warnings are counted only."""
        for code, times in sorted(self._warned.items()):
            if times > LISTED:
                self.report.notes.append(f"{code}: {times:,} warnings, of which {LISTED:,} are listed.")
