"""The page of data: editions and what changed in each, sources and files, loads with their reports, and the reports as
files, on small parts made by code."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from dash import Dash
from flask.testing import FlaskClient

from app import create_app
from callbacks.data import filled, page
from dashboard.config import Settings
from dashboard.coverage import Reported
from dashboard.data_terms import read
from dashboard.holdings import Holdings, Load
from data_access import editions, parts
from data_access.coverage import coverage
from data_access.cube import Cube
from data_access.holdings import held_editions, holdings, report
from data_access.ingest.faults import Fault
from data_access.ingest.report import Report
from data_access.library import Library
from layouts import ids
from layouts.holdings import changed
from layouts.loads import dollars, said
from layouts.pages import DATA, find
from layouts.shell import nav
from tests.living import EVERY, embedded_stand_in, small_part
from tests.test_layouts import flat

HOSTILE = '<img src=x onerror="alert(1)">'
LOADED = "crs-donors-0123456789ab"


def told() -> dict[str, Any]:
    """The report of a load, as a load keeps it: one record refused, one warned of."""
    account = Report(lines=1003, headings=1, read=1002, kept=1001)
    account.add("disbursed", 2011, Decimal("1234567.89"))
    account.add("disbursed", 2012, Decimal(0))
    account.refuse(Fault("a.txt", 17, "usd", HOSTILE, "is no number", "write 1250.5", "CRS-NUM-02", "row", 22))
    account.warn(Fault("a.txt", 0, "", "x", "is odd", "look", "CRS-SUM-01", "warning", where="row group 3, row 9"))
    account.notes.append("Read from /srv/people/jane/loads/a.txt as published at https://example.org/data/a.txt.")
    files = [{"file": "/srv/people/jane/loads/a.txt", "sha256": "ab" * 32, "bytes": 987654, "lines": 1003}]
    own = {"reader": "crs-donors", "made": "2026-11-20T10:11:12Z", "seconds": 6.7, "max_refused": 0.001, "files": files}
    return account.as_json() | own | {"host": "build-7", "scratch": "/tmp/x"}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three editions: the first one; `crs-donors` renewed by a load; then that load again under another source too."""
    folder = tmp_path_factory.mktemp("held")
    first = dict.fromkeys(EVERY, small_part(folder, embedded_stand_in()))
    renewed = {**first, "crs-donors": small_part(folder, LOADED, 7, **told())}
    without = {key: part for key, part in renewed.items() if key != "dac1"}
    for named, why in ((first, "the embedded reference"), (renewed, "load crs-donors a.txt"), (without, "by hand")):
        name = editions.make(folder, named, why)
    editions.point(folder, name)
    return folder


@pytest.fixture(scope="module")
def library(home: Path) -> Iterator[Library]:
    opened = Library(home)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def app(home: Path) -> Dash:
    return create_app(Settings(home=home))


@pytest.fixture(scope="module")
def client(app: Dash) -> FlaskClient:
    return app.server.test_client()


def shown(library: Library, search: str = "", edition: str = "") -> str:
    return json.dumps(flat(filled(library.home, library.cube(edition), search)))


def name_of(home: Path, why: str) -> str:
    return next(edition.name for edition in held_editions(home, "") if edition.why == why)


def load_of(held: Holdings, part: str) -> Load:
    return next(load for load in held.loads if load.part == part)


def test_editions_say_what_changed_against_the_one_before(home: Path, library: Library) -> None:
    held = held_editions(home, name_of(home, "load crs-donors a.txt"))
    assert [edition.why for edition in held] == ["by hand", "load crs-donors a.txt", "the embedded reference"]
    assert [(edition.current, edition.shown) for edition in held] == [(True, False), (False, True), (False, False)]
    assert (held[0].new, held[0].renewed, held[0].gone) == ((), (), ("dac1",))
    assert (held[1].new, held[1].renewed, held[1].gone) == ((), ("crs-donors",), ())
    titles = {code: source.title for code, source in library.cube().codes.sources.items()}
    assert changed(held[1], titles) == "Loaded anew: OECD CRS by donor."
    assert changed(held[2], titles) == "The first edition kept here."


def test_a_damaged_manifest_leaves_the_others_listed(home: Path) -> None:
    broken = home / "editions" / "1999-01-01-00000000.json"
    broken.write_text("{")
    assert len(held_editions(home, "")) == 3
    broken.unlink()


def test_every_source_has_its_part_its_rows_and_its_files(home: Path, library: Library) -> None:
    cube = library.cube()
    held = {source.code: source for source in holdings(home, cube).sources}
    assert set(held) == set(EVERY) - {"dac1"}
    assert held["crs-donors"].part == LOADED
    assert held["crs-donors"].loaded == "2026-11-20T10:11:12Z"
    assert {file.name for file in held["crs-sectors"].files} == {"crs-sectors.csv"}
    for code, source in held.items():
        if source.source:
            assert source.rows == sum(one.rows for one in covered(cube, code))
    assert (held["codes"].source, held["codes"].rows) == (None, 0)


def covered(cube: Cube, code: str) -> list[Reported]:
    """Every cell of a source, of all its stages."""
    source = cube.codes.sources[code]
    stages = [coverage(cube, code, stage) for stage in source.stages]
    return [one for stage in stages for years in stage.held.values() for one in years.values()]


def test_a_report_is_counted_in_a_sentence_and_by_code(home: Path, library: Library) -> None:
    load = load_of(holdings(home, library.cube()), LOADED)
    assert said(load) == "Of 1,002 records read, 1,001 were kept and 1 was refused."
    assert dict(load.faults) == {"CRS-NUM-02": 1, "CRS-SUM-01": 1}
    text = shown(library)
    for words in ("6.7", "0.1%", "usd (22)", "write 1250.5", "row group 3, row 9", "1,234,567.89", "987,654"):
        assert words in text


def test_a_report_that_counts_nothing_claims_no_counts(home: Path, library: Library) -> None:
    load = load_of(holdings(home, library.cube()), embedded_stand_in())
    assert not load.counted
    assert "records read" not in said(load)


def test_values_of_files_travel_as_text_alone(library: Library) -> None:
    """What a file says goes to the browser as a text of the fault, never as markup or an address."""
    holders = [props for props in flat(filled(library.home, library.cube(), "")) if HOSTILE[:8] in json.dumps(props)]
    assert holders
    assert all(props["component"] in ("Tbody", "Details", "Div", "Section", "Main", "Table") for props in holders)
    assert not [p for p in flat(filled(library.home, library.cube(), "")) if "dangerously" in json.dumps(p)]


def test_no_folder_and_no_machine_is_shown(client: FlaskClient, library: Library) -> None:
    for text in (shown(library), client.get(f"/data/{LOADED}.json").get_data(as_text=True)):
        assert "jane" not in text
        assert "build-7" not in text
        assert str(library.home) not in text
        assert "https://example.org/data/a.txt" in text
        assert "a.txt" in text


def test_a_report_can_be_had_as_a_file(client: FlaskClient, home: Path) -> None:
    answer = client.get(f"/data/{LOADED}.json")
    assert (answer.status_code, answer.mimetype) == (200, "application/json")
    assert answer.json == report(home, LOADED)
    assert answer.json and answer.json["first"][0]["value"] == HOSTILE
    assert (answer.json["read"], answer.json["refused"]) == (1002, 1)


@pytest.mark.parametrize("part", ["nothing", "..%2f..%2fcurrent", "crs-donors-0123456789a", "%00", ".json", "<svg>"])
def test_no_other_file_can_be_had(client: FlaskClient, part: str) -> None:
    assert client.get(f"/data/{part}.json").status_code == 404


def test_the_page_answers_and_is_in_the_navigation(client: FlaskClient) -> None:
    answer = client.get("/data", headers={"Accept": "text/html"})
    assert answer.status_code == 200
    assert "<title>Data · " in answer.get_data(as_text=True)
    assert find("/data") == (DATA, "")
    assert client.get("/data/").status_code == 404
    here = [props for props in flat(nav(DATA, "")) if props.get("aria-current")]
    assert [(props["href"], props["children"]) for props in here] == [("/data", "Data")]


def test_a_visit_holds_the_address_as_it_stands_and_everything_drawn(library: Library) -> None:
    props = flat(page(library.home, library.cube(), "?source=dac1&colour=red"))
    assert any(p.get("id") == ids.DATA_ADDRESS and p["search"] == "?source=dac1&colour=red" for p in props)
    assert [p["data-as"] for p in props if p.get("className") == "together"] == ["heat"]
    refused = [p for p in props if p.get("className") == "chip bad"]
    assert ["source=dac1" in json.dumps(refused), "colour=red" in json.dumps(refused)] == [True, True]


def test_an_edition_that_is_pinned_is_the_one_shown(library: Library, home: Path) -> None:
    first = name_of(home, "the embedded reference")
    text = shown(library, f"edition={first}&source=dac1", first)
    assert f"What edition {first} holds" in text
    assert f"edition={first}" in text
    assert LOADED not in text
    assert "Ignored" not in text


def test_a_pin_that_cannot_be_followed_is_said(library: Library, home: Path) -> None:
    other = name_of(home, "the embedded reference")
    assert f"edition={other} is not kept here or cannot be opened" in shown(library, f"edition={other}")


def test_every_choice_leads_to_what_it_says(library: Library) -> None:
    codes = library.cube().codes
    links = [p for p in flat(filled(library.home, library.cube(), "source=iati-goals")) if "data-search" in p]
    for props in links:
        asked, refused = read(props["data-search"], codes)
        assert not refused
        if props["href"].startswith("/data?edition="):
            continue
        assert asked.write(codes) == props["data-search"]
    assert {"/data?source=crs-sectors", "/data?source=iati-goals&stage=committed"} <= {p["href"] for p in links}


@pytest.mark.parametrize(
    ("written", "shown"),
    [("1234567.89000000", "1,234,567.89"), ("-5", "−5.00"), ("0", "0.00"), ("0.12345678", "0.12345678"), (None, None),
     ("not a number", None)],
)  # fmt: skip
def test_a_sum_is_written_to_its_last_digit(written: str | None, shown: str | None) -> None:
    assert dollars(written) == shown


def test_a_part_without_a_report_still_has_a_page(home: Path, library: Library) -> None:
    beside = parts.file_of(home, LOADED).with_suffix(".json")
    kept = beside.read_text()
    beside.unlink()
    try:
        assert "No report is kept of it" in shown(library)
        assert report(home, LOADED) == {}
    finally:
        beside.write_text(kept)
