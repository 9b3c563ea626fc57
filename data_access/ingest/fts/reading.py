"""FTS flows into a part: incoming flows become rows, internal and outgoing ones are kept as records and counted apart.

A flow's status is its present state: what is paid was committed before and is not listed a second time, so that the
rungs of this source are exclusive and never contain each other. A flow counts once, in its latest version: files are
read twice, first for the versions, then for the flows. Year: the first year in which the money is to be used, else that
of the flow's date. FTS converts to US dollars itself; its dollars are taken as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from data_access.ingest.faults import Fault
from data_access.ingest.filling import Filling, Told, account
from data_access.ingest.fts import pages, parties, sheets
from data_access.ingest.fts.contribution import INCOMING, STAGES, Contribution
from data_access.ingest.fts.noted import Noted
from data_access.ingest.fts.values import amount, known, readable, warnings, year_of
from data_access.ingest.fts.versions import Versions
from data_access.ingest.given import names
from data_access.ingest.published import Published, Refuse
from data_access.ingest.readers import Part
from data_access.ingest.report import Report
from data_access.ingest.rows import Flow

SOURCE = "fts"
TITLE = 120  # characters of a description that stand for a title
STEP = 1 << 20  # bytes between two words to the progress bar


def fill(part: Part, paths: Sequence[Path]) -> None:
    """Rows of table `flow` (US dollars, current prices) and the raw record of every flow in its latest version."""
    versions, noted = Versions(), Noted()
    named = list(zip(paths, names(paths), strict=True))
    for path, name in named:
        for found in opened(path, name).flows(_nobody, _nothing):
            versions.meet(found)
    with Filling(part) as filling:
        for path, name in named:
            _file(filling, opened(path, name), versions, noted)
    noted.tell(part.report)


def opened(path: Path, name: str) -> Opened:
    """A file as what it is: a page of JSON by its name, otherwise CSV."""
    return Opened(path, Published(path, name))


@dataclass(frozen=True)
class Opened:
    """One file of flows, and how far it has been read."""

    path: Path
    file: Published

    def flows(self, refuse: Refuse, about: pages.About) -> Iterator[Contribution]:
        if self.path.suffix.lower() == ".json":
            self.file.now.begin()
            return pages.read(self.path, self.file.name, self.file.now, refuse, about)
        return sheets.read(self.file, refuse)


def _nobody(fault: Fault) -> None:
    """In the first of two readings, faults of records are told to nobody."""


def _nothing(about: dict[str, Any]) -> None:
    """Nor what pages say of themselves."""


def _file(filling: Filling, source: Opened, versions: Versions, noted: Noted) -> None:
    report, now, told = filling.part.report, source.file.now, 0

    def refuse(fault: Fault) -> None:
        report.refuse(fault, now.text())

    refused, repeated = report.refused, report.repeated
    for found in source.flows(refuse, noted.page):
        try:
            _keep(filling, found, versions, noted)
        except Fault as fault:
            refuse(fault)
            _worth(report, found, versions)
        if now.offset - told > STEP:
            report.tell(now.offset - told)
            told = now.offset
    report.tell(source.path.stat().st_size - told)
    account(report, source.file, report.refused - refused, report.repeated - repeated)


def _keep(filling: Filling, found: Contribution, versions: Versions, noted: Noted) -> None:
    report = filling.part.report
    known(found)
    usd, year = amount(found), year_of(found)
    stage, verdict = STAGES[found.status], versions.judge(found)
    if verdict:
        report.repeated += 1
        noted.passed_over[verdict] += 1
        return
    for warning in warnings(found, filling.part.lookups):
        report.warn(warning, found.raw)
    number = _record(filling, found)
    if found.boundary != INCOMING:
        noted.apart(found, usd)
        return
    row = _row(filling.part, found, stage, year, usd)._replace(record=number)
    noted.counted(found, row)
    report.add(stage, year, usd)
    filling.put(row)


def _worth(report: Report, found: Contribution, versions: Versions) -> None:
    """What a refused flow would have added, where that can be read."""
    if found.id and versions.first(found) and found.boundary == INCOMING and found.status in STAGES:
        with suppress(Fault):
            report.refused_sums[STAGES[found.status], year_of(found)] += readable(found)


def _record(filling: Filling, found: Contribution) -> int:
    told = Told(found.title or found.description[:TITLE], found.description, "; ".join(found.donors), found.receiver)
    return filling.record(found.file, found.line, found.id, found.raw, told)


def _row(part: Part, found: Contribution, stage: str, year: int, usd: Decimal) -> Flow:
    giver = parties.donor(found.donors, found.donor_types, part.lookups)
    place, _ = parties.recipient(found.recipients, part.lookups)
    return Flow(
        SOURCE, found.file, found.line, found.id, stage, found.status, year, giver, place, "", "", "", usd, "USD", usd,
        Decimal(1),
    )  # fmt: skip
