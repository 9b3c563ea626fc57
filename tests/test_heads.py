"""What the head of a page says of it to programs, and the picture a link to it is shown with."""

from __future__ import annotations

import io
import json
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from dash import Dash
from flask.testing import FlaskClient
from PIL import Image

from callbacks import heads
from dashboard.carried import Carried
from data_access.cube import Cube
from layouts import card

PAGES = ["/", "/goal/5?donor=GBR", "/goal/8", "/rows", "/rows/dac1/5", "/methods", "/data", "/commitments", "/changes"]
PAGES += [
    "/commitment/muskoka-2010",
    "/donor/GBR",
    "/forum/muskoka-2010",
    "/findings",
    "/gaps",
    "/overlaps",
    "/needs?goal=4",
]


class Head(HTMLParser):
    """Named contents, links by their kind, and data, of the head of a document."""

    def __init__(self, client: FlaskClient, address: str) -> None:
        super().__init__()
        self.said, self.links, self.data = dict[str, str](), list[dict[str, str]](), ""
        self._in_data = False
        answer = client.get(address)
        assert answer.status_code == 200, address
        self.policy = answer.headers["Content-Security-Policy"]
        self.feed(answer.get_data(as_text=True).partition("</head>")[0])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {key: value or "" for key, value in attrs}
        if tag == "meta":
            self.said[told.get("property") or told.get("name", "")] = told.get("content", "")
        self.links += [told] if tag == "link" else []
        self._in_data = tag == "script" and told.get("type") == "application/ld+json"

    def handle_data(self, data: str) -> None:
        self.data += data if self._in_data else ""

    def handle_endtag(self, tag: str) -> None:
        self._in_data = False

    def linked(self, kind: str) -> list[str]:
        return [link["href"] for link in self.links if link.get("rel") == kind]


@pytest.fixture(scope="module")
def client(real: Dash) -> FlaskClient:
    return real.server.test_client()


def path(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


@pytest.mark.parametrize("address", PAGES)
def test_every_page_says_what_it_is_and_shows_a_picture(client: FlaskClient, address: str, embedded: Cube) -> None:
    head = Head(client, address)
    for name in ("og:title", "og:description", "og:url", "og:image", "description", "twitter:card"):
        assert head.said.get(name), name
    assert [path(one) for one in head.linked("canonical")] == [address]
    assert embedded.edition in head.said["og:image"], "a picture is of an edition, whatever comes after"
    picture = client.get(path(head.said["og:image"]))
    assert picture.status_code == 200 and picture.mimetype == "image/png" and len(picture.data) < 60_000
    with Image.open(io.BytesIO(picture.data)) as drawn:
        assert drawn.size == (1200, 630)
        assert len(drawn.convert("L").getcolors() or []) > 2, "there is something on it"
    again = client.get(path(head.said["og:image"]), headers={"If-None-Match": picture.headers["ETag"]})
    assert again.status_code == 304


def test_the_description_is_the_sentence_at_the_head_of_the_page(client: FlaskClient) -> None:
    head = Head(client, "/goal/5?donor=GBR")
    assert head.said["description"].startswith("The United Kingdom disbursed")
    assert head.said["og:title"] == "Goal 5: improve maternal health"


def test_a_pinned_page_is_shared_as_pinned_and_found_as_the_newest(client: FlaskClient, embedded: Cube) -> None:
    pinned = f"/goal/5?donor=GBR&edition={embedded.edition}"
    head = Head(client, pinned)
    assert path(head.said["og:url"]) == pinned
    assert [path(one) for one in head.linked("canonical")] == ["/goal/5?donor=GBR"]


def test_what_a_stranger_writes_stays_text(client: FlaskClient) -> None:
    hostile = '/?donor="><script>alert(1)</script>&text="><meta name="x" content="y'
    assert "<script>alert" not in client.get(hostile).get_data(as_text=True)
    assert "x" not in Head(client, hostile).said


def test_editions_are_described_as_datasets(client: FlaskClient, embedded: Cube) -> None:
    head = Head(client, "/data")
    told = json.loads(head.data)
    shown = next(one for one in told["dataset"] if one["version"] == embedded.edition)
    assert told["@type"] == "DataCatalog" and shown["@type"] == "Dataset" and shown["dateModified"]
    assert {one["name"] for one in shown["isBasedOn"]} == {one.title for one in embedded.codes.sources.values()}
    for file in shown["distribution"]:
        answer = client.head(path(file["contentUrl"]))
        assert answer.status_code == 200 and answer.mimetype == file["encodingFormat"]
    assert "unsafe-inline" not in head.policy.partition("script-src")[2].partition(";")[0], (
        "what is data needs no leave"
    )


def test_nothing_in_the_datasets_ends_their_element(monkeypatch: pytest.MonkeyPatch, client: FlaskClient) -> None:
    monkeypatch.setattr(heads, "catalogue", lambda *given: {"name": "</script><script>alert(1)</script>&"})
    head = Head(client, "/data")
    assert json.loads(head.data) == {"name": "</script><script>alert(1)</script>&"}


def test_a_fault_leaves_the_page_without_them(monkeypatch: pytest.MonkeyPatch, client: FlaskClient) -> None:
    def broken(*given: object) -> None:
        raise RuntimeError("planted")

    monkeypatch.setattr(heads, "read", broken)
    answer = client.get("/methods")
    assert answer.status_code == 200 and b"og:title" not in answer.data


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/card/recipients.png?goal=5", 200),
        ("/card/nothing.png", 404),
        ("/card/gap.png?donor=NOBODY", 400),
        ("/card.png", 400),
        ("/card.png?to=/nowhere", 404),
        ("/card.png?to=/goal/5%3Fdonor%3DNOBODY", 400),
    ],
)
def test_cards_of_panels_and_what_has_none(client: FlaskClient, address: str, status: int) -> None:
    answer = client.get(address)
    assert answer.status_code == status and (answer.mimetype == "image/png") == (status == 200)


def test_long_words_never_leave_the_card() -> None:
    long = "unbroken" * 60
    one = Carried(
        "x", long, long, f"{long} {long}", long, "2026-01-01-00000000", "/", "/", sentence=f"{long} word " * 40
    )
    with Image.open(io.BytesIO(card.png(one, long))) as drawn:
        edges = drawn.convert("L")
        right = edges.crop((card.WIDTH - card.MARGIN + 8, 0, card.WIDTH, card.HEIGHT)).getextrema()
        below = edges.crop((0, card.HEIGHT - 24, card.WIDTH, card.HEIGHT)).getextrema()
    assert right == below == (255, 255)
