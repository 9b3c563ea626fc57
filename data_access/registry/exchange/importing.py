"""A file into the registry: read in a child process, understood, compared, and written in one change or not at all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dashboard.pledges import Pledge
from data_access.ingest.faults import Fault
from data_access.registry import cells as texts
from data_access.registry.directory import kind
from data_access.registry.exchange.reader import read
from data_access.registry.exchange.understanding import Check, Understood, understand
from data_access.registry.store import Held, Registry
from data_access.registry.writing import Edits, Noted, Refused

UNCHECKED = "No edition is kept here: the codes and series that the new counting rules name were not looked up."


@dataclass(frozen=True)
class Difference:
    """One record that is new or not as it was. cells: column -> text before, text after."""

    kind: str
    record: str
    action: str  # added or changed
    cells: dict[str, tuple[str, str]]

    def as_json(self) -> dict[str, Any]:
        cells = {name: {"before": before, "after": after} for name, (before, after) in self.cells.items()}
        return {"kind": self.kind, "record": self.record, "action": self.action, "cells": cells}


@dataclass
class Outcome:
    """What became of a file. saved: whether the registry was changed; state: the one that it has now."""

    faults: list[Fault] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    saved: bool = False
    state: str = ""


def bring_in(
    registry: Registry, path: Path, noted: Noted, *, name: str = "", dry: bool = False, check: Check | None = None
) -> Outcome:
    """Reads a file and, unless the run is dry or something is wrong, writes what is new in one change.

    name: of the file as its owner calls it. check: what an edition says of a counting rule that is new. Nothing is
    saved where there is a fault. The same file again changes nothing. Raises writing.Refused where it takes no
    edits, or has changed in between."""
    held = registry.held()
    try:
        rows, left_out = read(path, name)
    except Fault as fault:
        return Outcome([fault], state=held.state)
    said = understand(rows, name or path.name, held, left_out, check)
    outcome = Outcome(said.faults, list(_differences(said, held)), said.notes, state=held.state)
    if check is None and any("rule" in one.cells for one in outcome.differences):
        outcome.notes.append(UNCHECKED)
    if outcome.faults or dry or not outcome.differences:
        return outcome
    if not registry.writable:
        raise Refused("This registry is open for reading alone; nothing was saved.")
    edits = Edits(tuple(said.pledges), tuple(said.records))
    outcome.state = registry.write(edits, Noted(noted.who, noted.why, noted.seen or held.state, noted.at))
    outcome.saved = outcome.state != held.state
    return outcome


def _differences(said: Understood, held: Held) -> Iterable[Difference]:
    known = {(kind(record), record.id): record for record in held.directory.records()}
    for record in said.records:
        before = known.get((kind(record), record.id))
        yield _difference(kind(record), record.id, vars(before) if before else {}, vars(record))
    for pledge in said.pledges:
        old = held.pledges.get(pledge.id)
        yield _difference("pledge", pledge.id, _cells(old), _cells(pledge))


def _cells(pledge: Pledge | None) -> dict[str, str]:
    return texts.write(pledge) if pledge else {}


def _difference(of: str, record: str, before: dict[str, str], after: dict[str, str]) -> Difference:
    cells = {name: (before.get(name, ""), text) for name, text in after.items() if before.get(name, "") != text}
    return Difference(of, record, "changed" if before else "added", cells)
