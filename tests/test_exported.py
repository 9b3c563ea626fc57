"""What leaves as a file is what the page shows, in every format, read again by others' readers."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import random
import zipfile
from dataclasses import replace
from decimal import Decimal
from typing import Any

import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from dash import Dash
from flask.testing import FlaskClient

from callbacks.book import Opened
from callbacks.promised import above
from callbacks.things import tabled, thing
from dashboard.catalogue import PANELS
from dashboard.exports import figure, guarded, heading
from dashboard.figures.listings import CARRIED
from dashboard.panels import Column, Table
from dashboard.questions import Unanswerable
from dashboard.selection import Selection, read
from data_access.cube import Cube
from data_access.formats import FORMATS, xlsx
from data_access.formats.streams import of_table
from tests.test_files import CARRIED_ONE

COUNT = int(os.environ.get("EXPORTED", "60"))  # triples of panel, selection and format
Rows = list[tuple[Any, ...]]


@pytest.fixture(scope="module")
def client(real: Dash) -> FlaskClient:
    return real.server.test_client()


def of_csv(content: bytes, _: Table) -> Rows:
    frame = pd.read_csv(io.BytesIO(content), dtype=str, keep_default_na=False)
    return [tuple(row) for row in frame.itertuples(index=False)]


def of_xlsx(content: bytes, _: Table) -> Rows:
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["Data", "About", "Definitions"] and book["Data"].freeze_panes == "A2"
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    return list(book["Data"].iter_rows(min_row=2, values_only=True))


def of_parquet(content: bytes, _: Table) -> Rows:
    held = pq.read_table(pa.BufferReader(content))
    assert json.loads(held.schema.metadata[b"about"])["selection"]
    return list(zip(*(column.to_pylist() for column in held.columns), strict=True))


def of_json(content: bytes, table: Table) -> Rows:
    said = json.loads(content, parse_float=Decimal)
    assert [one["name"] for one in said["schema"]["fields"]] == [column.key for column in table.columns]
    return [tuple(row[column.key] for column in table.columns) for row in said["rows"]]


READERS = {"csv": of_csv, "xlsx": of_xlsx, "parquet": of_parquet, "json": of_json}


def same(value: Any, read: Any, column: Column, form: str) -> bool:
    """Whether a value was read again: exact, in a workbook to the fifteen digits that spreadsheets keep."""
    if form == "csv":
        expected = "" if value is None else guarded(value) if isinstance(value, str) else written(value, column)
        return bool(read == expected)
    if value is None or isinstance(value, str):
        return bool(read == value)
    number = Decimal(written(value, column))
    if form == "xlsx":
        return not isinstance(read, str) and read is not None and float(read) == float(number)
    return bool(read == number)


def written(value: Decimal | int, column: Column) -> str:
    return str(value) if column.kind in ("year", "whole", "code", "text") else figure(Decimal(value), column)


def triples() -> list[tuple[str, str, str]]:
    """Panel, selection and format, drawn at random from a seed that never changes."""
    dice = random.Random("what leaves")
    found = []
    for at in range(COUNT):
        chosen = Selection().change(
            goal=dice.choice([[], [], ["4"], ["5"], ["8"], ["2", "6"]]),
            donor=dice.choice([[], [], ["GBR"], ["FRA", "DEU"], ["DAC"], ["G7"]]),
            recipient=dice.choice([[], [], ["KEN"], ["LDC"], ["ETH", "TZA"]]),
            prices=dice.choice(["current", "constant"]),
            method=dice.choice(["strict", "shared"]),
            since=dice.choice([2000, 2005, 2013]),
            until=dice.choice([2013, 2015]),
            open=dice.choice(["none", "donor", "goal"]),
            rank=dice.choice(["recipient", "donor"]),
        )
        found.append((list(PANELS)[at % len(PANELS)], chosen.write(), dice.choice(list(FORMATS))))
    return found


@pytest.mark.parametrize(("panel", "query", "form"), triples())
def test_a_file_holds_what_the_panel_shows(
    client: FlaskClient, embedded: Cube, opened: Opened, panel: str, query: str, form: str
) -> None:
    answer = client.get(f"/export/{panel}.{form}?{query}")
    selection, refused = read(query, embedded.codes)
    assert not refused
    try:
        table = tabled(thing(embedded, panel, selection, *above(opened, panel, selection)))
    except Unanswerable as why:
        if panel == "rows":  # a list of no rows is a file of no rows
            assert answer.headers["X-Rows"] == "0"
            return
        assert (answer.status_code, str(why)) == (404, answer.json["error"])
        return
    assert answer.status_code == 200
    columns = CARRIED if panel == "rows" else table.columns
    rows = READERS[form](answer.data, replace(table, columns=columns))
    if panel == "rows":  # the page shows the first of them, without the names beside the codes
        assert len(rows) == int(answer.headers["X-Rows"]) >= len(table.rows)
        places = [columns.index(column) for column in table.columns]
        rows = [tuple(row[at] for at in places) for row in rows[: len(table.rows)]]
    assert len(rows) == len(table.rows)
    for row, again in zip(table.rows, rows, strict=True):
        for value, read_, column in zip(row, again, table.columns, strict=True):
            assert same(value, read_, column, form), (column.key, value, read_)


AWKWARD = Table(
    "Awkward",
    (
        Column("name", "Name"),
        Column("code", "Code", "code"),
        Column("usd", "Amount", "usd", "US dollars"),
        Column("share", "Share", "percent"),
        Column("value", "Value", "number"),
        Column("made", "Made", "date"),
        Column("year", "Year", "year"),
    ),
    (
        ("=1+1", "007", Decimal("-12345678901234567.12345678"), Decimal("-0.5"), Decimal("1E-12"), "2005-07-08", 2005),
        ("-3", "@x", Decimal("-0.1"), Decimal("0.00001"), Decimal("1E+3"), "2005", 2006),
        ('a "b", c\r\n<&>\x07', "+1", None, None, None, "", None),
    ),
)


def files() -> dict[str, bytes]:
    return {
        name: b"".join(form.write(of_table(CARRIED_ONE, AWKWARD, "https://x.org"))) for name, form in FORMATS.items()
    }


def test_no_text_becomes_a_formula_and_negative_numbers_stay_numbers() -> None:
    made = files()
    sheet = openpyxl.load_workbook(io.BytesIO(made["xlsx"]))["Data"]
    first = next(iter(sheet.iter_rows(min_row=2, max_row=2)))
    assert [cell.data_type for cell in first] == ["s", "s", "n", "n", "n", "d", "n"]
    assert [cell.value for cell in first[:2]] == ["=1+1", "007"] and first[5].value.isoformat()[:10] == "2005-07-08"
    assert float(first[2].value) == -12345678901234567.12 and float(first[3].value) == -50
    assert sheet["F3"].value == "2005" and sheet["C4"].value is None
    line = made["csv"].decode().splitlines()[1]
    assert line == "'=1+1,007,-12345678901234567.12345678,-50.00,0.000000000001,2005-07-08,2005"


def test_every_digit_is_in_parquet_and_json_and_an_absence_is_null() -> None:
    made = files()
    held = pq.read_table(pa.BufferReader(made["parquet"]))
    assert held.column("usd").to_pylist() == [row[2] for row in AWKWARD.rows]
    assert held.column("value").to_pylist() == [row[4] for row in AWKWARD.rows]
    said = json.loads(made["json"], parse_float=Decimal)["rows"]
    assert [row["usd"] for row in said] == [row[2] for row in AWKWARD.rows]
    assert said[2]["name"] == AWKWARD.rows[2][0] and said[2]["year"] is None


def test_a_workbook_says_what_it_is_of_and_what_its_columns_mean(client: FlaskClient) -> None:
    book = openpyxl.load_workbook(io.BytesIO(client.get("/export/gap.xlsx?donor=FRA").data))
    told = dict(book["About"].iter_rows(min_row=2, values_only=True))
    assert told["Selection"] == "Donor: France (FRA); Years picked: 2000–2015"
    assert "Edition" in told["How to cite"] and told["Address"].partition("?")[2].startswith("donor=FRA&edition=")
    assert told["Source"].startswith("Source: ") and "fifteen digits" in told["Figures"]
    assert ("Amount (US dollars)", "Number", "US dollars") in book["Definitions"].iter_rows(values_only=True)
    assert book["Data"].column_dimensions["A"].width >= 9


def test_a_workbook_of_too_many_rows_is_a_sentence_that_names_the_other_formats(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xlsx, "LARGEST", 100)
    answer = client.get("/export/rows.xlsx?source=crs-donors")
    assert answer.status_code == 400 and "please take CSV, Parquet or JSON" in answer.json["error"]
    said = client.get("/export/rows.sizes.json?source=crs-donors").json
    assert said["rows"] == 23_258 and "CSV, Parquet or JSON" in said["sizes"]["xlsx"]["why"]


def test_the_sizes_told_are_those_of_the_files(client: FlaskClient) -> None:
    said = client.get("/export/donors.sizes.json?donor=GBR").json
    for form, size in said["sizes"].items():
        assert size == {"size": len(client.get(f"/export/donors.{form}?donor=GBR").data), "exact": True, "why": ""}
    about = client.get("/export/rows.sizes.json?source=crs-donors").json["sizes"]
    for form in ("csv", "json"):
        size = len(client.get(f"/export/rows.{form}?source=crs-donors").data)
        assert not about[form]["exact"] and abs(about[form]["size"] - size) < size / 3


@pytest.mark.parametrize("address", ["/export/gap.xlsx", "/export/rows.parquet?source=dac1", "/export/gaps.json"])
def test_who_has_a_file_already_is_told_so(client: FlaskClient, address: str) -> None:
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"") and first.status_code == 200
    other = client.get(address.replace("dac1", "crs-donors") + "&since=2014", headers={"If-None-Match": "x"})
    assert other.headers.get("ETag") != first.headers["ETag"]


@pytest.mark.parametrize("address", ["/export/gap.xlsx", "/export/rows.csv?source=dac1&since=2014"])
def test_parts_of_a_file_can_be_asked_for(client: FlaskClient, address: str) -> None:
    whole = client.get(address)
    for asked, part in (("10-19", whole.data[10:20]), ("2000-", whole.data[2000:]), ("-7", whole.data[-7:])):
        answer = client.get(address, headers={"Range": f"bytes={asked}", "If-Range": whole.headers["ETag"]})
        assert (answer.status_code, answer.data) == (206, part)
        assert answer.headers["Content-Range"].endswith(f"/{len(whole.data)}")
    other = client.get(address, headers={"Range": "bytes=10-19", "If-Range": '"of another edition"'})
    assert (other.status_code, other.data) == (200, whole.data)
    behind = client.get(address, headers={"Range": f"bytes={len(whole.data)}-"})
    assert (behind.status_code, behind.headers["Content-Range"]) == (416, f"bytes */{len(whole.data)}")


def test_a_file_that_was_broken_off_is_gone_on_with(client: FlaskClient) -> None:
    address, packed = "/export/rows.csv?source=crs-donors&recipient=KEN", {"Accept-Encoding": "gzip"}
    begun = client.get(address, headers=packed, buffered=False)
    held = next(begun.iter_encoded())
    begun.close()
    mark = begun.headers["ETag"]
    rest = client.get(address, headers=packed | {"Range": f"bytes={len(held)}-", "If-Range": mark})
    assert rest.status_code == 206, "though nobody has written it to its end"
    assert gzip.decompress(held + rest.data) == client.get(address).data
    assert int(client.get(address, headers=packed).headers["Content-Length"]) == len(held + rest.data)


def test_codes_of_rows_have_their_names_beside_them(client: FlaskClient) -> None:
    rows = json.loads(client.get("/export/flows.json?source=crs-donors&donor=FRA&recipient=KEN").data)["rows"]
    assert {(row["donor"], row["donor_name"], row["recipient_name"]) for row in rows} == {("FRA", "France", "Kenya")}


@pytest.mark.parametrize("sort", ["-row", "year", "-donor", "usd", "-usd"])
def test_rows_are_in_the_order_of_the_list(client: FlaskClient, embedded: Cube, sort: str) -> None:
    selection, _ = read(f"source=crs-donors&recipient=LDC&sort={sort}", embedded.codes)
    rows = json.loads(client.get(f"/export/rows.json?{selection.write()}").data)["rows"]
    shown = thing(embedded, "rows", selection.change(page=3))
    assert [row["row"] for row in rows[200:300]] == [row[0] for row in tabled(shown).rows]


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("name", ["commitments", "gaps", "commitment/gleneagles-2005-oda", "changes"])
def test_tables_of_the_register_leave_in_every_format(client: FlaskClient, name: str, form: str) -> None:
    answer = client.get(f"/export/{name}.{form}")
    if answer.status_code == 404:
        assert name == "changes" and "nothing can be compared" in answer.json["error"]
        return
    assert answer.status_code == 200 and answer.headers["Content-Disposition"].endswith(f'.{form}"')
    assert len(READERS[form](answer.data, Table("", _columns(answer.data, form), ()))) == int(answer.headers["X-Rows"])


def _columns(content: bytes, form: str) -> tuple[Column, ...]:
    fields = json.loads(content)["schema"]["fields"] if form == "json" else []
    return tuple(Column(field["name"], field["title"]) for field in fields)


def test_a_workbook_is_the_same_whenever_it_is_written() -> None:
    assert files()["xlsx"] == files()["xlsx"]
    assert not zipfile.ZipFile(io.BytesIO(files()["xlsx"])).testzip()
    assert heading(AWKWARD.columns[2]) == "Amount (US dollars)"


DESCRIBED = [
    "rows.csv?source=dac1&since=2014",
    "flows.csv?source=dac1&since=2014",
    "gap.csv?donor=FRA",
    "series.csv?series=oda_gni&country=GBR",
    "indicators.csv?series=oda_gni",
    "commitments.csv?goal=5",
    "gaps.csv?donor=GBR",
    "commitment/gleneagles-2005-oda.csv",
    "causes/gleneagles-2005-oda.csv",
]


@pytest.mark.parametrize("address", DESCRIBED)
def test_every_csv_says_where_its_description_is_which_names_the_file_and_its_columns(
    client: FlaskClient, address: str
) -> None:
    file = client.get(f"/export/{address}")
    assert file.status_code == 200, file.get_data(as_text=True)
    where, _, kind = file.headers["Link"].partition("; ")
    assert kind == 'rel="describedby"; type="application/csvm+json"'
    told = client.get(where.strip("<>")).get_json()
    assert told["url"].partition("/export/")[2].split("?")[0] == address.split("?")[0]
    assert client.get(f"/export/{told['url'].partition('/export/')[2]}").data == file.data
    headings = next(csv.reader(io.StringIO(file.get_data(as_text=True))))
    assert [column["titles"] for column in told["tableSchema"]["columns"]] == headings
    assert told["dc:source"] and told["dc:hasVersion"]


@pytest.mark.parametrize("address", ["commitment/none", "causes/none", "nothing"])
def test_what_describes_nothing_is_refused_by_the_name_that_was_asked(client: FlaskClient, address: str) -> None:
    answer = client.get(f"/export/{address}.csv-metadata.json")
    assert answer.status_code == 404 and "csv-metadata" not in answer.get_data(as_text=True)
