"""The register's own doubts are not rewritten by those whom they concern: no form and no workbook holds its remarks."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest
from dash import Dash
from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse

from dashboard.bars_moved import moved
from dashboard.contribution_effect import OWN, parts, proposed, traced
from dashboard.contribution_fields import problems
from data_access.contributions import store
from data_access.measuring.telling import written
from data_access.registry import cells as texts
from data_access.registry.store import Change, Revision
from tests.contributed import CHANGE, SAME, Form, signed
from tests.registries import PART
from tests.test_contributing import saved

MUSKOKA = "muskoka-2010-canada"
CHANGE_FORM = f"/my/contributions/new?commitment={MUSKOKA}&kind=change"
CELLS = texts.write(PART)
CLAIMS = [("title", "Canada: new money"), ("goals", "4"), ("made", "2010-07"), ("additional", "no")]


@pytest.fixture(scope="module")
def yukon(peopled: Dash) -> FlaskClient:
    return signed(peopled, "whitehorse", {"contributor": ["CAN"]})


def brought(client: FlaskClient, **cells: str) -> TestResponse:
    """The workbook of one's commitments, with some cells of one row written otherwise."""
    book = openpyxl.load_workbook(BytesIO(client.get("/my/commitments/commitments.xlsx").data))
    sheet = book["Commitments"]
    names = {cell.value: cell.column for cell in sheet[1]}
    row = next(row for row in range(2, sheet.max_row + 1) if sheet.cell(row, names["id"]).value == MUSKOKA)
    for name, value in cells.items():
        sheet.cell(row, names[name]).value = value
    return Form(client, "/my/commitments/file").send(file=(BytesIO(saved(book)), "commitments.xlsx"))


@pytest.mark.parametrize("column", OWN)
def test_no_proposal_holds_what_the_register_itself_says(column: str) -> None:
    fields = {**CHANGE, column: "Nothing is in doubt."}
    for kind in ("change", "new"):
        assert column not in parts("change", fields)
        assert column not in proposed(kind, fields, CELLS, "Canada", ("new", *fields))


@pytest.mark.parametrize("address", [CHANGE_FORM, "/my/commitments/new"])
def test_no_form_offers_it_and_a_forged_one_is_refused(yukon: FlaskClient, address: str) -> None:
    form = Form(yukon, address)
    assert not set(form.values) & {"gap", "remarks"} and "title" in form.values
    legends = html.fromstring(form.page.text).xpath("//details[@class='fold-of']/summary")
    assert legends and all(one.xpath("string(./small)") for one in legends), "no group is without fields"
    sent = yukon.post(form.action, data={**form.values, "remarks": "All is well."}, headers=SAME)
    assert sent.status_code == 400


def test_a_workbook_changes_neither_the_remarks_nor_who_reported_a_delivery(peopled: Dash, yukon: FlaskClient) -> None:
    registry = peopled.server.extensions["people"].registry
    before = store.listed(registry, ("draft",)).total
    own = brought(yukon, remarks="Nothing is in doubt.", gap="not_due")
    assert own.status_code == 422 and "only what the register itself says of it is other" in own.text
    by = brought(yukon, delivered_by="Canada")
    assert by.status_code == 422 and "Report implementation" in by.text
    assert store.listed(registry, ("draft",)).total == before
    assert brought(yukon, remarks="Nothing is in doubt.", deadline="2017").status_code == 303
    held = store.listed(registry, ("draft",)).rows
    [one] = [each for each in held if each.author == "whitehorse"]
    assert set(one.now.fields) == {"deadline", "why"}


@pytest.mark.parametrize(("column", "value"), CLAIMS)
def test_who_changes_what_was_promised_names_a_document_and_the_page_tells_of_it(column: str, value: str) -> None:
    fields = {"why": "It was written wrongly.", column: value}
    assert [one.field for one in problems("change", fields, "2016-01-01")] == ["evidence"]
    assert problems("change", {**fields, "evidence": "Speech | https://example.org"}, "2016-01-01") == ()
    assert problems("change", fields, "2016-01-01", ("a file",)) == ()
    assert traced("change", fields) and not traced("change", {"why": "So.", "place": "Toronto"})
    signed_ = Change(2, "2016-01-02T00:00:00Z", "Canada; accepted by a moderator", "Why.", "b")
    first = Change(1, "2016-01-01T00:00:00Z", "An editor", "Why.", "a")
    revisions = (
        Revision(signed_, "pledge", PART.id, "changed", {**CELLS, column: value}),
        Revision(first, "pledge", PART.id, "added", CELLS),
    )
    [note] = moved(written(revisions, lambda dimension, code: code))
    assert "changed on 2 January 2016 at the proposal of Canada" in note.said and note.rows[0][2] == value
