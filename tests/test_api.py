"""The interface for programs: what it answers is what the product shows, exact, a page at a time, and faults by key."""

from __future__ import annotations

import csv
import io
import time
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

import pytest
from dash import Dash
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from dashboard.api.operations import API, NAMED, OPERATIONS, Operation
from dashboard.api.shapes import answer_of
from dashboard.carried import short_mark
from dashboard.selection import Selection
from data_access.cube import Cube
from layouts.api import example

OF_SURVEYS = ("surveys", "answers", "counts")  # no survey has results here: test_survey_channels.py reads some
HELD = [one for one in OPERATIONS if one.name not in OF_SURVEYS]
EVERY = pytest.mark.parametrize("operation", HELD, ids=[one.name for one in HELD])


@pytest.fixture(scope="module")
def client(real: Dash) -> FlaskClient:
    return real.server.test_client()


def got(client: FlaskClient, address: str, **headers: str) -> TestResponse:
    """The answer, once what it waits for is made."""
    until = time.monotonic() + 60
    while True:
        answer = client.get(address, headers={name.replace("_", "-"): value for name, value in headers.items()})
        if answer.status_code != 503 or time.monotonic() > until:
            return answer
        time.sleep(0.2)


def told(client: FlaskClient, path: str, **terms: Any) -> dict[str, Any]:
    answer = got(client, f"{API}{path}?{urlencode(terms)}")
    assert answer.status_code == 200, answer.get_data(as_text=True)
    held: dict[str, Any] = answer.json
    return held


def every_row(client: FlaskClient, path: str, **terms: Any) -> list[dict[str, Any]]:
    """All rows, page by page along `next`."""
    page = told(client, path, **terms)
    rows = list(page["rows"])
    while page["next"]:
        assert len(page["rows"]) == terms.get("limit", 100)
        page = got(client, page["next"]).json
        rows += page["rows"]
    return rows


@EVERY
def test_every_operation_answers_in_its_own_shape_and_says_where_from(
    client: FlaskClient, operation: Operation
) -> None:
    answer = got(client, example(operation))
    assert answer.status_code == 200 and answer.mimetype == "application/json"
    held = answer_of(operation).model_validate(answer.json, strict=True)
    about = answer.json["about"]
    assert held and about["edition"] == answer.headers["X-Edition"] and about["edition"] in about["page"]
    assert about["source"] and about["title"] in about["citation"] and about["page"] in about["citation"]
    assert about["mark"] == short_mark(about["page"].partition("8050")[2])


@EVERY
def test_an_answer_that_is_known_is_not_sent_again(client: FlaskClient, operation: Operation) -> None:
    first = got(client, example(operation))
    again = got(client, example(operation), If_None_Match=first.headers["ETag"])
    head = client.head(example(operation))
    assert again.status_code == 304 and not again.data and again.headers["ETag"] == first.headers["ETag"]
    assert head.status_code == 200 and not head.data and head.headers["ETag"] == first.headers["ETag"]
    assert first.headers["Cache-Control"] == "no-cache"


@EVERY
def test_any_page_may_read_it_and_be_told_where_the_rest_is(client: FlaskClient, operation: Operation) -> None:
    answer, asked = got(client, example(operation)), client.options(example(operation))
    for one in (answer, asked):
        assert one.headers["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in one.headers and "Set-Cookie" not in one.headers
        assert "Link" in one.headers["Access-Control-Expose-Headers"]
    assert "Accept" in answer.headers["Vary"]
    following = answer.json.get("next")
    assert (f'<{following}>; rel="next"' in answer.headers["Link"]) == bool(following)


def test_other_addresses_are_not_open_to_other_pages(client: FlaskClient) -> None:
    assert "Access-Control-Allow-Origin" not in client.get("/export/gap.csv").headers
    assert "Access-Control-Allow-Origin" not in client.get("/api").headers


@pytest.mark.parametrize("by", ["", "donor", "year,donor", "recipient,year", "goal"])
@pytest.mark.parametrize("prices", ["current", "constant"])
def test_totals_are_those_of_the_cube_to_the_last_digit(
    client: FlaskClient, embedded: Cube, by: str, prices: str
) -> None:
    names, source = tuple(filter(None, by.split(","))), "iati-goals"
    selection = Selection(source=source, since=2008, until=2012, prices=prices).change(donor=["GBR", "FRA", "EU"])
    frame = embedded.totals(selection, names)
    expected = [tuple(row) for row in frame.itertuples(index=False, name=None)]
    given = {"source": source, "donor": "GBR,FRA,EU", "since": 2008, "until": 2012, "prices": prices}
    rows = every_row(client, "/totals", **given, by=by, stages="committed,disbursed", limit=37)
    assert expected and len(rows) == len(expected)
    for row, whole in zip(rows, expected, strict=True):
        assert tuple(row[name] for name in names) == whole[: len(names)]
        amounts = (row["committed"], row["disbursed"])
        assert tuple(None if one is None else Decimal(one) for one in amounts) == whole[len(names) :]
        assert all(row[f"{name}_name"] for name in names if name != "year")


def test_rows_come_whole_in_order_and_sum_to_the_total(client: FlaskClient, embedded: Cube) -> None:
    terms = {"source": "iati-goals", "donor": "GBR", "goal": "5", "since": 2009, "until": 2011}
    rows = every_row(client, "/flows", **terms, limit=100)
    expected = embedded.rows(
        Selection(source="iati-goals", since=2009, until=2011).change(donor=["GBR"], goal=["5"]), 100_000
    )
    assert [row["row"] for row in rows] == expected["row"].tolist() and len(rows) > 200
    [total] = told(client, "/totals", **terms)["rows"]
    for stage in ("committed", "disbursed"):
        assert sum(Decimal(row["part"]) for row in rows if row["stage"] == stage) == Decimal(total[stage])
    assert {row["donor_name"] for row in rows} == {"United Kingdom"} and rows[0]["file"] and rows[0]["line"]


def test_pages_that_follow_name_the_edition_and_the_state_they_are_of(client: FlaskClient) -> None:
    assert "edition=" in told(client, "/totals", by="donor", limit=2)["next"]
    following = told(client, "/pledges", limit=2)["next"]
    assert "edition=" in following and "registry=" in following


@pytest.mark.parametrize("operation", [one for one in HELD if one.key and one.name != "flows"], ids=lambda o: o.name)
def test_pages_of_a_list_are_the_list(client: FlaskClient, operation: Operation) -> None:
    address = example(operation).partition("?")[0].removeprefix(API)
    rows = every_row(client, address, limit=100)
    keys = [tuple(row[name] for name in operation.key) for row in rows]
    assert len(set(keys)) == len(keys) > 0
    assert every_row(client, address, limit=min(max(1, len(rows) // 3), 150)) == rows


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: one.name)
def test_no_column_has_the_name_of_another(operation: Operation) -> None:
    keys = [column.key for column in operation.columns]
    assert len(set(keys)) == len(keys) and set(operation.key) <= set(keys)


@pytest.mark.parametrize(
    "terms",
    [
        {"source": "iati-goals", "donor": "GBR"},
        {"source": "iati-goals", "donor": "GBR", "goal": "5", "prices": "constant", "method": "shared"},
        {"source": "crs-donors", "donor": "FRA", "since": "2013"},
        {"source": "dac1", "donor": "DAC", "membership": "today"},
    ],
    ids=lambda terms: terms["source"],
)
def test_all_rows_of_a_donor_walked_page_by_page_are_those_of_the_file(
    client: FlaskClient, terms: dict[str, str]
) -> None:
    walked = every_row(client, "/flows", **terms, limit=400)
    lines = csv.reader(io.StringIO(client.get(f"/export/rows.csv?{urlencode(terms)}").get_data(as_text=True)))
    heads = [column.heading for column in NAMED["flows"].columns]
    assert [title.partition(" (")[0] for title in next(lines)] == [head.partition(" (")[0] for head in heads]
    keys, filed = [column.key for column in NAMED["flows"].columns], list(lines)
    told = [["" if row[key] is None else str(row[key]) for key in keys] for row in walked]
    assert len(filed) == len(told) > 100 and len({row["row"] for row in walked}) == len(walked)
    assert [row["row"] for row in walked] == sorted(row["row"] for row in walked)
    for api, file in zip(told, filed, strict=True):
        assert api == [cell.removeprefix("'") for cell in file]


def test_values_begin_with_the_first_year_that_is_held(client: FlaskClient) -> None:
    """The baselines of the Goals lie in 1990."""
    query = "country=KEN&limit=400"
    every = client.get(f"{API}/indicators/maternal?{query}").get_json()["rows"]
    file = client.get("/export/series.csv?series=maternal&country=KEN").get_data(as_text=True)
    assert len(every) == len(file.splitlines()) - 1 and min(row["year"] for row in every) == 1990
    early = client.get(f"{API}/indicators/maternal?{query}&until=1998").get_json()["rows"]
    assert [row["year"] for row in early] == [row["year"] for row in every if row["year"] <= 1998]
