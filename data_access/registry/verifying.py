"""Whether a registry still is what was written into it: every revision, every state, and the tables that are read."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, select

from data_access.registry import cells as texts
from data_access.registry import tables
from data_access.registry.directory import kind
from data_access.registry.store import Registry
from data_access.registry.writing import WITHDRAWN, Key, digest, state_of


def verify(registry: Registry) -> list[str]:
    """A sentence for each thing that is not as it was written; empty where all is."""
    held = registry.held()
    current = {(kind(record), record.id): _filled(asdict(record)) for record in held.directory.records()}
    current |= {("pledge", id): _filled(texts.write(pledge)) for id, pledge in held.pledges.items()}
    return registry.read(lambda connection: list(_amiss(connection, current)))


def _amiss(connection: Connection, current: Mapping[Key, Mapping[str, str]]) -> Iterator[str]:
    changes = {row["number"]: dict(row) for row in connection.execute(select(tables.change)).mappings()}
    asked = select(tables.revision).order_by(tables.revision.c.number)
    revisions = [dict(row) for row in connection.execute(asked).mappings()]
    digests, contents = dict[Key, str](), dict[Key, Mapping[str, str]]()
    for number, found in groupby(revisions, key=lambda row: int(row["change"])):
        for row in found:
            yield from _revision(row)
            _follow(row, digests, contents)
        state = state_of(digests)
        if changes[number]["state"] != state:
            yield f"Change {number} is said to lead to the state {changes[number]['state']}, and leads to {state}."
    for key in sorted({*contents, *current}):
        if contents.get(key) != current.get(key):
            yield f"The {key[0]} {key[1]} stands in the tables otherwise than in its last revision."


def _revision(row: Mapping[str, Any]) -> Iterator[str]:
    if digest((row["kind"], row["record"]), json.loads(row["content"])) != row["digest"]:
        yield f"Revision {row['number']} of the {row['kind']} {row['record']} is not what was written."


def _follow(row: Mapping[str, Any], digests: dict[Key, str], contents: dict[Key, Mapping[str, str]]) -> None:
    key = (row["kind"], row["record"])
    if row["action"] == WITHDRAWN:
        digests.pop(key, None)
        contents.pop(key, None)
    else:
        digests[key], contents[key] = row["digest"], json.loads(row["content"])


def _filled(cells: Mapping[str, str]) -> dict[str, str]:
    return {name: text for name, text in cells.items() if text}
