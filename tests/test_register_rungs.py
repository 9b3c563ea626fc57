"""What the register tells above a ladder leaves with it: in files, pictures of tables, briefings and citations."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import pytest
from dash import Dash
from flask.testing import FlaskClient
from pptx import Presentation

from callbacks.book import Book
from dashboard.figures.ladders import PANEL
from dashboard.native_charts import native
from dashboard.promised_words import AWAITED, rungs
from dashboard.register_rungs import of_source, rows, sentence
from dashboard.selection import Selection
from dashboard.things import thing
from data_access.cube import Cube

QUERY = "donor=GBR"
PLEDGED = "pledged, register of commitments"
SAID = "Pledged: $1.70\N{NO-BREAK SPACE}bn, Current US dollars, due by 2012."


@pytest.fixture(scope="module")
def client(real: Dash) -> FlaskClient:
    return real.server.test_client()


def test_the_file_holds_what_the_page_says_was_pledged(client: FlaskClient, book: Book) -> None:
    written = list(csv.DictReader(io.StringIO(client.get(f"/export/gap.csv?{QUERY}").get_data(as_text=True))))
    told = {row["Step"]: row for row in written}
    assert Decimal(told[PLEDGED]["Amount (US dollars)"]) == 1_700_000_000
    assert told[PLEDGED]["Counted from"] == "Register of commitments: Current US dollars, due by 2012"
    assert "pledged" not in told and Decimal(told["committed, register of commitments"]["Amount (US dollars)"]) > 0
    assert "register" not in told["committed"]["Counted from"].lower()
    beside = client.get(f"/export/gap.csv-metadata.json?{QUERY}").json
    assert any(SAID in said for said in beside["rdfs:comment"])
    cited = client.get(f"/cite/gap.txt?{QUERY}").get_data(as_text=True)
    assert f"state of the register {book.registry.state()}" in cited


def test_a_briefing_says_it_too_and_its_address_names_the_state(client: FlaskClient, book: Book) -> None:
    page = client.get(f"/briefing?show=gap&{QUERY}").get_data(as_text=True)
    assert "$1.70\N{NO-BREAK SPACE}bn" in page and f"registry={book.registry.state()}" in page
    first = min(change.state for change in book.registry.changes())
    pinned = client.get(f"/briefing?show=gap&{QUERY}&registry={first}")
    assert pinned.status_code == 200 and f"registry={first}" in pinned.get_data(as_text=True)
    slide = Presentation(io.BytesIO(client.get(f"/briefing.pptx?show=gap&{QUERY}").data)).slides[0]
    plain = SAID.replace("\N{NO-BREAK SPACE}", " ")
    assert any(plain in shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
    assert SAID in slide.notes_slide.notes_text_frame.text


def test_no_chart_sets_it_beside_the_rows_of_the_source(embedded: Cube) -> None:
    alone = thing(embedded, PANEL.name, Selection())
    both = thing(embedded, PANEL.name, Selection(), rungs(AWAITED), "0123")
    assert alone.table and both.table and both.state == "0123"
    without = [row[:-1] for row in of_source(both.table).rows]
    assert without == [row for row in alone.table.rows if row[0] != "pledged"]
    assert native(PANEL.name, both.table) == native(PANEL.name, alone.table)


def test_while_it_is_measured_that_is_said(embedded: Cube) -> None:
    one = thing(embedded, PANEL.name, Selection(), rungs(AWAITED))
    assert rows(rungs(AWAITED)) == [(PLEDGED, None, f"Register of commitments: {AWAITED.why}")]
    assert AWAITED.why in one.note and one.drawing and sentence(one.drawing.parts) == f"Pledged: {AWAITED.why}"
