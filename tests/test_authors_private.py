"""Whoever contributes is named in public by consent alone, and no more once that is withdrawn or they are erased: every
public page, file, feed, picture and answer for programs is read for it. Nor do logs tell of them."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from io import BytesIO

import pytest
from dash import Dash
from flask.testing import FlaskClient
from lxml import html
from PIL import Image
from sqlalchemy import update

from data_access import audit
from data_access.people import keeping
from data_access.people.tables import account
from data_access.registry.store import Registry
from tests.contributed import REPORT, Form, signed
from tests.test_contributed_evidence import document, picture
from tests.visits import Visitor

ID = "muskoka-2010-canada"
WHO, NAME = "unmistakable-author-id", "Zebulon Quagmire"
PAGES = ("/", "/goal/5", "/commitments", f"/commitment/{ID}", "/findings", "/changes", "/gaps", "/overlaps", "/data")
FILES = (
    "/comments", "/privacy", "/surveys", "/sitemap.xml", "/robots.txt", "/feed/contributions.atom", "/healthz",
    "/feed/changes.atom", "/feed/findings.atom", "/export/commitments.csv", f"/export/commitment/{ID}.json",
    "/export/findings.json", "/api/v1/openapi.json", f"/api/v1/pledges/{ID}", "/api/v1/pledges", "/api/v1/findings",
    f"/cite/commitment/{ID}.bib", f"/embed/commitment/{ID}", f"/card.png?to=/commitment/{ID}", f"/commitment/{ID}",
    f"/oembed?url=http://localhost/commitment/{ID}",
)  # fmt: skip


@pytest.fixture(scope="module")
def registry(peopled: Dash) -> Registry:
    return peopled.server.extensions["people"].registry


@pytest.fixture(scope="module")
def public(peopled: Dash) -> Iterator[FlaskClient]:
    """Everybody, after somebody of an unmistakable name had a report with files and a comment accepted."""
    author = signed(peopled, WHO, {"contributor": ["CAN"]}, NAME)
    judge = signed(peopled, "judge-of-authors", {"moderator": []}, "Ermintrude Vole")
    made = Form(author, f"/my/contributions/new?commitment={ID}&kind=report").send(then="save", **REPORT)
    page = made.location.partition("?")[0]
    for name, content in (("a.pdf", document()), ("b.jpg", picture("JPEG"))):
        assert Form(author, page, f"{page}/evidence").send(file=(BytesIO(content), name)).status_code == 303
    Form(author, f"{page}/preview").send()
    Form(author, f"/my/comments/new?commitment={ID}").send(narrative="The author of this comment is not told.")
    queue = Form(judge, "/moderate?kind=comment", "/moderate")
    picked = {name: value for name, value in checked(queue.page.text) if name.startswith("comment-")}
    assert queue.send(**picked).status_code == 303
    moderation = page.replace("/my/contributions", "/moderate")
    assert Form(judge, moderation, moderation).send(decision="accept").status_code == 303
    reader, until = peopled.server.test_client(), time.monotonic() + 60
    while reader.get("/export/findings.json").status_code == 503 and time.monotonic() < until:
        time.sleep(0.2)  # the checks are being run
    yield reader


def checked(page: str) -> Iterator[tuple[str, str]]:
    for one in html.fromstring(page).iter("input"):
        if one.get("type") == "checkbox":
            yield one.get("name"), one.get("value")


def everything(public: FlaskClient) -> Iterator[tuple[str, bytes]]:
    """Every public answer, its headers first; and the files of evidence to which they lead."""
    reader, files = Visitor(public), set[str]()
    for path in PAGES:
        shown = reader.page(path)
        files |= {str(one.props.get("href")) for one in shown.every("a") if "/evidence/" in str(one.props.get("href"))}
        yield path, shown.text.encode()
    assert len(files) >= 2
    for path in (*FILES, *files):
        answer = public.get(path)
        assert answer.status_code == 200, path
        yield path, str(answer.headers).encode() + answer.data
        if answer.mimetype == "image/jpeg":
            assert not Image.open(BytesIO(answer.data)).getexif()


def telling(public: FlaskClient, *words: str) -> list[str]:
    return [path for path, held in everything(public) if any(word.encode() in held for word in words)]


def test_nobody_is_named_who_does_not_consent(public: FlaskClient) -> None:
    assert telling(public, NAME, WHO, "Quagmire", "Ermintrude", "judge-of-authors", "Anna of the ministry") == []


def test_who_consents_is_named_until_they_do_not(public: FlaskClient, registry: Registry) -> None:
    registry.put(lambda held: held.execute(update(account).where(account.c.id == WHO).values(named=True)))
    named = telling(public, NAME)
    assert {f"/commitment/{ID}", "/comments", "/feed/contributions.atom"} <= set(named) and telling(public, WHO) == []
    registry.put(lambda held: held.execute(update(account).where(account.c.id == WHO).values(named=False)))
    assert telling(public, NAME) == []


def test_who_is_erased_is_gone_and_what_they_said_stays(public: FlaskClient, registry: Registry) -> None:
    registry.put(lambda held: held.execute(update(account).where(account.c.id == WHO).values(named=True)))
    registry.put(lambda held: keeping.erase(held, WHO))
    assert telling(public, NAME, WHO, "Quagmire") == []
    assert "Health workers were trained." in Visitor(public).page(f"/commitment/{ID}").text
    assert audit.verify(registry) is None


def test_logs_hold_no_words_of_anybody(peopled: Dash, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    one = signed(peopled, "talkative", {"contributor": ["CAN"]}, "Peregrine Wimple")
    Form(one, f"/my/comments/new?commitment={ID}").send(narrative="Words that no log may hold.")
    Form(one, f"/my/contributions/new?commitment={ID}&kind=report").send(**{**REPORT, "narrative": "Nor these."})
    one.get("/my/contributions/none", headers={"User-Agent": "x\tforged: line", "X-Forwarded-For": "203.0.113.77"})
    for private in ("no log may hold", "Nor these", "Wimple", "talkative@", "203.0.113.77", "forged"):
        assert private not in caplog.text
