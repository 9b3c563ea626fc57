"""What is wrong with a form is told while it is typed, by the same checks as when it is sent; nothing is kept of it."""

from __future__ import annotations

import pytest
from dash import Dash
from flask.testing import FlaskClient

from data_access import audit
from data_access.contributions import store
from tests.contributed import NEW, REPORT, SAME, Form, signed

FORM = "/my/contributions/new?commitment=muskoka-2010-canada&kind="


@pytest.fixture(scope="module")
def anna(peopled: Dash) -> FlaskClient:
    return signed(peopled, "types", {"contributor": ["CAN"]})


def told(form: Form, **typed: str) -> dict[str, str]:
    answer = form.send(then="check", **typed)
    assert answer.status_code == 200 and answer.mimetype == "application/json", answer.text[:300]
    return {one["field"]: one["sentence"] for one in answer.json["problems"]}


def test_it_says_what_the_sent_form_says_and_keeps_nothing(peopled: Dash, anna: FlaskClient) -> None:
    registry = peopled.server.extensions["people"].registry
    before = audit.head(registry), store.listed(registry).total
    form = Form(anna, FORM + "report")
    assert told(form, **REPORT) == {}
    wrong = told(form, **{**REPORT, "until": "2010", "amount": "1,250", "women": ""})
    assert set(wrong) == {"until", "amount"} and "not a number" in wrong["amount"]
    assert "narrative" in told(form, narrative="")
    change = Form(anna, FORM + "change")
    moved = told(change, why="It moved", deadline="soon", evidence="A | https://example.org/a")
    assert "is not a date" in moved["deadline"]
    new = told(Form(anna, "/my/commitments/new"), **{**NEW, "id": "No address", "made": "2011-13"})
    assert {"id", "made"} <= set(new)
    assert (audit.head(registry), store.listed(registry).total) == before
    assert form.send(then="save", **REPORT).status_code == 303, "the form is still good to be sent"


def test_what_is_kept_is_checked_too(anna: FlaskClient, peopled: Dash) -> None:
    made = Form(anna, FORM + "report").send(then="save", **REPORT)
    page = made.location.partition("?")[0]
    assert "unit" in told(Form(anna, page, page), unit="dollars")
    other = signed(peopled, "elsewhere", {"contributor": ["DEU"]})
    form = Form(anna, page, page)
    assert other.post(page, data=form.values | {"then": "check"}, headers=SAME).status_code == 404
