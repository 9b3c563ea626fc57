"""Comments without an account: where the operator opened that, moderated before anybody sees them, without a trace of
who wrote them; and the feed of what was accepted."""

from __future__ import annotations

from dataclasses import replace
from xml.etree.ElementTree import fromstring

import pytest
from dash import Dash
from flask.testing import FlaskClient

from callbacks.contributing import leaving
from dashboard.feeds import ATOM
from data_access.contributions import store
from tests.contributed import SAME, Form, signed

ABOUT = "commitment=muskoka-2010-canada"
SPACE = {"a": ATOM}


@pytest.fixture(scope="module")
def moderator(peopled: Dash) -> FlaskClient:
    return signed(peopled, "reads-comments", {"moderator": []})


@pytest.fixture
def anybody(peopled: Dash) -> FlaskClient:
    return peopled.server.test_client()


def entries(client: FlaskClient) -> list[str]:
    feed = fromstring(client.get("/feed/contributions.atom").data)
    return ["".join(one.itertext()) for one in feed.findall("a:entry", SPACE)]


def test_anybody_comments_and_is_read_first(peopled: Dash, anybody: FlaskClient, moderator: FlaskClient) -> None:
    way = anybody.get(f"/my/comments/new?{ABOUT}")
    assert way.location == f"/comment?{ABOUT}"
    sent = Form(anybody, way.location).send(narrative="The clinic of our district <b>is open</b>.")
    thanks = anybody.get(sent.location)
    assert sent.status_code == 303 and "Sent to the moderators" in thanks.text and "Set-Cookie" not in thanks.headers
    everything = anybody.get("/comments").text + "".join(entries(anybody))
    assert "clinic of our district" not in everything
    registry = peopled.server.extensions["people"].registry
    [one] = [held for held in store.listed(registry, ("submitted",), ("comment",)).rows if held.author == "reader"]
    queue = Form(moderator, "/moderate?kind=comment", "/moderate")
    assert queue.send(**{f"comment-{one.id}": one.now.digest}).status_code == 303
    shown = anybody.get("/comments").text
    assert "clinic of our district &lt;b&gt;is open" in shown
    [said] = [words for words in entries(anybody) if "clinic of our district" in words]
    assert "A reader" in said and "Comment: Canada: CAD 1.1 billion" in said
    letters = [file.read_text() for file in peopled.server.extensions["people"].post.waiting()]
    assert any("A comment waits for a decision" in text for text in letters)
    assert not any("clinic of our district" in text for text in letters)


def test_who_is_signed_in_comments_under_their_account(moderator: FlaskClient) -> None:
    assert moderator.get(f"/comment?{ABOUT}").location == f"/my/comments/new?{ABOUT}"


def test_it_is_open_only_where_the_operator_opened_it(
    peopled: Dash, anybody: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = Form(anybody, f"/comment?{ABOUT}")
    monkeypatch.setitem(
        peopled.server.extensions, "people", replace(peopled.server.extensions["people"], comments="signed")
    )
    assert form.send(narrative="x").status_code == 404 and anybody.get(f"/comment?{ABOUT}").status_code == 404
    assert anybody.get(f"/my/comments/new?{ABOUT}").location.startswith("/sign-in?next=")


def test_one_network_sends_a_few_and_what_waits_has_an_end(
    peopled: Dash, anybody: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = []
    for number in range(leaving.EACH + 1):
        form = Form(anybody, f"/comment?{ABOUT}")
        typed = form.values | {"narrative": f"Number {number}"}
        near = {"REMOTE_ADDR": f"203.0.113.{number}"}
        answers.append(anybody.post("/comment", data=typed, headers=SAME, environ_base=near))
    assert [one.status_code for one in answers] == [303] * leaving.EACH + [422]
    assert "in a quarter of an hour" in answers[-1].text and f"Number {leaving.EACH}" in answers[-1].text
    monkeypatch.setattr(leaving, "ALL", 1)
    assert "some other day" in Form(anybody, f"/comment?{ABOUT}").send(narrative="One more").text


@pytest.mark.parametrize("about", ["", "commitment=none", "view=//evil.example", "view=javascript:alert(1)"])
def test_a_comment_is_about_something(anybody: FlaskClient, about: str) -> None:
    assert anybody.get(f"/comment?{about}").status_code == 404
