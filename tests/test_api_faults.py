"""What the interface for programs refuses, by status, key and value; and the page on which it is read."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

import pytest
from dash import Dash
from flask.testing import FlaskClient

from callbacks.api import PLACES
from dashboard.api.document import FAULTS, document
from dashboard.api.operations import API, OPERATIONS
from dashboard.api.parameters import FIELDS, LIMITS, MOST
from dashboard.api.shapes import Problem
from dashboard.selection import DIMENSIONS
from layouts.api import example
from tests.test_api import OF_SURVEYS

WRONG = {  # the query, the key that is named, the value as it is named
    "totals?x=1": ("x", "1"),
    "totals?donor=GBR,ZZZ": ("donor", "ZZZ"),
    "totals?donor=<b>": ("donor", "<b>"),
    "totals?since=1850": ("since", "1850"),
    "totals?since=２００５": ("since", "２００５"),
    "totals?since=2012&until=2010": ("since", "2012"),
    "totals?since=2005&since=2006": ("since", "2006"),
    "totals?by=donor,colour": ("by", "donor,colour"),
    "totals?by=donor,donor": ("by", "donor,donor"),
    "totals?stages=spent": ("stages", "spent"),
    "totals?by=donor,year&after=GBR": ("after", "GBR"),
    "totals?by=year&after=soon": ("after", "soon"),
    "totals?after=GBR": ("after", "GBR"),
    "totals?source=nobody": ("source", "nobody"),
    "totals?prices=old": ("prices", "old"),
    "totals?edition=2001-01-01-0": ("edition", "2001-01-01-0"),
    "totals?page=2": ("page", "2"),
    f"flows?limit={MOST + 1}": ("limit", str(MOST + 1)),
    "flows?limit=0": ("limit", "0"),
    "flows?after=-1": ("after", "-1"),
    "flows?text=" + "x" * 101: ("text", "x" * 29 + "…"),
    "flows?text=%00": ("text", "\N{REPLACEMENT CHARACTER}"),
    "pledges?goal=9": ("goal", "9"),
    "pledges?maker=nobody": ("maker", "nobody"),
    "pledges?after=nothing": ("after", "nothing"),
    "pledges?registry=0000": ("registry", "0000"),
    "gaps?goal=9": ("goal", "9"),
    "totals?until=1998": ("until", "1998"),
    "flows?since=2020": ("since", "2020"),
    "indicators/gni?since=no": ("since", "no"),
    "indicators/gni?since=2012&until=2010": ("since", "2012"),
    "editions?format=xml": ("format", "xml"),
    "pledges/muskoka-2010?format=csv": ("format", "csv"),
}
NOWHERE = ("", "/nothing", "/pledges/none", "/indicators/none", "/members/none", "/memberships/x", "/methods/none",
           "/surveys/none", "/surveys/counts/none")  # fmt: skip


@pytest.fixture(scope="module")
def client(real: Dash) -> FlaskClient:
    return real.server.test_client()


def problem(client: FlaskClient, address: str, status: int, **headers: str) -> dict[str, Any]:
    """What is said of a fault, checked for its shape."""
    answer = client.get(address, headers=headers)
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json"), answer.get_data(as_text=True)
    assert answer.headers["Access-Control-Allow-Origin"] == "*" and answer.headers["Cache-Control"] == "no-store"
    held: dict[str, Any] = answer.json
    assert Problem.model_validate(held, strict=True).status == status and held["detail"].endswith(".")
    assert not re.search(r"Traceback|ignored|is shown|rest of the link|File \"", held["detail"])
    return held


@pytest.mark.parametrize(("query", "named"), WRONG.items(), ids=list(WRONG))
def test_what_cannot_be_followed_is_refused_by_key_and_value(
    client: FlaskClient, query: str, named: tuple[str, str]
) -> None:
    errors = problem(client, f"{API}/{query}", 400)["errors"]
    assert named in [(error["key"], error["value"]) for error in errors]


@pytest.mark.parametrize("path", NOWHERE)
def test_what_is_not_there_is_said_not_to_be(client: FlaskClient, path: str) -> None:
    assert problem(client, f"{API}{path}", 404)["errors"] == []


@pytest.mark.parametrize("query", ["goal=4", "goal=8", "donor=GBR&source=dac5&since=2014&until=2014&recipient=KEN"])
def test_what_no_source_can_answer_is_told_as_in_files_and_names_who_asked(client: FlaskClient, query: str) -> None:
    answer = client.get(f"{API}/totals?{query}")
    told = answer.get_json()
    assert (answer.status_code, told["title"]) == (404, "No source can answer") and "errors" in told
    asked = dict(part.split("=") for part in query.split("&"))
    assert {one["key"]: one["value"] for one in told["errors"]} == asked
    if query.startswith("goal"):
        assert told["detail"] == client.get(f"/export/gap.csv?{query}").get_json()["error"]
        assert client.get(f"{API}/flows?{query}").get_json()["detail"] == told["detail"]
    assert client.get(f"{API}/flows?text=nothing+has+such+a+title&source=iati-goals").get_json()["rows"] == []


def test_where_no_source_can_answer_the_reason_is_given(client: FlaskClient) -> None:
    told = problem(client, f"{API}/totals?source=dac1&by=recipient", 404)
    assert told["title"] == "No source can answer" and "recipients" in told["detail"]


def test_a_format_that_nobody_writes_is_not_acceptable(client: FlaskClient) -> None:
    problem(client, f"{API}/totals", 406, Accept="image/png")
    problem(client, f"{API}/pledges/muskoka-2010", 406, Accept="text/csv")
    assert client.get(f"{API}/totals?format=csv", headers={"Accept": "image/png"}).mimetype == "text/csv"
    assert client.get(f"{API}/totals", headers={"Accept": "text/html,*/*;q=0.8"}).mimetype == "application/json"


def test_addresses_too_long_and_other_methods_are_refused(client: FlaskClient) -> None:
    assert str(LIMITS["characters"][0]) in problem(client, f"{API}/totals?donor={'x' * 5000}", 414)["detail"]
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        answer = client.open(f"{API}/totals", method=method)
        assert answer.status_code == 405 and answer.mimetype == "application/problem+json"
        assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"


def test_whoever_finds_no_place_is_told_when_to_come_again(client: FlaskClient) -> None:
    with PLACES.taken(), PLACES.taken():
        told = problem(client, f"{API}/totals", 503)
        assert client.get(f"{API}/totals").headers["Retry-After"] == "5" and "5 seconds" in told["detail"]
    assert client.get(f"{API}/totals").status_code == 200


@pytest.mark.parametrize("operation", [one for one in OPERATIONS if not one.one], ids=lambda one: one.name)
def test_csv_holds_what_json_does(client: FlaskClient, operation: Any) -> None:
    if operation.name in ("findings", *OF_SURVEYS):
        return
    written = client.get(example(operation), headers={"Accept": "text/csv"}).get_data(as_text=True)
    heads, *rows = csv.reader(io.StringIO(written, newline=""))
    held = client.get(example(operation)).json
    assert len(heads) == len(held["columns"]) and len(rows) == len(held["rows"]) > 0
    for row, told in zip(rows, held["rows"], strict=True):
        assert [cell.removeprefix("'") for cell in row] == ["" if v is None else str(v) for v in told.values()]


def test_every_dimension_can_be_asked_for_and_told_apart() -> None:
    told = document("")["paths"]["/totals"]["get"]["parameters"]
    assert set(DIMENSIONS) <= {one["name"] for one in told} and set(DIMENSIONS) <= FIELDS.keys()
    by = next(one["schema"]["pattern"] for one in told if one["name"] == "by")
    assert all(re.fullmatch(by, f"year,{dimension}") for dimension in DIMENSIONS)


def test_the_page_shows_every_operation_without_a_script_or_another_host(client: FlaskClient) -> None:
    answer = client.get("/api")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 200 and answer.mimetype == "text/html" and "<script" not in page
    assert not re.findall(r"""(?:src|href)=["']?(?:https?:)?//""", page)
    for operation in OPERATIONS:
        assert f'id="{operation.name}"' in page and example(operation).replace("&", "&amp;") in page
    assert "/surveys/donors-implementation" not in page and "No results of a survey are published here yet" in page
    assert {f'id="problem-{status}"' in page for status in (*FAULTS, "405")} == {True}


def test_the_document_is_served_as_it_is_made(client: FlaskClient) -> None:
    served = client.get(f"{API}/openapi.json")
    assert served.json["openapi"] == "3.1.0" and served.json["paths"] == document("")["paths"]
    assert served.headers["Access-Control-Allow-Origin"] == "*" and served.headers["Cache-Control"] == "no-cache"
    assert client.get(f"{API}/openapi.json", headers={"If-None-Match": served.headers["ETag"]}).status_code == 304
