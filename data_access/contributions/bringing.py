"""A file of the register's own form as drafts: what is new or other in it of the makers for whom somebody speaks."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from uuid import uuid4

from sqlalchemy import Connection

from dashboard.contribution_effect import NOT_TYPED
from dashboard.delivered_apart import changed
from data_access.contributions.writing import Begun, Draft, start
from data_access.ingest.faults import Fault
from data_access.registry.exchange.exporting import FORMATS, write
from data_access.registry.exchange.importing import Difference, bring_in
from data_access.registry.store import Held, Registry
from data_access.registry.writing import Noted, Refused

MOST = 100  # drafts of one file
RESERVED = (
    "only what the register itself says of it is other, as its remarks and its confidence; no proposal changes this."
)
BEFORE = Noted("A contributor", "Looked at before anything is proposed")  # a dry run writes nothing


@dataclass(frozen=True)
class Brought:
    """drafts: what each is and what it holds. faults: what keeps the file from being read as a whole. notes: sentences
    on what was passed over. delivered: ids of commitments of which the file says what was delivered, which keeps it
    from being taken: that is told by reports."""

    drafts: Sequence[tuple[Begun, Draft]] = ()
    faults: Sequence[Fault] = ()
    notes: Sequence[str] = field(default_factory=tuple)
    delivered: Sequence[str] = ()


def brought(registry: Registry, folder: Path, content: bytes, name: str, makers: Collection[str]) -> Brought:
    """Reads a file in a child process of narrow means; nothing is kept of it. folder: for the file meanwhile; makers:
    ids. Raises Refused, a sentence, where the file is none of the register's."""
    suffix = Path(name).suffix.lower()
    if suffix not in FORMATS:
        raise Refused(f"Please choose a file whose name ends in {', '.join(FORMATS)}.")
    folder.mkdir(mode=0o700, exist_ok=True)
    path = folder / f".{uuid4().hex}{suffix}"
    try:
        path.touch(0o600)
        path.write_bytes(content)
        outcome = bring_in(registry, path, BEFORE, name=name, dry=True)
    finally:
        path.unlink(missing_ok=True)
    if outcome.faults:
        return Brought(faults=outcome.faults, notes=outcome.notes)
    made, notes, delivered = list[tuple[Begun, Draft]](), [*outcome.notes], list[str]()
    held = registry.held()
    for one in outcome.differences:
        draft, theirs = _draft(one, held, name, makers), _theirs(one, held, makers)
        if theirs and changed(one.cells):
            delivered.append(one.record)
        elif theirs and draft is None:
            notes.append(f"{one.record} was passed over: {RESERVED}")
        elif draft is None:
            notes.append(f"{one.record} was passed over: it is not a commitment of a maker for whom you speak.")
        else:
            made.append(draft)
    if len(made) > MOST:
        raise Refused(f"The file would make {len(made)} drafts; please keep to {MOST} at once.")
    return Brought((), (), notes, delivered) if delivered else Brought(made, (), notes)


def keep(connection: Connection, drafts: Sequence[tuple[Begun, Draft]], who: str) -> int:
    """Starts a draft for each, in a writing transaction: how many."""
    for begun, draft in drafts:
        start(connection, begun, who, draft)
    return len(drafts)


def template(held: Held, makers: Collection[str], path: Path) -> None:
    """The register's workbook with the commitments of some makers in it, to be changed and sent back."""
    own = {id_: one for id_, one in held.pledges.items() if set(one.maker_ids) & set(makers)}
    write(path, replace(held, pledges=own))


def _draft(one: Difference, held: Held, name: str, makers: Collection[str]) -> tuple[Begun, Draft] | None:
    """None of what is no commitment of these makers."""
    pledge, theirs = held.pledges.get(one.record), _theirs(one, held, makers)
    fields: Mapping[str, str] = {column: after for column, (_, after) in one.cells.items() if column not in NOT_TYPED}
    if not theirs or not fields:
        return None
    if pledge is None:
        return Begun("new", "commitment", one.record, theirs), Draft(fields)
    why = f"From the file {name}"[:300]
    return Begun("change", "commitment", one.record, theirs), Draft({**fields, "why": why})


def _theirs(one: Difference, held: Held, makers: Collection[str]) -> str:
    """Which of some makers made the commitment that a row is of; empty where none did."""
    if one.kind != "pledge":
        return ""
    pledge = held.pledges.get(one.record)
    named = pledge.maker_ids if pledge else (one.cells["maker"][1],)
    return next((maker for maker in named if maker in makers), "")
