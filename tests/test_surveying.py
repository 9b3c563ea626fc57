"""Surveys as they are kept: asked, opened, answered by several people, submitted, made into drafts of proposals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, delete
from sqlalchemy.exc import DBAPIError

import dashboard.surveys
from data_access import audit
from data_access.contributions import deciding, writing
from data_access.contributions import store as contributions
from data_access.contributions.deciding import Wanted
from data_access.contributions.evidence import Kept
from data_access.contributions.writing import Begun, Conflict, Draft
from data_access.registry import opening
from data_access.registry.opening import open_registry
from data_access.registry.store import Registry
from data_access.registry.writing import Refused
from data_access.surveying import answering, asking, became, files, store, tables
from data_access.surveying.answering import Unfit, Written
from tests.registries import ALL, NOTED

DONORS = (Path(dashboard.surveys.__file__).parent / "shipped" / "donors.toml").read_text()
ID, MAKER, ANN, BEN, ADMIN = "donors-implementation", "CAN", "ann", "ben", "adm"
LATER = f"{datetime.now(UTC) + timedelta(days=30):%Y-%m-%d}"
FILE = Kept("0" * 32, "", "Report.pdf", "application/pdf", 12, "1" * 64)
MONEY = {"amount": "12.5", "scale": "million", "currency": "EUR", "since": "2010", "until": "2012"}


@pytest.fixture(params=["sqlite", "postgresql"])
def registry(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Registry]:
    monkeypatch.setattr(opening.embedded, "fill", lambda connection: None)
    address = request.getfixturevalue("postgres_database") if request.param == "postgresql" else ""
    made = open_registry(tmp_path, address)
    made.write(ALL, NOTED)
    yield made
    made.close()


@pytest.fixture
def asked(registry: Registry) -> Iterator[Connection]:
    """In a transaction: the survey of donors is open, Canada invited."""
    with registry.writing() as connection:
        asking.keep(connection, DONORS, ADMIN)
        asking.invite(connection, ID, [MAKER], ADMIN)
        asking.until(connection, ID, LATER, ADMIN)
        asking.move(connection, ID, "open", ADMIN)
        yield connection


def mine(connection: Connection) -> str:
    held = answering.commitments(connection, MAKER)
    return next(id_ for id_, kind in held.items() if kind == "financial")


def rows(connection: Connection) -> dict[str, Any]:
    cells = {"rung": ["disbursed"], "amount": MONEY, "method": "The budget of 2012."}
    return {"delivery": {mine(connection): cells}}


def say(connection: Connection, who: str, seen: int, **answers: Any) -> int:
    return answering.save(connection, ID, MAKER, who, Written(answers, tuple(answers), seen)).version


def test_a_survey_is_kept_opened_and_closed_and_all_of_it_is_on_record(registry: Registry) -> None:
    with registry.writing() as connection:
        assert asking.keep(connection, DONORS, ADMIN) == ID
        with pytest.raises(Refused, match="somebody is invited"):
            asking.move(connection, ID, "open", ADMIN)
        assert asking.invite(connection, ID, [MAKER, "rwanda"], ADMIN) == (MAKER, "RWA")
        assert asking.invite(connection, ID, ["RWA"], ADMIN) == ()
        with pytest.raises(Refused, match="no maker atlantis"):
            asking.invite(connection, ID, ["atlantis"], ADMIN)
        for day, said in (("2001-01-01", "has passed"), ("tomorrow", "no date")):
            with pytest.raises(Refused, match=said):
                asking.until(connection, ID, day, ADMIN)
        asking.until(connection, ID, LATER, ADMIN)
        assert asking.move(connection, ID, "open", ADMIN) == "open"
        assert [one.maker for one in store.progress(connection, ID)] == [MAKER, "RWA"]
        assert asking.remind(connection, ID, ADMIN) == (MAKER, "RWA")
        assert asking.move(connection, ID, "close", ADMIN) == "closed"
        with pytest.raises(Refused, match="nobody is reminded"):
            asking.remind(connection, ID, ADMIN)
        with pytest.raises(Refused, match="not open"):
            say(connection, ANN, 0, women=["all"])
    assert audit.verify(registry) is None
    assert audit.head(registry)[0] == 7


def test_words_of_an_open_survey_may_change_and_what_answers_are_filed_under_may_not(asked: Connection) -> None:
    assert asking.keep(asked, DONORS.replace("What is planned", "Plans"), ADMIN) == ID
    assert store.one(asked, ID).version == 2
    with pytest.raises(Refused, match=r"women \(choice\)"):
        asking.keep(asked, DONORS.replace('id = "women"', 'id = "sexes"'), ADMIN)
    with pytest.raises(Refused, match="not TOML"):
        asking.keep(asked, "[", ADMIN)


def test_two_people_of_one_maker_answer_side_by_side(asked: Connection) -> None:
    assert say(asked, ANN, 0, women=["all"]) == 1
    assert say(asked, BEN, 0, twice=["no"]) == 2, "another question, whatever was seen"
    held = store.answered(asked, ID, MAKER)
    assert held and held.answers == {"women": ["all"], "twice": ["no"]}
    with pytest.raises(Conflict, match="women"):
        say(asked, BEN, 0, women=["no"])
    assert say(asked, BEN, 2, women=["no"]) == 3
    assert say(asked, BEN, 3, women=["no"]) == 3, "nothing new makes no version"
    assert say(asked, ANN, 3, women=[]) == 4
    held = store.answered(asked, ID, MAKER)
    assert held and held.answers == {"twice": ["no"]}


def test_a_draft_with_what_cannot_stand_is_refused_and_stays_as_it_was(asked: Connection) -> None:
    say(asked, ANN, 0, women=["all"])
    with pytest.raises(Unfit) as found:
        say(asked, ANN, 1, women=["perhaps"])
    assert [one.key for one in found.value.problems] == ["women"]
    held = store.answered(asked, ID, MAKER)
    assert held and held.version == 1


def test_what_is_required_is_asked_for_when_it_is_submitted(asked: Connection) -> None:
    say(asked, ANN, 0, baseline=["year"])
    with pytest.raises(Unfit) as found:
        answering.move(asked, ID, MAKER, "submit", ANN, 1)
    assert [one.key for one in found.value.problems] == ["baseline-year"]
    with pytest.raises(Conflict, match="have changed"):
        answering.move(asked, ID, MAKER, "submit", ANN, 0)


def test_answers_are_submitted_reopened_and_withdrawn(asked: Connection) -> None:
    say(asked, ANN, 0, **rows(asked))
    assert answering.move(asked, ID, MAKER, "submit", BEN, 1).state == "submitted"
    assert [one.maker for one in store.submitted(asked, ID)] == [MAKER]
    with pytest.raises(Conflict, match="submitted"):
        say(asked, ANN, 1, women=["all"])
    assert answering.move(asked, ID, MAKER, "reopen", ANN, 1).state == "draft"
    assert store.submitted(asked, ID) == ()
    assert say(asked, ANN, 1, women=["all"]) == 2
    assert answering.move(asked, ID, MAKER, "withdraw", ANN, 2).state == "withdrawn"
    assert store.progress(asked, ID)[0].state == "withdrawn"


def test_answers_become_drafts_once_for_each_submission(asked: Connection) -> None:
    say(asked, ANN, 0, **rows(asked))
    with pytest.raises(Refused, match="submitted"):
        answering.propose(asked, ID, MAKER, ANN)
    answering.move(asked, ID, MAKER, "submit", ANN, 1)
    (made,) = answering.propose(asked, ID, MAKER, ANN)
    draft = contributions.read(asked, made)
    assert draft and (draft.kind, draft.of, draft.maker, draft.author) == ("report", mine(asked), MAKER, ANN)
    fields = {"rung": "disbursed", "amount": "12.5", "unit": "EUR million", "since": "2010", "until": "2012"}
    assert draft.now.fields == {**fields, "narrative": "The budget of 2012."}
    with pytest.raises(Refused, match="already"):
        answering.propose(asked, ID, MAKER, ANN)


def test_nobody_decides_on_what_was_made_of_answers_that_they_wrote_or_sent(asked: Connection) -> None:
    say(asked, BEN, 0, **rows(asked))
    answering.move(asked, ID, MAKER, "submit", "cat", 1)
    (made,) = answering.propose(asked, ID, MAKER, ANN)
    answering.move(asked, ID, MAKER, "reopen", BEN, 1)
    say(asked, "dan", 1, women=["all"])
    writing.move(asked, made, ANN, "submit", 1)
    draft = contributions.read(asked, made)
    assert draft and draft.authors == {ANN, BEN, "cat"}, "those of a later version wrote nothing of it"
    for who in (ANN, BEN, "cat"):
        with pytest.raises(Refused, match="does not decide on it"):
            deciding.decide(asked, made, who, Wanted("reject", why="No.", seen=draft.now.digest))
    deciding.decide(asked, made, "dan", Wanted("reject", why="No.", seen=draft.now.digest))


def test_a_file_answers_its_question_and_no_other(asked: Connection) -> None:
    at = (ID, MAKER, "report")
    held = files.attach(asked, at, FILE, ANN, 0)
    assert held.answers == {"report": FILE.id} and files.of(asked, [FILE.id]) == {FILE.id: FILE}
    assert files.given(asked, FILE.id, ID, MAKER) == FILE
    assert files.given(asked, FILE.id, ID, "RWA") is None and files.given(asked, FILE.id, "other") is None
    with pytest.raises(Refused, match="takes no file"):
        files.attach(asked, (ID, MAKER, "women"), FILE, ANN, 1)
    assert files.take_away(asked, at, BEN, 1).answers == {}
    with pytest.raises(Refused, match="MB together"):
        files.attach(asked, at, replace(FILE, id="2" * 32, size=files.ALL), ANN, 2)


def test_whoever_is_not_invited_is_told_of_no_survey(asked: Connection) -> None:
    with pytest.raises(Refused, match="no such survey"):
        answering.save(asked, ID, "RWA", ANN, Written({}, (), 0))
    with pytest.raises(Refused, match="no such survey"):
        answering.save(asked, "other", MAKER, ANN, Written({}, (), 0))


@pytest.mark.parametrize("table", tables.APPENDED, ids=lambda table: table.name)
def test_what_was_written_is_never_changed(registry: Registry, table: Any) -> None:
    with registry.writing() as connection:
        asking.keep(connection, DONORS, ADMIN)
        asking.invite(connection, ID, [MAKER], ADMIN)
        asking.until(connection, ID, LATER, ADMIN)
        asking.move(connection, ID, "open", ADMIN)
        say(connection, ANN, 0, women=["all"])
        held = files.attach(connection, (ID, MAKER, "report"), FILE, ANN, 1)
        made = writing.start(connection, Begun("report", "commitment", mine(connection), MAKER), ANN, Draft({}))
        became.noted(connection, made, store.one(connection, ID).asks, held, "delivery")
    with pytest.raises(DBAPIError, match="never changed"), registry.writing() as connection:
        connection.execute(delete(table))
