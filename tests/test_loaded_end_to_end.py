"""FTS, DAC1, indicators and codes through a whole load: published beside each other, each in its own place."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from dashboard import headline
from dashboard.catalogue import PANELS
from dashboard.questions import Unanswerable
from dashboard.selection import Selection
from data_access import editions
from data_access.ingest.catalogue import READERS
from data_access.library import open_cube
from data_access.load import Loaded, NotLoaded, Order, load
from data_access.traces import trace
from layouts import record
from tests import crs_made, test_dac1_exports, test_fts, test_renewed


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("files")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, folder: Path) -> Path:
    """A data folder into which everything has been loaded, one after the other."""
    home = tmp_path_factory.mktemp("home")
    flows = [
        {"id": "1", "originalCurrency": "DKK", "originalAmount": "3600000"},
        {"id": "2", "status": "commitment"},
        {"id": "3", "boundary": "internal"},
    ]
    given(home, "fts", test_fts.sheet(folder, *flows))
    given(home, "dac1", test_dac1_exports.export(folder, {}, {"DONOR": "4", "Value": "5"}))
    given(home, "indicators", test_renewed.series(folder, test_renewed.UNDER5, "eth,1990,206.5"))
    (folder / "membership_by_year.csv").write_text(f"{test_renewed.GROUPS}LDC,SDN,1999-12 or earlier,,a list,high\n")
    given(home, "codes", folder / "membership_by_year.csv")
    return home


def given(home: Path, source: str, *files: Path) -> Loaded:
    return load(Order(home, READERS[source], files))


def test_a_new_source_stands_beside_the_embedded_ones_and_is_summed(home: Path) -> None:
    cube = open_cube(home)
    assert {"fts", "dac1", "iati-goals", "crs-sectors"} <= cube.codes.sources.keys()
    frame = cube.totals(Selection(source="fts", since=2000, until=2000), ("donor", "recipient"))
    [row] = frame.to_dict("records")
    assert (row["donor"], row["recipient"], row["disbursed"], row["committed"]) == ("DNK", "SDN", 374000, 374000)
    assert cube.codes.sources["fts"].stages == ("committed", "disbursed")
    cube.close()


@pytest.mark.parametrize("name", ["gap", "years", "ranking", "donors", "recipients"])
def test_what_is_paid_is_never_set_against_what_is_not_yet_paid(home: Path, name: str) -> None:
    cube = open_cube(home)
    asked = Selection(source="fts", provided="amount")
    drawing = PANELS[name].draw(PANELS[name].ask(cube, asked))
    assert drawing.table is not None and drawing.table.rows
    assert not {column.key for column in drawing.table.columns} & {"committed", "gap", "share"}
    assert "tells no gap" in drawing.note and "ommitments" not in drawing.title + drawing.sentence
    cube.close()


def test_a_flow_says_what_was_reported_before_it_was_turned_into_dollars(home: Path) -> None:
    cube = open_cube(home)
    found = trace(cube, "fts", 1)
    assert found is not None
    said = str(record.page(found, cube.codes, Selection(), "", cube.edition))
    assert "DKK 3,600,000. FTS gives it in United States dollars." in said
    assert "Given in United States dollars: $374,000" in said
    cube.close()


def test_a_share_of_what_is_not_yet_paid_is_refused_in_a_sentence(home: Path) -> None:
    cube = open_cube(home)
    with pytest.raises(Unanswerable, match=r"tells no share\. This source lists each flow under its latest status"):
        PANELS["recipients"].ask(cube, Selection(source="fts", received="share"))
    said = headline.overview(cube, Selection(source="fts")).text
    assert said.startswith("Donors in FTS disbursed $374\xa0thousand in 2000") and "commit" not in said.split(".")[0]
    cube.close()


def test_the_headline_and_the_panel_count_the_same_sources(home: Path) -> None:
    cube = open_cube(home)
    drawing = PANELS["sources"].draw(PANELS["sources"].ask(cube, Selection()))
    assert drawing.title.startswith("7 of 7 sources") and "of FTS, committed is what is not yet paid" in drawing.note
    assert "All seven sources of this edition can answer" in headline.overview(cube, Selection()).second
    cube.close()


def test_a_file_of_which_nothing_is_summed_takes_nobodys_place(home: Path, folder: Path) -> None:
    before = editions.current(home)
    with pytest.raises(NotLoaded, match="None of the 1 records read is an amount that dac1 sums"):
        given(home, "dac1", test_dac1_exports.export(folder, {"AMOUNTTYPE": "D"}))
    assert editions.current(home) == before


OTHER = {"AIDTYPE": "2101", "FLOWS": "1121", "AMOUNTTYPE": "N"}


@pytest.mark.parametrize(
    ("cells", "column", "value"),
    [
        ({"FLOWS": "1120"}, "FLOWS", "1120"), ({"AIDTYPE": "2102"}, "AIDTYPE", "2102"),
        ({"AMOUNTTYPE": "D"}, "AMOUNTTYPE", "D"), ({"Year": "2019"}, "Year", "2019"),
    ],
)  # fmt: skip
def test_what_a_file_holds_instead_is_named_with_its_line(
    home: Path, folder: Path, cells: dict[str, str], column: str, value: str
) -> None:
    with pytest.raises(NotLoaded) as caught:
        given(home, "dac1", test_dac1_exports.export(folder, OTHER, cells, tab=True))
    [fault] = caught.value.faults
    assert (fault.line, fault.column, fault.value, fault.code) == (3, column, value, "DAC1-SUM-01")
    assert "fund flow 1140 (net ODA) until 2017" in fault.reason and "2101:1121:N" in fault.reason and fault.remedy


def test_a_renewed_source_takes_the_place_of_the_embedded_one(home: Path) -> None:
    cube = open_cube(home)
    frame = cube.totals(Selection(source="dac1", since=2010, until=2010), ("donor",))
    sums = {row["donor"]: row["disbursed"] for row in frame.to_dict("records")}
    assert sums == {"GBR": Decimal("13052970000"), "FRA": Decimal("5000000")}
    cube.close()


def test_renewed_groups_are_those_that_are_picked(home: Path) -> None:
    cube = open_cube(home)
    assert cube.codes.groups["recipient"]["LDC"].members() == {"SDN"}
    assert "G7" not in cube.codes.groups["donor"]  # the file that was loaded names the dated groups, and all of them
    assert cube.codes.series["under5"] == "4"
    cube.close()


def test_a_row_leads_to_its_record(home: Path) -> None:
    [part] = {name for key, name in editions.read(home, editions.current(home)).parts.items() if key == "fts"}
    with duckdb.connect(str(home / "parts" / f"{part}.duckdb"), read_only=True) as connection:
        rows = connection.execute("SELECT item, raw FROM flow JOIN record USING (record, item) ORDER BY 1").fetchall()
    assert [(item, raw.split(",")[0]) for item, raw in rows] == [("1", "1"), ("2", "2")]


def test_the_same_files_again_change_nothing(home: Path, folder: Path) -> None:
    before = editions.current(home)
    assert not given(home, "codes", folder / "membership_by_year.csv").changed
    assert editions.current(home) == before


def test_too_many_refused_rows_publish_nothing(home: Path, tmp_path: Path) -> None:
    before = editions.current(home)
    with pytest.raises(NotLoaded, match="1 of 2 records"):
        given(home, "fts", test_fts.sheet(tmp_path, {}, {"id": "9", "amountUSD": "1,5"}))
    assert editions.current(home) == before


def test_what_the_crs_counts_beside_aid_is_said_until_a_type_of_flow_is_picked(home: Path, folder: Path) -> None:
    lines = [crs_made.line(number, FlowCode=code) for number, code in enumerate(("11", "14", "30"), 1)]
    path = folder / "crs.txt"
    path.write_text(crs_made.text(lines))
    given(home, "crs", path)
    cube = open_cube(home)
    more = "other official and private flows included"
    for name in ("gap", "recipients", "years", "ranking", "goals"):
        every, aid = Selection(source="crs"), Selection(source="crs", flow=("10",))
        assert more in PANELS[name].draw(PANELS[name].ask(cube, every)).subtitle
        assert more not in PANELS[name].draw(PANELS[name].ask(cube, aid)).subtitle
    said = headline.overview(cube, Selection()).text.replace("\xa0", " ")
    assert said.startswith(f"Donors in the CRS committed $7.50 million in 2010, {more}, and disbursed $3.75 million")
    assert "Source: OECD Creditor Reporting System, activities." in said
    cube.close()


def test_years_before_those_that_can_be_compared_are_refused_and_never_run_backwards(home: Path, folder: Path) -> None:
    path = folder / "crs.txt"
    path.write_text(crs_made.text([crs_made.line(1, Year="1999"), crs_made.line(2)]))
    given(home, "crs", path)
    cube, early = open_cube(home), Selection(source="crs", since=1998, until=2000)
    with pytest.raises(Unanswerable, match="reports what was disbursed from 2002 on, not before"):
        PANELS["gap"].ask(cube, early)
    drawing = PANELS["years"].draw(PANELS["years"].ask(cube, early))
    assert "Disbursements before 2002 are incomplete." in drawing.note
    cube.close()


def test_what_no_donor_is_stated_for_is_told_and_leads_no_ranking(home: Path, folder: Path) -> None:
    nobody = {"id": "2", "sourceObjects_Organization.name": "", "amountUSD": "1122000"}
    given(home, "fts", test_fts.sheet(folder, {"id": "1"}, nobody, name="fts_nobody.csv"))
    cube = open_cube(home)
    drawing = PANELS["donors"].draw(PANELS["donors"].ask(cube, Selection(source="fts")))
    said = drawing.sentence.replace("\xa0", " ")
    assert (
        said == "Denmark ($374 thousand) is the only donor. They and those not stated together disbursed $1.50 million."
    )
    assert "For 75% of the total the donor is not stated." in drawing.note
    cube.close()
