"""What of contributions is not for everybody: files of what was not accepted, and a decision held by who wrote it."""

from __future__ import annotations

from io import BytesIO

import pytest
from dash import Dash
from flask.testing import FlaskClient

from data_access.contributions import store
from tests.contributed import CHANGE, REPORT, SAME, Form, signed
from tests.test_contributed_evidence import PDF
from tests.visits import Visitor

MUSKOKA = "muskoka-2010-canada"
NEW = f"/my/contributions/new?commitment={MUSKOKA}&kind="


@pytest.fixture(scope="module")
def quebec(peopled: Dash) -> FlaskClient:
    return signed(peopled, "gatineau", {"contributor": ["CAN"]})


@pytest.fixture(scope="module")
def arbiter(peopled: Dash) -> FlaskClient:
    return signed(peopled, "arbiter", {"moderator": []})


def sent_with_a_file(app: Dash, client: FlaskClient, kind: str, fields: dict[str, str]) -> tuple[str, str]:
    """Ids of a contribution that waits, and of its file."""
    made = Form(client, NEW + kind).send(then="save", **fields)
    id_ = made.location.split("?")[0].split("/")[-1]
    page = f"/my/contributions/{id_}"
    assert Form(client, page, f"{page}/evidence").send(file=(BytesIO(PDF), "Rapport annuel.pdf")).status_code == 303
    assert Form(client, f"{page}/preview").send().status_code == 303
    held = store.one(app.server.extensions["people"].registry, id_)
    assert held and held.state == "submitted"
    return id_, held.now.files[0]


def decided(client: FlaskClient, id_: str, **said: str) -> None:
    assert Form(client, f"/moderate/{id_}", f"/moderate/{id_}").send(**said).status_code == 303


def test_the_evidence_of_a_change_is_given_to_nobody_else_before_it_is_accepted(
    peopled: Dash, quebec: FlaskClient, arbiter: FlaskClient
) -> None:
    id_, file = sent_with_a_file(peopled, quebec, "change", CHANGE)
    stranger, public = peopled.server.test_client(), f"/evidence/{file}"
    assert stranger.get(public).status_code == 404
    decided(arbiter, id_, decision="ask_back", why="Which town?")
    assert stranger.get(public).status_code == 404
    assert Form(quebec, f"/my/contributions/{id_}/preview").send().status_code == 303
    decided(arbiter, id_, decision="reject", why="It is another town.")
    assert stranger.get(public).status_code == 404 and quebec.get(f"/my{public}").status_code == 200


def test_a_file_is_named_to_everybody_only_where_the_words_that_it_goes_with_were_accepted(
    peopled: Dash, quebec: FlaskClient, arbiter: FlaskClient
) -> None:
    id_, file = sent_with_a_file(peopled, quebec, "report", REPORT | {"since": "2014", "until": "2014"})
    decided(arbiter, id_, **{"decision": "accept_in_part", "why": "The words are for later.", "part-figure": "yes"})
    stranger = peopled.server.test_client()
    page = Visitor(stranger).page(f"/commitment/{MUSKOKA}")
    shown = [one.props.get("href", "") for one in page.every("a")]
    assert "CAD 950.50 million disbursed" in page.text and stranger.get(f"/evidence/{file}").status_code == 404
    assert REPORT["evidence"].partition(" | ")[2] in shown and f"/evidence/{file}" not in shown


def test_nobody_holds_a_decision_on_what_they_wrote(peopled: Dash, arbiter: FlaskClient) -> None:
    both = signed(peopled, "montreal", {"contributor": ["CAN"], "moderator": []})
    made = Form(both, NEW + "report").send(then="preview", **REPORT)
    assert Form(both, made.location).send().status_code == 303
    id_ = made.location.split("/")[3]
    once = Form(both, NEW + "report").values["once"]
    assert both.post(f"/moderate/{id_}/take", headers=SAME, data={"once": once}).status_code == 403
    decided(arbiter, id_, decision="accept")
