"""Where a survey names nobody, nothing that fewer than three makers said is told, in whatever way results are read."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

from dashboard.surveys.leaving import counts
from dashboard.surveys.questions import Survey
from dashboard.surveys.reading import read
from dashboard.surveys.results import APART_ALL, HANGS, LEFT_OUT, TOO_FEW, UNTOLD, Answered, Given, Result, results
from dashboard.surveys.whole import whole
from layouts.markup import markup
from layouts.surveying.results import page
from layouts.tables import plain

OPTIONS = 'options = [{ id = "yes", words = "Yes" }, { id = "no", words = "No" }, { id = "so", words = "So so" }]\n'
COLUMNS = f"""
[[sections.questions.columns]]
id = "step"
kind = "choice"
words = "Step"
{OPTIONS}
[[sections.questions.columns]]
id = "sum"
kind = "amount"
words = "Sum"
[[sections.questions.columns]]
id = "share"
kind = "number"
words = "Share"
unit = "per cent"
"""
WRITTEN = f"""
id = "one"
title = "One"
purpose = "To ask."
asked = ["government"]
makers = "unnamed"
[[sections]]
id = "first"
words = "First"
[[sections.questions]]
id = "sure"
kind = "choice"
words = "Sure?"
{OPTIONS}
[[sections.questions]]
id = "paid"
kind = "amount"
words = "Paid?"
[[sections.questions]]
id = "areas"
kind = "matrix"
words = "Areas"
rows = [{{ id = "health", words = "Health" }}, {{ id = "water", words = "Water" }}]
{COLUMNS}
[[sections.questions]]
id = "each"
kind = "matrix"
words = "Each"
rows = "commitments"
{COLUMNS}
"""
MAKERS = ("Benin", "Chad", "Ghana", "Kenya", "Mali", "Niger", "Peru", "Togo")


def survey() -> Survey:
    made, wrong = read(WRITTEN)
    assert made, wrong
    return made


def money(currency: str, amount: str = "12.5") -> dict[str, str]:
    return {"amount": amount, "scale": "million", "currency": currency, "since": "2010", "until": "2012"}


def answered(*answers: dict[str, Any]) -> Answered:
    given = tuple(Given(*one) for one in zip(MAKERS, answers, strict=False))
    return Answered(survey(), given, len(MAKERS), {}, "2026-11-23T17:00:00Z")


def shown(of: Answered) -> dict[str, Result]:
    return {one.question.id: one for one in results(of)}


def lines(of: Answered) -> list[dict[str, Any]]:
    drawn = whole(of).table
    assert drawn
    return [dict(zip((column.key for column in drawn.columns), row, strict=True)) for row in drawn.rows]


def test_a_row_that_one_maker_filled_in_is_in_no_table_and_no_file() -> None:
    health = {"step": ["yes"], "share": "10"}
    of = answered(*[{"areas": {"health": health}}] * 3, {"areas": {"health": health, "water": {"share": "77"}}})
    found = shown(of)["areas"]
    assert found.drawing.table and {row[0] for row in found.drawing.table.rows} == {"Health"}
    assert LEFT_OUT in found.drawing.note and found.bars[0].rows == (("Yes", 4, 4),)
    assert "77" not in repr(found) + repr(whole(of)) and {line["row"] for line in lines(of)} == {"health"}


def test_a_column_that_two_makers_filled_in_is_empty_and_the_page_does_not_say_that_nobody_reported() -> None:
    three = [{"areas": {"health": {"share": "10"}}}] * 3
    of = answered(*three, {"areas": {"health": {"share": "11", "sum": money("EUR", "98765")}}})
    assert "98765" not in repr(results(of)) + repr(whole(of))
    table = shown(of)["areas"].drawing.table
    assert table
    for said in (markup(page("one", of, results(of), published="", cite="")), markup(plain(table))):
        assert f">{UNTOLD}<" in said and ">not reported<" not in said, "on the page, and in a frame for others"


def test_an_amount_in_a_currency_that_one_maker_uses_is_left_out() -> None:
    of = answered(*[{"paid": money("EUR")}] * 3, {"paid": money("KES")})
    assert "KES" not in repr(results(of)) + repr(whole(of))
    table = shown(of)["paid"].drawing.table
    assert table and len(table.rows) == 3


def test_an_answer_of_one_maker_cannot_be_worked_out_from_the_rest() -> None:
    of = answered(*[{"sure": ["yes"]}] * 4, {"sure": ["no"]})
    assert shown(of)["sure"].drawing.empty == APART_ALL and not shown(of)["sure"].bars and not lines(of)
    of = answered(*[{"sure": ["yes"]}] * 4, {"sure": ["no"]}, {"sure": ["so"]}, {"sure": ["so"]})
    assert shown(of)["sure"].bars[0].rows == (("Yes", 4, 7),), "No and So so are those of three together"
    assert [line["answer"] for line in lines(of)] == ["Yes"] * 4
    assert [row[4:] for row in counts(of).rows] == [("yes", "Yes", 4, 7)]


def test_how_many_were_asked_a_question_does_not_tell_what_is_left_out() -> None:
    asked = WRITTEN.replace('id = "paid"', 'id = "paid"\nwhen = { question = "sure", among = ["yes"] }')
    made, wrong = read(asked)
    assert made, wrong
    of = replace(answered(*[{"sure": ["yes"], "paid": money("EUR")}] * 3, *[{"sure": ["no"]}] * 2), survey=made)
    found = shown(of)
    assert found["sure"].drawing.empty == APART_ALL and found["paid"].drawing.empty == HANGS
    assert "3 of 5" not in repr(results(of)) and "12.5" not in repr(results(of)) + repr(whole(of)), "3 yes, so 2 no"
    told = shown(replace(of, given=of.given[:3]))["paid"]
    assert told.drawing.table and not told.drawing.empty


def test_commitments_of_one_maker_are_no_group_however_many_they_are() -> None:
    many = {f"b-{number}": {"step": ["no"]} for number in range(16)}
    of = answered({"each": many}, *[{"each": {f"c-{number}": {"share": "5"}}} for number in range(3)])
    assert shown(of)["each"].drawing.empty and not shown(of)["each"].bars and not counts(of).rows
    of = answered({"each": many}, *[{"each": {f"c-{number}": {"step": ["yes"]}}} for number in range(3)])
    assert shown(of)["each"].drawing.empty, "what is left of 19 would be those of one maker"


def test_how_many_answered_is_not_told_of_fewer_than_three() -> None:
    found = shown(answered({"sure": ["yes"]}, {"paid": money("EUR")}))["sure"].drawing
    assert found.empty == TOO_FEW and found.subtitle.startswith("Fewer than 3 of the makers that submitted")


def _any(draw: random.Random) -> dict[str, Any]:
    def cells() -> dict[str, Any]:
        every: dict[str, Any] = {"step": [draw.choice(("yes", "no", "so"))], "sum": money(draw.choice(("EUR", "USD")))}
        every["share"] = str(draw.randrange(100))
        return {key: value for key, value in every.items() if draw.random() < 0.6}

    answers: dict[str, Any] = {"sure": [draw.choice(("yes", "no", "so"))], "paid": money(draw.choice(("EUR", "KES")))}
    answers["areas"] = {row: cells() for row in ("health", "water") if draw.random() < 0.7}
    answers["each"] = {f"x-{draw.randrange(99)}": cells() for _ in range(3)}
    return {key: value for key, value in answers.items() if draw.random() < 0.8}


def _said(of: Answered, line: dict[str, Any]) -> int:
    """How many makers said what a line says."""
    found = 0
    for given in of.given:
        answer = given.answers.get(line["question"])
        answer = answer.get(line["row"], {}).get(line["column"]) if answer and line["column"] else answer
        same = answer and (
            line["answer"].lower().replace("so so", "so") in answer
            if isinstance(answer, list)
            else line["unit"] == answer["currency"]
            if isinstance(answer, dict)
            else True
        )
        found += bool(same)
    return found


def test_whatever_is_answered_no_line_is_of_fewer_than_three_and_named_surveys_tell_all() -> None:
    draw, told = random.Random(7), 0
    for _ in range(60):
        of = answered(*(_any(draw) for _ in range(draw.randrange(2, 9))))
        told += len(lines(of))
        assert all(_said(of, line) >= 3 for line in lines(of))
        for row in counts(of).rows:
            assert row[-2] >= 3 and (row[2] or row[-1] == row[-2] or row[-1] - row[-2] >= 3)
        named = replace(of, survey=of.survey.model_copy(update={"makers": "named"}))
        assert len(lines(named)) >= len(lines(of)) and all(LEFT_OUT not in one.drawing.note for one in results(named))
    assert told > 100
