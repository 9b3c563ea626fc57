"""Contributing and moderating over HTTP, as browsers without a script do it, on the embedded register."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from dash import Dash
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html
from sqlalchemy import event
from werkzeug.test import TestResponse

from dashboard.finding_list import short
from dashboard.findings import Finding, Side
from data_access import audit
from data_access.contributions import store
from data_access.registry.findings import known, take_in
from data_access.registry.store import Registry
from tests.contributed import NEW as NEW_FIELDS
from tests.contributed import REPORT, SAME, Form, signed
from tests.test_contributed_evidence import PDF
from tests.visits import Visitor

MUSKOKA = "muskoka-2010-canada"
NEW = f"/my/contributions/new?commitment={MUSKOKA}&kind="


@pytest.fixture(scope="module")
def app(peopled: Dash) -> Dash:
    return peopled


@pytest.fixture(scope="module")
def registry(app: Dash) -> Iterator[Registry]:
    yield app.server.extensions["people"].registry


@pytest.fixture(scope="module")
def canada(app: Dash) -> FlaskClient:
    return signed(app, "canada", {"contributor": ["CAN"]})


@pytest.fixture(scope="module")
def moderator(app: Dash) -> FlaskClient:
    return signed(app, "moderator", {"moderator": []})


def text(answer) -> str:
    return answer.get_data(as_text=True)


def id_of(answer) -> str:
    return answer.headers["Location"].split("?")[0].removesuffix("/preview").split("/")[-1]


def hrefs(client: FlaskClient) -> list[str]:
    """Of the links of the page of the commitment."""
    return [one.props.get("href", "") for one in Visitor(client).page(f"/commitment/{MUSKOKA}").every("a")]


def submitted(client: FlaskClient, kind: str, **fields: str) -> str:
    """The id of a new contribution that waits for a decision."""
    made = Form(client, NEW + kind).send(then="preview", **fields)
    assert made.status_code == 303, text(made)[-2000:]
    sent = Form(client, made.headers["Location"]).send()
    assert sent.status_code == 303, text(sent)[-2000:]
    return id_of(made)


def test_a_report_goes_from_its_form_to_the_record(
    canada: FlaskClient, moderator: FlaskClient, registry: Registry
) -> None:
    id_ = submitted(canada, "report", **REPORT)
    before = registry.pledges()[MUSKOKA].delivered
    page = Form(moderator, f"/moderate/{id_}", f"/moderate/{id_}")
    assert "CAD million" in text(page.page) and "Health workers were trained." in text(page.page)
    back = page.send(decision="ask_back", why="Which clinics?")
    assert back.status_code == 303, text(back)[-2000:]
    assert "Which clinics?" in text(canada.get(f"/my/contributions/{id_}"))
    again = Form(canada, f"/my/contributions/{id_}", f"/my/contributions/{id_}").send(
        narrative="Health workers were trained in Mali.", then="preview"
    )
    Form(canada, again.headers["Location"]).send()
    assert registry.pledges()[MUSKOKA].delivered == before
    decided = Form(moderator, f"/moderate/{id_}", f"/moderate/{id_}").send(
        **{"decision": "accept_in_part", "why": "The words are for later.", "part-figure": "yes"}
    )
    assert decided.status_code == 303, text(decided)[-2000:]
    held = store.one(registry, id_)
    assert held is not None and held.state == "accepted_in_part" and held.accepted == ("figure",)
    now = registry.pledges()[MUSKOKA].delivered
    assert (str(now.amount.low), now.by, now.counts) == ("950.5", "Canada", "disbursed, 2011 to 2013")
    assert registry.revisions(MUSKOKA)[0].change.number == held.decided.change
    assert audit.verify(registry) is None


def test_everybody_reads_what_was_accepted_beside_what_is_measured_and_no_name(
    app: Dash, canada: FlaskClient, moderator: FlaskClient, registry: Registry
) -> None:
    id_ = submitted(canada, "report", **REPORT)
    visitor = Visitor(app.server.test_client())
    before = visitor.page(f"/commitment/{MUSKOKA}").text
    assert "Health workers" not in before and "Report implementation" in before
    Form(moderator, f"/moderate/{id_}", f"/moderate/{id_}").send(decision="accept")
    now = visitor.page(f"/commitment/{MUSKOKA}").text
    assert "CAD 950.50 million disbursed" in now and "Health workers were trained." in now
    assert "On behalf of Canada" in now and "Canada; accepted by a moderator" in now  # the revision
    assert "canada@" not in now and "Moderator" not in now


def test_evidence_is_given_to_who_may_read_it_and_to_everybody_once_accepted(
    app: Dash, canada: FlaskClient, moderator: FlaskClient, registry: Registry
) -> None:
    made = id_of(Form(canada, NEW + "report").send(then="save", **REPORT))
    page, folder = f"/my/contributions/{made}", app.server.extensions["evidence"] / "evidence"
    form, before = Form(canada, page, f"{page}/evidence"), set(folder.glob("*"))
    for _ in range(2):
        sent = form.send(file=(BytesIO(PDF), "../Rapport annuel.pdf"))
        assert sent.status_code == 303, text(sent)[-2000:]
    assert len(set(folder.glob("*")) - before) == 1
    [file] = store.one(registry, made).now.files
    mine, public = f"/my/evidence/{file}", f"/evidence/{file}"
    stranger, rwanda = app.server.test_client(), signed(app, "rwanda", {"contributor": ["RWA"]})
    answers = [client.get(path).status_code for client in (moderator, rwanda, stranger) for path in (mine, public)]
    assert answers == [404, 404, 404, 404, 303, 404]  # a draft is its contributors' alone
    given = canada.get(mine)
    assert given.data == PDF and given.headers["Content-Disposition"] == 'attachment; filename="Rapport-annuel.pdf"'
    assert given.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    Form(canada, f"{page}/preview").send()
    assert moderator.get(mine).status_code == 200 and stranger.get(public).status_code == 404
    Form(moderator, f"/moderate/{made}", f"/moderate/{made}").send(decision="accept")
    assert stranger.get(public).data == PDF and public in hrefs(stranger)


def test_what_was_typed_is_kept_with_a_file_that_is_added_or_taken_out(canada: FlaskClient, registry: Registry) -> None:
    made = Form(canada, NEW + "report").send(then="save", **(REPORT | {"women": ""}), file=(BytesIO(PDF), "first.pdf"))
    page = f"/my/contributions/{id_of(made)}"
    held = store.one(registry, id_of(made))
    assert held and len(held.now.files) == 1 and held.now.fields["women"] == "", "the first form takes a file at once"
    assert Form(canada, page, f"{page}/evidence").send(women="150", file=(BytesIO(PDF), "a.pdf")).status_code == 303
    held = store.one(registry, id_of(made))
    assert held and len(held.now.files) == 2 and held.now.fields["women"] == "150"
    odd = Form(canada, page, page).send(women="250", file=(BytesIO(b"<html>"), "a.pdf"), then="save")
    assert odd.status_code == 422 and 'value="250"' in text(odd), "nothing typed is lost for the sake of a file"
    assert "no PDF, PNG or JPEG" in html.fromstring(text(odd)).get_element_by_id("evidence-file-wrong").text
    assert Form(canada, page, page).send(women="350", file=(BytesIO(PDF), "b.pdf"), then="preview").status_code == 303
    held = store.one(registry, id_of(made))
    Form(canada, page, f"{page}/evidence/away").send(women="450", away=held.now.files[0])
    held = store.one(registry, id_of(made))
    assert held and len(held.now.files) == 2 and held.now.fields["women"] == "450"


def test_a_reply_closes_the_finding_that_it_answers_where_a_moderator_chooses_so(
    app: Dash, canada: FlaskClient, moderator: FlaskClient, registry: Registry
) -> None:
    app.server.extensions["contributing"].find()
    for one in [one for one in threading.enumerate() if "_make" in one.name]:
        one.join(60)  # checks that run beside the answers do not find this one
    take_in(registry, [finding := Finding("two-figures", (MUSKOKA,), "Two differ.", Side("5", "A"), Side("6", "B"))])
    fields = {"finding": short(finding.key), "narrative": "Both are right: one is of 2011."}
    id_ = submitted(canada, "statement", **fields)
    Form(moderator, f"/moderate/{id_}", f"/moderate/{id_}").send(decision="accept")
    assert known(registry)[finding.key].status == "open" and "Two differ." in text(moderator.get(f"/moderate/{id_}"))
    again = submitted(canada, "statement", **fields)
    form, said = Form(moderator, f"/moderate/{again}", f"/moderate/{again}"), {"decision": "accept", "close": "yes"}
    assert [form.send(**said, closing=why).status_code for why in ("", "Two years.")] == [422, 303]
    assert (known(registry)[finding.key].status, known(registry)[finding.key].note) == ("explained", "Two years.")
    pages = [text(canada.get(f"/my/contributions/{one}")) for one in (id_, again)]
    assert "The finding stays open." in pages[0] and "was closed as explained." in pages[1]


NEW_ONE = {name: value for name, value in NEW_FIELDS.items() if name != "source_title"}
CHANGES = ({"place": "Huntsville", "why": "As the communiqué says"}, {"place": "Toronto", "why": "As the press says"})


def test_a_record_that_moved_needs_another_look(
    canada: FlaskClient, moderator: FlaskClient, registry: Registry
) -> None:
    first, second = (submitted(canada, "change", **fields) for fields in CHANGES)
    early = Form(moderator, f"/moderate/{second}", f"/moderate/{second}")
    assert "Other open proposals touch the same fields" in text(early.page)
    Form(moderator, f"/moderate/{first}", f"/moderate/{first}").send(decision="accept")
    late = early.send(decision="accept")
    assert late.status_code == 409 and "The record has changed" in text(late)
    assert registry.pledges()[MUSKOKA].place == "Huntsville"
    page = Form(moderator, f"/moderate/{second}", f"/moderate/{second}")
    assert "changed in the record since" in text(page.page)
    page.send(decision="accept")
    assert registry.pledges()[MUSKOKA].place == "Toronto"


def test_nobody_decides_on_their_own_nor_on_what_they_did_not_see(
    app: Dash, canada: FlaskClient, moderator: FlaskClient, registry: Registry
) -> None:
    both = signed(app, "both", {"contributor": ["CAN"], "moderator": []})
    id_ = submitted(both, "report", **REPORT)
    page = both.get(f"/moderate/{id_}")
    assert "another moderator decides" in text(page) and f'action="/moderate/{id_}"' not in text(page)
    seen = Form(moderator, f"/moderate/{id_}", f"/moderate/{id_}")
    mine = Form(both, "/my/contributions/new?commitment=muskoka-2010-canada&kind=report")
    forged = both.post(
        f"/moderate/{id_}", headers=SAME, data={**seen.values, "decision": "accept", "once": mine.values["once"]}
    )
    assert forged.status_code == 403 and store.one(registry, id_).state == "submitted"
    Form(both, f"/my/contributions/{id_}", f"/my/contributions/{id_}/move").send(move="reopen")
    changed = Form(both, f"/my/contributions/{id_}", f"/my/contributions/{id_}").send(amount="601", then="preview")
    Form(both, changed.headers["Location"]).send()
    late = seen.send(decision="accept")
    assert late.status_code == 409 and "needs a new decision" in text(late)


def test_what_is_not_theirs_is_not_there(app: Dash, canada: FlaskClient, registry: Registry) -> None:
    id_ = id_of(Form(canada, NEW + "report").send(then="save", **REPORT))
    other = signed(app, "germany", {"contributor": ["DEU"]})
    pages = [f"/my/contributions/{id_}", f"/my/contributions/{id_}/preview", f"/moderate/{id_}", "/moderate"]
    assert [other.get(path).status_code for path in pages] == [404, 404, 404, 404]
    form = Form(canada, f"/my/contributions/{id_}", f"/my/contributions/{id_}")
    for action in (form.action, f"{form.action}/move", f"{form.action}/evidence", f"/moderate/{id_}"):
        assert other.post(action, data=form.values, headers=SAME).status_code in (403, 404)
    assert other.get(NEW + "report").status_code == 403
    assert store.one(registry, id_).now.number == 1


def test_a_form_with_more_than_it_has_is_refused_and_one_sent_twice_does_one_thing(
    canada: FlaskClient, registry: Registry
) -> None:
    form = Form(canada, NEW + "report")
    assert form.send(**REPORT, state="accepted").status_code == 400
    assert form.send(**{**REPORT, "what": "comment"}).status_code == 400
    first, second = form.send(**REPORT), form.send(**REPORT)
    assert first.status_code == second.status_code == 303 and first.headers["Location"] == second.headers["Location"]


def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_is_kept(canada: FlaskClient) -> None:
    wrong = {**REPORT, "until": "2010", "amount": "1,250", "women": "", "narrative": ""}
    made = Form(canada, NEW + "report").send(then="save", **wrong)
    assert made.status_code == 303  # a draft keeps whatever was typed
    page = Form(canada, f"/my/contributions/{id_of(made)}", f"/my/contributions/{id_of(made)}")
    assert page.values["amount"] == "1,250"
    preview = text(canada.get(f"/my/contributions/{id_of(made)}/preview"))
    assert "It cannot be submitted yet" in preview and "This is not a number" in preview
    told = {"once": page.values["once"], "move": "submit", "seen": "1"}
    assert canada.post(f"{page.action}/move", headers=SAME, data=told).status_code == 422


def waiting(page: str) -> dict[str, str]:
    """Comments of the queue that can be picked, each with the version that is shown."""
    boxes = (one for one in html.fromstring(page).iter("input") if one.get("type") == "checkbox")
    return {one.get("name"): one.get("value") for one in boxes}


def test_comments_are_read_first_and_accepted_several_at_once(
    app: Dash, moderator: FlaskClient, registry: Registry
) -> None:
    reader = signed(app, "ada", {"administrator": []}, "Ada Reader", named=True)
    before = waiting(text(moderator.get("/moderate?kind=comment")))
    for about in (f"commitment={MUSKOKA}", f"commitment={MUSKOKA}", "view=/goal/5%3Frecipient%3DMLI"):
        sent = Form(reader, f"/my/comments/new?{about}").send(narrative="<b>Clinics</b> are open & staffed.")
        assert sent.status_code == 303, text(sent)[-1500:]
    assert reader.get("/my/comments/new?view=//evil.example").status_code == 404
    page = text(moderator.get("/moderate?kind=comment"))
    assert "&lt;b&gt;Clinics&lt;/b&gt;" in page and "<b>Clinics" not in page
    picked = {name: value for name, value in waiting(page).items() if name not in before}
    assert len(picked) == 3
    Form(moderator, "/moderate?kind=comment", "/moderate").send(**picked)
    assert Visitor(app.server.test_client()).page(f"/commitment/{MUSKOKA}").text.count("Ada Reader") == 2
    assert audit.verify(registry) is None
    everybody = text(app.server.test_client().get("/comments"))
    assert (
        everybody.count("&lt;b&gt;Clinics&lt;/b&gt; are open &amp; staffed") == 3
        and 'href="/goal/5?recipient=MLI"' in everybody
    )
    assert text(reader.get("/comments")) == everybody  # the same for all, signed in or not


def test_a_commitment_that_the_register_does_not_hold_is_added(
    app: Dash, canada: FlaskClient, moderator: FlaskClient, registry: Registry
) -> None:
    form = Form(canada, "/my/commitments/new")
    assert form.send(id="muskoka-2010-canada", **NEW_ONE).status_code == 422
    assert form.send(id="No address", **NEW_ONE).status_code == 422
    made = form.send(id="canada-2011-clinics", then="preview", **NEW_ONE)
    assert made.status_code == 303, text(made)[-1500:]
    assert "title of the document" in text(canada.get(made.headers["Location"])).lower()
    page = f"/my/contributions/{id_of(made)}"
    again = Form(canada, page, page).send(then="preview", source_title="Speech of the minister")
    Form(canada, again.headers["Location"]).send()
    assert "canada-2011-clinics" not in registry.pledges()
    Form(moderator, f"/moderate/{id_of(made)}", f"/moderate/{id_of(made)}").send(decision="accept")
    assert registry.pledges()["canada-2011-clinics"].maker == "Canada"
    assert "clinic in every district" in Visitor(app.server.test_client()).page("/commitment/canada-2011-clinics").text
    assert app.server.test_client().get("/my/commitments/new").status_code == 303


def test_letters_say_what_happened_and_nothing_that_was_written(
    app: Dash, canada: FlaskClient, moderator: FlaskClient
) -> None:
    post = app.server.extensions["people"].post
    before = set(post.waiting())
    id_ = submitted(canada, "report", **REPORT)
    form = Form(moderator, f"/moderate/{id_}", f"/moderate/{id_}")
    for _ in range(2):
        form.send(decision="reject", why="It is of another commitment.")
    letters = [one.read_text() for one in post.waiting() if one not in before]
    to_author = [one for one in letters if "To: canada@example.org" in one]
    assert len(to_author) == 1 and f"/my/contributions/{id_}" in to_author[0] and "not accepted" in to_author[0]
    assert any("To: moderator@example.org" in one and f"/moderate/{id_}" in one for one in letters)
    assert not any("another commitment" in one or "Health workers" in one for one in letters)


def test_a_database_that_is_full_keeps_nothing_and_says_so(app: Dash, canada: FlaskClient, registry: Registry) -> None:
    def full(raw: Any, *_: Any) -> None:
        raw.execute("PRAGMA max_page_count = 1")

    form, before = Form(canada, NEW + "report"), store.listed(registry).total
    event.listen(registry.engine, "checkout", full)
    try:
        answers = [form.send(**{**REPORT, "narrative": "Clinics. " * 440}) for _ in range(12)]
    finally:
        event.remove(registry.engine, "checkout", full)
    registry.engine.dispose()  # connections that hold no more than they did
    assert 503 in [one.status_code for one in answers]
    [said] = [text(one) for one in answers if one.status_code == 503][:1]
    assert "Nothing was saved" in said
    assert store.listed(registry).total - before <= 1 and audit.verify(registry) is None


def brought(client: FlaskClient, content: bytes, name: str = "commitments.xlsx") -> TestResponse:
    return Form(client, "/my/commitments/file").send(file=(BytesIO(content), name))


def test_the_workbook_is_taken_along_and_brought_back_as_drafts(
    canada: FlaskClient, moderator: FlaskClient, registry: Registry
) -> None:
    given = canada.get("/my/commitments/commitments.xlsx")
    book = openpyxl.load_workbook(BytesIO(given.data))
    sheet = book["Commitments"]
    names = {cell.value: cell.column for cell in sheet[1]}
    assert {sheet.cell(row, names["maker"]).value for row in range(2, sheet.max_row + 1)} >= {"Canada"}
    row = next(row for row in range(2, sheet.max_row + 1) if sheet.cell(row, names["id"]).value == MUSKOKA)
    sheet.cell(row, names["deadline"]).value = "not yet"
    wrong = brought(canada, saved(book))
    assert wrong.status_code == 422 and "is not a date" in text(wrong) and "deadline" in text(wrong)
    sheet.cell(row, names["deadline"]).value = "2016"
    before = store.listed(registry, ("draft",)).total
    made = brought(canada, saved(book))
    assert made.status_code == 303, text(made)[-1500:]
    [draft] = store.listed(registry, ("draft",)).rows[: store.listed(registry, ("draft",)).total - before]
    assert draft.now.fields == {"deadline": "2016", "why": "From the file commitments.xlsx"} and draft.of == MUSKOKA
    assert registry.pledges()[MUSKOKA].deadline != "2016"
    assert brought(canada, b"PK\x03\x04 broken").status_code == 422
    assert brought(canada, b"x", "commitments.exe").status_code == 422
    assert moderator.get("/my/commitments/file").status_code == 403


def saved(book: openpyxl.Workbook) -> bytes:
    held = BytesIO()
    book.save(held)
    return held.getvalue()


HARD = ("", "0", "-1", "1e9", "9" * 30, "2010-13-45", "../../x", "'; DROP TABLE audit; --", "\0", "é" * 999, "=1+1")
ODD = st.one_of(st.text(max_size=40), st.sampled_from(HARD))


@settings(max_examples=int(os.environ.get("FORGED_FORMS", "40")), suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_whatever_a_form_holds_is_answered_and_nothing_breaks(
    app: Dash, canada: FlaskClient, moderator: FlaskClient, registry: Registry, data: st.DataObject
) -> None:
    who, path, action = data.draw(st.sampled_from(FORGED))
    client = canada if who == "canada" else moderator
    waits = store.listed(registry, ("submitted",)).rows
    id_ = waits[0].id if waits else submitted(canada, "report", **REPORT)
    form = Form(client, path.format(id=id_), action.format(id=id_))
    names = data.draw(st.lists(st.sampled_from(sorted(form.values)), unique=True))
    sent = form.send(
        **{name: data.draw(ODD) for name in names}, **data.draw(st.sampled_from(({}, {"then": "preview"})))
    )
    assert sent.status_code < 500, (path, names, text(sent)[:300])
    follow = sent.headers.get("Location")
    if follow and follow.startswith("/my/contributions/"):
        assert client.get(follow).status_code == 200  # what was kept is shown again, whatever it holds
    assert audit.verify(registry) is None


FORGED = [("canada", f"{NEW}{kind}", "/my/contributions/new") for kind in ("report", "change", "link", "statement")]
FORGED += [
    ("canada", path, path.partition("?")[0])
    for path in ("/my/commitments/new", f"/my/comments/new?commitment={MUSKOKA}")
]
FORGED += [("moderator", "/moderate/{id}", "/moderate/{id}")]
