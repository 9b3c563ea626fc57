"""Surveys over HTTP, as browsers without a script do it: opened, answered by two people, submitted, proposed, closed,
published."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from dash import Dash
from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse

from data_access import audit
from data_access.formats import FORMATS
from tests.contributed import SAME, Form, signed
from tests.test_contributed_evidence import PDF

ID = "donors-implementation"
HERE = f"/my/surveys/{ID}/CAN"
ADMIN = f"/admin/surveys/{ID}"
PUBLIC, EXPORT = f"/surveys/{ID}", f"/export/survey/{ID}"
LATER = f"{datetime.now(UTC) + timedelta(days=30):%Y-%m-%d}"
CELLS = {"rung": "disbursed", "amount.amount": "950.5", "amount.scale": "million", "amount.currency": "CAD",
         "amount.since": "2011", "amount.until": "2013", "method": "=HYPERLINK(1) <b>bold</b>"}  # fmt: skip
ROW = "delivery.muskoka-2010-canada"
TONGUES = """
id = "tongues"
title = { en = "In two languages", fr = "En deux langues" }
purpose = "To ask."
languages = ["en", "fr"]
asked = ["government"]
[[sections]]
id = "first"
words = { en = "First", fr = "Premièrement" }
[[sections.questions]]
id = "how"
kind = "text"
words = { en = "How?", fr = "Comment ?" }
public = false
"""


@pytest.fixture(scope="module")
def app(peopled: Dash, admin: FlaskClient) -> Dash:
    """The survey of donors is open, Canada and Japan invited."""
    opened(admin)
    return peopled


@pytest.fixture(scope="module")
def admin(peopled: Dash) -> FlaskClient:
    return signed(peopled, "asks", {"administrator": []})


@pytest.fixture(scope="module")
def ann(app: Dash) -> FlaskClient:
    return signed(app, "answers-1", {"contributor": ["CAN"]})


@pytest.fixture(scope="module")
def ben(app: Dash) -> FlaskClient:
    return signed(app, "answers-2", {"contributor": ["CAN", "FRA"]})


@pytest.fixture(scope="module")
def other(app: Dash) -> FlaskClient:
    return signed(app, "answers-3", {"contributor": ["DEU"]})


def letters(app: Dash) -> list[str]:
    outbox = app.server.extensions["people"].post.outbox
    return [one.read_text().replace("=\n", "") for one in sorted(outbox.glob("*.eml"))]


def opened(admin: FlaskClient) -> None:
    """The survey of donors is taken, Canada and Japan invited, open for a month."""
    assert Form(admin, "/admin/surveys", "/admin/surveys/take").send().location == f"{ADMIN}?done=saved"
    assert "somebody is invited" in text(Form(admin, ADMIN, f"{ADMIN}/open").send())
    assert Form(admin, ADMIN, f"{ADMIN}/invite").send(maker="CAN").status_code == 303
    assert "no maker Atlantis" in text(Form(admin, ADMIN, f"{ADMIN}/invite-several").send(makers="Japan\nAtlantis"))
    assert Form(admin, ADMIN, f"{ADMIN}/invite-several").send(makers="Japan\n CAN \n").status_code == 303
    assert "has passed" in text(Form(admin, ADMIN, f"{ADMIN}/deadline").send(deadline="2001-01-01"))
    assert Form(admin, ADMIN, f"{ADMIN}/deadline").send(deadline=LATER).status_code == 303
    assert Form(admin, ADMIN, f"{ADMIN}/open").send().status_code == 303


def answered(ann: FlaskClient) -> None:
    """What a submission needs."""
    assert Form(ann, f"{HERE}/at/commitments").send(**{f"{ROW}.{name}": value for name, value in CELLS.items()})
    for counting in ({"baseline": "year"}, {"baseline-year": "2008"}):
        assert Form(ann, f"{HERE}/at/counting").send(**counting).status_code == 303


def text(answer: TestResponse) -> str:
    return answer.get_data(as_text=True)


def given(
    client: FlaskClient, content: bytes, name: str = "Report 2013.pdf", question: str = "report", **typed: str
) -> TestResponse:
    """A file is sent with the form of its question."""
    form = Form(client, f"{HERE}/at/obstacles", f"{HERE}/file/{question}")
    sent = {**form.values, **typed, f"file.{question}": (BytesIO(content), name)}
    return client.post(form.action, data=sent, headers=SAME, content_type="multipart/form-data")


def test_a_survey_is_answered_by_two_people_submitted_and_made_into_drafts(
    app: Dash, ann: FlaskClient, ben: FlaskClient
) -> None:
    assert HERE in text(ann.get("/my/surveys"))
    early = Form(ben, f"{HERE}/at/obstacles", f"{HERE}/at/obstacles")
    made = Form(ann, f"{HERE}/at/commitments").send(**{f"{ROW}.{name}": value for name, value in CELLS.items()})
    assert made.location == f"{HERE}/at/counting?done=saved"
    assert early.send(**{"obstacles.budget": "yes"}).status_code == 303, "another part, begun before"
    assert Form(ann, f"{HERE}/at/counting").send(baseline="year").status_code == 303
    shown = text(ann.get(HERE))
    assert "Before they can be submitted" in shown and f"{HERE}/submit" not in shown
    assert Form(ben, f"{HERE}/at/counting").send(**{"baseline-year": "2008"}).status_code == 303
    review = text(ben.get(f"{HERE}?review=yes"))
    assert "CAD 950.5 million, 2011 to 2013" in review and "published with the name of the maker" in review
    assert Form(ben, f"{HERE}?review=yes", f"{HERE}/submit").send().location == f"{HERE}?done=answered"
    assert "submitted" in text(ann.get("/my/surveys"))
    assert "CAD 950.5 million, 2011 to 2013" in text(ann.get(f"{HERE}/at/commitments")), "to be read, not to be changed"
    assert Form(ann, HERE, f"{HERE}/propose").send().location == "/my/contributions?done=saved"
    assert "already" in text(Form(ann, HERE, f"{HERE}/propose").send())
    assert audit.verify(app.server.extensions["people"].registry) is None
    assert Form(ann, HERE, f"{HERE}/reopen").send().status_code == 303


def test_what_cannot_stand_is_said_beside_its_field_and_what_was_typed_is_kept(ann: FlaskClient) -> None:
    answer = Form(ann, f"{HERE}/at/commitments").send(**{f"{ROW}.amount.amount": "1,250"})
    assert answer.status_code == 400
    assert "Please write the amount in digits" in text(answer) and "1,250" in text(answer)


def test_a_change_by_a_colleague_is_not_written_over_and_nothing_that_was_typed_is_lost(
    ann: FlaskClient, ben: FlaskClient
) -> None:
    part = f"{HERE}/at/obstacles"
    mine, theirs = Form(ann, part, part), Form(ben, part, part)
    assert mine.send(women="all", **{"obstacles-more": "The law came late."}).status_code == 303
    answer = theirs.send(women="no")
    assert answer.status_code == 400 and "Somebody else has answered this meanwhile" in text(answer)
    tree = html.fromstring(text(answer))
    assert tree.xpath("//select[@name='women']/option[@selected]/@value") == ["no"], "what was typed"
    assert "The law came late." in text(answer), "and what a colleague wrote into another question"
    shown = {one.name: one.value or "" for one in tree.forms[1].inputs if one.get("type") not in ("checkbox", "file")}
    again = ben.post(part, data=shown | {"obstacles.budget": "yes"}, headers=SAME)
    assert again.status_code == 303, "sent again it is put in the place of theirs"
    assert "The law came late." in text(ann.get(part))


def test_a_file_answers_a_question_and_is_given_out_to_its_maker_and_administrators(
    ann: FlaskClient, ben: FlaskClient, other: FlaskClient, admin: FlaskClient
) -> None:
    assert given(ann, PDF).location == f"{HERE}/at/obstacles#file-report"
    [path] = [one for one in hrefs(ben.get(f"{HERE}/at/obstacles")) if "/file/" in one]
    answer = ben.get(path)
    assert (
        answer.data.startswith(b"%PDF-")
        and answer.headers["Content-Disposition"] == 'attachment; filename="Report-2013.pdf"'
    )
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    assert admin.get(f"{ADMIN}/file/{path.rpartition('/')[2]}").data == answer.data
    assert other.get(path).status_code == 404
    assert ann.get(f"{HERE}/file/{'0' * 32}").status_code == 404
    odd = given(ann, b"<html><script>alert(1)</script>")
    assert odd.status_code == 422 and "no PDF, PNG or JPEG" in text(odd)
    assert given(ann, b"").status_code == 422
    assert 'value="some" selected' in text(given(ann, b"<html>", women="some")), "what was typed stays"
    assert given(ann, PDF, women="some").status_code == 303, "and is kept with a file"
    assert 'value="some" selected' in text(ann.get(f"{HERE}/at/obstacles"))
    [path] = [one for one in hrefs(ben.get(f"{HERE}/at/obstacles")) if "/file/" in one]
    gone = Form(ann, f"{HERE}/at/obstacles", f"{HERE}/file/report/away").send()
    assert gone.status_code == 303 and path not in hrefs(ann.get(f"{HERE}/at/obstacles"))
    assert given(ann, PDF).status_code == 303


def hrefs(answer: TestResponse) -> list[str]:
    return html.fromstring(text(answer)).xpath("//main//a/@href")


def test_questions_are_read_in_the_language_that_is_chosen(admin: FlaskClient, ann: FlaskClient) -> None:
    assert Form(admin, "/admin/surveys", "/admin/surveys").send(written=TONGUES).status_code == 303
    path, mine = "/admin/surveys/tongues", "/my/surveys/tongues/CAN"
    for action, typed in (("invite", {"maker": "CAN"}), ("deadline", {"deadline": LATER}), ("open", {})):
        assert Form(admin, path, f"{path}/{action}").send(**typed).status_code == 303
    assert "In two languages" in text(ann.get("/my/surveys"))
    french = text(ann.get(f"{mine}?language=fr"))
    assert '<span lang="fr">Premièrement</span>' in french and f"{mine}/at/first?language=fr" in french
    form = Form(ann, f"{mine}/at/first?language=fr")
    assert "Comment ?" in text(form.page) and "n’est pas publiée" in text(form.page)
    assert form.send(how="Bien.").location == f"{mine}?language=fr&done=saved"
    assert "Bien." in text(ann.get(f"{mine}/at/first?language=xx")), "another language is none: English"
    refused = Form(admin, path, f"{path}/written").send(written=TONGUES.replace("public = false", ""))
    assert refused.status_code == 400 and "kept from the public" in text(refused)


def test_a_survey_of_others_is_not_there(other: FlaskClient, ben: FlaskClient) -> None:
    for client, maker in ((other, "CAN"), (ben, "FRA"), (ben, "DEU")):
        for path in ("", "/at/commitments"):
            assert client.get(f"/my/surveys/{ID}/{maker}{path}").status_code == 404
    assert ID not in text(other.get("/my/surveys"))
    for path in ("/admin/surveys", ADMIN, f"{ADMIN}/results", f"{ADMIN}/file/{'0' * 32}"):
        assert other.get(path).status_code == 404
    form = Form(other, "/my", "/my/about")  # a mark of a form that is theirs
    for path in ("submit", "file/report/away"):
        sent = other.post(f"{HERE}/{path}", data={"once": form.values["once"], "seen": "1"}, headers=SAME)
        assert sent.status_code == 404


def test_a_part_or_an_action_that_is_none_is_not_there(ann: FlaskClient) -> None:
    assert ann.get(f"{HERE}/at/colours").status_code == 404
    assert ann.get("/my/surveys/none/CAN").status_code == 404
    form = Form(ann, "/my", "/my/about")
    data = {"once": form.values["once"], "seen": "1"}
    for path in ("paint", "file/women/away"):
        assert ann.post(f"{HERE}/{path}", data=data, headers=SAME).status_code == 404


def test_results_are_for_everybody_from_when_they_are_published_until_they_are_taken_back(
    app: Dash, ann: FlaskClient, admin: FlaskClient
) -> None:
    answered(ann)
    before = len(letters(app))
    assert Form(admin, ADMIN, f"{ADMIN}/remind").send().status_code == 303
    assert [one for one in letters(app)[before:] if "To: answers-1@example.org" in one and HERE in one]
    assert Form(ann, f"{HERE}?review=yes", f"{HERE}/submit").send().status_code == 303
    reader = app.server.test_client()
    for path in (PUBLIC, f"{EXPORT}/all.csv", f"{EXPORT}/all.csv-metadata.json", "/surveys/none"):
        assert reader.get(path).status_code == 404
    assert Form(admin, ADMIN, f"{ADMIN}/close").send().status_code == 303
    before = text(admin.get(f"{ADMIN}/results"))
    assert "administrators alone see this page" in before and "CAD" in before
    assert Form(admin, ADMIN, f"{ADMIN}/publish").send().status_code == 303
    assert PUBLIC in text(reader.get("/surveys"))
    shown = text(reader.get(PUBLIC))
    assert "1 of 2 makers invited answered" in shown and "Answered by Canada." in shown
    assert "&lt;b&gt;bold&lt;/b&gt;" in shown and "<b>bold" not in shown, "words of others are text"
    assert f"Edition {datetime.now(UTC):%Y-}" in shown and f"http://localhost{PUBLIC}?published=20" in shown, (
        "how to cite it"
    )
    assert "Set-Cookie" not in reader.get(PUBLIC).headers
    assert "answers-1" not in shown.lower() and "Report-2013" not in shown
    for question in ("all", "delivery"):
        for form in FORMATS:
            taken(reader, question, form)
    assert Form(admin, ADMIN, f"{ADMIN}/unpublish").send().status_code == 303
    assert reader.get(PUBLIC).status_code == 404


def taken(reader: FlaskClient, question: str, form: str) -> None:
    """The results of a question as a file."""
    answer = reader.get(f"{EXPORT}/{question}.{form}")
    assert answer.status_code == 200 and answer.data
    assert (
        reader.get(f"{EXPORT}/{question}.{form}", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    )
    if form == "csv":
        assert "'=HYPERLINK(1)" in text(answer), "no spreadsheet takes it for a formula"
        told = json.loads(text(reader.get(f"{EXPORT}/{question}.csv-metadata.json")))
        assert told["dc:source"].startswith("Source: Survey of donors") and PUBLIC in told["dc:identifier"]


def test_there_is_no_file_of_what_is_no_question(app: Dash) -> None:
    assert app.server.test_client().get(f"{EXPORT}/colours.csv").status_code == 404
