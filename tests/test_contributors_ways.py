"""What a contributor finds after signing in, whose commitments are theirs, and on whose behalf a comment is."""

from __future__ import annotations

from io import BytesIO

import pytest
from dash import Dash
from flask.testing import FlaskClient

from dashboard.contribution_fields import problems
from data_access.contributions import store
from layouts.contributing.moderation import waits
from tests.contributed import REPORT, Form, signed
from tests.test_contributed_evidence import PDF

MUSKOKA = "muskoka-2010-canada"
NEW = f"/my/contributions/new?commitment={MUSKOKA}&kind=report"


@pytest.fixture(scope="module")
def ottawa(peopled: Dash) -> FlaskClient:
    return signed(peopled, "ottawa", {"contributor": ["CAN"]})


@pytest.fixture(scope="module")
def judge(peopled: Dash) -> FlaskClient:
    return signed(peopled, "judge", {"moderator": []})


def test_the_first_page_leads_to_the_commitments_of_those_one_speaks_for(ottawa: FlaskClient) -> None:
    page = ottawa.get("/my").text
    assert "Commitments of Canada" in page and f"/commitment/{MUSKOKA}" in page and NEW.replace("&", "&amp;") in page
    assert page.index("Commitments of Canada") < page.index("Your password")
    assert "muskoka-2010-france" not in page
    assert "/my#commitments" in ottawa.get("/my/contributions").text


def test_who_speaks_for_another_maker_is_told_so(peopled: Dash) -> None:
    berlin = signed(peopled, "berlin", {"contributor": ["DEU"]})
    answer = berlin.get(NEW)
    assert answer.status_code == 403 and "You speak for Germany; this commitment is of Canada" in answer.text
    assert f'href="/my/comments/new?commitment={MUSKOKA}"' in answer.text and "/my#commitments" in answer.text
    judge = signed(peopled, "bern", {"moderator": []}).get(NEW)
    assert judge.status_code == 403 and "You speak for no maker; this commitment is of Canada" in judge.text


def test_what_is_asked_back_stands_on_top_and_the_queue_says_that_it_was_answered(
    peopled: Dash, ottawa: FlaskClient, judge: FlaskClient
) -> None:
    made = Form(ottawa, NEW).send(then="preview", **REPORT).location
    assert Form(ottawa, made).send().status_code == 303
    id_ = made.split("/")[3]
    letters = [one.read_text().replace("=\n", "") for one in peopled.server.extensions["people"].post.waiting()]
    assert any("on behalf of Canada waits for a decision" in text and id_ in text for text in letters)
    ask = Form(judge, f"/moderate/{id_}", f"/moderate/{id_}").send(decision="ask_back", why="Which workers?")
    assert ask.status_code == 303
    page = ottawa.get("/my").text
    assert page.index("The moderators ask: Which workers?") < page.index("Commitments of Canada")
    Form(ottawa, f"/my/contributions/{id_}/preview").send()
    assert "asked back, and answered" in judge.get("/moderate?maker=CAN").text


def test_it_is_said_how_long_something_waits() -> None:
    at = "2026-11-20T10:00:00Z"
    ends = ("2026-11-20T10:59:00Z", "2026-11-20T11:00:00Z", "2026-11-21T12:00:00Z", "2026-11-23T09:00:00Z")
    assert [waits(at, end) for end in ends] == ["less than an hour", "1 hour", "1 day", "2 days"]


def test_a_document_without_a_title_is_named() -> None:
    [wrong] = problems(
        "report", REPORT | {"evidence": "A | https://example.org/a\nhttps://example.org/b"}, "2026-01-01"
    )
    assert wrong.field == "evidence" and "https://example.org/b has no title" in wrong.sentence


def test_a_comment_is_on_behalf_of_a_maker_where_its_contributor_says_so(
    peopled: Dash, ottawa: FlaskClient, judge: FlaskClient
) -> None:
    for words, behalf in (("It is late.", {}), ("It is in the budget.", {"behalf": "CAN"})):
        form = Form(ottawa, f"/my/comments/new?commitment={MUSKOKA}")
        assert form.values["behalf"] == "reader", "nothing is said on behalf of anybody by default"
        assert form.send(narrative=words, **behalf).status_code == 303
    registry = peopled.server.extensions["people"].registry
    rows = store.listed(registry, ("submitted",), ("comment",), author="ottawa").rows
    queue = Form(judge, "/moderate?kind=comment", "/moderate")
    assert queue.send(**{f"comment-{one.id}": one.now.digest for one in rows}).status_code == 303
    shown = judge.get("/comments").text
    assert "On behalf of Canada; accepted" in shown and "A reader, not named; accepted" in shown
    assert Form(judge, f"/my/comments/new?commitment={MUSKOKA}").values.get("behalf") is None


def test_a_form_with_a_file_leads_where_its_button_says(ottawa: FlaskClient) -> None:
    made = Form(ottawa, NEW).send(then="save", **REPORT)
    page = made.location.partition("?")[0]
    for then, onward in (("preview", f"{page}/preview"), ("save", f"{page}?done=saved#evidence")):
        sent = Form(ottawa, page, page).send(then=then, file=(BytesIO(PDF), f"{then}.pdf"))
        assert sent.status_code == 303 and sent.location == onward
