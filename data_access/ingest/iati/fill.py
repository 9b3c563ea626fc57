"""From files to the tables `flow` and `record`: every record is kept, refused, or a repetition, and counted as such."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from data_access import tables
from data_access.ingest.faults import Fault
from data_access.ingest.filling import insert
from data_access.ingest.given import names
from data_access.ingest.iati import levels
from data_access.ingest.iati.amounts import Reading, Record, Refused, amount, records
from data_access.ingest.iati.facts import Facts, facts
from data_access.ingest.iati.flows import flows
from data_access.ingest.iati.identity import REPEATED, Seen
from data_access.ingest.iati.odd import oddities
from data_access.ingest.iati.once import Told, left_out
from data_access.ingest.iati.reading import Activity, Heard, activities, foreign
from data_access.ingest.iati.shares import FULL, NOWHERE
from data_access.ingest.readers import Part
from data_access.ingest.rows import Flow
from data_access.ingest.rows import Record as Raw

BATCH = 20_000  # rows that are written at once


def fill(part: Part, paths: Sequence[Path]) -> None:
    """Fill `flow` and `record`. Raises Fault where a file as a whole cannot be read."""
    load = Load(part)
    levels.begin(part.connection)
    for path, name in sorted(zip(paths, names(paths), strict=True), key=lambda each: each[0].name):
        load.file(path, name)
    load.end()


class Load:
    """One load under way: what has been met, and the rows that wait to be written."""

    def __init__(self, part: Part) -> None:
        self.part, self.report, self.lookups = part, part.report, part.lookups
        self.reading = Reading(part.lookups.rates, date.today(), self._warn)
        self.seen = Seen()
        self.number, self.unused, self.unnamed = 0, Counter[str](), Counter[str]()
        self.flows: list[Flow] = []
        self.raws: list[Raw] = []
        self.told: list[tuple[Any, ...]] = []

    def file(self, path: Path, name: str) -> None:
        """Every activity of a file."""
        for activity in activities(path, name, self._warn, self.report.tell, Heard()):
            self._activity(activity)
            if max(len(self.flows), len(self.raws)) >= BATCH:
                self._write()

    def end(self) -> None:
        """Write what waits, leave out what is told twice, say what was not used."""
        self._write()
        levels.settle(self.part.connection, self.report)
        self.report.lines = self.report.read
        for what, count in sorted(self.unused.items()):
            self.report.notes.append(f"Not counted, kept among the raw records: {what} ({count:,}).")
        for what, count in sorted(self.unnamed.items()):
            self.report.notes.append(f"Activities with amounts that name no {what}: {count:,}.")

    def _activity(self, activity: Activity) -> None:
        if activity.namespace:
            self.report.read += 1
            self.report.refuse(foreign(activity))
            return
        found = facts(activity, self.lookups)
        read = records(found)
        self.report.read += len(read)
        refusal = self.seen.refusal(found)
        repeated = refusal is not None and refusal.severity == "warning"
        told: list[Told] = []
        for one in read:
            self._record(found, one, told, refused=refusal is not None)
        if refusal and repeated:
            self.report.repeated += len(read)
            self.report.warn(refusal)
            return
        if refusal:
            self._refuse(refusal, found, len(read), [] if refusal.code == REPEATED else told)
            return
        self._unnamed(found, told)
        left = left_out(told)
        for place, each in enumerate(told):
            self._amount(found, each, left.get(place, ""))
        for fault in oddities(found, told):
            self._warn(fault)

    def _unnamed(self, found: Facts, told: Sequence[Told]) -> None:
        """Activities with amounts that say nothing of a recipient, or nothing of a sector."""
        named = found.activity.elements
        if told and not any(name in named for name in ("recipient-country", "recipient-region")):
            self.unnamed["recipient"] += 1
        if told and found.sectors.parts == [(NOWHERE, FULL)]:
            self.unnamed["sector of the DAC"] += 1

    def _record(self, found: Facts, one: Record | Refused, told: list[Told], refused: bool) -> None:
        """Amounts go to `told`; what belongs to no rung is kept as it is; what cannot be read is refused, unless its
        whole activity is."""
        if isinstance(one, Record) and not one.kind.stage:
            if not refused:
                self.unused[one.kind.word] += 1
                self._keep(found, one)
            return
        read = one.fault if isinstance(one, Refused) else amount(found, one, self.reading)
        if isinstance(read, Fault):
            if not refused:
                self.report.refuse(read, one.element.raw)
        elif isinstance(one, Record):
            told.append(Told(one, read))

    def _amount(self, found: Facts, one: Told, left: str) -> None:
        if left:
            self.unused[left] += 1
            self._keep(found, one.record)
            return
        rows = flows(found, one.record, one.amount, self.number + 1, self.lookups, self._warn)
        if isinstance(rows, Fault):
            self.report.refuse(rows, one.record.element.raw)
            self._tell(0, found, one, refused=True)
            return
        self._keep(found, one.record)
        self.flows += rows
        self._tell(self.number, found, one, refused=False)

    def _keep(self, found: Facts, one: Record) -> None:
        self.number += 1
        self.report.kept += 1
        element = one.element
        self.raws.append(
            Raw(self.number, found.activity.file, element.line, found.identifier, found.title, found.description,
                found.agency, "", element.raw)
        )  # fmt: skip

    def _tell(self, number: int, found: Facts, one: Told, refused: bool) -> None:
        """An amount among those of which upper levels are left out."""
        kind, level = one.record.kind, int(found.level) if found.level.isdecimal() and len(found.level) < 4 else 1
        self.told.append((number, found.publisher, level, kind.stage, one.amount.day.year, one.amount.usd, refused))

    def _refuse(self, fault: Fault, found: Facts, records_: int, told: Sequence[Told]) -> None:
        """All records of an activity, by one fault; an activity without records is only noted."""
        if not records_:
            self.report.warn(fault)
            return
        self.report.refuse(fault)
        self.report.refused += records_ - 1
        left = left_out(told)
        for place, one in enumerate(told):
            if place not in left:
                self._tell(0, found, one, refused=True)

    def _warn(self, fault: Fault) -> None:
        fault.severity = "warning"
        self.report.warn(fault)

    def _write(self) -> None:
        connection = self.part.connection
        insert(connection, tables.flow, Flow._fields, self.flows)
        insert(connection, tables.record, Raw._fields, self.raws)
        levels.tell(connection, self.told)
        self.flows, self.raws, self.told = [], [], []
