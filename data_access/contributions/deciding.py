"""Deciding: the decision, the revision of the record it leads to and the row of what was done are one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import Connection

from dashboard.contribution_effect import CLOSE, GROUNDS, PART_WORDS, parts, proposed
from dashboard.contribution_fields import evidence as linked
from dashboard.contributions import (
    BY_MODERATOR,
    DECISIONS,
    KINDS,
    ON_RECORD,
    PUBLIC,
    REASONED,
    TRIVIAL,
    Contribution,
    after,
    outcome,
)
from dashboard.finding_list import short
from dashboard.forms import in_print
from dashboard.record_names import label
from dashboard.words import listed
from data_access.contributions import evidence, store
from data_access.contributions.records import begun, cells_of, maker_name, pledge_of
from data_access.contributions.writing import Conflict, acted, base, let_go, newest, unheld
from data_access.people.accounts import grants
from data_access.registry import findings
from data_access.registry.writing import LONGEST, Edits, Noted, Refused, write

EYES = "Whoever wrote or submitted a proposal, or speaks for its maker, does not decide on it; another moderator does."
CHANGED = "It was changed since it was shown, so it needs a new decision; nothing was decided. Please look at it again."
MOVED = (
    "The record has changed since this was shown, so its effect is another; nothing was decided. Please look at it "
    "again."
)


@dataclass(frozen=True)
class Wanted:
    """What a moderator asks for. chosen: the parts that are accepted; all, where none is named. why: told to the
    contributor. closing: why the finding that a reply answers is explained; empty: it stays as it is. seen, record:
    digests of the version and of the cells of the record on which the decision rests."""

    decision: str
    chosen: tuple[str, ...] = ()
    why: str = ""
    seen: str = ""
    record: str = ""
    closing: str = ""


def decide(connection: Connection, id_: str, who: str, wanted: Wanted) -> str:
    """The state that follows. Raises Refused, a sentence; Conflict where what was seen is not what stands. In a
    transaction in which nobody else writes."""
    held = store.read(connection, id_)
    if held is None:
        raise Refused("There is no such contribution.")
    every = parts(held.kind, held.now.fields)
    decision, wrong = outcome(wanted.decision, every, wanted.chosen)
    if wrong:
        raise Refused(wrong)
    _may(connection, held, who, decision, wanted)
    state = after(held.state, decision)
    if not state:
        raise Conflict("It is not submitted at present, so there is nothing to decide; please look at it again.")
    taken = every if decision == "accept" else wanted.chosen if decision == "accept_in_part" else ()
    if taken == (GROUNDS,):
        raise Refused("Please pick a field as well: reason and documents alone change nothing.")
    if wanted.closing.strip() and held.kind == "statement" and state in PUBLIC:
        _close(connection, held, maker_name(connection, held.maker), wanted.closing.strip())
        taken = (*taken, CLOSE)
    change = _written(connection, held, taken) if state in PUBLIC else 0
    acted(connection, held, decision, state, who, why=wanted.why.strip(), parts=taken, change=change)
    let_go(connection, id_)
    return state


def accept_all(connection: Connection, ids: Sequence[tuple[str, str]], who: str) -> int:
    """Accepts several of the trivial kinds, each by id and digest of the version seen: how many. Raises Refused,
    Conflict: none is accepted then."""
    for id_, seen in ids:
        held = store.read(connection, id_)
        if held is not None and held.kind not in TRIVIAL:
            raise Refused("Only comments are accepted several at once; please look at the others one by one.")
        decide(connection, id_, who, Wanted("accept", seen=seen))
    return len(ids)


def record_digest(connection: Connection, held: Contribution) -> str:
    """Names the cells that a proposal touches as they stand now; empty where it touches none."""
    now = base(connection, held, held.now.fields)
    return _named(now) if now else ""


def _may(connection: Connection, held: Contribution, who: str, decision: str, wanted: Wanted) -> None:
    if who in held.authors or any(maker == held.maker for _, maker in grants(connection, who) if maker):
        raise Refused(EYES)
    if decision in REASONED and not wanted.why.strip():
        raise Refused(f"{DECISIONS[decision]}: please say why; the contributor reads it.")
    if len(wanted.why) > LONGEST * 4:
        raise Refused(f"The reason has {len(wanted.why):,} characters; please keep to {LONGEST * 4:,}.")
    unheld(connection, held.id, who)
    if wanted.seen != held.now.digest:
        raise Conflict(CHANGED)
    if (
        held.kind in ON_RECORD
        and decision in ("accept", "accept_in_part")
        and wanted.record != record_digest(connection, held)
    ):
        raise Conflict(MOVED)


def _named(cells: Mapping[str, str]) -> str:
    return sha256("\n".join(f"{name}\t{value}" for name, value in sorted(cells.items())).encode()).hexdigest()


def _written(connection: Connection, held: Contribution, taken: Sequence[str]) -> int:
    """What acceptance does to the register: the number of the change, 0 where the record stays as it is."""
    name = maker_name(connection, held.maker)
    if held.kind not in ON_RECORD:
        return 0
    there = held.kind != "new"
    cells = cells_of(connection, held.of) if there else begun(connection, held.of, held.maker)
    new = proposed(held.kind, held.now.fields, cells, name, taken)
    if not new:
        return 0
    write(
        connection,
        Edits((pledge_of(connection, {**cells, **new}),)),
        _noted(held, name, taken, _documents(connection, held, taken)),
    )
    return newest(connection)


def _documents(connection: Connection, held: Contribution, taken: Sequence[str]) -> list[tuple[str, str]]:
    """On which a change of the record rests, where they were accepted: title and address of each."""
    if held.kind != "change" or GROUNDS not in taken:
        return []
    files = [(one.name, f"/evidence/{one.id}") for one in evidence.of(connection, held.now.files)]
    return [*linked(held.now.fields.get("evidence", "")), *files]


def _noted(held: Contribution, name: str, taken: Sequence[str], documents: Sequence[tuple[str, str]]) -> Noted:
    """Signed by the maker and a moderator: whose names they are stands elsewhere, where it can be taken away."""
    what = listed([PART_WORDS.get(part, label(part)) for part in taken if part != GROUNDS], 6)
    told = held.kind != "change" or GROUNDS in taken
    said = held.now.fields.get("why", "") if told else ""
    why = f"{KINDS[held.kind].capitalize()}, accepted: {what}.{f' {said}' if said else ''}"
    why += f" {held.origin.reason}" if held.origin and held.origin.reason else ""
    why += "".join(f" Document: {title}, {address}." for title, address in documents)
    return Noted(f"{name}{BY_MODERATOR}", in_print(why)[:LONGEST])


def _close(connection: Connection, held: Contribution, name: str, why: str) -> None:
    """The finding that a reply answers is explained, for a reason that a moderator gives."""
    key = next((key for key in findings.keys(connection) if short(key) == held.now.fields.get("finding")), "")
    if not key:
        raise Refused("The finding that it answers is not held any more; please accept its words alone.")
    noted = Noted(f"A moderator, after the reply of {name}", in_print(why)[:LONGEST])
    findings.judged(connection, key, "explained", noted)
