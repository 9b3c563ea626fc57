"""Files of what figures are made of: every row of a selection, once and in order; every value with its line."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pyarrow as pa
import pytest
from dash import Dash
from flask.testing import FlaskClient

from dashboard.carried import Carried
from dashboard.catalogue import PANELS
from dashboard.figures.listings import FILE, wanted
from dashboard.panels import Column
from dashboard.selection import Selection, read
from data_access import lots as lots_of
from data_access.cube import Cube
from data_access.formats import FORMATS, csv_text
from data_access.formats.streams import Broken, Stream
from data_access.series_lines import series_lines
from tests.visits import Visitor

QUERIES = (
    "source=crs-purposes&recipient=KEN",
    "source=iati-goals&goal=5",
    "source=iati-goals&goal=4,5&method=muskoka&stage=disbursed",
    "source=crs-donors&recipient=LDC&membership=today&prices=constant&since=2013&until=2014",
    "source=dac1&sort=-usd&since=2013&until=2014",
)

CARRIED_ONE = Carried("rows", "Rows", "", "", "", "e-1", "/", "/")
UNIT = "% of gross national income"


@pytest.fixture(scope="module")
def client(real: Dash) -> FlaskClient:
    return real.server.test_client()


def lines(client: FlaskClient, address: str) -> list[dict[str, str]]:
    answer = client.get(address)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return list(csv.DictReader(io.StringIO(answer.get_data(as_text=True), newline="")))


@pytest.mark.parametrize("query", QUERIES)
def test_a_file_holds_every_row_of_a_selection_once_in_order_and_sums_to_its_totals(
    client: FlaskClient, embedded: Cube, query: str
) -> None:
    selection, refused = read(query, embedded.codes)
    told = embedded.counts(selection, wanted(selection))
    file = lines(client, f"/export/rows.csv?{query}")
    numbers = [int(line["Row"]) for line in file]
    assert not refused and len(file) == told.rows > 50 and len(set(numbers)) == len(numbers)
    assert numbers == sorted(numbers) or selection.sort != "row"
    for stage, total in told.sums.items():
        parts = [Decimal(line["Counted (US dollars)"]) for line in file if line["Stage"] == stage]
        assert (sum(parts, Decimal(0)) if parts else None) == total


@pytest.mark.parametrize("query", QUERIES)
def test_the_rows_of_a_file_are_those_of_the_pages(embedded: Cube, query: str) -> None:
    selection, _ = read(query, embedded.codes)
    asked_ = wanted(selection)
    plain = replace(asked_, limit=300)
    page = embedded.rows(selection, plain)
    held = [row for lot in embedded.every(selection, asked_) for row in lot.to_pylist()][:300]
    for column in FILE:
        assert [row[column.key] or "" for row in held] == [one or "" for one in page[column.key].tolist()]


@pytest.mark.parametrize("lot", [1, 7, 1000])
def test_however_many_are_read_at_once_they_are_the_same(
    small: Cube, lot: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    selection = Selection(source="iati-goals").change(recipient=("KEN", "ETH", "LDC"))
    whole = [number for held in small.every(selection, wanted(selection)) for number in held["row"].to_pylist()]
    monkeypatch.setattr(lots_of, "READ", lot)
    monkeypatch.setattr(lots_of, "LOT", 20)
    monkeypatch.setattr(lots_of, "STRETCH", 50)
    lots = [held["row"].to_pylist() for held in small.every(selection, wanted(selection))]
    assert [number for held in lots for number in held] == whole
    assert max(map(len, lots)) <= min(lot, 20) and len(whole) > 20


@pytest.mark.parametrize("text", ["water", "PHASE 3", "a/b\\c", "%"])
def test_a_text_that_is_searched_for_is_searched_for_in_the_file_too(
    small: Cube, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lots_of, "FOUND", 3)
    selection = Selection(source="iati-goals", text=text, stage="committed")
    told = small.counts(selection, wanted(selection))
    held = [row for lot in small.every(selection, wanted(selection)) for row in lot.to_pylist()]
    assert len(held) == told.rows > 0 and sum(row["part"] for row in held) == told.sums["committed"]


def test_nothing_picked_leaves_a_file_with_its_headings_alone(client: FlaskClient) -> None:
    text = client.get("/export/rows.csv?source=crs-sectors&recipient=GRC&since=2015").get_data(as_text=True)
    assert text.startswith("Row,File,") and text.count("\n") == 1


def test_a_page_of_the_list_changes_nothing_of_its_file(client: FlaskClient) -> None:
    first, second = (client.get(f"/export/rows.csv?source=dac1&since=2014&page={n}").data for n in (1, 2))
    assert first == second


def test_a_file_that_would_end_too_soon_is_broken_off() -> None:
    lots = [pa.table({"line": [1, 2]})]
    stream = Stream(CARRIED_ONE, "", (Column("line", "Line", "whole"),), lots[0].schema, lots, 3)
    for form in FORMATS.values():
        with pytest.raises(Broken, match="2 rows were read of 3"):
            list(form.write(stream))


def test_a_file_is_written_lot_by_lot_and_never_held_whole() -> None:
    taken = list[int]()

    def lots() -> Iterator[pa.Table]:
        for at in range(50):
            taken.append(at)
            yield pa.table({"line": list(range(at * 100, at * 100 + 100))})

    pieces = csv_text.write(Stream(CARRIED_ONE, "", (Column("line", "Line", "whole"),), pa.schema([]), lots(), 5_000))
    assert next(pieces) == b"Line\r\n" and not taken
    for at, piece in enumerate(pieces):
        assert piece.count(b"\r\n") == 100 and taken == list(range(at + 1))


def test_a_long_file_is_packed_for_those_who_unpack_it_and_known_again(client: FlaskClient) -> None:
    address, packing = "/export/rows.csv?source=dac1", {"Accept-Encoding": "gzip, deflate, br"}
    plain, packed = client.get(address), client.get(address, headers=packing)
    assert "Content-Encoding" not in plain.headers and packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data and len(packed.data) < len(plain.data) / 3
    assert plain.headers["ETag"] != packed.headers["ETag"] and "Accept-Encoding" in packed.headers["Vary"]
    for one in (plain, packed):
        again = client.get(address, headers=packing | {"If-None-Match": one.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")
    assert "Content-Encoding" not in client.get("/export/rows.parquet?source=dac1", headers=packing).headers


def test_the_values_of_a_series_stand_with_the_file_and_line_they_were_read_from(
    client: FlaskClient, embedded: Cube
) -> None:
    file = lines(client, "/export/series.csv?series=oda_gni&country=GBR&since=2013&until=2013")
    [line] = file
    assert (line["Code"], line["Name"], line["Year"], line["Unit"]) == ("GBR", "United Kingdom", "2013", UNIT)
    frame = embedded.series(("oda_gni",), 2013, 2013)
    assert Decimal(line["Value"]) == frame[frame["country"] == "GBR"]["value"].item()
    assert line["File"] and int(line["Line"]) > 1 and line["Source"]
    whole = series_lines(embedded, ("oda_gni",), "", 1960, 2025)
    assert len(lines(client, "/export/series.csv?series=oda_gni")) == len(whole) > 500


@pytest.mark.parametrize(
    ("id_", "query", "status", "words"),
    [
        ("gleneagles-2005-oda", "stage=disbursed", 200, "Term,Counted"),
        ("gleneagles-2005-oda", "stage=budgeted", 404, "what was budgeted for this commitment is not told"),
        ("gleneagles-2005-oda", "stage=<b>", 404, "No file was made"),
        ("gleneagles-2005-oda", "prices=current", 200, "Term,Counted"),
        ("gleneagles-2005-oda", "prices=2004", 200, "Term,Counted"),
        ("gleneagles-2005-oda", "prices=1999", 404, "is not read at prices=1999"),
        ("un-oda-07-gni", "prices=2004", 404, "is not read at prices=2004"),
        ("gleneagles-2005-oda", "colour=red", 400, "colour=red is not a term"),
        ("nobody-2001", "", 404, "The register holds no commitment of that name"),
    ],
)
def test_the_terms_of_a_commitment_are_a_file_at_each_rung_that_its_source_tells(
    client: FlaskClient, id_: str, query: str, status: int, words: str
) -> None:
    answer = client.get(f"/export/commitment/{id_}.csv?{query}")
    assert answer.status_code == status and words in answer.get_data(as_text=True)


def test_the_terms_of_what_is_not_measured_are_absences_and_no_formula(client: FlaskClient) -> None:
    unmeasured = [line for line in lines(client, "/export/gaps.csv") if not line["Delivered, low"]]
    assert len(unmeasured) > 200
    for line in unmeasured[::20]:
        told = lines(client, f"/export/commitment/{line['Commitment']}.csv")
        assert {one["Term"] for one in told if one["Counted"] == "result"} == {
            "due",
            "delivered",
            "gap",
            "share of due",
        }
        assert not [one for one in told if one["Counted"] == "result" and (one["Value"] or one["Note"])]
        assert all(one["Name"] for one in told if one["Counted"] == "result")


@pytest.mark.parametrize(
    ("path", "panel", "series"),
    [("/goal/4", "need", "under5"), ("/goal/4", "progress", "under5"), ("/goal/8", "donors", "oda_gni")],
)
def test_a_panel_of_an_indicator_leads_to_the_values_that_it_shows(
    client: FlaskClient, embedded: Cube, path: str, panel: str, series: str
) -> None:
    [shown] = [one for one in Visitor(client).page(path).every("section") if one.props.get("data-panel") == panel]
    links = [a.props.get("href", "") for a in shown.every("a")]
    [link] = {one for one in links if one.startswith(f"/export/series.csv?series={series}")}
    assert link.endswith(f"edition={embedded.edition}")
    file = {(line["Code"], line["Year"]): line["Value"] for line in lines(client, link) if line["Sex"] == "total"}
    assert len(file) > 100
    if panel == "need":
        drawn = PANELS[panel].draw(PANELS[panel].ask(embedded, Selection(goal=("4",))))
        assert drawn.table is not None and len(drawn.table.rows) > 100
        for code, _, value, year in drawn.table.rows:
            assert Decimal(file[code, str(year)]) == value


def test_a_product_of_two_series_has_the_values_of_both(client: FlaskClient) -> None:
    file = lines(client, "/export/series.csv?series=population*oda_gni&country=GBR&since=2010&until=2010")
    assert {line["Series"] for line in file} == {"population", "oda_gni"}


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("series=nothing", 400, "series=nothing is not a series"),
        ("series=", 400, "is not a series"),
        ("series=oda_gni&since=x", 400, "since=x is not a year"),
        ("series=oda_gni&colour=red", 400, "colour=red is no term"),
        ("series=oda_gni&series=oda", 400, "is no term of this file, or is given twice"),
        ("series=oda_gni&edition=2001-01-01", 400, "the edition is not kept here"),
        ("series=oda_gni&country=XYZ", 404, "No value of this series"),
    ],
)
def test_half_an_address_makes_no_file(client: FlaskClient, query: str, status: int, words: str) -> None:
    answer = client.get(f"/export/series.csv?{query}")
    assert answer.status_code == status and words in answer.get_data(as_text=True)


def test_an_address_of_too_many_terms_is_refused_in_a_sentence(client: FlaskClient) -> None:
    answer = client.get(f"/export/series.csv?{'&' * 101}")
    assert answer.status_code == 400 and "more than 100 terms" in answer.get_data(as_text=True)
