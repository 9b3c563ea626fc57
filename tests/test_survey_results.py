"""Results of surveys: what is shown of answers, of whom, and what a file of them holds."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from dashboard.surveys.questions import Survey
from dashboard.surveys.reading import read
from dashboard.surveys.results import NOBODY, TELLING, TOO_FEW, Answered, Given, Result, results
from dashboard.surveys.whole import whole

OPTIONS = 'options = [{ id = "yes", words = "Yes" }, { id = "no", words = "No" }, { id = "so", words = "So so" }]\n'
MONEY = {"amount": "12.5", "scale": "million", "currency": "EUR", "since": "2010", "until": "2012"}
WRITTEN = f"""
id = "one"
title = "One"
purpose = "To ask."
asked = ["government"]
makers = "MAKERS"
[[sections]]
id = "first"
words = "First"
[[sections.questions]]
id = "sure"
kind = "choice"
words = "Sure?"
several = true
{OPTIONS}
[[sections.questions]]
id = "year"
kind = "number"
words = "Year?"
unit = "(year)"
[[sections.questions]]
id = "share"
kind = "number"
words = "Share?"
unit = "per cent"
[[sections.questions]]
id = "paid"
kind = "amount"
words = "Paid?"
[[sections.questions]]
id = "why"
kind = "text"
words = "Why?"
[[sections.questions]]
id = "secret"
kind = "text"
words = "What else?"
public = false
[[sections.questions]]
id = "paper"
kind = "file"
words = "The paper"
[[sections.questions]]
id = "each"
kind = "matrix"
words = "Each?"
rows = "commitments"
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
id = "aside"
kind = "text"
words = "Aside"
public = false
"""
ROW = {"step": ["yes"], "sum": MONEY, "aside": "hush"}
GIVEN = (
    ("Benin", {"sure": ["yes", "so"], "year": "2008", "why": "=SUM(1)", "secret": "hush", "each": {"b-1": ROW}}),
    ("Chad", {"sure": ["yes"], "year": "2010", "share": "12.5", "paid": MONEY, "why": "a\nb", "paper": "0" * 32}),
    ("Mali", {"sure": ["so"], "year": "2015", "share": "3", "why": "because", "each": {"m-1": {"step": ["no"]}}}),
)


def survey(makers: str) -> Survey:
    made, wrong = read(WRITTEN.replace("MAKERS", makers))
    assert made, wrong
    return made


def answered(makers: str = "named", given: Any = GIVEN) -> Answered:
    held = tuple(Given(*one) for one in given)
    return Answered(survey(makers), held, 5, {"b-1": "Benin: clinics", "m-1": "Mali: schools"}, "2026-11-23T17:00:00Z")


def shown(of: Answered) -> dict[str, Result]:
    return {one.question.id: one for one in results(of)}


def test_a_choice_is_counted_of_those_who_answered_it_and_they_are_named() -> None:
    found = shown(answered())["sure"]
    assert found.bars[0].rows == (("Yes", 2, 3), ("No", 0, 3), ("So so", 2, 3))
    assert found.drawing.table and found.drawing.table.rows[0] == ("Yes", 2, Decimal(2) / 3, "Benin; Chad")
    assert found.drawing.sentence == "Most often: Yes; So so (2 of 3 each)."
    assert found.drawing.subtitle == "3 of 3 makers that submitted the survey answered this"


def test_numbers_and_amounts_stand_one_by_one_in_units_and_years_of_their_own() -> None:
    found = shown(answered())
    assert found["year"].drawing.table and found["year"].drawing.table.rows[0] == ("Benin", 2008)
    assert found["share"].drawing.sentence == "From 3 to 12.5, with 7.75 in the middle (per cent)."
    paid = found["paid"].drawing
    assert paid.table and paid.table.rows == (("Chad", Decimal(12_500_000), "EUR", 2010, 2012),)
    assert "not added" in paid.note


def test_a_table_of_commitments_has_a_row_for_each_with_the_columns_that_are_public() -> None:
    drawn = shown(answered())["each"].drawing.table
    assert drawn and [column.heading for column in drawn.columns] == [
        "Answered by", "Commitment", "Of", "Step", "Sum", "Currency", "From", "To",
    ]  # fmt: skip
    assert drawn.rows[0] == ("Benin", "b-1", "Benin: clinics", "Yes", Decimal(12_500_000), "EUR", 2010, 2012)
    assert drawn.rows[1] == ("Mali", "m-1", "Mali: schools", "No", None, None, None, None)


def test_what_is_kept_from_the_public_stands_nowhere() -> None:
    for makers in ("named", "unnamed"):
        of = answered(makers)
        assert "secret" not in shown(of) and "hush" not in repr(whole(of)) + repr(results(of))


def test_of_files_no_more_is_told_than_that_they_were_given() -> None:
    of = answered()
    drawn = shown(of)["paper"].drawing.table
    assert drawn and drawn.rows == (("a document was given", 1),)
    assert "0" * 32 not in repr(whole(of)) + repr(results(of))


def test_where_nobody_is_named_nothing_tells_who_answered() -> None:
    of = answered("unnamed")
    found = shown(of)
    said = repr(whole(of)) + repr([one.drawing for one in results(of)])
    assert not any(name in said for name in ("Benin", "Chad", "Mali", "b-1", "m-1"))
    assert found["share"].drawing.empty == TOO_FEW and found["paid"].drawing.empty == TOO_FEW
    assert found["why"].drawing.table
    assert found["why"].drawing.table.rows == (("=SUM(1)",), ("a\nb",), ("because",)), "in the order of what they say"
    assert whole(answered("unnamed", GIVEN[::-1])) == whole(of), "in whichever order they came"


def test_tables_of_commitments_are_counted_alone_where_nobody_is_named() -> None:
    given = (*GIVEN, *((name, {"each": {f"{name}-1": {"step": ["yes"]}}}) for name in ("Niger", "Togo")))
    given += tuple((name, {"each": {f"{name}-1": {"step": ["no"]}}}) for name in ("Ghana", "Kenya"))
    found = shown(answered("unnamed", given))["each"].drawing
    assert found.table and found.table.rows == (
        ("Step", "Yes", 3, Decimal(3) / 6),
        ("Step", "No", 3, Decimal(3) / 6),
    )
    assert TELLING in found.note and "EUR" not in repr(found)


def test_what_nobody_answered_says_so() -> None:
    assert {one.drawing.empty for one in results(answered(given=()))} == {NOBODY}
    assert answered(given=()).count == "0 of 5 makers invited answered"


def test_the_whole_has_a_line_for_each_answer_and_cell() -> None:
    drawn = whole(answered()).table
    assert drawn
    lines = [dict(zip((column.key for column in drawn.columns), row, strict=True)) for row in drawn.rows]
    assert [line["answer"] for line in lines if line["question"] == "sure"] == ["Yes", "So so", "Yes", "So so"]
    [sum_] = [line for line in lines if line["column"] == "sum"]
    assert (sum_["number"], sum_["unit"], sum_["since"], sum_["until"]) == (Decimal(12_500_000), "EUR", 2010, 2012)
    assert (sum_["row"], sum_["row.words"], sum_["row.maker"]) == ("b-1", "Benin: clinics", "Benin")
    assert "paper" not in {line["question"] for line in lines}
