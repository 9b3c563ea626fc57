"""The embedded edition's tables as sources to be loaded: a bad record is refused, the others are kept as read."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from data_access.ingest.catalogue import READERS
from data_access.ingest.crs_sectors import FIXED, NEEDED
from data_access.ingest.faults import Fault
from data_access.ingest.filling import BATCH
from data_access.ingest.iati_goals import NEEDED as ACTIVITY
from tests.filled import Filled, filled

SECTOR = {
    **FIXED,
    "RECIPIENT": "248",
    "Recipient": "Kenya",
    "SECTOR": "110",
    "FLOWTYPE": "115",
    "YEAR": "2010",
    "Value": "1.5",
}
DONE = {
    "iati-identifier": "XX-1", "reporting-org-ref": "SE-0", "recipient-country-code": "KE", "sector-code": "11220",
    "sector-percentage": "100", "sector-vocabulary-code": "DAC", "default-currency": "USD", "year": "2005",
    "total-Commitment": "100", "total-Disbursement": "0", "total-Expenditure": "0",
}  # fmt: skip


def csv_file(path: Path, headings: tuple[str, ...], *rows: dict[str, str]) -> Path:
    lines = [",".join(headings), *(",".join(f'"{row.get(name, "")}"' for name in headings) for row in rows)]
    path.write_text("\ufeff" + "\r\n".join(lines) + "\r\n", encoding="utf-8")
    return path


def sectors(folder: Path, *rows: dict[str, str]) -> Filled:
    return filled("crs-sectors", csv_file(folder / "crs1_made.csv", NEEDED, *(SECTOR | row for row in rows)))


def activities(folder: Path, *rows: dict[str, str]) -> Filled:
    return filled(
        "iati-goals", csv_file(folder / "SDG_IATI_made.csv", ("title", *ACTIVITY), *(DONE | row for row in rows))
    )


@pytest.mark.parametrize(
    ("cells", "code", "column"),
    [
        ({"AMOUNTTYPE": "D"}, "CRS1-MEASURE-01", "AMOUNTTYPE"), ({"FLOWTYPE": "113"}, "CRS1-MEASURE-02", "FLOWTYPE"),
        ({"RECIPIENT": "777"}, "CRS1-CODE-01", "RECIPIENT"), ({"Value": ".."}, "CSV-NUM-01", "Value"),
        ({"YEAR": "20100"}, "CSV-YEAR-01", "YEAR"), ({"Value": "0.000000000000001"}, "USD-01", "Value"),
    ],
)  # fmt: skip
def test_a_bad_row_of_the_sectors_is_refused_and_reading_goes_on(
    tmp_path: Path, cells: dict[str, str], code: str, column: str
) -> None:
    found = sectors(tmp_path, {}, cells, {"RECIPIENT": "238"}, {"RECIPIENT": "10100"})
    assert found.rows("SELECT recipient, line FROM flow ORDER BY line") == [("KEN", 2), ("ETH", 4)]
    assert found.rows("SELECT line FROM total") == [(5,)]
    assert [(line["code"], line["column"], line["line"]) for line in found.rejects] == [(code, column, "3")]
    assert found.rows("SELECT record, line FROM record ORDER BY 1") == [(1, 2), (2, 4), (3, 5)]


def test_every_flow_leads_to_its_record_as_it_stands_in_the_file(tmp_path: Path) -> None:
    found = sectors(tmp_path, {}, {"RECIPIENT": "238"})
    lines = (tmp_path / "crs1_made.csv").read_text(encoding="utf-8-sig").splitlines()
    question = "SELECT flow.line, raw FROM flow JOIN record USING (record) ORDER BY 1"
    assert found.rows(question) == [(2, lines[1]), (3, lines[2])]


def test_a_file_of_many_rows_goes_through_in_batches(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "crs1_made.csv", NEEDED, *([SECTOR] * (BATCH + 5)))
    found = filled("crs-sectors", path)
    assert found.rows("SELECT count(*), sum(usd), max(record) FROM flow") == [
        (BATCH + 5, Decimal(1500000) * (BATCH + 5), BATCH + 5)
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("\n".join([",".join(NEEDED[1:]), "1"]), "CSV-HEAD-01"), ("", "FILE-EMPTY-01"),
        (",".join(NEEDED), "FILE-EMPTY-02"),
        ("<html>", "FILE-KIND-01"), ('a,"b\n', "CSV-QUOTE-01"), ("\x00\x01", "FILE-KIND-01"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_table_of_sectors_is_refused_whole(tmp_path: Path, text: str, code: str) -> None:
    (tmp_path / "crs1_made.csv").write_text(text)
    with pytest.raises(Fault) as caught:
        filled("crs-sectors", tmp_path / "crs1_made.csv")
    assert (caught.value.code, caught.value.severity) == (code, "file")


def matrix(folder: Path, text: str, name: str = "dportal_crs_2013.csv", source: str = "crs-donors") -> Filled:
    (folder / name).write_text(text, encoding="utf-8")
    return filled(source, folder / name)


def test_a_bad_line_of_a_matrix_is_refused_whole_and_the_others_count(tmp_path: Path) -> None:
    found = matrix(
        tmp_path, "Row Labels,France,IDA,Grand Total\nKenya,1,2,3\nAtlantis,5,6,11\nEthiopia,x,1,1\nGrand Total,1,2,3\n"
    )
    assert found.rows("SELECT donor, recipient, usd FROM flow ORDER BY usd") == [
        ("FRA", "KEN", Decimal(1000000)), ("905", "KEN", Decimal(2000000)),
    ]  # fmt: skip
    assert [(line["code"], line["line"], line["value"]) for line in found.rejects] == [
        ("MATRIX-CODE-02", "3", "Atlantis"), ("CSV-NUM-01", "4", "x"),
    ]  # fmt: skip
    assert found.rows("SELECT DISTINCT record FROM flow") == [(1,)]


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("dportal_crs_2013.csv", "Row Labels,Atlantis\nKenya,1\n", "MATRIX-CODE-01"),
        ("dportal_crs_1999.csv", "Row Labels,France\nKenya,1\n", "MATRIX-NAME-01"),
        ("dportal_crs_2013.csv", "Row Labels,France,France\nKenya,1,2\n", "CSV-HEAD-02"),
    ],
)
def test_a_matrix_of_unknown_columns_or_name_is_refused_whole(tmp_path: Path, name: str, text: str, code: str) -> None:
    with pytest.raises(Fault) as caught:
        matrix(tmp_path, text, name)
    assert (caught.value.code, caught.value.severity) == (code, "file")


def test_a_second_line_of_headings_is_no_record(tmp_path: Path) -> None:
    found = matrix(tmp_path, "donor_code,4\ndonor_name,France\nKenya,1\n", "dportal_crs_2015.csv")
    assert found.rows("SELECT donor, line FROM flow") == [("FRA", 3)]
    assert (found.report.headings, found.report.read) == (2, 1)


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"reporting-org-ref": "ZZ"}, "GOALS-CODE-01"), ({"recipient-country-code": "ZZ"}, "GOALS-CODE-02"),
        ({"sector-code": "1122"}, "GOALS-CODE-03"), ({"sector-code": "11220;12220"}, "GOALS-SHARE-01"),
        ({"recipient-country-code": "KE;ET", "recipient-country-percentage": "50"}, "GOALS-SHARE-02"),
        ({"total-Commitment": "1.005"}, "GOALS-AMOUNT-01"), ({"sector-percentage": "-100"}, "GOALS-AMOUNT-01"),
        ({"default-currency": "ZZZ"}, "GOALS-RATE-01"), ({"year": "05"}, "CSV-YEAR-01"),
        ({"total-Disbursement": "n/a"}, "CSV-NUM-01"),
    ],
)  # fmt: skip
def test_a_bad_activity_is_refused_and_the_others_count(tmp_path: Path, cells: dict[str, str], code: str) -> None:
    found = activities(tmp_path, {"title": "Water\r\nand soil"}, cells, {"iati-identifier": "XX-3"})
    assert found.rows("SELECT item, line, usd FROM flow ORDER BY line") == [("XX-1", 2, 100), ("XX-3", 5, 100)]
    assert [(line["code"], line["line"]) for line in found.rejects] == [(code, "4")]
    assert found.rows("SELECT title FROM record ORDER BY line") == [("Water\r\nand soil",), ("",)]


def test_a_zip_is_read_by_its_table_and_rows_name_the_archive(tmp_path: Path) -> None:
    table = csv_file(tmp_path / "SDG_IATI_v0.1_beta.csv", ACTIVITY, DONE)
    with zipfile.ZipFile(tmp_path / "SDG_IATI_v0.1_beta.zip", "w") as archive:
        archive.write(table, table.name)
    found = filled("iati-goals", tmp_path / "SDG_IATI_v0.1_beta.zip")
    assert found.rows("SELECT file, line FROM flow") == [("SDG_IATI_v0.1_beta.zip", 2)]


def broken(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-30])


def two_tables(path: Path) -> None:
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("another.csv", "a,b")


def flipped(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[120] ^= 0xFF
    path.write_bytes(content)


def no_zip(path: Path) -> None:
    path.write_text("iati-identifier,title")


@pytest.mark.parametrize(
    ("spoil", "code"),
    [(broken, "FILE-ZIP-01"), (no_zip, "FILE-ZIP-01"), (flipped, "FILE-ZIP-01"), (two_tables, "FILE-ZIP-02")],
)
def test_an_archive_that_cannot_be_read_is_refused_whole(
    tmp_path: Path, spoil: Callable[[Path], None], code: str
) -> None:
    table = csv_file(tmp_path / "SDG_IATI_made.csv", ACTIVITY, *([DONE] * 20))
    with zipfile.ZipFile(tmp_path / "SDG_IATI_made.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(table, table.name)
    spoil(tmp_path / "SDG_IATI_made.zip")
    with pytest.raises(Fault) as caught:
        filled("iati-goals", tmp_path / "SDG_IATI_made.zip")
    assert (caught.value.code, caught.value.severity, caught.value.file) == (code, "file", "SDG_IATI_made.zip")


def test_each_source_finds_its_own_files_in_a_folder(tmp_path: Path) -> None:
    names = {
        "crs-sectors": "crs1_made.csv", "crs-donors": "dportal_crs_2014.csv",
        "crs-purposes": "dportal_crs_2014_sectors.csv",
        "dac1": "dac1_made.tsv", "fts": "fts_2000.csv", "iati-goals": "SDG_IATI_v1.zip",
    }  # fmt: skip
    for name in (*names.values(), "dportal_crs_2012_sectors.csv", "notes.txt"):
        (tmp_path / name).write_text("")
    assert {source: [path.name for path in READERS[source].files(tmp_path)] for source in names} == {
        source: [name] for source, name in names.items()
    }
