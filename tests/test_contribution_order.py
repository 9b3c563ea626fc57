"""Which came first, a step of a contribution or a change of the register, where times of whole seconds do not tell."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from data_access.contributions import store, writing
from data_access.contributions.deciding import Wanted, decide, record_digest
from data_access.contributions.public import accepted
from data_access.contributions.writing import move, start
from data_access.registry import opening
from data_access.registry.opening import migrate, open_registry
from data_access.registry.store import Registry
from data_access.registry.writing import Edits
from tests.contributed import AUTHOR, MODERATOR, begun
from tests.registries import ALL, NOTED, PART

Open = Callable[[], Registry]


@pytest.fixture(params=["sqlite", "postgresql"])
def opens(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    monkeypatch.setattr(opening.embedded, "fill", lambda connection: None)
    address = request.getfixturevalue("postgres_database") if request.param == "postgresql" else ""
    opened = list[Registry]()

    def opens() -> Registry:
        opened.append(open_registry(tmp_path, address))
        return opened[-1]

    yield opens
    for one in opened:
        one.close()


def taken(registry: Registry, kind: str) -> str:
    """A contribution that is accepted: its id."""
    id_ = registry.put(lambda held: start(held, begun(kind)[0], AUTHOR, begun(kind)[1]))
    registry.put(lambda held: move(held, id_, AUTHOR, "submit", 1))
    one = store.one(registry, id_)
    record = registry.read(lambda held: record_digest(held, one))
    registry.put(lambda held: decide(held, id_, MODERATOR, Wanted("accept", seen=one.now.digest, record=record)))
    return id_


def test_what_came_first_within_a_second_is_known(opens: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    registry = opens()
    registry.write(ALL, replace(NOTED, at=writing.now()))
    monkeypatch.setattr(writing, "now", lambda: registry.changes()[-1].at)
    first = registry.state()
    note, report = taken(registry, "comment"), taken(registry, "report")
    told = {
        state: {one.id: one.later for one in accepted(registry, [PART.id], {}, state)}
        for state in (first, registry.state())
    }
    assert told == {first: {note: True}, registry.state(): {note: False, report: False}}


def test_steps_of_an_earlier_release_are_put_in_order_by_their_times(
    opens: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as earlier:
        earlier.setattr(opening, "migrate", lambda connection: migrate(connection, "r0007"))
        old = opens()
    old.write(ALL, replace(NOTED, at="2014-01-01T00:00:00Z"))
    old.write(Edits((replace(PART, place="Toronto"),)), replace(NOTED, at="2016-01-01T00:00:00Z"))
    with old.writing() as connection:
        columns = "id, of, maker, author, state, version"
        connection.exec_driver_sql(f"INSERT INTO contribution ({columns}) VALUES ('c', 'x', 'CAN', 'a', 'draft', 1)")
        for at, change in ((2013, 0), (2015, 0), (2015, 2), (2017, 0)):
            row = f"'c', 1, '{at}-06-01T00:00:00Z', {change}"
            connection.exec_driver_sql(
                f"INSERT INTO contribution_step (contribution, version, at, change) VALUES ({row})"
            )
    new = opens()
    with new.writing() as connection:
        found = connection.exec_driver_sql("SELECT upto FROM contribution_step ORDER BY number").scalars()
        assert list(found) == [0, 1, 2, 2]
    with pytest.raises(DBAPIError, match="rows of contribution_step are never changed"), new.writing() as connection:
        connection.exec_driver_sql("UPDATE contribution_step SET upto = 9")
