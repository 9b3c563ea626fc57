"""The way of a contribution as a model: random steps of it and of the database agree, and the record holds them all."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import func, select

from dashboard.contribution_effect import parts
from dashboard.contributions import DECISIONS, KINDS, PUBLIC, REASONED, after
from data_access import audit
from data_access.contributions import store, writing
from data_access.contributions.deciding import Wanted, decide, record_digest
from data_access.contributions.writing import Conflict, Draft
from data_access.people.tables import audit as audit_table
from data_access.registry import embedded, engines, opening, tables
from data_access.registry.store import Registry
from data_access.registry.verifying import verify
from data_access.registry.writing import Refused
from tests.contributed import AUTHOR, FIELDS, MODERATOR, OTHER, SECOND, begun
from tests.registries import ALL, NOTED

SOAK = int(os.environ.get("MODERATED", "0"))
PERSONS = st.sampled_from((AUTHOR, OTHER, MODERATOR, SECOND))
STALE = st.booleans()


@cache
def template() -> Path:
    """A folder with a small registry, made once."""
    folder = Path(tempfile.mkdtemp(prefix="moderated-"))
    atexit.register(shutil.rmtree, folder)
    fill, embedded.fill = embedded.fill, lambda connection: None
    try:
        registry = opening.open_registry(folder)
    finally:
        embedded.fill = fill
    registry.write(ALL, NOTED)
    registry.close()
    return folder


class Moderated(RuleBasedStateMachine):
    """What a contribution should be, beside what the database says it is."""

    ids = Bundle("ids")

    @initialize()
    def opened(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="moderated-"))
        shutil.copy(template() / opening.FILE, self.folder)
        self.registry = Registry(engines.in_file(self.folder / opening.FILE))
        self.held: dict[str, dict[str, Any]] = {}
        self.steps, self.changes = 0, 1

    @rule(target=ids, kind=st.sampled_from(sorted(FIELDS)), who=PERSONS)
    def start(self, kind: str, who: str) -> str:
        began, draft = begun(kind)
        id_ = self.writes(writing.start, began, who, draft)
        self.held[id_] = {"kind": kind, "state": "draft", "version": 1, "fields": draft.fields, "authors": {who}}
        self.steps += 1
        return id_

    @rule(id_=ids, who=PERSONS, stale=STALE, text=st.text("ab ", max_size=3))
    def save(self, id_: str, who: str, stale: bool, text: str) -> None:
        told = self.held[id_]
        key = {"change": "why", "link": "note", "status": "note", "new": "place"}.get(told["kind"], "narrative")
        fields = {**told["fields"], key: text}
        try:
            self.writes(writing.save, id_, who, Draft(fields), told["version"] - stale)
        except Conflict:
            assert stale or not after(told["state"], "save") or self.others(id_, who)
            return
        assert not stale and after(told["state"], "save")
        if fields != told["fields"]:
            told |= {"fields": fields, "version": told["version"] + 1, "state": after(told["state"], "save")}
            told["authors"].add(who)
            told["lock"] = who
            self.steps += 1

    @rule(id_=ids, who=PERSONS, action=st.sampled_from(("submit", "reopen", "withdraw")), stale=STALE)
    def move(self, id_: str, who: str, action: str, stale: bool) -> None:
        told = self.held[id_]
        wanted = after(told["state"], action)
        try:
            state = self.writes(writing.move, id_, who, action, told["version"] - stale)
        except Conflict:
            assert stale or not wanted or self.others(id_, who)
            return
        assert state == wanted and not stale
        told["state"] = state
        told["authors"].add(who)
        told.pop("lock", None)
        now = store.one(self.registry, id_)
        assert now is not None and now.now.number - told["version"] in (0, 1)  # one more where the record had moved
        told["version"] = now.now.number
        self.steps += 1

    @rule(id_=ids, who=PERSONS, decision=st.sampled_from(sorted(DECISIONS)), why=st.sampled_from(("", "Because.")),
          stale=STALE, some=st.booleans())  # fmt: skip
    def decides(self, id_: str, who: str, decision: str, why: str, stale: bool, some: bool) -> None:
        told = self.held[id_]
        held = store.one(self.registry, id_)
        assert held is not None
        every = parts(told["kind"], told["fields"])
        chosen = every[:1] if some else ()
        seen = "another" if stale else held.now.digest
        wanted = Wanted(
            decision, chosen, why, seen, self.registry.read(lambda connection: record_digest(connection, held))
        )
        before = self.registry.state()
        try:
            state = self.writes(decide, id_, who, wanted)
        except Refused:
            assert self.registry.state() == before
            return
        assert told["state"] == "submitted" and who not in told["authors"] and not stale
        assert state == after("submitted", decision) and (why or decision not in REASONED)
        told["state"] = state
        self.steps += 1
        self.changes += self.registry.state() != before
        assert state in PUBLIC or self.registry.state() == before

    def writes(self, do: Callable[..., Any], *given: Any) -> Any:
        with self.registry.writing() as connection:
            return do(connection, *given)

    def others(self, id_: str, who: str) -> bool:
        return self.held[id_].get("lock", who) != who

    @invariant()
    def the_database_says_the_same(self) -> None:
        for id_, told in getattr(self, "held", {}).items():
            held = store.one(self.registry, id_)
            assert held is not None
            assert (held.kind, held.state, held.now.number) == (told["kind"], told["state"], told["version"])
            assert held.now.fields == told["fields"] and held.authors == told["authors"]
            assert held.steps[-1].state == held.state and all(step.state for step in held.steps)
            assert [one.number for one in held.versions] == list(range(1, held.now.number + 1))

    def teardown(self) -> None:
        if not hasattr(self, "registry"):
            return
        with self.registry.engine.connect() as connection:
            rows = connection.execute(select(func.count()).select_from(audit_table)).scalar_one()
            made = connection.execute(select(func.count()).select_from(tables.change)).scalar_one()
        assert rows == self.steps  # nothing lost, nothing double
        assert made == self.changes
        assert audit.verify(self.registry) is None
        assert not list(verify(self.registry))
        self.registry.close()
        shutil.rmtree(self.folder)


TestModerated = Moderated.TestCase
TestModerated.settings = settings(
    max_examples=SOAK or 12,
    stateful_step_count=50 if SOAK else 25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


def test_every_kind_goes_through_the_model() -> None:
    assert set(FIELDS) | {"statement"} == set(KINDS)
