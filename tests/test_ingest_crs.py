"""The readers of the CRS tables: education and health, and the matrices with their traps."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from data_access.ingest import checks, crs_sectors, dportal
from data_access.ingest.crs_sectors import FIXED, NEEDED
from data_access.ingest.dportal import DONORS, PURPOSES, Layout
from data_access.ingest.faults import Fault
from data_access.ingest.published import Published
from data_access.ingest.rows import UNSTATED, Flow, Total

BY_DAC = {"248": "KEN", "289": "289", "9998": "998"}
BY_NAME = {"Kenya": "KEN", "Côte d'Ivoire": "CIV", "Bilateral, unspecified": "998"}
CODES = {"France": "FRA", "4": "FRA", "IDA": "905"}
USUAL = {
    **FIXED,
    "RECIPIENT": "248",
    "Recipient": "  Kenya",
    "SECTOR": "110",
    "FLOWTYPE": "115",
    "YEAR": "2010",
    "Value": "1.5",
}


def sectors(folder: Path, *records: dict[str, str]) -> list[Flow | Total]:
    lines = [",".join(f'"{ {**USUAL, **record}[name] }"' for name in NEEDED) for record in records]
    (folder / "crs1.csv").write_text("\ufeff" + ",".join(NEEDED) + "\n" + "\n".join(lines) + "\n", encoding="utf-8")
    return list(crs_sectors.read(Published(folder / "crs1.csv", "crs1.csv"), BY_DAC))


def matrix(folder: Path, layout: Layout, text: str) -> list[Flow | Total]:
    (folder / "matrix.csv").write_text(text, encoding="utf-8")
    return list(dportal.read(Published(folder / "matrix.csv", "matrix.csv"), layout, BY_NAME, CODES))


def test_a_country_is_a_flow_and_a_group_of_countries_a_total(tmp_path: Path) -> None:
    leaf, group, whole = sectors(tmp_path, {}, {"RECIPIENT": "10003"}, {"RECIPIENT": "10100"})
    assert isinstance(leaf, Flow)
    assert (leaf.recipient, leaf.sector, leaf.stage, leaf.usd, leaf.line) == (
        "KEN",
        "110",
        "committed",
        Decimal(1500000),
        2,
    )
    assert isinstance(group, Total)
    assert group.recipient == "10003"
    assert isinstance(whole, Total)
    assert whole.recipient == ""


def test_a_regional_programme_is_a_flow_and_unspecified_has_one_code(tmp_path: Path) -> None:
    found = sectors(tmp_path, {"RECIPIENT": "289", "FLOWTYPE": "112"}, {"RECIPIENT": "9998"})
    assert [(row.recipient, row.stage) for row in found] == [("289", "disbursed"), ("998", "committed")]


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"AMOUNTTYPE": "D"}, 'column "AMOUNTTYPE": CRS1-MEASURE-01: value "D" is not A'),
        ({"FLOWTYPE": "113"}, 'column "FLOWTYPE": CRS1-MEASURE-02: value "113" is not 112 or 115'),
        ({"RECIPIENT": "777"}, 'column "RECIPIENT": CRS1-CODE-01: value "777" is not a known recipient'),
        ({"Value": ".."}, 'column "Value": CSV-NUM-01: value ".." is not a number'),
    ],
)
def test_another_measure_or_recipient_is_refused(tmp_path: Path, cells: dict[str, str], words: str) -> None:
    with pytest.raises(Fault) as caught:
        sectors(tmp_path, {}, cells)
    assert words in str(caught.value)
    assert str(caught.value).startswith("crs1.csv:3: ")


def test_grand_totals_and_blanks_are_not_flows(tmp_path: Path) -> None:
    text = "Row Labels,France,IDA,(blank),Grand Total\nKenya,1.25,2,,3.25\n(blank),,,,\nGrand Total,1.25,2,,3.25\n"
    rows = matrix(tmp_path, Layout(DONORS, 2013), text)
    flows = [row for row in rows if isinstance(row, Flow)]
    assert [(row.donor, row.recipient, row.usd) for row in flows] == [
        ("FRA", "KEN", Decimal(1250000)),
        ("905", "KEN", Decimal(2000000)),
    ]
    totals = [row for row in rows if isinstance(row, Total)]
    assert [(row.donor, row.recipient) for row in totals] == [("", "KEN"), ("FRA", ""), ("905", ""), ("", "")]
    assert checks.add_up(flows, totals) == 4


def test_the_column_that_marks_regions_is_not_money(tmp_path: Path) -> None:
    [row] = matrix(tmp_path, Layout(DONORS, 2012, first=2), "Row Labels,Regional,France\nKenya,R,3.5\n")
    assert row.usd == Decimal(3500000)


def test_a_second_heading_of_names_is_passed_over(tmp_path: Path) -> None:
    [row] = matrix(tmp_path, Layout(DONORS, 2015, heads=2), "donor_code,4\ndonor_name,France\nKenya,1\n")
    assert isinstance(row, Flow)
    assert (row.donor, row.line, row.item) == ("FRA", 3, "4")


def test_doubled_apostrophes_are_one(tmp_path: Path) -> None:
    [row] = matrix(tmp_path, Layout(DONORS, 2014), "donor_code,4\nCôte d''Ivoire,1\n")
    assert row.recipient == "CIV"


def test_three_digits_are_money_of_a_sector_without_a_purpose(tmp_path: Path) -> None:
    text = "recipient_code,recipient_name,110,11220\n248,Kenya,1,2\n(163 rows),,,\nDROP TABLE,,,\n"
    rows = matrix(tmp_path, Layout(PURPOSES, 2015, name=1, first=2), text)
    assert [(row.sector, row.purpose, row.usd) for row in rows] == [
        ("110", UNSTATED, Decimal(1000000)),
        ("112", "11220", Decimal(2000000)),
    ]


def test_a_reported_zero_is_kept_and_a_blank_is_not_a_zero(tmp_path: Path) -> None:
    assert [row.usd for row in matrix(tmp_path, Layout(PURPOSES, 2014), "recipient_name,11220,12220\nKenya,0,\n")] == [
        0
    ]


@pytest.mark.parametrize(
    ("layout", "text", "words"),
    [
        (Layout(DONORS, 2013), "Row Labels,Atlantis\nKenya,1\n", 'matrix.csv:1: column "Atlantis": MATRIX-CODE-01'),
        (Layout(DONORS, 2013), "Row Labels,France\nAtlantis,1\n", "is not a known recipient"),
        (Layout(PURPOSES, 2013), "Row Labels,Health\nKenya,1\n", "is not a purpose or sector code"),
        (
            Layout(PURPOSES, 2013),
            "Row Labels,11220\nKenya,one\n",
            'matrix.csv:2: column "11220": CSV-NUM-01: value "one" is not a number',
        ),
        (Layout(DONORS, 2013), "Row Labels,France\nDROP TABLE,1\n", "is not a known recipient"),
    ],
)
def test_what_is_not_known_in_a_matrix_is_named(tmp_path: Path, layout: Layout, text: str, words: str) -> None:
    with pytest.raises(Fault) as caught:
        matrix(tmp_path, layout, text)
    assert words in str(caught.value)


def test_a_printed_sum_that_its_parts_do_not_make_is_refused(tmp_path: Path) -> None:
    rows = sectors(tmp_path, {}, {"RECIPIENT": "10100", "Value": "1.6"})
    flows, totals = [r for r in rows if isinstance(r, Flow)], [r for r in rows if isinstance(r, Total)]
    with pytest.raises(ValueError, match=r"crs1\.csv, line 3, 10100: 1600000.* is printed, its parts are 1500000"):
        checks.add_up(flows, totals)
