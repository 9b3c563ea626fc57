"""Contributions in both databases: whole or not at all, each once, with every step on record, however many write."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import DBAPIError

from dashboard.contribution_effect import CLOSE, NARRATIVE
from dashboard.finding_list import short
from dashboard.findings import Finding, Side
from data_access import audit
from data_access.contributions import deciding, store, tables
from data_access.contributions.deciding import Wanted, decide, record_digest
from data_access.contributions.public import accepted
from data_access.contributions.writing import Begun, Conflict, Draft, move, save, start
from data_access.people.tables import audit as audit_table
from data_access.registry import findings, opening
from data_access.registry.opening import open_registry
from data_access.registry.store import Registry
from data_access.registry.verifying import verify
from data_access.registry.writing import Refused
from tests.contributed import AUTHOR, CHANGE, MODERATOR, OTHER, PART, SECOND, begun
from tests.registries import ALL, NOTED

Write = Callable[..., str]


@pytest.fixture(params=["sqlite", "postgresql"])
def registry(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Registry]:
    monkeypatch.setattr(opening.embedded, "fill", lambda connection: None)
    address = request.getfixturevalue("postgres_database") if request.param == "postgresql" else ""
    opened = open_registry(tmp_path, address)
    opened.write(ALL, NOTED)
    yield opened
    opened.close()


def put(registry: Registry, do: Write, *given: object) -> str:
    return registry.put(lambda connection: do(connection, *given))


def sent(registry: Registry, kind: str, who: str = AUTHOR, draft: Draft | None = None) -> str:
    of, usual = begun(kind)
    id_ = put(registry, start, of, who, draft or usual)
    put(registry, move, id_, who, "submit", 1)
    return id_


def wanted(
    registry: Registry, id_: str, decision: str = "accept", chosen: tuple[str, ...] = (), why: str = ""
) -> Wanted:
    held = store.one(registry, id_)
    record = registry.read(lambda connection: record_digest(connection, held))
    return Wanted(decision, chosen, why, held.now.digest, record)


def rows(registry: Registry) -> int:
    with registry.engine.connect() as connection:
        return connection.execute(select(func.count()).select_from(audit_table)).scalar_one()


@pytest.mark.parametrize("kind", ["report", "change", "link", "status", "new", "comment"])
def test_what_is_accepted_is_one_change_with_its_row(registry: Registry, kind: str) -> None:
    id_ = sent(registry, kind)
    before, number = registry.state(), rows(registry)
    assert put(registry, decide, id_, MODERATOR, wanted(registry, id_)) == "accepted"
    held = store.one(registry, id_)
    assert rows(registry) == number + 1 and audit.verify(registry) is None and not list(verify(registry))
    if kind == "comment":
        assert registry.state() == before and held.decided.change == 0
        return
    [change, *_] = registry.changes()
    assert (change.number, change.state) == (held.decided.change, registry.state()) and change.state != before
    assert change.who.endswith("accepted by a moderator") and MODERATOR not in change.who + change.why


def test_a_decision_that_cannot_be_written_leaves_nothing(registry: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    id_ = sent(registry, "change")
    before = registry.state(), rows(registry), store.one(registry, id_)

    def broken(*given: object, **named: object) -> None:
        raise Refused("The disk is full.")

    monkeypatch.setattr(deciding, "acted", broken)  # after the revision was written, in the same transaction
    with pytest.raises(Refused, match="disk is full"):
        put(registry, decide, id_, MODERATOR, wanted(registry, id_))
    assert (registry.state(), rows(registry), store.one(registry, id_)) == before


def test_a_reply_explains_its_finding_and_is_read_beside_it(registry: Registry) -> None:
    finding = Finding("two-figures", (PART,), "Two figures differ.", Side("5", "A"), Side("6", "B"))
    findings.take_in(registry, [finding])
    fields = {"finding": short(finding.key), "narrative": "One is of 2011.", "evidence": ""}
    of = Begun("statement", "commitment", PART, "CAN")
    id_ = put(registry, start, of, AUTHOR, Draft(fields))
    put(registry, move, id_, AUTHOR, "submit", 1)
    put(registry, decide, id_, MODERATOR, wanted(registry, id_))
    assert findings.known(registry)[finding.key].status == "open"
    [said] = accepted(registry, [PART], {"CAN": "Canada"})
    assert (said.words, said.by, said.named, said.answers) == ("One is of 2011.", "Canada", "", "Two figures differ.")
    again = put(registry, start, of, AUTHOR, Draft(fields))
    put(registry, move, again, AUTHOR, "submit", 1)
    put(registry, decide, again, MODERATOR, replace(wanted(registry, again), closing="Of two years."))
    assert store.one(registry, again).accepted == (NARRATIVE, CLOSE)
    judged = findings.known(registry)[finding.key]
    assert (judged.status, judged.note) == ("explained", "Of two years.")


def test_what_was_accepted_after_a_state_is_not_read_with_it(registry: Registry) -> None:
    early = registry.state()
    put(registry, decide, id_ := sent(registry, "report"), MODERATOR, wanted(registry, id_))
    names = {"CAN": "Canada"}
    assert [one.id for one in accepted(registry, [PART], names, registry.state())] == [id_]
    assert accepted(registry, [PART], names, early) == ()


def test_what_one_has_open_waits_for_the_others(registry: Registry) -> None:
    of, draft = begun("report")
    id_ = put(registry, start, of, AUTHOR, draft)
    put(registry, save, id_, AUTHOR, Draft({**draft.fields, "narrative": "More."}), 1)
    with pytest.raises(Conflict, match="Somebody else has it open until"):
        put(registry, save, id_, OTHER, Draft({**draft.fields, "narrative": "Less."}), 2)
    put(registry, move, id_, AUTHOR, "submit", 2)
    put(registry, move, id_, OTHER, "reopen", 2)
    assert put(registry, save, id_, OTHER, Draft(draft.fields), 2) == 3


@pytest.mark.parametrize("table", tables.APPENDED, ids=lambda table: table.name)
def test_what_was_written_stays(registry: Registry, table: tables.Table) -> None:
    sent(registry, "report")
    with registry.writing() as connection:
        row = {"id": "f", "contribution": store.listed(registry).rows[0].id, "size": 1}
        connection.execute(tables.evidence.insert().values(row))
    for deed in (delete(table), update(table).values(at="now")):
        with pytest.raises(DBAPIError, match="are never changed"), registry.writing() as connection:
            connection.execute(deed)


def test_many_at_once_lose_nothing_and_do_nothing_twice(registry: Registry) -> None:
    """Six write the same record while two decide on all of it: as many changes as proposals, in their order."""
    before, changes = rows(registry), len(registry.changes())

    def contribute(number: int) -> str:
        draft = Draft({**CHANGE, "place": f"Town {number}"})
        return sent(registry, "change", f"author-{number % 3}", draft)

    def moderate(given: tuple[str, str]) -> bool:
        id_, who = given
        for _ in range(50):
            try:
                put(registry, decide, id_, who, wanted(registry, id_))
                return True
            except Conflict:  # another moved the record or decided: looked at again, as the page asks
                if store.one(registry, id_).state != "submitted":
                    return False
        raise AssertionError(id_)

    with ThreadPoolExecutor(6) as pool:
        ids = list(pool.map(contribute, range(9)))
        done = list(pool.map(moderate, [(id_, who) for id_ in ids for who in (MODERATOR, SECOND)]))
    assert sum(done) == len(ids) == len(set(ids))
    held = [store.one(registry, id_) for id_ in ids]
    assert [one.state for one in held] == ["accepted"] * len(ids)
    assert len({one.decided.change for one in held}) == len(ids) == len(registry.changes()) - changes
    last = max(held, key=lambda one: one.decided.change)
    assert registry.pledges()[PART].place == last.now.fields["place"]
    assert rows(registry) - before == sum(len(one.steps) for one in held)
    assert audit.verify(registry) is None and not list(verify(registry))


def test_a_registry_open_for_reading_takes_nothing(registry: Registry) -> None:
    registry.writable = False
    with pytest.raises(Refused, match="nothing was saved"):
        put(registry, start, *begun("report")[:1], AUTHOR, begun("report")[1])
