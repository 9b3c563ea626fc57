"""One question of a program: its parameters, the edition and the state of the register that answer it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode

from callbacks.book import Book, Opened
from callbacks.taken import taken
from dashboard.api.asking import place, strictly, unknown_place
from dashboard.api.operations import API, Operation
from dashboard.api.parameters import PINS, Wrong, read
from dashboard.carried import Carried
from dashboard.panels import Table
from dashboard.pins import Pins
from dashboard.selection import Refusal, shortened
from data_access.cube import Cube


@dataclass(frozen=True)
class Asked:
    """given: parameters with their values; where: the code in the path, empty where there is none."""

    operation: Operation
    book: Book
    cube: Cube
    state: str
    query: str
    given: Mapping[str, Any]
    where: str = ""

    @property
    def opened(self) -> Opened:
        return self.book.at(self.cube, Pins(self.cube.edition, self.state))

    @property
    def pins(self) -> dict[str, str]:
        """What makes the rows that follow those of the same edition and state."""
        held = {"edition": self.cube.edition, "registry": self.state}
        return {name: held[name] for name in PINS if name in self.operation.takes}

    def following(self, after: str, pins: Sequence[tuple[str, str]] = ()) -> str:
        """The address of the rows behind a place. pins: beside edition and state, what these rows are of."""
        path = self.operation.path.partition("{")[0] + self.where
        given = {key: value for key, value in parse_qsl(self.query) if key != "after"}
        return f"{API}{path}?{urlencode(given | self.pins | dict(pins) | {'after': after}, safe=',')}"


@dataclass(frozen=True)
class Found:
    """An answer. table: of the page; following: the place behind which the next begins, empty behind the last.
    record: what operations that answer with one record tell instead. pins: what further rows are of, beside edition
    and state."""

    one: Carried
    table: Table
    following: str = ""
    record: Any = None
    pins: tuple[tuple[str, str], ...] = ()


def asked(operation: Operation, book: Book, query: str, where: str) -> Asked:
    """The question of an address. Raises Wrong where any of it cannot be followed."""
    given = read(query, operation.takes)
    cube = taken(book.library, query)
    edition = given.get("edition", "")
    if edition not in ("", cube.edition):
        why = f"edition={shortened(edition)} is not kept here; {API}/editions lists those that are."
        raise Wrong([Refusal("edition", shortened(edition), why)])
    state = ""
    if "registry" in operation.takes:
        pins, _, refused = book.asked(cube, urlencode({name: given[name] for name in PINS if given[name]}))
        if refused:
            raise strictly(refused)
        state = book.at(cube, pins).held.state
    return Asked(operation, book, cube, state, query, given, where)


def paged(one: Asked, carried: Carried, table: Table) -> Found:
    """A page of a list that is there as a whole. Raises Wrong where it has no such place."""
    keys = [column.key for column in table.columns]
    places = [place(dict(zip(keys, row, strict=True)), one.operation.key) for row in table.rows]
    start = _start(places, one.given["after"])
    rows = table.rows[start : start + one.given["limit"]]
    end = start + len(rows)
    return Found(carried, Table(table.caption, table.columns, rows), places[end - 1] if end < len(places) else "")


def _start(places: Sequence[str], after: str) -> int:
    if after and after not in places:
        raise unknown_place(after)
    return places.index(after) + 1 if after else 0
