"""A survey that is edited after somebody answered: no answer loses its place, and none comes to say something else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection

from dashboard.surveys.reading import read
from dashboard.surveys.results import Answered, Given, results
from dashboard.surveys.whole import whole
from data_access.registry import opening
from data_access.registry.opening import open_registry
from data_access.registry.writing import Refused
from data_access.surveying import answering, asking, store
from data_access.surveying.answering import Written
from tests.registries import ALL, NOTED

LATER = f"{datetime.now(UTC) + timedelta(days=30):%Y-%m-%d}"
WRITTEN = """
id = "edited"
title = "Edited"
purpose = "To ask."
asked = ["government"]
makers = "named"
[[sections]]
id = "first"
words = "First"
[[sections.questions]]
id = "sure"
kind = "choice"
words = "Sure?"
help = "Please say."
options = [{ id = "yes", words = "Yes" }, { id = "no", words = "No" }, { id = "so", words = "So so" }]
[[sections.questions]]
id = "areas"
kind = "matrix"
words = "Areas"
rows = [{ id = "health", words = "Health" }, { id = "water", words = "Water" }]
[[sections.questions.columns]]
id = "share"
kind = "number"
words = "Share"
unit = "per cent"
[[sections.questions.columns]]
id = "kinds"
kind = "choice"
words = "Kinds"
several = true
options = [{ id = "grants", words = "Grants" }, { id = "loans", words = "Loans" }]
"""
ANSWERS = {"sure": ["yes"], "areas": {"water": {"share": "5", "kinds": ["loans"]}}}
SWAPPED = WRITTEN.replace('"Yes"', '"?"').replace('"No"', '"Yes"').replace('"?"', '"No"')
ROW_GONE = WRITTEN.replace(', { id = "water", words = "Water" }', "")
FRENCH = (
    WRITTEN.replace('makers = "named"', 'makers = "named"\nlanguages = ["en", "fr"]')
    .replace('words = "Sure?"', 'words = { en = "Sure?", fr = "Certain ?" }')
    .replace("Please say.", "Please tell us.")
)


@pytest.fixture
def held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Connection]:
    """The survey is open, and Canada invited."""
    monkeypatch.setattr(opening.embedded, "fill", lambda connection: None)
    registry = open_registry(tmp_path, "")
    registry.write(ALL, NOTED)
    with registry.writing() as connection:
        asking.keep(connection, WRITTEN, "asks")
        asking.invite(connection, "edited", ["CAN"], "asks")
        asking.until(connection, "edited", LATER, "asks")
        asking.move(connection, "edited", "open", "asks")
        yield connection
    registry.close()


def answer(held: Connection) -> None:
    answering.save(held, "edited", "CAN", "ann", Written(ANSWERS, tuple(ANSWERS), 0))


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (ROW_GONE, r"areas\.water \(row\)"),
        (WRITTEN.replace('{ id = "yes", words = "Yes" }, ', ""), r"sure\.yes \(answer\)"),
        (WRITTEN.replace(', { id = "loans", words = "Loans" }', ', { id = "x", words = "X" }'), r"areas\.kinds\.loans"),
        (WRITTEN.replace("several = true", "several = false"), r"areas\.kinds \(several answers\)"),
        (WRITTEN.replace('rows = [{ id = "health", words = "Health" }, { id = "water", words = "Water" }]',
                         'rows = "commitments"'), r"areas\.health \(row\)"),
    ],
    ids=("row", "answer", "answer of a column", "one answer alone", "rows of commitments"),
)  # fmt: skip
def test_what_an_answer_is_filed_under_is_not_taken_out_of_an_open_survey(
    held: Connection, written: str, said: str
) -> None:
    with pytest.raises(Refused, match=said):
        asking.keep(held, written, "asks")


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (SWAPPED, r"sure\.yes, sure\.no"),
        (WRITTEN.replace('"Sure?"', '"Unsure?"'), "sure"),
        (WRITTEN.replace('"per cent"', '"per mille"'), r"areas\.share \(unit\)"),
        (WRITTEN.replace('"Water"', '"Sanitation"'), r"areas\.water"),
        (WRITTEN.replace('words = "Share"', 'words = "Share"\npublished = "Number"'), r"areas\.share"),
        (WRITTEN.replace('words = "First"', 'words = "Last"'), r"first \(part\)"),
    ],
    ids=("answers", "question", "unit", "row", "words of results", "part"),
)
def test_the_words_that_an_answer_stands_under_stay_once_there_is_one(
    held: Connection, written: str, said: str
) -> None:
    assert asking.keep(held, written, "asks") == "edited", "nobody has answered"
    asking.keep(held, WRITTEN, "asks")
    answer(held)
    with pytest.raises(Refused, match=said):
        asking.keep(held, written, "asks")
    asking.move(held, "edited", "close", "asks")
    with pytest.raises(Refused, match=said):
        asking.keep(held, written, "asks")


def test_a_help_may_change_and_a_language_be_added_until_results_are_published(held: Connection) -> None:
    answer(held)
    asking.keep(held, FRENCH, "asks")
    with pytest.raises(Refused, match="sure"):
        asking.keep(held, FRENCH.replace("Certain ?", "Incertain ?"), "asks")
    version = store.one(held, "edited").version
    asking.move(held, "edited", "close", "asks")
    asking.move(held, "edited", "publish", "asks")
    with pytest.raises(Refused, match="take them back first"):
        asking.keep(held, FRENCH.replace("To ask.", "To tell."), "asks")
    asking.move(held, "edited", "unpublish", "asks")
    asking.keep(held, FRENCH.replace("To ask.", "To tell."), "asks")
    assert store.one(held, "edited").version == version + 1


def test_answers_to_what_is_asked_no_more_are_shown_under_its_id() -> None:
    now, wrong = read(ROW_GONE.replace('{ id = "yes", words = "Yes" }, ', ""))
    assert now, wrong
    of = Answered(now, (Given("Canada", ANSWERS),), 1, {})
    sure, areas = (one.drawing.table for one in results(of))
    assert sure and ("yes", 1, "Canada") in sure.rows
    assert areas and areas.rows[0][1] == "water"
    assert "water" in repr(whole(of)) and "yes" in repr(whole(of))
