"""Two people of one maker answer one table: rows are laid together; where both wrote one, the second sees the first."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from dash import Dash
from flask.testing import FlaskClient
from lxml import html

from dashboard.surveys.responses import laid_over, merged
from data_access.surveying import asking, store
from tests.contributed import SAME, Form, signed

LATER = f"{datetime.now(UTC) + timedelta(days=30):%Y-%m-%d}"
ID = "side-by-side"
HERE = f"/my/surveys/{ID}/CAN"
PART = f"{HERE}/at/all"
WRITTEN = f"""
id = "{ID}"
title = "Side by side"
purpose = "To ask."
asked = ["government"]
makers = "named"
languages = ["en", "fr"]
[[sections]]
id = "all"
words = "All"
[[sections.questions]]
id = "areas"
kind = "matrix"
words = "Areas"
rows = [{{ id = "health", words = "Health" }}, {{ id = "water", words = "Water" }}, {{ id = "roads", words = "Roads" }}]
[[sections.questions.columns]]
id = "share"
kind = "number"
words = "Share"
unit = "per cent"
[[sections.questions.columns]]
id = "why"
kind = "text"
words = "Why"
"""


def cells(**given: str) -> dict[str, str]:
    return given


def test_a_table_is_laid_together_row_by_row() -> None:
    before = {"areas": {"health": cells(share="1"), "roads": cells(share="3")}}
    now = {"areas": {"health": cells(share="2"), "water": cells(share="5"), "roads": cells(share="3")}}
    mine: dict[str, Any] = {"areas": {"health": cells(share="1"), "roads": cells(share="4")}}
    held, clash = merged(before, now, mine, ("areas",), ("areas",))
    assert held == {"areas": {"health": cells(share="2"), "water": cells(share="5"), "roads": cells(share="4")}}
    assert clash == ()
    mine = {"areas": {"health": cells(share="9")}}
    held, clash = merged(before, now, mine, ("areas",), ("areas",))
    assert clash == ("areas.health",), "both wrote it"
    assert held == {"areas": {"health": cells(share="2"), "water": cells(share="5")}}, "what I took out is out"
    assert laid_over(before, held, mine, clash) == {"areas": {"health": cells(share="9"), "water": cells(share="5")}}
    assert merged(before, before, {}, ("areas",), ("areas",)) == ({}, ())


@pytest.fixture(scope="module")
def app(peopled: Dash) -> Dash:
    with peopled.server.extensions["people"].registry.writing() as held:
        asking.keep(held, WRITTEN, "asks")
        asking.invite(held, ID, ["CAN"], "asks")
        asking.until(held, ID, LATER, "asks")
        asking.move(held, ID, "open", "asks")
    return peopled


@pytest.fixture(scope="module")
def ann(app: Dash) -> FlaskClient:
    return signed(app, "side-ann", {"contributor": ["CAN"]})


@pytest.fixture(scope="module")
def ben(app: Dash) -> FlaskClient:
    return signed(app, "side-ben", {"contributor": ["CAN"]})


def answers(app: Dash) -> Any:
    held = app.server.extensions["people"].registry.read(lambda held: store.answered(held, ID, "CAN"))
    return held.answers


def test_an_answer_to_words_that_were_changed_since_is_not_taken_as_one_to_the_new_ones(
    app: Dash, ann: FlaskClient
) -> None:
    early = Form(ann, PART, PART)
    with app.server.extensions["people"].registry.writing() as held:
        asking.keep(held, WRITTEN.replace('words = "Share"', 'words = "Share that is missing"'), "asks")
    answer = early.send(**{"areas.health.share": "10"})
    said = answer.get_data(as_text=True)
    assert answer.status_code == 400 and "has other words since this was shown" in said
    assert "Share that is missing" in said and 'value="10"' in said, "the new words, and what was typed"
    with app.server.extensions["people"].registry.writing() as held:
        assert store.answered(held, ID, "CAN") is None
        asking.keep(held, WRITTEN, "asks")


def test_the_row_of_a_colleague_is_kept_and_one_that_both_wrote_is_shown_beside_mine(
    app: Dash, ann: FlaskClient, ben: FlaskClient
) -> None:
    early = [Form(ben, PART, PART), Form(ben, PART, PART), Form(ben, f"{PART}?language=fr", f"{PART}?language=fr")]
    first = Form(ann, PART, PART).send(**{"areas.health.share": "10", "areas.health.why": "The new law."})
    assert first.status_code == 303
    assert early[0].send(**{"areas.water.share": "20"}).status_code == 303, "another row"
    assert answers(app)["areas"] == {"health": cells(share="10", why="The new law."), "water": cells(share="20")}
    answer = early[1].send(**{"areas.health.share": "11", "areas.roads.share": "30"})
    said = answer.get_data(as_text=True)
    assert answer.status_code == 400 and "what they wrote is shown with it" in said
    tree = html.fromstring(said)
    [row] = [one for one in tree.xpath("//details") if "Health" in one.xpath("string(summary)")]
    assert row.get("open") is not None and "What stands now" in row.text_content()
    assert "10 per cent" in row.text_content() and "The new law." in row.text_content()
    assert row.xpath(".//input[@name='areas.health.share']/@value") == ["11"]
    assert "The new law." in row.xpath("string(.//textarea[@name='areas.health.why'])"), "I had left it as it was"
    assert len(tree.find_class("theirs")) == 1, "of the row that both wrote alone"
    french = early[2].send(**{"areas.health.share": "12"}).get_data(as_text=True)
    assert "Ce qui figure à présent" in french and "What stands now" not in french
    [form] = [one for one in tree.forms if one.action == PART]
    typed = {one.name: one.value or "" for one in form.inputs if one.name and one.get("type") != "file"}
    assert ben.post(PART, data=typed, headers=SAME).status_code == 303
    assert answers(app)["areas"] == {
        "health": cells(share="11", why="The new law."),
        "water": cells(share="20"),
        "roads": cells(share="30"),
    }
