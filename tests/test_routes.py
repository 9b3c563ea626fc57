"""What answers without a callback: health, files, pages that are none."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from pathlib import Path

import pytest
from dash import Dash
from flask.testing import FlaskClient

from callbacks.book import Opened
from callbacks.promised import above
from callbacks.things import page_of
from dashboard.catalogue import PANELS
from dashboard.exports import guarded
from dashboard.heard import on_page
from dashboard.panels import Column
from dashboard.selection import Selection
from dashboard.things import drawn
from data_access.cube import Cube
from data_access.parts import file_of

READER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"}


@pytest.fixture(scope="module")
def client(real: Dash) -> FlaskClient:
    return real.server.test_client()


def test_health_names_the_edition(client: FlaskClient, embedded: Cube) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json) == (200, {"status": "ok", "edition": embedded.edition})


@pytest.mark.parametrize("path", ["/", "/goal/1", "/goal/8", "/methods", "/?goal=5&since=2005", "/?donor=NOBODY"])
def test_a_page_answers_200(client: FlaskClient, path: str) -> None:
    assert client.get(path, headers=READER).status_code == 200


@pytest.mark.parametrize(
    "path", ["/nothing", "/goal/9", "/goal/", "/goal/05", "/index.html", "/goal/1/x", "/é", "/.env"]
)
def test_a_page_that_does_not_exist_answers_404_and_leads_back(client: FlaskClient, path: str) -> None:
    answer = client.get(path, headers=READER)
    assert answer.status_code == 404
    assert "This page does not exist" in answer.get_data(as_text=True)
    assert 'href="/"' in answer.get_data(as_text=True)


def test_nothing_of_the_address_is_echoed_into_a_page(client: FlaskClient) -> None:
    for path in ("/<svg onload=x>", "/goal/1?donor=<svg onload=x>", "/export/<svg onload=x>.csv"):
        assert b"<svg onload" not in client.get(path, headers=READER).data


def same(cell: str, value: object, column: Column) -> bool:
    """Amounts and indicators to the last digit, quotients to two decimals in per cent, texts as they are."""
    if not isinstance(value, (Decimal, int)):
        return cell == ("" if value is None else guarded(str(value)))
    if column.kind == "percent":
        return abs(Decimal(cell) - value * 100) <= Decimal("0.005")
    if column.kind == "number" and column.unit in ("per cent", "US dollars"):
        return abs(Decimal(cell) - value) <= Decimal("0.005")
    return Decimal(cell) == value


@pytest.mark.parametrize("name", [name for name in PANELS if name != "rows"])  # of rows the file holds all
@pytest.mark.parametrize("query", ["goal=5", "goal=2&donor=GBR&since=2005&until=2010"])
def test_a_file_holds_exactly_its_panels_table(
    client: FlaskClient, embedded: Cube, opened: Opened, name: str, query: str
) -> None:
    answer = client.get(f"/export/{name}.csv?{query}")
    selection = Selection().change(
        goal=[query[5]], **({"donor": ["GBR"], "since": 2005, "until": 2010} if "&" in query else {})
    )
    try:
        table = drawn(embedded, PANELS[name], selection, above(opened, name, selection)[0]).table
    except ValueError:
        table = None
    if table is None:
        assert answer.status_code == 404
        return
    rows = list(csv.reader(io.StringIO(answer.get_data(as_text=True))))[1:]
    assert answer.status_code == 200
    assert len(rows) == len(table.rows)
    for cells, values in zip(rows, table.rows, strict=True):
        for cell, value, column in zip(cells, values, table.columns, strict=True):
            assert same(cell, value, column), (column, cell, value)


def test_a_file_of_an_edition_that_is_not_served_is_refused(client: FlaskClient, embedded: Cube) -> None:
    assert client.get(f"/export/gap.csv?edition={embedded.edition}").status_code == 200
    refused = client.get("/export/gap.csv?edition=2001-01-01-00000000")
    assert refused.status_code == 400 and "edition=2001-01-01-00000000" in refused.get_data(as_text=True)


def test_beside_a_file_stands_what_it_is(client: FlaskClient, embedded: Cube) -> None:
    file = client.get("/export/gap.csv?goal=5&since=2005")
    assert file.headers["Content-Disposition"] == 'attachment; filename="gap.csv"'
    assert file.headers["Link"].startswith("</export/gap.csv-metadata.json?goal=5&since=2005>")
    said = client.get("/export/gap.csv-metadata.json?goal=5&since=2005").json
    assert said and said["dc:hasVersion"] == embedded.edition
    assert said["dc:source"].startswith("Source")
    assert said["selection"].startswith("Goal: Maternal health (5); Years picked: 2005–2015")
    assert said["dc:identifier"].endswith(f"/?goal=5&since=2005&edition={embedded.edition}")


def test_a_permalink_leads_to_the_page_that_shows_the_panel() -> None:
    selection = Selection().change(goal=["5"], since=2005)
    assert page_of("gap", selection) == "/?goal=5&since=2005"
    assert page_of("need", selection) == "/goal/5?since=2005"
    assert page_of("need", Selection()) == "/"
    assert page_of("progress", on_page(selection.without("goal"), "8")) == "/goal/8?since=2005"


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/export/nothing.csv", 404, "There is no panel of that name"),
        ("/export/gap.csv?donor=NOBODY", 400, "donor=NOBODY"),
        ("/export/gap.csv?since=2010&until=2001", 400, "since=2010"),
        ("/export/gap.csv?colour=red", 400, "colour=red"),
        ("/export/gap.ods", 404, ""),
        ("/export/gap.csv?gender=2", 404, ""),
    ],
)
def test_a_file_that_cannot_be_made_says_why(client: FlaskClient, address: str, status: int, words: str) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert answer.json and words in answer.json["error"]


@pytest.mark.parametrize("name", ["SourceSansPro-Regular.ttf", "SourceSerifPro-Semibold.ttf"])
def test_fonts_are_served_from_here(client: FlaskClient, name: str) -> None:
    assert client.get(f"/fonts/{name}").status_code == 200


def test_shapes_are_served_from_here_and_kept(client: FlaskClient) -> None:
    answer = client.get("/assets/geo/world_50m.json", headers={"Accept-Encoding": "br"})
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "public, max-age=604800"
    assert answer.headers["Content-Encoding"] == "br"


@pytest.mark.parametrize(
    "address", ["/healthz", "/", "/goal/5?donor=GBR", "/export/gap.csv", "/export/gap.csv-metadata.json"]
)
def test_an_answer_says_which_edition_it_is_of(client: FlaskClient, embedded: Cube, address: str) -> None:
    answer = client.get(address)
    assert answer.headers["X-Edition"] == embedded.edition
    assert embedded.edition in answer.get_data(as_text=True) or address.endswith(".csv")


@pytest.mark.parametrize("address", ["/fonts/SourceSansPro-Regular.ttf", "/_dash-layout", "/export/nothing.ods"])
def test_what_is_of_no_edition_names_none(client: FlaskClient, address: str) -> None:
    assert "X-Edition" not in client.get(address).headers


@pytest.mark.parametrize("edition", ["2001-01-01-00000000", "../current", "x" * 3000, "%00", "<b>"])
def test_a_page_whose_edition_is_not_kept_is_of_the_current_one(
    client: FlaskClient, embedded: Cube, edition: str
) -> None:
    answer = client.get(f"/?edition={edition}", headers=READER)
    assert (answer.status_code, answer.headers["X-Edition"]) == (200, embedded.edition)
    assert f'<meta name="edition" content="{embedded.edition}">' in answer.get_data(as_text=True)


def test_readiness_is_one_word_and_a_status(home: Path, client: FlaskClient, embedded: Cube) -> None:
    assert (client.get("/readyz").status_code, client.get("/readyz").json) == (200, {"ready": True})
    beside = file_of(home, embedded.parts["codes"]).with_suffix(".json")
    whole = beside.read_text()
    beside.write_text(whole.replace('"bytes": ', '"bytes": 1'))  # as if the file had been ten times as long
    try:
        answer = client.get("/readyz")
        assert (answer.status_code, answer.json) == (503, {"ready": False})
        assert client.get("/healthz").status_code == 200 == client.get("/export/gap.csv").status_code
    finally:
        beside.write_text(whole)
