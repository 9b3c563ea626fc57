"""What the account of a load says of FTS flows beside faults: what was set apart, lumped, passed over."""

from __future__ import annotations

from collections import Counter, defaultdict
from decimal import Decimal
from typing import Any

from data_access.ingest.faults import Fault
from data_access.ingest.fts import parties
from data_access.ingest.fts.contribution import Contribution
from data_access.ingest.report import Report
from data_access.ingest.rows import Flow

NAMED = 5  # donors named of those that share a member


class Noted:
    """Counts and sums of one load."""

    def __init__(self) -> None:
        self.passed_over: Counter[str] = Counter()
        self._apart: dict[tuple[str, str], list[Decimal]] = defaultdict(list)
        self._lumped: dict[str, list[Decimal]] = defaultdict(list)
        self._names: dict[str, Counter[str]] = defaultdict(Counter)
        self._odd: Counter[str] = Counter()
        self._pages: list[tuple[str, int, int]] = []

    def apart(self, found: Contribution, usd: Decimal) -> None:
        self._apart[found.boundary, found.status].append(usd)

    def counted(self, found: Contribution, row: Flow) -> None:
        if row.donor in parties.LUMPED:
            self._lumped[row.donor].append(row.usd)
            self._names[row.donor][" and ".join(found.donors) or "no name"] += 1
        self._odd["Flows that span several years and count in the first"] += len(found.years) > 1
        self._odd["Flows to several countries together, which count as unspecified"] += len(found.recipients) > 1
        self._odd["Flows to no country by name, which count as unspecified"] += not found.recipients
        self._odd["Flows that are part of another, of which FTS lists what is left"] += bool(found.parent)
        self._odd["Flows of zero dollars"] += not row.usd

    def page(self, about: dict[str, Any]) -> None:
        self._pages.append((str(about["next"]), int(about["flows"]), int(about["count"])))

    def tell(self, report: Report) -> None:
        """Sentences into the report; a warning where pages of an answer are missing."""
        for (boundary, status), amounts in sorted(self._apart.items()):
            report.notes.append(
                f"{_flows(len(amounts))} of boundary {boundary}, {status}: {sum(amounts):,f} US dollars, kept as "
                "records and not counted."
            )
        for why, count in sorted(self.passed_over.items()):
            report.notes.append(f"{_flows(count)} {why}: not counted again.")
        for code, amounts in sorted(self._lumped.items()):
            names = ", ".join(name for name, _ in self._names[code].most_common(NAMED))
            report.notes.append(
                f"{_flows(len(amounts))} of {len(self._names[code]):,} donors that our list lacks count as {code}: "
                f"{sum(amounts):,f} US dollars; most often {names}."
            )
        report.notes += [f"{words}: {count:,}." for words, count in sorted(self._odd.items()) if count]
        self._missing(report)

    def _missing(self, report: Report) -> None:
        found, there = sum(page[1] for page in self._pages), max((page[2] for page in self._pages), default=0)
        if found < there:
            reason = f"is how many flows the pages hold; the service says {there:,}"
            fault = Fault("FTS API", 0, "", found, reason, "load all pages together", "FTS-PAGE-01", "warning")
            report.warn(fault)


def _flows(count: int) -> str:
    return f"{count:,} flow{'s' if count != 1 else ''}"
