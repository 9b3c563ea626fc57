"""Writing contributions: every action with its step and its row in the record of what was done.

All of it in a transaction of the caller in which nobody else writes (`Registry.writing`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from uuid import uuid4

from sqlalchemy import Connection, delete, func, insert, select, update

from dashboard.contribution_effect import touched
from dashboard.contributions import ON_RECORD, STATES, Contribution, Version, after
from data_access import audit
from data_access.contributions import store
from data_access.contributions.records import cells_of
from data_access.contributions.tables import contribution, contribution_lock, contribution_step, contribution_version
from data_access.registry import tables
from data_access.registry.writing import Refused

HOUR, EACH = timedelta(hours=1), 500  # contributions that one person begins within it, at most
HELD = timedelta(minutes=15)  # for which others wait after somebody saved


class Conflict(Refused):
    """It has changed since it was shown, or somebody else has it open; the message is a sentence."""


@dataclass(frozen=True)
class Draft:
    """What a form held. files: ids of evidence."""

    fields: Mapping[str, str]
    files: tuple[str, ...] = ()


@dataclass(frozen=True)
class Begun:
    """What a contribution is and on whose behalf; about, of: what it is about and its id, key or address."""

    kind: str
    about: str
    of: str
    maker: str


def now() -> str:
    """UTC, ISO 8601."""
    return f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"


def start(connection: Connection, begun: Begun, who: str, draft: Draft) -> str:
    """A new draft: its id. Raises Refused where the commitment it is about is none, or where somebody begins many."""
    if store.begun(connection, who, f"{datetime.now(UTC) - HOUR:%Y-%m-%dT%H:%M:%SZ}") >= EACH:
        raise Refused(f"You have begun {EACH} contributions within an hour; please go on in an hour.")
    id_, at = uuid4().hex, now()
    row = {"id": id_, **vars(begun), "author": who, "state": "draft", "version": 1, "at": at, "last": at}
    connection.execute(insert(contribution).values(row))
    made = Contribution(id_, **vars(begun), author=who, state="draft")
    _version(connection, made, 1, who, draft)
    acted(connection, made, "save", "draft", who, version=1)
    return id_


def save(connection: Connection, id_: str, who: str, draft: Draft, seen: int) -> int:
    """Writes a draft, or one that was asked back: the number of its version, which stays where nothing is new.

    seen: the version on which the edit rests. Raises Refused; Conflict where it has changed or is held."""
    held = _current(connection, id_, who, seen)
    state = _follows(held, "save")
    if (draft.fields, draft.files) == (held.now.fields, held.now.files):
        return held.now.number
    number = _renewed(connection, held, who, draft)
    acted(connection, held, "save", state, who, version=number)
    hold(connection, id_, who)
    return number


def move(connection: Connection, id_: str, who: str, action: str, seen: int) -> str:
    """Submits, reopens or withdraws: the state that follows. Raises Refused; Conflict."""
    held = _current(connection, id_, who, seen)
    state = _follows(held, action)
    number = held.now.number
    if action == "submit" and base(connection, held, held.now.fields) != held.now.base:
        # the record has changed under it: whoever submits it has seen it as it is now
        number = _renewed(connection, held, who, Draft(held.now.fields, held.now.files))
    acted(connection, held, action, state, who, version=number)
    let_go(connection, id_)
    return state


def acted(
    connection: Connection,
    held: Contribution,
    action: str,
    state: str,
    who: str,
    *,
    version: int = 0,
    why: str = "",
    parts: Sequence[str] = (),
    change: int = 0,
) -> None:
    """The step, the state that follows and the row of the record, in the transaction of the caller."""
    at, number = now(), version or held.now.number
    row = {"contribution": held.id, "action": action, "state": state, "version": number, "at": at, "who": who}
    row |= {"why": why, "parts": " ".join(parts), "change": change, "upto": newest(connection)}
    connection.execute(insert(contribution_step).values(row))
    connection.execute(update(contribution).where(contribution.c.id == held.id).values(state=state, last=at))
    told = {"kind": held.kind, "state": state, "version": str(number)} | ({"change": str(change)} if change else {})
    audit.append(connection, who, action, f"contribution {held.id}", told)


def newest(connection: Connection) -> int:
    """The number of the registry's newest change; 0 before the first."""
    return int(connection.execute(select(func.coalesce(func.max(tables.change.c.number), 0))).scalar_one())


def hold(connection: Connection, id_: str, who: str) -> None:
    """Keeps it for one person, for a quarter of an hour."""
    let_go(connection, id_)
    until = f"{datetime.now(UTC) + HELD:%Y-%m-%dT%H:%M:%SZ}"
    connection.execute(insert(contribution_lock).values(contribution=id_, who=who, until=until))


def let_go(connection: Connection, id_: str) -> None:
    """Anybody may have it now."""
    connection.execute(delete(contribution_lock).where(contribution_lock.c.contribution == id_))


def unheld(connection: Connection, id_: str, who: str) -> None:
    """Raises Conflict where somebody else has it open."""
    lock = store.lock(connection, id_, now())
    if lock and lock.who != who:
        raise Conflict(f"Somebody else has it open until {lock.until[11:16]} UTC; nothing was saved. Please wait.")


def _current(connection: Connection, id_: str, who: str, seen: int) -> Contribution:
    held = store.read(connection, id_)
    if held is None:
        raise Refused("There is no such contribution.")
    unheld(connection, id_, who)
    if seen != held.now.number:
        raise Conflict(
            f"It was changed since it was shown: you saw version {seen}, and it is at version {held.now.number}; "
            "nothing was saved. Please look at it again."
        )
    return held


def _follows(held: Contribution, action: str) -> str:
    state = after(held.state, action)
    if not state:
        stands = "a draft" if held.state == "draft" else STATES[held.state]
        raise Conflict(f"It is {stands}: this cannot be done with it now; nothing was saved.")
    return state


def _renewed(connection: Connection, held: Contribution, who: str, draft: Draft) -> int:
    number = held.now.number + 1
    _version(connection, held, number, who, draft)
    connection.execute(update(contribution).where(contribution.c.id == held.id).values(version=number))
    return number


def base(connection: Connection, held: Contribution, fields: Mapping[str, str]) -> Mapping[str, str]:
    """The cells of the record that a proposal touches, as they stand; none where it touches none."""
    if held.kind not in ON_RECORD or held.kind == "new":
        return {}
    return touched(held.kind, fields, cells_of(connection, held.of))


def _version(connection: Connection, held: Contribution, number: int, who: str, draft: Draft) -> None:
    made = Version(number, now(), who, dict(draft.fields), base(connection, held, draft.fields), draft.files)
    row = replace(made, digest=digest(made))
    connection.execute(
        insert(contribution_version).values(
            contribution=held.id,
            number=number,
            at=row.at,
            who=who,
            fields=json.dumps(row.fields, ensure_ascii=False),
            base=json.dumps(row.base, ensure_ascii=False),
            files=" ".join(row.files),
            digest=row.digest,
        )
    )


def digest(version: Version) -> str:
    """Names what a version holds: a decision says on which it was passed."""
    told = json.dumps([version.fields, version.base, version.files], ensure_ascii=False, sort_keys=True)
    return sha256(told.encode()).hexdigest()
