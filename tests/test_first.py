"""The words at the head of a page of figures are in the document itself, before any script."""

from __future__ import annotations

import logging
from html.parser import HTMLParser

import pytest
from dash import Dash
from flask.testing import FlaskClient

from callbacks import first as words
from data_access.cube import Cube
from tests.visits import Visitor

FIGURES = ["/", "/goal/5", "/goal/8", "/?donor=GBR&goal=5&prices=constant", "/goal/5?donor=GBR&since=2009"]


@pytest.fixture(scope="module")
def client(real: Dash) -> FlaskClient:
    return real.server.test_client()


class Words(HTMLParser):
    """The texts of an answer, and the files it leads to; ids that it bears."""

    def __init__(self, written: str) -> None:
        super().__init__()
        self.said, self.files, self.ids = "", list[str](), list[str]()
        self.feed(written)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self.ids += [told["id"] or ""] if "id" in told else []
        self.files += [told["href"] or ""] if (told.get("href") or "").startswith("/export/") else []

    def handle_data(self, data: str) -> None:
        self.said += data


def first(client: FlaskClient, address: str) -> str:
    written = client.get(address).get_data(as_text=True)
    start = written.find('<div id="first">')
    return written[start : written.index('<div id="react-entry-point">')] if start >= 0 else ""


def plain(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("address", FIGURES)
def test_the_document_says_what_the_page_says_first(client: FlaskClient, address: str) -> None:
    path, _, query = address.partition("?")
    page = Visitor(client).page(path, f"?{query}" if query else "")
    [hero] = [one for one in page.every("div") if "hero" in one.props.get("className", "")]
    said = Words(first(client, address))
    assert plain(hero.text) and plain(hero.text) in plain(said.said)
    assert not said.ids[1:], "ids are the page's own"


@pytest.mark.parametrize("address", FIGURES)
def test_whoever_has_no_scripts_has_the_files(client: FlaskClient, address: str) -> None:
    said = Words(first(client, address))
    assert len(said.files) >= 5
    for file in said.files:
        assert client.get(file).status_code in (200, 422), file


def test_pages_of_words_do_without(client: FlaskClient) -> None:
    assert [first(client, address) for address in ("/methods", "/rows", "/commitments", "/nowhere")] == [""] * 4


def test_what_a_stranger_writes_into_the_address_stays_text(client: FlaskClient) -> None:
    hostile = '/?donor="><script>alert(1)</script>&goal=5'
    assert "<script>alert" not in client.get(hostile).get_data(as_text=True)
    assert first(client, hostile)


def test_a_fault_leaves_the_page_standing(
    real: Dash, embedded: Cube, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*given: object) -> None:
        raise RuntimeError("planted")

    monkeypatch.setattr(words, "opening_of", broken)
    with caplog.at_level(logging.ERROR):
        answer = real.server.test_client().get("/")
    assert answer.status_code == 200 and b"react-entry-point" in answer.data and b'id="first"' not in answer.data
    assert "first words of /" in caplog.text
