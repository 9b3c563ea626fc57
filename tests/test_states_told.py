"""A page of an earlier state shows nothing of later: no note, no revision, no judgement; a finding tells by roles who
changed its status, when and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from dash import Dash
from flask.testing import FlaskClient

from dashboard.check_flows import beyond, reported
from dashboard.evidence import Evidence, Life
from dashboard.finding_list import Step
from dashboard.findings import Finding, Side
from data_access.contributions import store
from data_access.contributions.deciding import Wanted, decide, record_digest
from data_access.contributions.public import accepted
from data_access.contributions.writing import Begun, Draft, move, start
from data_access.measuring.found import told, with_history
from data_access.registry import findings, opening
from data_access.registry.opening import open_registry
from data_access.registry.store import Registry
from data_access.registry.writing import Edits, Noted
from tests.contributed import AUTHOR, MODERATOR, REPORT, Form, signed
from tests.registries import ALL, NOTED, PART
from tests.visits import Visitor

NAMES = {"CAN": "Canada"}


@pytest.fixture
def registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Registry]:
    monkeypatch.setattr(opening.embedded, "fill", lambda connection: None)
    opened = open_registry(tmp_path)
    opened.write(ALL, replace(NOTED, at="2016-01-01T00:00:00Z"))
    yield opened
    opened.close()


def taken(registry: Registry, kind: str, fields: dict[str, str]) -> str:
    begun = Begun(kind, "commitment", PART.id, "CAN")
    id_ = registry.put(lambda held: start(held, begun, AUTHOR, Draft(fields)))
    registry.put(lambda held: move(held, id_, AUTHOR, "submit", 1))
    one = store.one(registry, id_)
    record = registry.read(lambda held: record_digest(held, one))
    registry.put(lambda held: decide(held, id_, MODERATOR, Wanted("accept", (), "", one.now.digest, record)))
    return id_


def test_what_was_accepted_while_a_state_stood_is_told_as_later_than_it(registry: Registry) -> None:
    first = registry.state()
    note = taken(registry, "comment", {"narrative": "The clinics are open."})
    assert registry.state() == first, "a comment changes no record"
    assert [(one.id, one.later) for one in accepted(registry, [PART.id], NAMES, first)] == [(note, True)]
    assert [(one.id, one.later) for one in accepted(registry, [PART.id], NAMES)] == [(note, False)]
    report = taken(registry, "report", REPORT)
    assert report not in [one.id for one in accepted(registry, [PART.id], NAMES, first)], "nothing after its end"
    held = {one.id: one.later for one in accepted(registry, [PART.id], NAMES, registry.state())}
    assert held == {note: False, report: False}, "a report belongs to the state that it made"


def test_a_finding_of_an_earlier_state_stands_as_it_stood_then(registry: Registry) -> None:
    finding = Finding("two-figures", (PART.id,), "Two figures differ.", Side("5", "A"), Side("6", "B"))
    findings.take_in(registry, [finding])
    before = registry.held()
    registry.write(Edits((replace(PART, place="Toronto"),)), Noted("An editor", "A test", at="2098-01-01T00:00:00Z"))
    late = Noted("A moderator, after the reply of Canada", "Two years are counted.", at="2098-01-02T00:00:00Z")
    findings.judge(registry, finding.key, "explained", late)
    for held, status, count in ((registry.held(), "explained", 2), (before, "open", 1)):
        [one] = with_history(told((finding,), held, registry), held, registry)
        assert (one.status, len(one.history)) == (status, count)
    [_, last] = with_history(told((finding,), registry.held(), registry), registry.held(), registry)[0].history
    said = "2 January 2098, 00:00 UTC: explained. A moderator, after the reply of Canada: Two years are counted."
    assert last.words == said
    assert Step("open", late.at, "Ann Person", "Why.").by == "An editor of the register", "roles, never names"


def test_sources_of_findings_are_named_where_they_are_known() -> None:
    lives = (Life("iati-goals", "GB-1", Decimal(1_000_000), Decimal(9_000_000)),)
    [one] = beyond(Evidence({}, lives=lives))
    assert (one.first.source, one.second.source) == ("disbursed, iati-goals", "committed, iati-goals")
    assert not list(reported(Evidence({})))


@pytest.fixture(scope="module")
def regina(peopled: Dash) -> FlaskClient:
    return signed(peopled, "regina", {"contributor": ["CAN"]})


def test_a_pinned_page_sets_apart_what_came_later(peopled: Dash, regina: FlaskClient) -> None:
    registry = peopled.server.extensions["people"].registry
    every = registry.pledges()
    id_ = min(one.id for one in every.values() if one.maker_ids == ("CAN",) and one.rule and one.rule.measures)
    judge, reader, state = signed(peopled, "estevan", {"moderator": []}), peopled.server.test_client(), registry.state()
    note = "It was built in the spring."
    Form(regina, f"/my/comments/new?commitment={id_}").send(narrative=note)
    [one] = store.listed(registry, ("submitted",), ("comment",), author="regina").rows[:1]
    Form(judge, "/moderate?kind=comment", "/moderate").send(**{f"comment-{one.id}": one.now.digest})
    page = f"/commitment/{id_}"
    now, then = (Visitor(reader).page(page, search).text for search in ("", f"?registry={state}"))
    apart = "Accepted later than the state shown here"
    assert note in now and apart not in now
    assert then.index(apart) < then.index(note), "the pinned page of the same state sets it apart"
    fields = {
        "amount_low": "7",
        "amount_high": "7",
        "why": "As the speech says",
        "evidence": "S | https://example.org/s",
    }
    made = Form(regina, f"/my/contributions/new?commitment={id_}&kind=change").send(then="preview", **fields)
    assert Form(regina, made.location).send().status_code == 303
    decided = f"/moderate/{made.location.split('/')[3]}"
    assert Form(judge, decided, decided).send(decision="accept").status_code == 303
    now, then = (Visitor(reader).page(page, search).text for search in ("", f"?registry={state}"))
    assert "at the proposal of Canada" in now and "at the proposal of Canada" not in then
    assert "Its counting rule was not changed with it" in now
    assert "One later revision is not part of the state of the register shown here" in then
