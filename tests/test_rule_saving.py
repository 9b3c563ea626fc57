"""A rule saved into the registry: its version, its revision, and every reason for which it is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from dashboard.counting import Rule
from data_access.measuring.telling import written
from data_access.registry import opening
from data_access.registry.exchange import exporting, importing
from data_access.registry.opening import open_registry
from data_access.registry.rule_saving import ruled, save, version
from data_access.registry.store import Registry
from data_access.registry.verifying import verify
from data_access.registry.writing import Edits, Noted, Refused
from tests.registries import ALL, NOTED, PART, POLICY, WHOLE
from tests.waiting import at_once

Open = Callable[[], Registry]
NEW = Rule("flows", donors=("CAN",), source="crs", since=2010, until=2015)
MOVED = replace(NEW, until=2014)


@pytest.fixture(params=["sqlite", "postgresql"])
def opens(request: pytest.FixtureRequest, tmp_path: Path) -> Open:
    address = request.getfixturevalue("postgres_database") if request.param == "postgresql" else ""
    return lambda: open_registry(tmp_path, address)


@pytest.fixture
def registry(opens: Open, monkeypatch: pytest.MonkeyPatch) -> Iterator[Registry]:
    monkeypatch.setattr(opening.embedded, "fill", lambda connection: None)
    opened = opens()
    opened.write(ALL, NOTED)
    yield opened
    opened.close()


def test_a_saved_rule_is_a_revision_by_somebody_for_a_reason(registry: Registry, opens: Open) -> None:
    before = registry.state()
    state, number = save(registry, PART.id, NEW, Noted("A. Moderator", "A ledger was found"), seen=1)
    assert number == 2 and state == registry.state() != before
    again = opens()
    assert again.pledges()[PART.id] == replace(PART, rule=NEW)
    assert again.pledges(before)[PART.id] == PART
    newest = again.revisions(PART.id)[0]
    assert (newest.change.who, newest.change.why, newest.action) == ("A. Moderator", "A ledger was found", "changed")
    assert verify(again) == []
    again.close()


def test_the_version_counts_rules_and_no_other_edits(registry: Registry) -> None:
    assert version(registry, PART.id) == 1 and version(registry, WHOLE.id) == 0 and version(registry, "nobody") == 0
    registry.write(Edits((replace(PART, remarks="Another remark"),)), NOTED)
    assert version(registry, PART.id) == 1
    first = registry.state()
    save(registry, PART.id, NEW, NOTED)
    save(registry, PART.id, MOVED, NOTED, seen=2)
    save(registry, PART.id, NEW, NOTED, seen=3)
    assert version(registry, PART.id) == 4 and version(registry, PART.id, first) == 1
    assert [one.version for one in ruled(registry, PART.id)] == [1, 1, 2, 3, 4]
    assert save(registry, WHOLE.id, NEW, NOTED, seen=0)[1] == 1


def test_what_was_edited_beside_the_rule_stays(registry: Registry) -> None:
    registry.write(Edits((replace(PART, remarks="Written meanwhile"),)), NOTED)
    save(registry, PART.id, NEW, NOTED, seen=1)
    assert registry.pledges()[PART.id] == replace(PART, remarks="Written meanwhile", rule=NEW)


def test_a_rule_that_changed_since_it_was_shown_is_not_written_over(registry: Registry) -> None:
    save(registry, PART.id, NEW, NOTED, seen=1)
    state = registry.state()
    with pytest.raises(Refused, match="you saw version 1, and it is at version 2"):
        save(registry, PART.id, MOVED, NOTED, seen=1)
    assert registry.state() == state and registry.pledges()[PART.id].rule == NEW


@pytest.mark.parametrize(
    ("id_", "rule", "noted", "said"),
    [
        ("nobody", NEW, NOTED, "nobody is not a commitment of the register"),
        (PART.id, PART.rule, NOTED, "is as it was"),
        (PART.id, NEW, Noted("", "Why"), "says who makes it and why"),
        (PART.id, NEW, Noted("Who", "  "), "says who makes it and why"),
        (PART.id, Rule("flows"), NOTED, "since is missing"),
        (PART.id, replace(NEW, until=2009), NOTED, "lies after until"),
    ],
)
def test_what_cannot_be_saved_is_refused_in_a_sentence_and_writes_nothing(
    registry: Registry, id_: str, rule: Rule, noted: Noted, said: str
) -> None:
    before, changes = registry.state(), len(registry.changes())
    with pytest.raises(Refused, match=said):
        save(registry, id_, rule, noted)
    assert registry.state() == before and len(registry.changes()) == changes


def test_a_withdrawn_record_and_a_closed_registry_take_no_rule(registry: Registry) -> None:
    registry.write(Edits(withdrawn=(POLICY.id,)), NOTED)
    with pytest.raises(Refused, match="is not a commitment"):
        save(registry, POLICY.id, NEW, NOTED)
    registry.writable = False
    with pytest.raises(Refused, match="open for reading alone"):
        save(registry, PART.id, NEW, NOTED)


def test_of_several_who_save_at_once_one_is_heard(registry: Registry) -> None:
    outcomes = list[str]()

    def write(at: int) -> None:
        try:
            outcomes.append(str(save(registry, PART.id, replace(NEW, note=f"Note {at}."), NOTED, seen=1)[1]))
        except Refused as why:
            outcomes.append(str(why))

    at_once(*(partial(write, at) for at in range(6)))
    assert sorted(outcomes)[0] == "2" and sum("you saw version 1" in one for one in outcomes) == 5
    assert version(registry, PART.id) == 2 and verify(registry) == []


@pytest.mark.parametrize("name", ["registry.xlsx", "registry.csv"])
def test_rules_go_out_with_a_file_and_come_in_again(registry: Registry, tmp_path: Path, name: str) -> None:
    save(registry, PART.id, NEW, NOTED)
    exporting.write(tmp_path / name, registry.held())
    assert importing.bring_in(registry, tmp_path / name, NOTED).differences == []
    save(registry, PART.id, MOVED, NOTED)
    came = importing.bring_in(registry, tmp_path / name, Noted("A. Moderator", "Back to the file"))
    assert came.saved and registry.pledges()[PART.id].rule == NEW and version(registry, PART.id) == 4


def test_the_history_says_a_rule_before_and_after(registry: Registry) -> None:
    save(registry, PART.id, NEW, Noted("A. Moderator", "A ledger was found"))
    registry.write(Edits((replace(PART, rule=NEW, remarks="New"),)), NOTED)
    told = written(registry.revisions(PART.id), lambda _, code: code)
    assert [one.rule is not None for one in told] == [False, True, True] and [one.version for one in told] == [2, 2, 1]
    before, after = told[1].rule or ("", "")
    assert before.startswith("Not measured") and after.startswith("Counts what was disbursed")
