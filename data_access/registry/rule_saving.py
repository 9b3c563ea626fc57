"""Saving a counting rule: one change and a revision of its record, by somebody, for a reason, on what they saw."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlalchemy import Connection, select

from dashboard.counting import Rule
from dashboard.rule_edits import versions
from data_access.registry import cells as texts
from data_access.registry import directory, tables
from data_access.registry.columns import NAMES
from data_access.registry.store import Registry
from data_access.registry.writing import WITHDRAWN, Edits, Noted, Refused, write

RULE = "rule"
PLEDGE = "pledge"


@dataclass(frozen=True)
class Ruled:
    """The rule of a record as one revision left it. version: raised with every other rule; 0 before there was one."""

    version: int
    written: str
    before: str
    change: int


def ruled(registry: Registry, id_: str) -> tuple[Ruled, ...]:
    """The rule after each revision of a record, oldest first."""
    return registry.recall(("ruled", id_), lambda connection: _ruled(_revisions(connection, id_)))


def version(registry: Registry, id_: str, state: str = "") -> int:
    """The version of the rule of a record in a state of the registry; in the current one where none is named."""
    held = ruled(registry, id_)
    if state and held:
        until = max((change.number for change in registry.changes() if change.state == state), default=0)
        held = tuple(one for one in held if one.change <= until)
    return held[-1].version if held else 0


def save(registry: Registry, id_: str, rule: Rule, noted: Noted, seen: int | None = None) -> tuple[str, int]:
    """Writes the rule of a record into the registry: the state that follows, and the version of the rule.

    seen: the version on which the edit rests. Raises Refused, a sentence, where the record or the reason is missing,
    where the rule is as it was, or where its version is another by now; nothing is written then."""
    if not registry.writable:
        raise Refused("This registry is open for reading alone; nothing was saved.")
    with registry.writing() as connection:
        revisions = _revisions(connection, id_)
        if not revisions or revisions[-1][1] == WITHDRAWN:
            raise Refused(f"{id_} is not a commitment of the register; /commitments lists those it holds.")
        now = _ruled(revisions)[-1]
        if seen is not None and seen != now.version:
            raise Refused(
                f"The rule of {id_} has changed since it was shown: you saw version {seen}, and it is at version "
                f"{now.version}; please look at it again and repeat the edit."
            )
        if rule.write() == now.written:
            raise Refused(f"The rule of {id_} is as it was; nothing was saved.")
        pledge = texts.read(dict.fromkeys(NAMES, "") | revisions[-1][2], directory.read(connection))
        return write(connection, Edits((replace(pledge, rule=rule),)), noted), now.version + 1


Content = dict[str, str]


def _revisions(connection: Connection, id_: str) -> list[tuple[int, str, Content]]:
    """Change, action and content of each revision of a record, oldest first."""
    one = tables.revision.c
    asked = (
        select(one.change, one.action, one.content).where(one.record == id_, one.kind == PLEDGE).order_by(one.number)
    )
    return [(row.change, row.action, json.loads(row.content)) for row in connection.execute(asked)]


def _ruled(revisions: Iterable[tuple[int, str, Content]]) -> tuple[Ruled, ...]:
    held = list(revisions)
    written = [content.get(RULE, "") for _, _, content in held]
    before = ["", *written][: len(written)]
    return tuple(
        Ruled(number, text, last, change)
        for number, text, last, (change, _, _) in zip(versions(written), written, before, held, strict=True)
    )
