"""Amounts of a survey: of which year they are, and that a page shows them with their currency and years."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import dashboard.surveys
from dashboard.surveys.amounts import of_their_years
from dashboard.surveys.answers import problems
from dashboard.surveys.filed import filed
from dashboard.surveys.questions import Survey
from dashboard.surveys.reading import read
from dashboard.surveys.results import Answered, Given, results
from dashboard.surveys.typed import Form
from dashboard.surveys.whole import whole
from layouts.markup import markup
from layouts.surveying.results import page

SHIPPED = (Path(dashboard.surveys.__file__).parent / "shipped" / "recipients.toml").read_text(encoding="utf-8")
YEAR = 'least = "2000"\nmost = "2030"\nrequired = true'
SPENT = {"amount": "95", "scale": "billion", "currency": "KES"}
OWN = {"amount": "2", "scale": "million", "currency": "USD", "since": "2010", "until": "2012"}
ANSWERS: dict[str, Any] = {
    "year": "2014",
    "spending": {"health": {"amount": SPENT, "share": "5.5"}},
    "on-budget": ["most"],
    "gaps": {"goal-1": {"need": OWN}},
}


def survey(written: str = SHIPPED) -> Survey:
    made, wrong = read(written)
    assert made, wrong
    return made


def answered() -> Answered:
    asks = survey()
    given = (Given("Kenya", of_their_years(asks, ANSWERS)),)
    return Answered(asks.as_published(), given, 1, {}, "2026-11-23T17:00:00Z")


def test_spending_of_the_year_that_was_asked_asks_for_no_other_year() -> None:
    form = Form(survey())
    [section] = [one for one in form.survey.sections if one.id == "budgets"]
    names = [one.name for one in form.fields(section)]
    assert "spending.health.amount.currency" in names
    assert not [name for name in names if name.endswith((".since", ".until"))]
    typed = {f"spending.health.amount.{part}": value for part, value in (SPENT | {"since": "2009"}).items()}
    assert form.answers(section, typed)["spending"] == {"health": {"amount": SPENT}}, "a forged year is left out"
    assert problems(form.survey, ANSWERS) == ()


def test_results_tell_it_in_that_year_and_other_amounts_in_their_own() -> None:
    found = {one.question.id: one.drawing.table for one in results(answered())}
    spending, gaps = found["spending"], found["gaps"]
    assert spending and spending.rows[0][2:6] == (Decimal(95_000_000_000), "KES", 2014, 2014)
    assert gaps and gaps.rows[0][2:6] == (Decimal(2_000_000), "USD", 2010, 2012)
    assert "KES 95 billion, 2014" in repr(whole(answered()))


def test_an_amount_whose_own_years_were_asked_before_keeps_them() -> None:
    before = {**ANSWERS, "spending": {"health": {"amount": {**SPENT, "since": "2009", "until": "2009"}}}}
    held = of_their_years(survey(), before)
    assert held["spending"]["health"]["amount"]["since"] == "2009"
    assert of_their_years(survey(), {"spending": ANSWERS["spending"]}) == {"spending": ANSWERS["spending"]}


def test_currency_and_years_stand_in_the_cell_of_the_amount() -> None:
    of = answered()
    said = markup(page("one", of, results(of), published="", cite=""))
    assert ">KES 95,000,000,000, 2014<" in said and ">USD 2,000,000, 2010 to 2012<" in said
    assert ">Currency<" not in said and said.count(">not reported<") > 0


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('year = "year"', 'year = "years"'),
        ('year = "year"', 'year = "gaps"'),
        (YEAR, 'least = "2000"\nmost = "2030"'),
        (YEAR, 'least = "1"\nmost = "2030"\nrequired = true'),
        (YEAR, YEAR + '\npublic = false'),
    ],
    ids=("no question", "no number", "not required", "no year", "kept from the public"),
)  # fmt: skip
def test_a_year_is_taken_from_a_question_that_always_tells_one(before: str, after: str) -> None:
    assert before in SHIPPED
    made, wrong = read(SHIPPED.replace(before, after, 1))
    assert made is None and "spending.amount takes its year from" in " ".join(one.sentence for one in wrong)


def test_of_which_year_an_amount_is_stays_once_the_survey_was_opened() -> None:
    assert filed(survey()) - filed(survey(SHIPPED.replace('year = "year"\n', "", 1))) == {
        "spending.amount (of the year in year)"
    }
