"""Writing into the registry: a change, a revision of each record that is not as it was, and the tables of records."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, func, insert, select, update

from dashboard.forms import JOINERS
from dashboard.links import TEXT_LINKS
from dashboard.pledges import Pledge
from dashboard.records import Directory, Record
from data_access.registry import cells as texts
from data_access.registry import directory, tables
from data_access.registry.checks import wrong_cells
from data_access.registry.columns import NAMES
from data_access.registry.rows import rows_of

ADDED, CHANGED, WITHDRAWN = "added", "changed", "withdrawn"
LONGEST = 500  # characters of a name or a reason
Key = tuple[str, str]  # kind of record, its id


class Refused(ValueError):
    """The registry does not take this as it stands; the message is a sentence."""


@dataclass(frozen=True)
class Noted:
    """Who writes and why; `seen`: the state on which the edit rests, empty where that does not matter. `at`: UTC, ISO
    8601; now where it is empty."""

    who: str
    why: str
    seen: str = ""
    at: str = ""


@dataclass(frozen=True)
class Edits:
    """Records as they are to stand, and ids of pledges to withdraw. What is not named stays."""

    pledges: tuple[Pledge, ...] = ()
    records: tuple[Record, ...] = ()
    withdrawn: tuple[str, ...] = ()


@dataclass(frozen=True)
class Written:
    """One record as its revision holds it."""

    key: Key
    action: str
    content: Mapping[str, str]

    @property
    def digest(self) -> str:
        return digest(self.key, self.content)


def write(connection: Connection, edits: Edits, noted: Noted) -> str:
    """In a transaction in which nobody else writes. Answers the state that follows. Raises Refused."""
    if unsigned(noted):
        raise Refused(f"A change {unsigned(noted)}")
    held = digests(connection)
    if noted.seen and noted.seen != state_of(held):
        raise Refused("The registry has changed since this was begun; please look at it again and repeat the edit.")
    written = _differing(edits, held)
    if not written:
        return state_of(held)
    _sound(connection, edits, held)
    _directory(connection, edits, held)
    _pledges(connection, [one for one in written if one.key[0] == "pledge"])
    return _noted(connection, written, held, noted)


def unsigned(noted: Noted) -> str:
    """What a change lacks that has to be signed, as the end of a sentence; empty where it lacks nothing."""
    given = noted.who.strip(), noted.why.strip()
    if not all(given) or max(map(len, given)) > LONGEST:
        return f"says who makes it and why, each in at most {LONGEST} characters."
    if not "".join(sign for sign in "".join(given) if sign not in JOINERS).isprintable():
        return "says who makes it and why on one line each, without signs that cannot be seen."
    return ""


def digest(key: Key, content: Mapping[str, str]) -> str:
    """Names the content of a record."""
    told = json.dumps([*key, dict(content)], ensure_ascii=False, sort_keys=True)
    return sha256(told.encode()).hexdigest()


def digests(connection: Connection) -> dict[Key, str]:
    """Every record that stands, with the digest of its content."""
    table = tables.revision
    last = select(func.max(table.c.number)).group_by(table.c.kind, table.c.record)
    asked = select(table.c.kind, table.c.record, table.c.digest).where(
        table.c.number.in_(last), table.c.action != WITHDRAWN
    )
    return {(row.kind, row.record): row.digest for row in connection.execute(asked)}


def state_of(held: Mapping[Key, str]) -> str:
    """The name of a state: twelve hexadecimal digits of its content; empty where there is none."""
    told = "\n".join(f"{kind} {record} {digest}" for (kind, record), digest in sorted(held.items()))
    return sha256(told.encode()).hexdigest()[:12] if held else ""


def _differing(edits: Edits, held: Mapping[Key, str]) -> list[Written]:
    wanted = {(directory.kind(record), record.id): _filled(asdict(record)) for record in edits.records}
    wanted |= {("pledge", pledge.id): _filled(texts.write(pledge)) for pledge in edits.pledges}
    found = [
        Written(key, CHANGED if key in held else ADDED, content)
        for key, content in wanted.items()
        if held.get(key) != digest(key, content)
    ]
    gone = (("pledge", one) for one in edits.withdrawn)
    return found + [Written(key, WITHDRAWN, {}) for key in gone if key in held]


def _filled(cells: Mapping[str, str]) -> dict[str, str]:
    return {name: text for name, text in cells.items() if text}


def _sound(connection: Connection, edits: Edits, held: Mapping[Key, str]) -> None:
    """What is written names only what there will be, and can be kept as a file would have it. Raises Refused."""
    gone = set(edits.withdrawn)
    known = {key for key in held if key[0] != "pledge" or key[1] not in gone}
    known |= {(directory.kind(record), record.id) for record in edits.records}
    known |= {("pledge", pledge.id) for pledge in edits.pledges}
    after = Directory.of((*directory.read(connection).records(), *edits.records))
    ids = {id for kind, id in known if kind == "pledge"}
    for pledge in edits.pledges:
        named = {"maker": pledge.maker_id, "forum": pledge.forum_id, "initiative": pledge.initiative_id}
        for kind, one in (*named.items(), ("pledge", pledge.parent)):
            if (one or kind == "maker") and (kind, one) not in known:
                raise Refused(f"{pledge.id} names the {kind} {one or 'of no name'}, which the registry does not have.")
        wrong = wrong_cells(texts.write(pledge), after, ids)
        if wrong:
            raise Refused(f"{pledge.id} cannot be kept. {wrong[0]}.")


def _directory(connection: Connection, edits: Edits, held: Mapping[Key, str]) -> None:
    for record in edits.records:
        kind = directory.kind(record)
        _put(connection, directory.TABLES[kind], [asdict(record)], {id for of, id in held if of == kind})


def _pledges(connection: Connection, written: Iterable[Written]) -> None:
    found = list(written)
    touched = [one.key[1] for one in found]
    for table in tables.OF_PLEDGES:
        connection.execute(delete(table).where(table.c.pledge.in_(touched)))
    gone = [one.key[1] for one in found if one.action == WITHDRAWN]
    standing = [rows_of(dict.fromkeys(NAMES, "") | dict(one.content)) for one in found if one.action != WITHDRAWN]
    there = {one.key[1] for one in found if one.action == CHANGED}
    _put(connection, tables.pledge, [row for rows in standing for row in rows[tables.pledge.name]], there)
    for table in tables.OF_PLEDGES:
        new = [row for rows in standing for row in rows[table.name]]
        if new:
            connection.execute(insert(table), new)
    if gone:
        _withdraw(connection, gone)


def _withdraw(connection: Connection, gone: list[str]) -> None:
    parent = tables.pledge.c.parent
    left = connection.execute(select(tables.pledge.c.id).where(parent.in_(gone), tables.pledge.c.id.not_in(gone)))
    child = left.scalars().first()
    if child:
        raise Refused(f"{child} is part of a record that is to be withdrawn; please withdraw it first, or move it.")
    link = tables.link.c
    tied = select(link.pledge).where(link.target.in_(gone), link.kind.not_in(TEXT_LINKS), link.pledge.not_in(gone))
    other = connection.execute(tied).scalars().first()
    if other:
        raise Refused(f"{other} is tied to a record that is to be withdrawn; please take the tie out first.")
    connection.execute(delete(tables.pledge).where(tables.pledge.c.id.in_(gone)))


def _put(connection: Connection, table: Table, rows: Iterable[dict[str, Any]], there: set[str]) -> None:
    """Insert what is new, update what is there."""
    found = list(rows)
    new = [row for row in found if row["id"] not in there]
    old = [row | {"which": row["id"]} for row in found if row["id"] in there]
    if new:
        connection.execute(insert(table), new)
    if old:
        values: dict[str, Any] = {name: bindparam(name) for name in old[0] if name not in ("id", "which")}
        connection.execute(update(table).where(table.c.id == bindparam("which")).values(values), old)


def _noted(connection: Connection, written: list[Written], held: Mapping[Key, str], noted: Noted) -> str:
    after = dict(held) | {one.key: one.digest for one in written}
    for one in written:
        if one.action == WITHDRAWN:
            del after[one.key]
    state = state_of(after)
    at = noted.at or f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
    made = insert(tables.change).values(at=at, who=noted.who.strip(), why=noted.why.strip(), state=state)
    number = connection.execute(made.returning(tables.change.c.number)).scalar_one()
    revisions = [
        {
            "change": number,
            "kind": one.key[0],
            "record": one.key[1],
            "action": one.action,
            "digest": one.digest,
            "content": json.dumps(one.content, ensure_ascii=False),
        }
        for one in written
    ]
    connection.execute(insert(tables.revision), revisions)
    return state
