"""What moderators and contributors compare a proposal with: the version seen before, reports accepted before, rules in
words, and a form in which what is changed most stands first."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from dash import Dash
from flask.testing import FlaskClient
from lxml import html

from dashboard.contribution_effect import Difference
from dashboard.contributions import Contribution, Step, Version
from dashboard.version_changes import renewed
from data_access.registry import cells as texts
from layouts.contributing import pieces
from layouts.contributing.forms import GROUPS
from tests.contributed import REPORT, Form, signed

FIRST = "canada-2009-tb-prevention"
WHEN = "2016-01-0{}T00:00:00Z"


@pytest.fixture(scope="module")
def halifax(peopled: Dash) -> FlaskClient:
    return signed(peopled, "halifax", {"contributor": ["CAN"]})


@pytest.fixture(scope="module")
def reviewer(peopled: Dash) -> FlaskClient:
    return signed(peopled, "reviewer", {"moderator": []})


@pytest.fixture(scope="module")
def commitment(peopled: Dash) -> str:
    """One of Canada that no other test reports on, with a rule."""
    held = peopled.server.extensions["people"].registry.pledges()
    return max(id_ for id_, one in held.items() if one.maker_ids == ("CAN",) and one.rule and one.rule.measures)


def new(commitment: str, kind: str) -> str:
    return f"/my/contributions/new?commitment={commitment}&kind={kind}"


def sent(client: FlaskClient, address: str, **fields: str) -> str:
    made = Form(client, address).send(then="preview", **fields).location
    assert Form(client, made).send().status_code == 303
    return made.split("/")[3]


def steps(*told: tuple[str, int]) -> tuple[Step, ...]:
    return tuple(
        Step(action, "", version, WHEN.format(at), "a", "Which clinics?" if action == "ask_back" else "")
        for at, (action, version) in enumerate(told, 1)
    )


def test_versions_that_were_sent_are_set_beside_each_other_and_drafts_between_are_not() -> None:
    fields = (REPORT, {**REPORT, "amount": "1"}, {**REPORT, "amount": "2", "women": ""}, {**REPORT, "amount": "2"})
    files = ((), ("f",), ("f",), ("g",))
    versions = tuple(
        Version(number, "", "a", each, files=kept)
        for number, (each, kept) in enumerate(zip(fields, files, strict=True), 1)
    )
    done = steps(("submit", 1), ("ask_back", 1), ("save", 2), ("save", 3), ("submit", 3), ("reopen", 3), ("submit", 4))
    one = Contribution("1", "report", "commitment", "x", "CAN", "a", "submitted", versions, done)
    last, first = renewed(one)
    assert [(row.label, row.before, row.after) for row in first.rows] == [
        ("Amount", "950.50", "2"),
        ("Of the amount, for women and girls", "600", ""),
    ]
    assert (first.added, first.left_out, first.step.why) == (("f",), (), "Which clinics?")
    assert ([row.name for row in last.rows], last.added, last.left_out) == (["women"], ("g",), ("f",))
    assert last.step.action == "reopen" and renewed(replace(one, steps=done[:1])) == ()


def test_the_moderator_sees_what_differs_from_the_version_seen_before(
    halifax: FlaskClient, reviewer: FlaskClient, commitment: str
) -> None:
    id_ = sent(halifax, new(commitment, "report"), **REPORT)
    page = f"/moderate/{id_}"
    assert "What differs from the version seen before" not in reviewer.get(page).text
    Form(reviewer, page, page).send(decision="ask_back", why="Which clinics?")
    mine = f"/my/contributions/{id_}"
    assert Form(halifax, mine, mine).send(amount="901", then="save").status_code == 303
    assert Form(halifax, mine, mine).send(amount="900", then="preview").status_code == 303
    Form(halifax, f"{mine}/preview").send()
    tree = html.fromstring(reviewer.get(page).text)
    [table] = tree.xpath("//table[contains(@aria-label, 'seen before')]")
    rows = [[cell.text_content() for cell in row.xpath("td")] for row in table.xpath("tbody/tr")]
    assert rows == [["Amount", "950.50", "900"]], "the draft of 901 was never sent"
    assert "Asked back on" in tree.text_content() and "Which clinics?" in tree.text_content()


def test_a_proposal_is_compared_with_the_reports_and_statements_that_were_accepted(
    halifax: FlaskClient, reviewer: FlaskClient, commitment: str
) -> None:
    made = Form(halifax, new(commitment, "report")).send(then="preview", **REPORT | {"since": "2006", "until": "2006"})
    assert "No report and no statement on this commitment was accepted before." in halifax.get(made.location).text
    Form(halifax, made.location).send()
    page = f"/moderate/{made.location.split('/')[3]}"
    assert Form(reviewer, page, page).send(decision="accept").status_code == 303
    again = REPORT | {"since": "2006-01", "until": "2006-12", "amount": "970"}
    other = sent(halifax, new(commitment, "report"), **again)
    for address, client in ((f"/my/contributions/{other}/preview", halifax), (f"/moderate/{other}", reviewer)):
        told = " ".join(html.fromstring(client.get(address).text).text_content().split())
        assert "It would replace the report accepted" in told and "CAD 950.50 million disbursed" in told
        assert "CAD 970 million disbursed" in told and told.count("would be replaced") == 1
    changed = Form(halifax, new(commitment, "change")).send(then="preview", place="Ottawa", why="As the speech says")
    told = halifax.get(changed.location).text
    assert "What was accepted before stays as it is" in told and "CAD 950.50 million disbursed" in told


def test_a_rule_is_told_as_the_sentence_it_comes_to_with_its_text_folded(
    peopled: Dash, halifax: FlaskClient, reviewer: FlaskClient, commitment: str
) -> None:
    registry = peopled.server.extensions["people"].registry
    rule = json.loads(texts.write(registry.pledges()[commitment])["rule"])
    other = json.dumps(rule | {"until": rule["until"] - 1})
    fields = {"rule": other, "why": "The year was not closed", "evidence": "Note | https://example.org/n"}
    id_ = sent(halifax, new(commitment, "change"), **fields)
    for address, client in ((f"/my/contributions/{id_}/preview", halifax), (f"/moderate/{id_}", reviewer)):
        tree = html.fromstring(client.get(address).text)
        [table] = tree.xpath("//table[@aria-label='Fields that would change']")
        cells = table.xpath("tbody/tr[td[1][contains(., 'rule')]]/td")[1:]
        for cell in cells:
            [folded] = cell.xpath(".//details")
            assert folded.get("open") is None and folded.xpath("pre")[0].text.startswith("{")
            assert "{" not in cell.xpath(".//p")[0].text and len(cell.xpath(".//p")[0].text) > 40
        assert cells[0].xpath(".//p")[0].text != cells[1].xpath(".//p")[0].text
        assert f"(before: {rule['until']}; now: {rule['until'] - 1})" in cells[1].text_content()


def test_other_fields_are_told_as_they_are_written() -> None:
    rows = [Difference("place", "A", "A", "B"), Difference("remarks", "", "", "One\nTwo")]
    written = str(pieces.differences(rows, str))
    assert "['B']" in written and "['One']" in written and "['Two']" in written


def test_a_long_form_has_what_is_changed_most_first_and_the_rest_folded(halifax: FlaskClient, commitment: str) -> None:
    groups = html.fromstring(halifax.get(new(commitment, "change")).text).xpath("//details[@class='fold-of']")
    assert [one.get("open") is not None for one in groups] == [True] + [False] * (len(GROUPS) - 1)
    names = [field.name for field in groups[0].xpath(".//input | .//select | .//textarea")]
    assert names[:2] == ["title", "kind"] and {"amount_low", "until", "deadline"} <= set(names)
    assert "year of the baseline" in groups[4].xpath("summary")[0].text_content(), "a folded group names its fields"
    added = html.fromstring(halifax.get("/my/commitments/new").text).xpath("//details[@class='fold-of']")
    needed = [one for one in added if one.xpath(".//*[@required and @value='']")]
    assert needed and all(one.get("open") is not None for one in needed)
