"""What was delivered comes by a report on implementation alone: no form, no file, no survey changes it otherwise."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest
from dash import Dash
from flask.testing import FlaskClient

from dashboard.contribution_effect import parts, proposed
from dashboard.delivered_apart import DELIVERED, changed, problems
from dashboard.surveys.reading import FIELDS as OF_SURVEYS
from data_access.contributions import store
from data_access.contributions.checking import amiss
from data_access.contributions.writing import Begun, Draft, start
from data_access.registry import cells as texts
from tests.contributed import CHANGE, NEW, SAME, Form, signed
from tests.registries import PART
from tests.test_contributing import saved

MUSKOKA = "muskoka-2010-canada"
FORM = f"/my/contributions/new?commitment={MUSKOKA}&kind="
REPORT_FORM = f"/my/contributions/new?commitment={MUSKOKA}&amp;kind=report"
MORE = {"delivered_low": "5000", "delivered_high": "5000", "delivered_unit": "CAD million", "delivered_by": "Canada"}


@pytest.fixture(scope="module")
def quebec(peopled: Dash) -> FlaskClient:
    return signed(peopled, "quebec", {"contributor": ["CAN"]})


@pytest.mark.parametrize("kind", ["change", "new"])
def test_no_part_of_a_proposal_is_of_delivery(kind: str) -> None:
    fields = (CHANGE if kind == "change" else NEW) | MORE
    cells = texts.write(PART)
    assert not set(parts("change", fields)) & set(DELIVERED)
    assert not set(proposed(kind, fields, cells, "Canada", ("new", *fields))) & set(DELIVERED)
    assert [one.field for one in problems(fields, cells)] == [""]


def test_documents_of_delivery_are_not_changed_either_and_those_of_the_promise_are() -> None:
    before = "delivery | press | Report | | https://example.org/2011"
    cells = {"further_sources": before}
    for written, wrong in (
        (f"{before}\npromise | press | A | | https://a.org", []),
        (f"{before}\nDelivery | official | Canada, report on 2011: 9 CAD million disbursed", ["further_sources"]),
        ("", ["further_sources"]),
    ):
        assert [one.field for one in problems({"further_sources": written}, cells)] == wrong
    assert problems({"place": "Toronto"}, cells) == ()


def test_a_row_of_a_file_says_of_delivery_what_the_record_does_not() -> None:
    assert changed({"delivered_low": ("800", "900")}) and changed({"delivered_absence": ("", "zero")})
    assert not changed({"delivered_absence": ("", "not_reported"), "place": ("", "Toronto")})  # a new record as it is
    assert changed({"further_sources": ("", "delivery | press | A")})


def test_no_answer_of_a_survey_becomes_a_change_of_the_record() -> None:
    assert set(OF_SURVEYS) == {"report", "status"}


def test_the_form_of_a_change_leads_to_the_report_and_a_forged_one_is_refused(
    peopled: Dash, quebec: FlaskClient
) -> None:
    form = Form(quebec, f"{FORM}change")
    assert not set(form.values) & set(DELIVERED) and REPORT_FORM in form.page.text
    refused = quebec.post(form.action, data={**form.values, **MORE}, headers={**SAME, "Accept": "text/html"})
    assert refused.status_code == 422 and "please use Report implementation" in refused.text
    assert not set(Form(quebec, "/my/commitments/new").values) & set(DELIVERED)


def test_a_draft_that_holds_a_figure_of_delivery_cannot_be_submitted(peopled: Dash, quebec: FlaskClient) -> None:
    registry = peopled.server.extensions["people"].registry
    begun = Begun("change", "commitment", MUSKOKA, "CAN")
    id_ = registry.put(lambda held: start(held, begun, "quebec", Draft(CHANGE | MORE)))
    preview = quebec.get(f"/my/contributions/{id_}/preview").text
    assert "It cannot be submitted yet" in preview and "by a report on implementation alone" in preview
    assert REPORT_FORM in preview
    page = f"/my/contributions/{id_}"
    assert Form(quebec, page, page).send(then="preview").status_code == 303
    assert not set(store.one(registry, id_).now.fields) & set(DELIVERED), "the form leaves it out"
    assert "It cannot be submitted yet" not in quebec.get(f"{page}/preview").text
    assert amiss(registry.held(), "change", MUSKOKA, "CAN", CHANGE | MORE)


def test_a_workbook_that_changes_what_was_delivered_makes_no_draft(peopled: Dash, quebec: FlaskClient) -> None:
    registry = peopled.server.extensions["people"].registry
    book = openpyxl.load_workbook(BytesIO(quebec.get("/my/commitments/commitments.xlsx").data))
    sheet = book["Commitments"]
    names = {cell.value: cell.column for cell in sheet[1]}
    row = next(row for row in range(2, sheet.max_row + 1) if sheet.cell(row, names["id"]).value == MUSKOKA)
    sheet.cell(row, names["deadline"]).value = "2017"
    for name, value in MORE.items():
        sheet.cell(row, names[name]).value = value
    sheet.cell(row, names["delivered_absence"]).value = None
    before = store.listed(registry, ("draft",)).total
    sent = Form(quebec, "/my/commitments/file").send(file=(BytesIO(saved(book)), "commitments.xlsx"))
    assert sent.status_code == 422 and REPORT_FORM in sent.text and "no draft was made" in sent.text
    assert store.listed(registry, ("draft",)).total == before
