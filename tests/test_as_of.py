"""The register as it stood on a day, for everybody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from dash import Dash
from flask import Flask
from flask.testing import FlaskClient

from callbacks import as_of
from callbacks.as_of import on
from callbacks.bodies import Refused
from callbacks.book import Book
from callbacks.faults import answer
from data_access.library import Library
from data_access.registry.opening import open_registry
from data_access.registry.store import Change
from data_access.registry.writing import Edits, Noted
from tests.visits import Visitor

ID = "doha-2008-oda"
PAGE = f"/commitment/{ID}"
REFUSED = {
    "date=1999-01-01": 404, "date=2014-02-30": 400, "date=20140101": 400, "": 400, "date=2098-01-01&x=1": 400,
    "date=2098-01-01&page=//evil.example": 400, "date=2098-01-01&page=/my": 400,
    "date=2098-01-01&page=/commitment/../my": 400,
}  # fmt: skip


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """An address of its own over a register that was changed twice, once in days to come."""
    registry, server = open_registry(tmp_path_factory.mktemp("as-of")), Flask("as of")
    for place, at in (("Doha", "2098-05-05T23:59:59Z"), ("A place of later", "2099-01-02T03:04:05Z")):
        first = registry.pledges()[ID]
        registry.write(Edits((replace(first, place=place),)), Noted("A maker", "A test", at=at))
    server.register_error_handler(Refused, answer)
    as_of.register(server, Book(Library(tmp_path_factory.mktemp("none")), registry))
    server.extensions["register"] = registry
    yield server.test_client()
    registry.close()


def test_the_state_of_a_day_is_the_last_one_on_it(client: FlaskClient) -> None:
    registry = client.application.extensions["register"]
    for day, place in (("2098-05-05", "Doha"), ("2099-01-01", "Doha"), ("2099-01-02", "A place of later")):
        way = client.get(f"/as-of?date={day}&page={PAGE}")
        path, _, state = way.location.partition("?registry=")
        assert (way.status_code, path) == (303, PAGE) and registry.pledges(state)[ID].place == place


@pytest.mark.parametrize("query", REFUSED)
def test_what_is_no_day_or_no_page_is_refused(client: FlaskClient, query: str) -> None:
    assert client.get(f"/as-of?{query}").status_code == REFUSED[query]


def test_a_commitment_asks_for_a_day_and_is_shown_as_of_it(peopled: Dash) -> None:
    reader, client = Visitor(peopled.server.test_client()), peopled.server.test_client()
    [form] = [one for one in reader.page(PAGE).every("form") if one.props.get("action") == "/as-of"]
    assert (form.props["method"], [one.props["name"] for one in form.every("input")]) == ("get", ["date", "page"])
    way = client.get(f"/as-of?date=2098-01-01&page={PAGE}")
    path, _, search = way.location.partition("?")
    assert client.get(way.location).status_code == 200
    assert "Doha" in reader.page(path, f"?{search}").text


def test_the_register_says_when_it_begins() -> None:
    at = ("2014-01-02T09:00:00Z", "2014-01-02T08:00:00Z", "2013-05-05T00:00:00Z")
    made = tuple(Change(3 - place, moment, "who", "why", f"s{3 - place}") for place, moment in enumerate(at))
    assert [on(day, made) for day in ("2013-05-05", "2014-01-01", "2014-01-02")] == ["s1", "s1", "s3"]
    with pytest.raises(Refused, match="begins on 2013-05-05"):
        on("2013-05-04", made)
