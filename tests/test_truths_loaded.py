"""Every published figure about the CRS, DAC1, FTS and activity files at hand, through the readers that load them.

Figures and files are those of the list of truths; each is asked of the rows that a load would publish, to the cent.
"""

from __future__ import annotations

import csv
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from data_access.ingest.catalogue import READERS
from tests.built import SHARED, needs_shared
from tests.filled import Filled, filled

pytestmark = [pytest.mark.shared, needs_shared]
MILLION = Decimal(1_000_000)
ROUNDED = Decimal("0.00015")  # millions: parts are printed with six decimals, and so is their total
SECTORS, STAGES = {"Edu": "110", "Hea": "120"}, {"Comm": "committed", "Gros": "disbursed"}
PLACES = {"Kenya": "KEN", "Ethiopia": "ETH", "Afghanistan": "AFG"}
STATES = {
    "United Kingdom": "GBR",
    "Norway": "NOR",
    "Sweden": "SWE",
    "United States": "USA",
    "Luxembourg": "LUX",
    "Denmark": "DNK",
}
PUBLISHERS = {"BMZ": "DEU", "Department f": "GBR", "Sweden": "SWE", "The Global A": "1311", "World Bank G": "44000"}


@cache
def truths() -> dict[str, str]:
    if not SHARED.is_dir():
        return {}
    with (SHARED / "truths.csv").open(encoding="utf-8-sig", newline="") as file:
        return {row["id"]: row["value"] for row in csv.DictReader(file)}


@cache
def loaded(source: str, *names: str) -> Filled:
    return filled(source, *(SHARED / name for name in names))


def said(start: str) -> list[str]:
    return [name for name in truths() if name.startswith(start)] or [f"{start} needs the shared files"]


def sectors() -> Filled:
    return loaded("crs-sectors", "crs/crs1_educ_health_commit_vs_disb_1995_2016.csv")


def dac1() -> Filled:
    names = (
        "dac/one_total_oda_current_2010_2022.csv",
        "dac/one_gni_2010_2022.csv",
        "dac/one_oda_gni_by_donor_2000_2025.csv",
    )
    return loaded("dac1", *names)


def millions(found: Filled, question: str, *values: object) -> Decimal:
    [(usd,)] = found.rows(question, *values)
    return Decimal(usd) / MILLION


@pytest.mark.parametrize(
    "name", [name for area in ("Edu", "Hea") for name in said(f"crs1-{area}-") if "ratio" not in name]
)
def test_education_and_health_sum_to_the_printed_total(name: str) -> None:
    _, area, stage, year = name.split("-")
    asked = (SECTORS[area], STAGES[stage], int(year))
    rows = millions(sectors(), "SELECT sum(usd) FROM flow WHERE sector = ? AND stage = ? AND year = ?", *asked)
    assert abs(rows - Decimal(truths()[name])) < ROUNDED
    printed = "SELECT usd FROM total WHERE item = '10100' AND sector = ? AND stage = ? AND year = ?"
    assert millions(sectors(), printed, *asked).quantize(Decimal("0.0001")) == Decimal(truths()[name])


@pytest.mark.parametrize("area", ["Edu", "Hea"])
def test_disbursed_over_committed(area: str) -> None:
    question = """SELECT sum(usd) FILTER (stage = 'disbursed') / sum(usd) FILTER (stage = 'committed') FROM flow
        WHERE sector = ? AND year BETWEEN 2002 AND 2015"""
    [(share,)] = sectors().rows(question, SECTORS[area])
    assert round(share, 4) == float(truths()[f"crs1-{area}-ratio"])


@pytest.mark.parametrize("name", said("crs1-health-"))
def test_health_of_a_recipient(name: str) -> None:
    _, _, place, stage, year = name.split("-")
    question = "SELECT sum(usd) FROM flow WHERE sector = '120' AND recipient = ? AND stage = ? AND year = ?"
    found = millions(sectors(), question, PLACES[place], STAGES[stage], int(year))
    assert found.quantize(Decimal("0.0001")) == Decimal(truths()[name])


def test_with_the_aggregates_education_would_be_five_times_as_much() -> None:
    where = "WHERE sector = '110' AND stage = 'committed' AND year = 2010"
    naive = millions(sectors(), f"SELECT (SELECT sum(usd) FROM flow {where}) + (SELECT sum(usd) FROM total {where})")
    assert naive.quantize(Decimal("0.001")) == Decimal(truths()["crs1-doublecount"])


@pytest.mark.parametrize("name", said("oda-dac-"))
def test_official_development_assistance(name: str) -> None:
    year = int(name.rsplit("-", 1)[1])
    assert millions(dac1(), "SELECT sum(usd) FROM flow WHERE year = ?", year) == Decimal(truths()[name])


@pytest.mark.parametrize("state", STATES)
def test_shares_of_income(state: str) -> None:
    question = """SELECT usd, value FROM flow f
        JOIN indicator i ON series = 'gni' AND country = donor AND i.year = f.year
        WHERE donor = ? AND f.year = 2013"""
    [(usd, income)] = dac1().rows(question, STATES[state])
    assert (100 * usd / income).quantize(Decimal("0.0001")) == Decimal(truths()[f"odagni-{state}-2013"])


def test_who_reached_the_target() -> None:
    question = """SELECT donor FROM flow f JOIN indicator i ON series = 'gni' AND country = donor AND i.year = f.year
        WHERE f.year = 2013 AND f.usd * 1000 >= i.value * 7 ORDER BY donor"""
    reached = {STATES[name] for name in truths()["odagni-07-2013"].split(", ")}
    assert {row[0] for row in dac1().rows(question)} == reached


@pytest.mark.parametrize("publisher", PUBLISHERS)
def test_what_the_five_publishers_committed_and_spent(publisher: str) -> None:
    found = loaded("iati-goals", "aiddata/SDG_IATI_v0.1_beta.zip")
    _, *figures = truths()[f"goals-{publisher}"].split(" / ")
    sums = dict(found.rows("SELECT kind, sum(amount) FROM flow WHERE donor = ? GROUP BY 1", PUBLISHERS[publisher]))
    assert [sums.get(kind, 0) for kind in ("commitment", "disbursement", "expenditure")] == [
        Decimal(f) for f in figures
    ]


@pytest.mark.parametrize("status", ["commitment", "paid", "pledge"])
def test_humanitarian_flows_of_2000_by_status(status: str) -> None:
    """The known figure is of every boundary: what counts, and what was set apart, from the records as read."""
    found = loaded("fts", "pledges/fts_2000.csv")
    counted = Decimal(found.rows("SELECT coalesce(sum(usd), 0) FROM flow WHERE kind = ?", status)[0][0])
    items = {row[0] for row in found.rows("SELECT item FROM flow")}
    heading = next(csv.reader([_first_line(SHARED / "pledges" / "fts_2000.csv")]))
    apart = Decimal(0)
    for item, raw in found.rows("SELECT item, raw FROM record"):
        cells = dict(zip(heading, next(csv.reader(raw.splitlines(keepends=True))), strict=True))
        if item not in items and cells["status"] == status:
            assert cells["boundary"] != "incoming"
            apart += Decimal(cells["amountUSD"])
    assert counted + apart == Decimal(truths()[f"fts-2000-{status}"])


def test_the_matrices_give_their_printed_grand_total_once() -> None:
    for source in ("crs-donors", "crs-purposes"):
        names = [str(path.relative_to(SHARED)) for path in READERS[source].files(SHARED / "crs")]
        found = loaded(source, *names)
        assert millions(found, "SELECT sum(usd) FROM flow WHERE year = 2013").quantize(Decimal(1)) == 219587
        assert found.rejects == []


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("crs-sectors", ("crs/crs1_educ_health_commit_vs_disb_1995_2016.csv",)),
        ("crs-donors", tuple(f"crs/dportal_crs_{year}.csv" for year in (2012, 2013, 2014, 2015))),
        ("crs-purposes", tuple(f"crs/dportal_crs_{year}_sectors.csv" for year in (2013, 2014, 2015))),
        ("dac1", ("dac/one_total_oda_current_2010_2022.csv",)),
        ("iati-goals", ("aiddata/SDG_IATI_v0.1_beta.zip",)),
    ],
)
def test_what_is_loaded_from_the_published_files_is_what_is_embedded(source: str, names: tuple[str, ...]) -> None:
    embedded = Path(__file__).parent.parent / "data_access" / "reference" / f"flow-{source}.parquet"
    columns = "line, item, stage, kind, year, donor, recipient, sector, purpose, flow, usd, currency, amount, rate"
    question = f"SELECT {columns} FROM flow EXCEPT ALL SELECT {columns} FROM read_parquet('{embedded}')"
    other = f"SELECT {columns} FROM read_parquet('{embedded}') EXCEPT ALL SELECT {columns} FROM flow"
    found = loaded(source, *names)
    assert found.rows(question) == found.rows(other) == []


def _first_line(path: Path) -> str:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return file.readline()
