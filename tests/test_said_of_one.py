"""What is said of one thing is not said as of many, and a draft is called one."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Connection

from dashboard.contribution_effect import Difference
from dashboard.forms import Typed
from dashboard.surveys.reading import read
from dashboard.surveys.responses import Response
from dashboard.surveys.results import results
from dashboard.surveys.typed import Form
from data_access.contributions import writing
from data_access.contributions.writing import Begun, Conflict, Draft
from data_access.registry import opening
from data_access.registry.opening import open_registry
from data_access.registry.writing import Refused
from data_access.surveying import answering, asking
from data_access.surveying.answering import Written
from layouts.contributing.pieces import differences, moving
from layouts.markup import markup
from layouts.surveying.parts import Part, part
from tests.registries import ALL, NOTED
from tests.test_survey_edited import ANSWERS, LATER, WRITTEN
from tests.test_survey_results import GIVEN, answered


def test_one_figure_and_one_field_are_one() -> None:
    assert moving(1) == "One measured figure would change; it is marked."
    assert moving(2) == "Two measured figures would change; they are marked."
    moved, same = Difference("title", "A", "B", "C"), Difference("made", "2010", "2010", "2011")
    said = markup(differences([moved, same], lambda rule: rule))
    assert "One of these fields changed in the record" in said


def test_of_one_maker_it_is_said_in_the_singular() -> None:
    told = {one.question.id: one.drawing.subtitle for one in results(answered(given=GIVEN[:1]))}
    assert told["sure"] == "1 of 1 maker that submitted the survey answered this"
    assert answered(given=GIVEN).count == "3 of 5 makers invited answered"


@pytest.fixture
def held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Connection:
    monkeypatch.setattr(opening.embedded, "fill", lambda connection: None)
    registry = open_registry(tmp_path, "")
    registry.write(ALL, NOTED)
    with registry.writing() as connection:
        yield connection
    registry.close()


def test_what_is_a_draft_is_called_a_draft(held: Connection) -> None:
    asking.keep(held, WRITTEN, "asks")
    with pytest.raises(Refused, match="The survey is a draft, so"):
        asking.move(held, "edited", "close", "asks")
    asking.invite(held, "edited", ["CAN"], "asks")
    asking.until(held, "edited", LATER, "asks")
    asking.move(held, "edited", "open", "asks")
    answering.save(held, "edited", "CAN", "ann", Written(ANSWERS, tuple(ANSWERS), 0))
    with pytest.raises(Conflict, match="The answers are a draft:"):
        answering.move(held, "edited", "CAN", "reopen", "ann", 1)
    made = writing.start(
        held, Begun("report", "commitment", next(iter(answering.commitments(held, "CAN"))), "CAN"), "ann", Draft({})
    )
    with pytest.raises(Conflict, match="It is a draft:"):
        writing.move(held, made, "ann", "reopen", 1)


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("draft", "The survey is over: your answers are"),
        ("submitted", "Your answers are submitted: they are"),
        ("withdrawn", "Your answers are withdrawn: they are"),
    ],
)
def test_answers_that_cannot_be_changed_say_why(state: str, said: str) -> None:
    asks, wrong = read(WRITTEN)
    assert asks, wrong
    response = Response("", "edited", "CAN", state)
    shown = Part(Form(asks), asks.sections[0], response, lambda *_: "/my", 0, Typed({}), False)
    assert said in markup(part(shown, str, {}))
