"""Surveys as data: the two that ship can be read, faults are named by place, answers are held to their questions."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import dashboard.surveys
from dashboard.pledges import STATUSES
from dashboard.surveys.answers import asked, kept, problems
from dashboard.surveys.faults import FAULTS
from dashboard.surveys.questions import Choice, Matrix, Survey
from dashboard.surveys.reading import read
from dashboard.surveys.tongues import PHRASES
from dashboard.surveys.typed import Form

SHIPPED = sorted((Path(dashboard.surveys.__file__).parent / "shipped").glob("*.toml"))
HEAD = 'id = "one"\ntitle = "One"\npurpose = "To ask."\nasked = ["government"]\n'
SECTION = '[[sections]]\nid = "first"\nwords = "First"\n'
YES = '{ id = "yes", words = "Yes" }'
NO = '{ id = "no", words = "No" }'
LONE = f'options = [{YES}, {NO}]\nalone = ["yes"]'
MINE = {"muskoka-2010-france": "financial", "gleneagles-2005-oda": "financial"}
ONE, TWO = MINE


def question(id_: str, kind: str, more: str = "") -> str:
    return f'[[sections.questions]]\nid = "{id_}"\nkind = "{kind}"\nwords = "What?"\n{more}\n'


def whole(*questions: str) -> str:
    return HEAD + SECTION + "".join(questions)


def survey(*questions: str) -> Survey:
    made, wrong = read(whole(*questions))
    assert made, wrong
    return made


@pytest.fixture(scope="module")
def donors() -> Survey:
    made, wrong = read(next(file for file in SHIPPED if file.stem == "donors").read_text())
    assert made, wrong
    return made


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_the_surveys_that_ship_can_be_read(file: Path) -> None:
    made, wrong = read(file.read_text())
    assert made and not wrong
    assert {one.kind for one in made.questions()} >= {"choice", "text", "matrix", "file"}


def test_steps_of_policy_that_are_offered_are_those_of_the_register() -> None:
    found = []
    for file in SHIPPED:
        made, _ = read(file.read_text())
        assert made
        for one in made.questions():
            for column in one.columns if isinstance(one, Matrix) else ():
                if column.becomes and column.becomes.field == "step":
                    assert isinstance(column, Choice)
                    found.append(tuple(option.id for option in column.options))
    assert found == [STATUSES, STATUSES]


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("id = ", "survey", "not TOML"),
        (whole(question("a", "riddle")), "sections.0.questions.0", "riddle"),
        (whole(question("a", "text", 'colour = "red"')), "sections.0.questions.0.text.colour", "not permitted"),
        (whole(question("a", "choice", f"options = [{YES}]")), "sections.0.questions.0.choice.options", "at least 2"),
        (whole(question("a", "choice", f"options = [{YES}, {YES}]")), "yes", "twice"),
        (whole(question("a", "text"), question("a", "text")), "a", "twice"),
        (whole(question("a", "text", 'when = { question = "b", among = ["yes"] }')), "a", "depends on b"),
        (whole(question("a", "number", 'unit = "x"\nleast = "9"\nmost = "1"')), "a", "above most"),
        (whole(question("a", "text", 'becomes = { kind = "status", field = "note" }')), "a", "only a column"),
        (whole(question("a", "text", 'help = { fr = "Aide" }')), "a", "written in fr; the survey is in en"),
        (whole(question("a", "choice", LONE)), "a", "one answer only"),
        (whole(question("A b", "text")), "sections.0.questions.0.text.id", "A b"),
        (HEAD, "sections", "required"),
        ("#" * 300_000, "survey", "longer than"),
    ],
)
def test_what_is_wrong_with_a_survey_is_named_by_its_place(text: str, place: str, said: str) -> None:
    made, wrong = read(text)
    assert made is None
    assert any(one.key == place and said in one.sentence for one in wrong), wrong


ADDRESSED = re.compile(r"\b(you|your|we|vous|votre|vos|nous|notre|nos|ustedes|nuestros?)\b", re.IGNORECASE)


def test_results_are_told_in_words_that_address_nobody() -> None:
    for file in SHIPPED:
        made, _ = read(file.read_text("utf-8"))
        assert made
        said = json.dumps(made.as_published().model_dump(mode="json", exclude={"sections": {"__all__": {"help"}}}))
        words = [text for key, text in _texts(json.loads(said)) if key in ("words", "purpose")]
        assert len(words) > 90 and not [text for text in words if ADDRESSED.search(text)]


def _texts(held: Any, of: str = "") -> Iterator[tuple[str, str]]:
    """Every text with the key it stands under, of texts in several languages that of all of them."""
    for key, value in held.items() if isinstance(held, dict) else enumerate(held):
        if isinstance(value, dict | list):
            yield from _texts(value, str(key))
        elif isinstance(value, str) and key in ("en", "fr", "es"):
            yield of, value
        elif isinstance(value, str):
            yield str(key), value


def test_a_question_is_asked_only_where_its_condition_holds() -> None:
    made = survey(
        question("a", "choice", f"options = [{YES}, {NO}]"),
        question("b", "choice", f'options = [{YES}, {NO}]\nwhen = {{ question = "a", among = ["yes"] }}'),
        question("c", "text", 'required = true\nwhen = { question = "b", among = ["yes"] }'),
    )
    assert [one.id for one in asked(made, {})] == ["a"]
    assert [one.id for one in asked(made, {"a": ["no"], "b": ["yes"]})] == ["a"]
    answers = {"a": ["yes"], "b": ["yes"]}
    assert [one.id for one in asked(made, answers)] == ["a", "b", "c"]
    assert [one.key for one in problems(made, answers)] == ["c"]
    assert kept(made, {"a": ["no"], "b": ["yes"], "c": "left over"}) == {"a": ["no"]}


def test_a_draft_may_lack_what_is_required_and_a_submission_may_not() -> None:
    made = survey(question("a", "text", "required = true"))
    assert not problems(made, {"a": "  "}, whole=False)
    assert [one.key for one in problems(made, {"a": "  "})] == ["a"]


MONEY = {"amount": "12.5", "scale": "million", "currency": "EUR", "since": "2010", "until": "2012"}


@pytest.mark.parametrize(
    ("kind", "more", "answer", "said"),
    [
        ("choice", f"options = [{YES}, {NO}]", ["perhaps"], "none of the answers offered"),
        ("choice", f"options = [{YES}, {NO}]", "yes", "choose from the answers"),
        ("choice", f"options = [{YES}, {NO}]", ["yes", "no"], "one answer alone"),
        ("choice", f"options = [{YES}, {NO}]\nseveral = true", ["yes", "yes"], "twice"),
        ("choice", f"options = [{YES}, {NO}]", [["yes"]], "none of the answers"),
        ("number", 'unit = "per cent"\nmost = "100"', "101", "above 100"),
        ("number", 'unit = "per cent"\nleast = "0"', "-1", "below 0"),
        ("number", 'unit = "per cent"', "1e5", "in digits"),
        ("number", 'unit = "per cent"', "NaN", "in digits"),
        ("number", 'unit = "per cent"', 12.5, "in digits"),
        ("amount", "", {**MONEY, "amount": "-1"}, "paid back"),
        ("amount", "", {**MONEY, "amount": "1,000"}, "in digits"),
        ("amount", "", {**MONEY, "currency": "euro"}, "three letters"),
        ("amount", "", {**MONEY, "scale": "lakh"}, "thousand, million or billion"),
        ("amount", "", {**MONEY, "scale": ""}, "in units, thousand, million or billion"),
        ("amount", "", {**MONEY, "since": "2013"}, "before they begin"),
        ("amount", "until = 2011", MONEY, "from 1990 to 2011"),
        ("amount", "", {**MONEY, "colour": "red"}, "holds a figure"),
        ("amount", "", "12 million", "holds a figure"),
        ("text", "longest = 5", "sixsix", "is the most"),
        ("text", "", "a\u202eb", "cannot be seen"),
        ("text", "", ["words"], "in words"),
        ("file", "", "../../etc/passwd", "no document"),
    ],
)
def test_an_answer_that_cannot_stand_is_refused_with_the_reason(kind: str, more: str, answer: Any, said: str) -> None:
    found = problems(survey(question("a", kind, more)), {"a": answer})
    assert len(found) == 1 and found[0].key.startswith("a") and said in found[0].sentence


def test_what_is_wrong_is_told_in_the_language_of_the_form(donors: Survey) -> None:
    told = {
        language: [one.sentence for one in problems(donors, {"obstacles": ["none", "rates"]}, language=language)]
        for language in ("en", "fr", "es", "de")
    }
    assert len({*map(tuple, told.values())}) == 3 and told["de"] == told["en"], "English, where there is no other"
    assert any("exclut les autres réponses" in sentence and "calendrier" in sentence for sentence in told["fr"])
    places = re.compile(r"\{\w+\}")
    for name, every in {**FAULTS, **PHRASES}.items():
        assert every.keys() == {"en", "fr", "es"}, name
        assert len({frozenset(places.findall(said)) for said in every.values()}) == 1, name


def test_what_is_well_answered_is_taken(donors: Survey) -> None:
    cells = {"rung": ["disbursed"], "amount": MONEY, "method": "The budget of 2012."}
    answers = {"delivery": {ONE: cells}, "baseline": ["year"], "baseline-year": "2008", "report": "0" * 32}
    assert problems(donors, answers, MINE) == ()
    assert kept(donors, answers) == answers


def test_an_answer_that_excludes_the_others_is_given_alone(donors: Survey) -> None:
    assert not problems(donors, {"obstacles": ["none"]}, whole=False)
    [wrong] = problems(donors, {"obstacles": ["none", "rates"]}, whole=False)
    assert wrong.key == "obstacles" and "delivery is on schedule” excludes the other" in wrong.sentence


def test_a_sum_of_money_is_not_asked_of_a_share(donors: Survey) -> None:
    form = Form(donors, commitments=[("gni", "0.7 per cent", "share"), ("sum", "EUR 5 million", "financial")])
    table = next(one for one in donors.questions() if isinstance(one, Matrix) and one.id == "delivery")
    assert [id_ for id_, _ in form.rows(table)] == ["sum"]


def test_rows_of_a_table_are_those_of_the_maker_and_columns_those_of_the_table(donors: Survey) -> None:
    assert [one.key for one in problems(donors, {"steps": {ONE: {"step": ["funded"]}}}, MINE)] == [f"steps.{ONE}"]
    for answer, key in (
        ({"somebody-else": {"rung": ["disbursed"]}}, "delivery.somebody-else"),
        ({ONE: {"colour": "red"}}, f"delivery.{ONE}"),
        ({ONE: {"amount": MONEY}}, f"delivery.{ONE}.rung"),
        ("none", "delivery"),
    ):
        assert [one.key for one in problems(donors, {"delivery": answer}, MINE)] == [key]
    assert problems(donors, {"delivery": {ONE: {"method": " "}}}, MINE) == (), "an empty row is left out"


def test_a_question_that_was_never_asked_is_refused(donors: Survey) -> None:
    assert [one.key for one in problems(donors, {"colour": "red"}, MINE)] == ["colour"]


def test_a_form_gives_back_the_answers_that_it_shows(donors: Survey) -> None:
    form = Form(donors, commitments=[(id_, id_, kind) for id_, kind in MINE.items()])
    answers = {
        "delivery": {TWO: {"rung": ["committed"], "amount": {**MONEY, "scale": "units"}}},
        "baseline": ["trend"],
        "obstacles": ["budget", "other"],
        "obstacles-more": "The law came late.\nIt was mended.",
        "plans": {"goal-5": {"firm": ["law"]}},
        "report": "0" * 32,
    }
    for section in donors.sections:
        shown = form.values(section, answers)
        assert set(shown) <= {field.name for field in form.fields(section)}
        held = form.answers(section, shown)
        assert {key: value for key, value in held.items() if value is not None} == {
            one.id: answers[one.id] for one in form.typed(section) if one.id in answers
        }
        assert not any(form.answers(section, {}).values())


def test_every_problem_stands_beside_a_field(donors: Survey) -> None:
    form = Form(donors, commitments=[(id_, id_, kind) for id_, kind in MINE.items()])
    cells = {"amount": {**MONEY, "currency": "euro"}, "method": "x" * 1_001}
    answers = {"delivery": {ONE: cells}, "baseline": ["year"], "baseline-year": "1066", "twice": ["yes"]}
    names = {field.name for section in donors.sections for field in form.fields(section)}
    found = {one.key for one in problems(donors, answers, MINE)}
    assert len(found) == 5 and found <= names
