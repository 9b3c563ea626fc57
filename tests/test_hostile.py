"""What somebody with an account, or without, tries who means no good: each was tried on a running server once."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from dash import Dash
from flask.testing import FlaskClient
from lxml import html

from data_access import audit
from data_access.contributions import evidence, writing
from data_access.registry.store import Registry
from tests.contributed import CHANGE, COMMENT, LINK, NEW, REPORT, SAME, Form, signed
from tests.test_contributed_evidence import PDF
from tests.visits import Visitor

MUSKOKA = "muskoka-2010-canada"
START = f"/my/contributions/new?commitment={MUSKOKA}&kind="


@pytest.fixture(scope="module")
def registry(peopled: Dash) -> Registry:
    return peopled.server.extensions["people"].registry


@pytest.fixture(scope="module")
def anna(peopled: Dash) -> FlaskClient:
    return signed(peopled, "hostile", {"contributor": ["CAN"]})


@pytest.fixture(scope="module")
def ben(peopled: Dash) -> FlaskClient:
    return signed(peopled, "judging", {"moderator": []})


@pytest.fixture
def nobody(peopled: Dash) -> FlaskClient:
    return peopled.server.test_client()


def submitted(client: FlaskClient, kind: str, **fields: str) -> str:
    """The address of what waits for a decision now."""
    made = Form(client, START + kind).send(then="preview", **fields)
    assert Form(client, made.location).send().status_code == 303
    return made.location.removesuffix("/preview")


def id_of(page: str) -> str:
    return page.rpartition("/")[2]


def test_what_was_not_sent_is_its_contributors_alone(anna: FlaskClient, ben: FlaskClient) -> None:
    page = submitted(anna, "report", **REPORT)
    moderation = f"/moderate/{id_of(page)}"
    Form(ben, moderation, moderation).send(decision="ask_back", why="Which clinics?")
    Form(anna, page, page).send(then="save", narrative="Not for the moderators yet.")
    Form(anna, page, f"{page}/evidence").send(file=(BytesIO(PDF), "unsent.pdf"))
    [file] = re.findall(r"/my/evidence/[0-9a-f]{32}", anna.get(page).text)
    for seen in (page, f"{page}/preview", moderation):
        answer = ben.get(seen)
        assert answer.status_code == 200 and "Not for the moderators" not in answer.text and file not in answer.text
    assert (anna.get(file).status_code, ben.get(file).status_code) == (200, 404)
    once = Form(ben, "/my", "/my/about").values["once"]
    assert ben.post(f"{moderation}/take", data={"once": once}, headers=SAME).status_code == 409
    Form(anna, page, page).send(then="save", narrative="Nobody keeps it from being written.")
    Form(anna, f"{page}/preview").send()
    assert ben.get(file).status_code == 200 and "Nobody keeps it" in ben.get(moderation).text


def test_a_kind_that_no_page_offers_is_refused(anna: FlaskClient) -> None:
    form = Form(anna, START + "report")
    assert 'name="step"' not in anna.get(START + "status").text
    sent = {**form.values, "what": "status", "step": "announced", "date": "2011", "source_title": "x"}
    assert anna.post("/my/contributions/new", data=sent, headers=SAME).status_code == 400


def test_moderators_are_written_to_once_however_often_it_is_sent(peopled: Dash, anna: FlaskClient) -> None:
    post = peopled.server.extensions["people"].post
    page = submitted(anna, "report", **REPORT)
    for _ in range(3):
        Form(anna, page, f"{page}/move").send(move="reopen")
        Form(anna, f"{page}/preview").send()
    letters = [one for one in post.waiting() if id_of(page) in one.read_text() and "To: judging@" in one.read_text()]
    assert len(letters) == 1


def test_nobody_fills_the_register_nor_its_disk(anna: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    made = Form(anna, START + "report").send(then="save", **REPORT)
    page = made.location.partition("?")[0]
    monkeypatch.setattr(evidence, "EACH_DAY", len(PDF))
    full = Form(anna, page, f"{page}/evidence").send(file=(BytesIO(PDF), "a.pdf"))
    assert full.status_code == 422 and "go on tomorrow" in full.text
    monkeypatch.setattr(writing, "EACH", 1)
    many = Form(anna, START + "report").send(then="save", **REPORT)
    assert many.status_code == 422 and "please go on in an hour" in many.text


@pytest.mark.parametrize("path", ["/my/evidence/", "/my/contributions/", "/moderate/", "/evidence/", "/commitment/"])
def test_an_address_that_is_no_text_is_none(nobody: FlaskClient, anna: FlaskClient, path: str) -> None:
    for client in (nobody, anna):  # PostgreSQL takes no NUL
        assert client.get(f"{path}a%00b").status_code == 404
        assert client.get(f"{path}x?page=%00").status_code in (400, 404)
        assert client.get(f"{path}x", environ_overrides={"QUERY_STRING": "page=\xff"}).status_code == 400


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"file": [(BytesIO(PDF), "a.pdf"), (BytesIO(PDF), "b.pdf")]}, 400),
        ({"file": (BytesIO(PDF), "a.pdf"), "other": (BytesIO(PDF), "b.pdf")}, 400),
        ({f"f{number}": "x" for number in range(300)}, 413),
        ({"file": (BytesIO(b"x" * 9_000_000), "a.pdf")}, 422),
    ],
    ids=["two", "another", "many fields", "large"],
)
def test_odd_files_are_refused(anna: FlaskClient, registry: Registry, sent: dict[str, object], status: int) -> None:
    made = Form(anna, START + "report").send(then="save", **REPORT)
    page, before = made.location.partition("?")[0], audit.head(registry)
    form = Form(anna, page, f"{page}/evidence")
    answer = anna.post(form.action, data=form.values | sent, headers=SAME, content_type="multipart/form-data")
    assert answer.status_code == status and audit.head(registry) == before


EVIL = (
    "<script>__xss=1</script>", "<img src=x onerror=__xss=1>", "\"><svg onload=__xss=1>", "'--><iframe src=//e>",
    "</textarea><script>__xss=1</script>", "</title><script>__xss=1</script>", "{{7*7}}${7*7}", "javascript:__xss=1",
    "<a href='javascript:__xss=1'>x</a>", "<style>*{background:url(//e)}</style>", "&lt;script&gt;__xss=1",
    "<base href=//e>",
    "<math><a xlink:href=javascript:__xss=1>", "<details open ontoggle=__xss=1>", "\u202e<object data=//e>",
)  # fmt: skip
FIELDS = {"report": REPORT, "change": CHANGE, "link": LINK, "comment": COMMENT, "new": NEW}
FREE = {
    "report": ("narrative", "evidence"), "change": ("why", "place", "title", "measures"), "link": ("note",),
    "comment": ("narrative",), "new": ("title", "place", "source_title"),
}  # fmt: skip


LONG = ("narrative", "evidence")
LEADS = re.compile(r"(https?:)?/|#|\?")


def harmless(page: str) -> None:
    """Nothing of it is an element, an attribute that runs, or an address that is none of the web."""
    tree = html.fromstring(page)
    assert not tree.xpath("//iframe | //svg | //math | //base | //style | //img | //object | //script[not(@src)]")
    for one in tree.iter():
        for name, value in one.attrib.items():
            assert not name.startswith("on"), (one.tag, name)
            assert name not in ("href", "src", "action", "formaction") or LEADS.match(value), value


@pytest.mark.parametrize("kind", FIELDS)
def test_what_somebody_types_is_text_wherever_it_is_shown(anna: FlaskClient, ben: FlaskClient, kind: str) -> None:
    start = {"comment": f"/my/comments/new?commitment={MUSKOKA}", "new": "/my/commitments/new"}.get(kind, START + kind)
    typed = {name: " ".join(EVIL) if name in LONG else EVIL[0] + EVIL[2] for name in FREE[kind]}
    typed |= {"id": "canada-2012-hostile"} if kind == "new" else {}
    sent = Form(anna, start).send(**{**FIELDS[kind], **typed, **({} if kind == "comment" else {"then": "save"})})
    harmless(sent.text or "<p></p>")
    assert sent.status_code == 303, sent.text[-500:]
    page = sent.location.partition("?")[0] if sent.location else "/my/contributions"
    more = [f"{page}/preview", f"{page}?check=1"] if kind != "comment" and sent.location else []
    for client, path in [*((anna, each) for each in (page, *more)), (ben, "/moderate"), (ben, "/comments")]:
        harmless(client.get(path).text)


def test_accepted_words_are_text_for_everybody(anna: FlaskClient, ben: FlaskClient, nobody: FlaskClient) -> None:
    page = submitted(anna, "report", **{**REPORT, "narrative": "\n".join(EVIL)})
    moderation = f"/moderate/{id_of(page)}"
    Form(ben, moderation, moderation).send(decision="accept")
    shown = Visitor(nobody).page(f"/commitment/{MUSKOKA}")
    assert "<script>__xss=1</script>" in shown.text  # as the text that it is
    assert not {one.name for one in shown.every()} & {"script", "iframe", "svg", "math", "base", "style", "object"}
    assert all(LEADS.match(str(one.props["href"])) for one in shown.every("a") if one.props.get("href"))
    feed = nobody.get("/feed/contributions.atom").text
    assert "<script" not in feed and "&lt;script&gt;__xss=1" in feed


def test_who_speaks_for_a_maker_decides_on_none_of_its_proposals(peopled: Dash, anna: FlaskClient) -> None:
    both = signed(peopled, "both-sides", {"contributor": ["CAN"], "moderator": []})
    moderation = f"/moderate/{id_of(submitted(anna, 'report', **REPORT))}"
    page = both.get(moderation).text
    assert "or speak for its maker, so another moderator decides on it" in page and 'name="decision"' not in page
    mark = Form(both, "/my", "/my/about").values["once"]
    sent = both.post(moderation, data={"once": mark, "decision": "accept"}, headers=SAME)
    assert sent.status_code in (403, 404)
