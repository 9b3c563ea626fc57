"""Whatever a form of a survey holds is answered with a sentence; nothing breaks and nothing in it is ever run."""

from __future__ import annotations

import os
from io import BytesIO
from urllib.parse import urlencode

import pytest
from dash import Dash
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data_access import audit
from tests.contributed import SAME, Form, signed
from tests.test_contributed_evidence import PDF
from tests.test_survey_pages import LATER, text

ID = "odd-answers"
FORM = "application/x-www-form-urlencoded"
HERE, THERE, ADMIN = f"/my/surveys/{ID}/FRA", f"/my/surveys/{ID}/JPN", f"/admin/surveys/{ID}"
PART = f"{HERE}/at/all"
YES = 'options = [{ id = "yes", words = "Yes" }, { id = "no", words = "No" }]'
WRITTEN = f"""
id = "{ID}"
title = "Odd answers"
purpose = "To ask."
asked = ["government"]
makers = "named"
[[sections]]
id = "all"
words = "All"
[[sections.questions]]
id = "one"
kind = "choice"
words = "One?"
{YES}
[[sections.questions]]
id = "some"
kind = "choice"
several = true
words = "Some?"
{YES}
[[sections.questions]]
id = "number"
kind = "number"
words = "How many?"
unit = "of them"
[[sections.questions]]
id = "money"
kind = "amount"
words = "How much?"
[[sections.questions]]
id = "words"
kind = "text"
words = "Why?"
longest = 10000
[[sections.questions]]
id = "paper"
kind = "file"
words = "The paper"
[[sections.questions]]
id = "table"
kind = "matrix"
words = "Each?"
rows = [{{ id = "first", words = "First" }}]
[[sections.questions.columns]]
id = "sum"
kind = "amount"
words = "Sum"
"""
ODD = (
    "", " ", "0", "-0", "1e9", "9" * 40, "1" * 15, "0.0000001", "NaN", "\x00", "a\x00b", b"\xed\xa0\x80", "\u202eabc",
    "\u200d", "<script>alert(1)</script>", "\"'><img src=x onerror=alert(1)>", "=1+1", "{{7*7}}", "%s%n", "yes", "EUR",
    "'; DROP TABLE response;--", "../../secret", "x" * 9_999, "é" * 12_000, "١٢٣", "million", "2010",
)  # fmt: skip
MONEY = ("amount", "scale", "currency", "since", "until")
NAMES = (
    "one", "some.yes", "some.no", "number", "words", "paper", "seen", "once", "unknown", "table", "table.first.sum",
    *(f"{id_}.{part}" for id_ in ("money", "table.first.sum") for part in MONEY),
)  # fmt: skip
ACTIONS = (PART, PART, PART, *(f"{HERE}/{action}" for action in ("submit", "reopen", "withdraw", "propose", "paint")))
VALUES = st.one_of(st.sampled_from(ODD), st.text(max_size=30))
FIELDS = st.lists(st.tuples(st.sampled_from(NAMES), VALUES), max_size=6)


@pytest.fixture(scope="module")
def cleo(peopled: Dash) -> FlaskClient:
    """Speaks for France and Japan, which are asked."""
    admin = signed(peopled, "asks-oddly", {"administrator": []})
    assert Form(admin, "/admin/surveys", "/admin/surveys").send(written=WRITTEN).status_code == 303
    for action, typed in (
        ("invite", {"maker": "FRA"}),
        ("invite", {"maker": "JPN"}),
        ("deadline", {"deadline": LATER}),
        ("open", {}),
    ):
        assert Form(admin, ADMIN, f"{ADMIN}/{action}").send(**typed).status_code == 303
    return signed(peopled, "answers-oddly", {"contributor": ["FRA", "JPN"]})


@pytest.fixture(scope="module")
def dan(peopled: Dash, cleo: FlaskClient) -> FlaskClient:
    return signed(peopled, "administers-oddly", {"administrator": []})


@settings(max_examples=int(os.environ.get("FORGED_FORMS", "40")), suppress_health_check=list(HealthCheck))
@given(fields=FIELDS, twice=st.booleans(), action=st.sampled_from(ACTIONS), seen=st.integers(0, 30))
def test_whatever_a_form_of_answers_holds_is_answered(
    cleo: FlaskClient, fields: list[tuple[str, str | bytes]], twice: bool, action: str, seen: int
) -> None:
    mark = Form(cleo, "/my", "/my/about").values["once"]
    held: dict[str, str | bytes] = {"once": mark, "seen": str(seen)}
    sent = [*(held | (dict(fields) if action == PART else {})).items(), *(fields if twice else ())]
    answer = cleo.post(action, data=urlencode(sent), headers=SAME, content_type=FORM)
    assert answer.status_code < 500, (action, sent)
    assert "<script>alert" not in text(answer) and "<img src=x" not in text(answer)
    shown = cleo.get(PART)
    assert shown.status_code == 200 and "<script>alert" not in text(shown)
    assert cleo.get(HERE).status_code == 200


@pytest.mark.parametrize("digits", [10, 20, 5_000])
def test_a_version_of_many_digits_is_refused(cleo: FlaskClient, digits: int) -> None:
    """More than the database holds, and more than Python reads."""
    mark = Form(cleo, "/my", "/my/about").values["once"]
    for action in (PART, f"{HERE}/submit"):
        answer = cleo.post(action, data={"once": mark, "seen": "9" * digits}, headers=SAME)
        assert answer.status_code == 400, (action, answer.status_code)


@settings(max_examples=int(os.environ.get("FORGED_FORMS", "40")) // 2, suppress_health_check=list(HealthCheck))
@given(written=st.one_of(st.text(max_size=200), st.sampled_from([str(one) for one in ODD])), place=st.integers(0, 1200))
def test_whatever_is_written_as_a_survey_is_answered(dan: FlaskClient, written: str, place: int) -> None:
    broken = WRITTEN.replace(ID, "broken")[:place] + written + WRITTEN.replace(ID, "broken")[place:]
    form = Form(dan, "/admin/surveys", "/admin/surveys")
    answer = dan.post(form.action, data={**form.values, "written": broken}, headers=SAME)
    assert answer.status_code in (303, 400), answer.status_code
    assert dan.get("/admin/surveys").status_code == 200


CONTENTS = {
    "nothing": (b"", 422),
    "half a picture": (b"\x89PNG\r\n\x1a\nno", 422),
    "a PDF": (PDF, 303),
    "a picture that runs": (b"<svg onload=alert(1)>", 422),
    "noise": (b"\xff" * 99, 422),
}


@pytest.mark.parametrize("files", [0, 1, 2])
@pytest.mark.parametrize(("content", "status"), CONTENTS.values(), ids=CONTENTS)
def test_whatever_is_sent_as_a_file_is_answered(cleo: FlaskClient, files: int, content: bytes, status: int) -> None:
    form = Form(cleo, f"{THERE}/at/all", f"{THERE}/file/paper")
    sent = {**form.values, "file.paper": [(BytesIO(content), "../x\x00<b>.svg") for _ in range(files)]}
    answer = cleo.post(form.action, data=sent, headers=SAME, content_type="multipart/form-data")
    assert answer.status_code == (status if files == 1 else 400), text(answer)[-300:]
    assert "<b>.svg" not in text(cleo.get(f"{THERE}/at/all"))


def test_a_form_that_is_larger_than_any_of_ours_is_refused(cleo: FlaskClient) -> None:
    form = Form(cleo, f"{THERE}/at/all")
    for size, status in ((60_000, 400), (600_000, 413)):
        assert cleo.post(form.action, data={**form.values, "words": "é" * size}, headers=SAME).status_code == status


def test_the_record_of_all_that_is_whole(peopled: Dash, cleo: FlaskClient) -> None:
    assert audit.verify(peopled.server.extensions["people"].registry) is None
