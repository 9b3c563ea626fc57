"""A step of a policy that its maker reported is told as theirs: with a mark, by whom, when it was accepted, on what."""

from __future__ import annotations

from io import BytesIO

import pytest
from dash import Dash
from flask.testing import FlaskClient

from dashboard.pledges import Status
from layouts.policy_steps import policy_steps
from tests.contributed import STATUS, Form, signed
from tests.test_contributed_evidence import PDF
from tests.test_contributed_hidden import decided
from tests.visits import Visitor

KENYA = "ewec-2010-kenya"
HIRED = {**STATUS, "date": "2013", "note": "12,500 workers hired", "source_title": "Report of the Ministry"}
FUNDED = {**STATUS, "step": "funded", "date": "2012", "note": "In the budget", "source_title": "Budget"}


@pytest.fixture(scope="module")
def kenya(peopled: Dash) -> FlaskClient:
    return signed(peopled, "mombasa", {"contributor": ["KEN"]})


@pytest.fixture(scope="module")
def accepted(peopled: Dash, kenya: FlaskClient) -> list[str]:
    """Ids of two steps that were accepted, the later one first; a file goes with that."""
    judge, made = signed(peopled, "nakuru", {"moderator": []}), list[str]()
    for fields, file in ((HIRED, (BytesIO(PDF), "Report.pdf")), (FUNDED, None)):
        form = Form(kenya, f"/my/contributions/new?commitment={KENYA}&kind=status")
        assert "fold-of" not in form.page.text and 'name="file"' in form.page.text, "no headings over nothing; files"
        sent = form.send(then="preview", **fields, **({"file": file} if file else {}))
        assert Form(kenya, sent.location).send().status_code == 303
        made.append(sent.location.split("/")[3])
        decided(judge, made[-1], decision="accept")
    return made


def test_the_page_says_by_whom_each_step_was_reported_and_lists_it(peopled: Dash, accepted: list[str]) -> None:
    page = Visitor(peopled.server.test_client()).page(f"/commitment/{KENYA}")
    assert page.text.index("In the budget") < page.text.index("12,500 workers hired"), "in the order of their years"
    assert "Nobody has reported on this commitment" not in page.text
    assert "Delivery of this commitment is not reported" not in page.text
    assert "Kenya reported on this commitment, without a figure of what was delivered." in page.text
    links = {one.text: one.props.get("href", "") for one in page.every("a")}
    ways = [one.props.get("href", "") for one in page.every("a") if one.text.startswith("by Kenya, accepted ")]
    assert ways == [f"#contribution-{id_}" for id_ in reversed(accepted)]
    documents = [href for words, href in links.items() if words.startswith("Report of the Ministry")]
    assert documents == [STATUS["source_address"]]
    file = links["Report.pdf"]
    assert file.startswith("/evidence/") and peopled.server.test_client().get(file).status_code == 200
    marks = [one for one in page.every("img") if one.props.get("alt") == "reported by its maker:"]
    assert len(marks) >= 4, "beside the step and in the list of what was contributed"


def test_the_feed_tells_of_it(peopled: Dash, accepted: list[str]) -> None:
    told = peopled.server.test_client().get("/feed/contributions.atom").text
    assert "Status of a policy: reported on, 2013" in told and "12,500 workers hired" in told


def test_steps_stand_in_the_order_of_their_years_and_within_one_as_a_policy_comes_about() -> None:
    held = [
        Status("reported_on", "2013-03"),
        Status("funded", "2013"),
        Status("announced", "2010-09"),
        Status("adopted"),
    ]
    [told] = policy_steps(held, ())
    assert [row.children[0].children for row in told.children] == ["Announced", "Funded", "Reported on"]
    assert policy_steps((), ()) == []
