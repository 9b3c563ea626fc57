"""The registry: pledges, who made them, where, and all that was ever written about them.

Reading gives values (`Pledge`, `Directory`) of the current state, or of any earlier one by its name. Writing adds a
change with a revision of each record it touches; nothing is lost, and each state has a name that depends on its
content alone, so that addresses and caches can carry it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, Select, func, select

from dashboard.pledges import Pledge
from dashboard.records import Directory, Record
from data_access.registry import cells as texts
from data_access.registry import directory as named
from data_access.registry import tables
from data_access.registry.columns import NAMES
from data_access.registry.engines import SWEPT, Turns, sweep
from data_access.registry.rows import cells_of
from data_access.registry.watching import Last, Watch
from data_access.registry.writing import Edits, Noted, Refused, write

T = TypeVar("T")
PATIENCE = 3.0  # seconds in which a database elsewhere must have answered
MORE = 3.0  # for a writing, which may have to wait for another
REMEMBERED = 4  # states whose values are held in memory


class NoState(LookupError):
    """The registry never had that state; the message is a sentence."""


@dataclass(frozen=True)
class Change:
    """One writing: when (UTC, ISO 8601), by whom, why, and the state it led to."""

    number: int
    at: str
    who: str
    why: str
    state: str


@dataclass(frozen=True)
class Revision:
    """One record as it stood after a change. kind: pledge, forum, maker, initiative. action: added, changed, withdrawn.
    cells: column -> text, empty ones left out."""

    change: Change
    kind: str
    record: str
    action: str
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Held:
    """One state in full. pledges: by id, in the order of ids."""

    state: str
    directory: Directory
    pledges: Mapping[str, Pledge]


class Registry:
    """One registry, open. Any number of threads may read; writers wait for each other."""

    def __init__(self, engine: Engine, *, writable: bool = True, patience: float = PATIENCE) -> None:
        self.engine, self.writable = engine, writable
        self._held: dict[str, Held] = {}
        self._watch = Watch(patience) if engine.dialect.name == "postgresql" else None
        self._last, self._turns = Last(), Turns()

    def state(self) -> str:
        """The name of the current state: twelve hexadecimal digits; empty before anything was written."""
        return self.recall("state", _state)

    def held(self, state: str = "") -> Held:
        """Everything of a state; of the current one where none is named. Raises NoState."""

        def read(connection: Connection) -> Held:
            current = _state(connection)
            wanted = state or current
            known = self._held.get(wanted)
            if known is None:
                found = _current(connection) if wanted == current else _earlier(connection, wanted)
                known = self._remember(Held(wanted, *found))
            return known

        return self.recall(("held", state), read)

    def pledges(self, state: str = "") -> Mapping[str, Pledge]:
        """Every pledge of a state by its id. Raises NoState."""
        return self.held(state).pledges

    def directory(self, state: str = "") -> Directory:
        """Fora, makers and initiatives of a state. Raises NoState."""
        return self.held(state).directory

    def changes(self) -> tuple[Change, ...]:
        """Every change, newest first."""
        asked = select(tables.change).order_by(tables.change.c.number.desc())
        return self.recall("changes", lambda held: tuple(Change(**row) for row in held.execute(asked).mappings()))

    def ended(self, state: str) -> str:
        """When another state followed one (UTC, ISO 8601); empty of the current one."""
        later = ""
        for change in self.changes():
            if change.state == state:
                return later
            later = change.at
        return later

    def revisions(self, record: str, kind: str = "pledge") -> tuple[Revision, ...]:
        """Every revision of a record, newest first."""
        one, change = tables.revision.c, tables.change
        asked = select(change, one.kind, one.record, one.action, one.content)
        asked = asked.join(tables.revision, one.change == change.c.number)
        asked = asked.where(one.record == record, one.kind == kind).order_by(one.number.desc())
        return self.recall(
            (kind, record), lambda held: tuple(_revision(dict(row)) for row in held.execute(asked).mappings())
        )

    def write(self, edits: Edits, noted: Noted) -> str:
        """Adds, changes and withdraws records in one change, and answers the state that follows. What is as it was
        makes no revision; where nothing is new there is no change either. Raises `writing.Refused`, a sentence."""
        with self.writing() as connection:
            return write(connection, edits, noted)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction in which nobody else writes."""
        turn = self._turns.taken() if self.engine.dialect.name == "sqlite" else nullcontext()
        with turn:
            with self.engine.connect().execution_options(writes=True) as connection, connection.begin():
                if connection.dialect.name == "postgresql":
                    connection.exec_driver_sql("LOCK TABLE change IN EXCLUSIVE MODE")
                connection.info.pop(SWEPT, None)
                yield connection
                swept = connection.info.pop(SWEPT, False)
            if swept:
                sweep(self.engine)

    def put(self, do: Callable[[Connection], T]) -> T:
        """What is done in one transaction in which nobody else writes. Raises TimeoutError where a database elsewhere
        does not answer: whether it was done is not known then. Raises `Refused` where nothing can be written."""

        def done() -> T:
            with self.writing() as connection:
                return do(connection)

        if not self.writable:
            raise Refused("This registry is open for reading alone; nothing was saved.")
        if not self._watch:
            return done()
        with self._turns.taken():  # before a thread is taken: writers that wait keep no reader from one
            return self._watch.over(done, MORE)

    def close(self) -> None:
        self.engine.dispose()
        if self._watch:
            self._watch.close()

    def read(self, ask: Callable[[Connection], T]) -> T:
        """What is read in one transaction, which sees the registry as it was at its beginning. Raises TimeoutError, a
        sentence, where a database elsewhere does not answer."""

        def read() -> T:
            with self.engine.connect() as connection:
                if self._watch:
                    connection.execution_options(isolation_level="REPEATABLE READ")
                return ask(connection)

        return self._watch.over(read) if self._watch else read()

    def recall(self, key: Hashable, ask: Callable[[Connection], T]) -> T:
        """What everybody may read: as it was read last under a key, where a database elsewhere does not answer."""
        return self._last.over(key, lambda: self.read(ask)) if self._watch else self.read(ask)

    def _remember(self, held: Held) -> Held:
        newest = list(self._held.items())[1 - REMEMBERED :]
        self._held = {**dict(newest), held.state: held}
        return held


def _state(connection: Connection) -> str:
    newest = select(tables.change.c.state).order_by(tables.change.c.number.desc()).limit(1)
    return str(connection.execute(newest).scalar_one_or_none() or "")


def _current(connection: Connection) -> tuple[Directory, Mapping[str, Pledge]]:
    directory = named.read(connection)
    asked = (tables.pledge, *tables.OF_PLEDGES)
    held = {table.name: list(map(dict, connection.execute(select(table)).mappings())) for table in asked}
    return directory, _pledges(cells_of(held), directory)


def _earlier(connection: Connection, state: str) -> tuple[Directory, Mapping[str, Pledge]]:
    """As the revisions up to that state have it."""
    known = select(func.max(tables.change.c.number)).where(tables.change.c.state == state)
    until = connection.execute(known).scalar_one_or_none()
    if until is None:
        raise NoState(f"The registry never had the state {state}; /changes lists those it had.")
    found = [row for row in connection.execute(newest(until)).mappings() if row["action"] != "withdrawn"]
    contents = [(row["kind"], json.loads(row["content"])) for row in found]
    directory = Directory.of(_record(kind, content) for kind, content in contents if kind != "pledge")
    empty = dict.fromkeys(NAMES, "")
    return directory, _pledges([empty | content for kind, content in contents if kind == "pledge"], directory)


def newest(until: int | None = None) -> Select[Any]:
    """The last revision of every record, up to a change."""
    table = tables.revision
    last = select(func.max(table.c.number)).group_by(table.c.kind, table.c.record)
    return select(table).where(table.c.number.in_(last if until is None else last.where(table.c.change <= until)))


def _pledges(cells: Iterable[texts.Cells], directory: Directory) -> Mapping[str, Pledge]:
    read = (texts.read(one, directory) for one in cells)
    return MappingProxyType({pledge.id: pledge for pledge in sorted(read, key=lambda pledge: pledge.id)})


def _record(kind: str, content: Mapping[str, str]) -> Record:
    return named.KINDS[kind](**content)


def _revision(row: Mapping[str, Any]) -> Revision:
    change = Change(row["number"], row["at"], row["who"], row["why"], row["state"])
    return Revision(change, row["kind"], row["record"], row["action"], json.loads(row["content"]))
