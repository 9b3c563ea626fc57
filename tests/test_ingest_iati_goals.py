"""The reader of the five publishers' activities, on small zips made here."""

from __future__ import annotations

import csv
import io
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest

from data_access.ingest import iati_goals
from data_access.ingest.faults import Fault
from data_access.ingest.fx import Rates
from data_access.ingest.iati_goals import NEEDED
from data_access.ingest.published import Published
from data_access.ingest.rows import UNSTATED, Flow

RATES = Rates({"GBP": {2005: Decimal("0.5501")}, "EUR": {2005: Decimal("0.8046")}})
ISO3 = {"KE": "KEN", "ET": "ETH", "NA": "NAM"}
USUAL = {
    "iati-identifier": "XX-1", "reporting-org-ref": "SE-0", "recipient-country-code": "KE",
    "recipient-country": "Kenya",
    "recipient-country-percentage": "100", "recipient-region-code": "", "sector-code": "11220",
    "sector-percentage": "100", "sector-vocabulary-code": "DAC", "default-flow-type-code": "10",
    "default-currency": "USD", "year": "2005", "total-Commitment": "100", "total-Disbursement": "0",
    "total-Expenditure": "0",
}  # fmt: skip


def made(folder: Path, *records: dict[str, str], tail: str = "") -> Published:
    """A zip with one CSV: a title column too, and what stands at its end."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, ["title", *NEEDED])
    writer.writeheader()
    writer.writerows({"title": "A plain title", **USUAL, **record} for record in records)
    with zipfile.ZipFile(folder / "made.zip", "w") as archive:
        archive.writestr("made.csv", text.getvalue() + tail)
    return Published(folder / "made.zip", "made.zip!made.csv", "made.csv")


def read(folder: Path, *records: dict[str, str], tail: str = "") -> list[Flow]:
    return list(iati_goals.read(made(folder, *records, tail=tail), RATES, ISO3))


def test_dac_percentages_split_the_amount_and_other_vocabularies_are_passed_over(tmp_path: Path) -> None:
    sectors = {
        "sector-vocabulary-code": "DAC;WBSector;DAC;WBTheme", "sector-code": "11220;EP;12220;65",
        "sector-percentage": "33;100;67;100", "total-Commitment": "1",
    }  # fmt: skip
    rows = read(tmp_path, sectors)
    assert [(row.purpose, row.sector, row.usd) for row in rows] == [
        ("11220", "112", Decimal("0.33")),
        ("12220", "122", Decimal("0.67")),
    ]


def test_one_purpose_without_a_percentage_has_all(tmp_path: Path) -> None:
    assert [(row.purpose, row.usd) for row in read(tmp_path, {"sector-percentage": ""})] == [("11220", Decimal(100))]


@pytest.mark.parametrize(
    ("percentages", "expected"),
    [
        ("30;30", {"11220": "30", "12220": "30", UNSTATED: "40"}),
        (";40", {"12220": "40", UNSTATED: "60"}),
        ("100;100", {"11220": "50", "12220": "50"}),
    ],
)
def test_no_money_is_lost_where_percentages_are_not_a_hundred(
    tmp_path: Path, percentages: str, expected: dict[str, str]
) -> None:
    record = {"sector-vocabulary-code": "DAC;DAC", "sector-code": "11220;12220", "sector-percentage": percentages}
    assert {row.purpose: row.usd for row in read(tmp_path, record)} == {k: Decimal(v) for k, v in expected.items()}


def test_without_a_dac_entry_the_purpose_is_not_stated(tmp_path: Path) -> None:
    [row] = read(tmp_path, {"sector-vocabulary-code": "WBTheme", "sector-code": "65"})
    assert (row.purpose, row.sector, row.usd) == (UNSTATED, UNSTATED, Decimal(100))


def test_a_purpose_named_twice_is_one_row(tmp_path: Path) -> None:
    record = {"sector-vocabulary-code": "DAC;DAC", "sector-code": "11220;11220", "sector-percentage": "60;40"}
    assert [row.usd for row in read(tmp_path, record)] == [Decimal(100)]


def test_countries_split_by_their_percentages(tmp_path: Path) -> None:
    record = {"recipient-country-code": "KE;ET", "recipient-country-percentage": "25;75"}
    assert {row.recipient: row.usd for row in read(tmp_path, record)} == {"KEN": Decimal(25), "ETH": Decimal(75)}


@pytest.mark.parametrize(
    ("cells", "recipient"),
    [
        ({"recipient-country-code": "KE", "recipient-region-code": "289"}, "KEN"),
        ({"recipient-country-code": "", "recipient-country": "", "recipient-region-code": "289"}, "289"),
        ({"recipient-country-code": "", "recipient-country": ""}, "998"),
        ({"recipient-country-code": "", "recipient-country": "Namibia", "recipient-region-code": "289"}, "NAM"),
    ],
    ids=["country before region", "region alone", "neither", "Namibia, whose code NA was lost"],
)
def test_who_received(tmp_path: Path, cells: dict[str, str], recipient: str) -> None:
    assert [row.recipient for row in read(tmp_path, cells)] == [recipient]


def test_currency_is_converted_at_the_rate_of_the_year_and_the_rate_is_kept(tmp_path: Path) -> None:
    [row] = read(tmp_path, {"reporting-org-ref": "GB-1", "default-currency": "GBP", "total-Commitment": "1000"})
    assert (row.donor, row.currency, row.amount, row.rate) == ("GBR", "GBP", Decimal(1000), Decimal("0.5501"))
    assert row.usd == Decimal("1817.85")


def test_each_kind_of_amount_stands_on_its_rung_and_zero_makes_no_row(tmp_path: Path) -> None:
    record = {"total-Commitment": "0", "total-Disbursement": "-419", "total-Expenditure": "7"}
    found = [(row.kind, row.stage, row.usd) for row in read(tmp_path, record)]
    assert found == [("disbursement", "disbursed", Decimal(-419)), ("expenditure", "disbursed", Decimal(7))]


def test_a_title_over_two_lines_moves_the_line_of_what_follows(tmp_path: Path) -> None:
    rows = read(tmp_path, {"title": "Water\nand soil"}, {"iati-identifier": "XX-2"})
    assert [(row.item, row.line) for row in rows] == [("XX-1", 2), ("XX-2", 4)]


def test_the_control_byte_at_the_end_is_not_an_activity(tmp_path: Path) -> None:
    last = ["\x1a" if name == "iati-identifier" else "" for name in ("title", *NEEDED)]
    assert [row.item for row in read(tmp_path, {}, tail=",".join(last) + "\r\n")] == ["XX-1"]


def test_flow_type_that_is_left_out_is_not_taken_for_aid(tmp_path: Path) -> None:
    assert [row.flow for row in read(tmp_path, {"default-flow-type-code": ""})] == [UNSTATED]


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"year": "twenty"}, ':2: column "year": CSV-YEAR-01: value "twenty" is not a year'),
        ({"total-Commitment": "1,000"}, ':2: column "total-Commitment": CSV-NUM-01: value "1,000" is not a number'),
        (
            {"reporting-org-ref": "ZZ"},
            'column "reporting-org-ref": GOALS-CODE-01: value "ZZ" is not a known publisher; add it to DONORS',
        ),
        (
            {"recipient-country-code": "ZZ"},
            'column "recipient-country-code": GOALS-CODE-02: value "ZZ" is not a country code',
        ),
        ({"sector-code": "1122"}, 'column "sector-code": GOALS-CODE-03: value "1122" is not a DAC purpose code'),
        ({"sector-code": "11220;12220"}, "has not as many entries"),
        (
            {"recipient-country-code": "KE;ET", "recipient-country-percentage": "50"},
            "one percentage for each of 2 countries",
        ),
    ],
)
def test_what_cannot_be_read_is_named_by_line_column_and_value(
    tmp_path: Path, cells: dict[str, str], words: str
) -> None:
    with pytest.raises(Fault) as caught:
        read(tmp_path, cells)
    assert words in str(caught.value)
    assert str(caught.value).startswith("made.zip!made.csv:2: column ")


def test_a_year_without_a_rate_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Fault, match='GOALS-RATE-01: value "EUR" has no DAC exchange rate in 1999'):
        read(tmp_path, {"default-currency": "EUR", "year": "1999"})
