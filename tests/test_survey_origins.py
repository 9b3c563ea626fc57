"""A proposed update that was made from an answer says so to its moderators and on record; the answer says what became
of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from dash import Dash
from flask.testing import FlaskClient
from sqlalchemy import Connection

from dashboard.surveys.origins import Origin
from data_access.contributions import store as contributions
from data_access.contributions.deciding import Wanted, decide, record_digest
from data_access.contributions.writing import Draft, move, save
from data_access.registry.store import Registry
from data_access.surveying import answering, asking, published
from data_access.surveying.answering import Written
from layouts.markup import markup
from layouts.surveying.origins import why
from tests.contributed import PART, REPORT, signed

LATER = f"{datetime.now(UTC) + timedelta(days=30):%Y-%m-%d}"
MONEY = {"amount": "12.5", "scale": "million", "currency": "CAD", "since": "2011", "until": "2011"}
ROW = {"rung": ["disbursed"], "sum": MONEY, "how": "Health workers were trained."}
WRITTEN = """
id = "ID"
title = "Where it went"
purpose = "To ask."
asked = ["government"]
makers = "MAKERS"
[[sections]]
id = "first"
words = "First"
[[sections.questions]]
id = "paid"
kind = "matrix"
words = "What have you paid?"
published = "What was paid"
rows = "commitments"
[[sections.questions.columns]]
id = "rung"
kind = "choice"
words = "It is"
options = [{ id = "committed", words = "committed" }, { id = "disbursed", words = "paid out" }]
becomes = { kind = "report", field = "rung" }
[[sections.questions.columns]]
id = "sum"
kind = "amount"
words = "Sum"
becomes = { kind = "report", field = "amount" }
[[sections.questions.columns]]
id = "how"
kind = "text"
words = "How"
becomes = { kind = "report", field = "narrative" }
"""


def proposed(held: Connection, id_: str, makers: str, who: str, amount: str = "12.5") -> str:
    """A survey that Canada has answered, and the draft that was made of its answer."""
    asking.keep(held, WRITTEN.replace("ID", id_).replace("MAKERS", makers), "asks")
    asking.invite(held, id_, ["CAN"], "asks")
    asking.until(held, id_, LATER, "asks")
    asking.move(held, id_, "open", "asks")
    row = {**ROW, "sum": {**MONEY, "amount": amount}}
    answering.save(held, id_, "CAN", who, Written({"paid": {PART: row}}, ("paid",), 0))
    answering.move(held, id_, "CAN", "submit", who, 1)
    [made] = answering.propose(held, id_, "CAN", who)
    return made


def sent(held: Connection, draft: str, who: str) -> None:
    """Completed as its form wants it, and submitted."""
    now = contributions.read(held, draft)
    assert now
    number = save(held, draft, who, Draft({**REPORT, **now.now.fields, "unit": "CAD million"}), now.now.number)
    move(held, draft, who, "submit", number)


def decided(held: Connection, draft: str, who: str, decision: str = "accept", reason: str = "") -> None:
    now = contributions.read(held, draft)
    assert now
    decide(held, draft, who, Wanted(decision, why=reason, seen=now.now.digest, record=record_digest(held, now)))


def registry_of(app: Dash) -> Registry:
    found: Registry = app.server.extensions["people"].registry
    return found


def shut(held: Connection, id_: str) -> None:
    asking.move(held, id_, "close", "asks")
    asking.move(held, id_, "publish", "asks")


def text(client: FlaskClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.get_data(as_text=True)


@pytest.fixture(scope="module")
def ann(peopled: Dash) -> FlaskClient:
    return signed(peopled, "origins-ann", {"contributor": ["CAN"]})


@pytest.fixture(scope="module")
def mod(peopled: Dash) -> FlaskClient:
    return signed(peopled, "origins-mod", {"moderator": []})


def test_moderators_and_the_record_are_told_of_survey_and_question_and_the_answer_what_became_of_it(
    peopled: Dash, ann: FlaskClient, mod: FlaskClient
) -> None:
    registry, id_ = registry_of(peopled), "origins-named"
    with registry.writing() as held:
        draft = proposed(held, id_, "named", "origins-ann")
    mine = text(ann, f"/my/surveys/{id_}/CAN")
    assert "What became of these answers" in mine and f"/my/contributions/{draft}" in mine and ">Draft, " in mine
    assert "Where it went" in text(ann, f"/my/contributions/{draft}")
    with registry.writing() as held:
        sent(held, draft, "origins-ann")
    page = text(mod, f"/moderate/{draft}")
    assert "From a survey" in page and "Where it went" in page and "question “What was paid”" in page
    assert "Its results are not published." in page and f'href="/surveys/{id_}' not in page
    with registry.writing() as held:
        decided(held, draft, "origins-mod")
        shut(held, id_)
    assert ">Accepted, " in text(ann, f"/my/surveys/{id_}/CAN")
    assert f'href="/surveys/{id_}#paid"' in text(mod, f"/moderate/{draft}"), "once they are published"
    told = text(peopled.server.test_client(), f"/surveys/{id_}")
    assert "On record since" in told and f'href="/commitment/{PART}"' in told and "accepted" in told
    [change] = [one for one in registry.changes() if id_ in one.why]
    assert "survey “Where it went”, question “What was paid”" in change.why


def test_what_was_not_accepted_is_told_to_those_who_answered_and_to_nobody_else(
    peopled: Dash, ann: FlaskClient
) -> None:
    registry, id_ = registry_of(peopled), "origins-rejected"
    with registry.writing() as held:
        draft = proposed(held, id_, "named", "origins-ann")
        sent(held, draft, "origins-ann")
        decided(held, draft, "origins-mod", "reject", "It is of another commitment.")
        shut(held, id_)
    assert ">Not accepted, " in text(ann, f"/my/surveys/{id_}/CAN")
    told = text(peopled.server.test_client(), f"/surveys/{id_}")
    assert "On record since" not in told and "another commitment" not in told


def test_where_a_survey_names_nobody_no_revision_tells_who_answered(peopled: Dash, mod: FlaskClient) -> None:
    registry, id_ = registry_of(peopled), "origins-unnamed"
    with registry.writing() as held:
        draft = proposed(held, id_, "unnamed", "origins-ann", "13.5")
        sent(held, draft, "origins-ann")
    page = text(mod, f"/moderate/{draft}")
    assert "Where it went" in page and "does not name the survey" in page
    with registry.writing() as held:
        decided(held, draft, "origins-mod")
        shut(held, id_)
    newest = registry.changes()[0]
    assert newest.why.startswith("Report on implementation, accepted") and "survey" not in newest.why
    assert registry.read(lambda held: published.found(held, id_))[1].became == ()


def test_a_reason_leads_to_the_results_it_names_and_to_nothing_else() -> None:
    named = Origin("one-1", "paid", "One", "What was paid", named=True).reason
    said: Any = why(f"Report, accepted. {named} <b>/surveys/x#y</b>")
    assert str(markup(said)) == (
        "Report, accepted. From an answer to the survey “One”, question “What was paid” "
        '(<a href="/surveys/one-1#paid">results, once they are published</a>). &lt;b&gt;/surveys/x#y&lt;/b&gt;'
    )
