"""Faults of CRS text files, each named by its place, code, value and reason: what is refused, row by row or whole."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from data_access.ingest.faults import Fault
from tests.crs_made import HEADINGS, agreed, cells, line, position, read, sound, text


class Case(NamedTuple):
    """`lines` stand from line 3 on, between sound ones. `verdict`: R refused, W warned of and kept."""

    name: str
    lines: tuple[str, ...]
    verdict: str
    code: str
    column: str
    value: str
    reason: str
    line: int = 3


def amount(name: str, value: str, verdict: str, code: str, reason: str) -> Case:
    return Case(name, (line(2, USD_Commitment=value),), verdict, code, "USD_Commitment", value.strip(), reason)


def changed(name: str, heading: str, value: str, verdict: str, code: str, reason: str) -> Case:
    return Case(name, (line(2, **{heading: value}),), verdict, code, heading, value, reason)


N, X = "CRS-NUM-02", "CRS-NUM-05"
AMOUNTS = (
    amount("C20-decimal-comma", "1,25", "R", N, "decimal comma"),
    amount("C20-thousands", "1,250.5", "R", N, "(thousands separator)"),
    amount("C20-space", "1 250", "R", N, "space as thousands separator"),
    amount("C20-underscore", "1_000", "R", N, "underscore"),
    amount("C21-exponent", "1e2", "W", "CRS-NUM-03", "read as 100"),
    amount("C21-small-exponent", "1.0E-05", "W", "CRS-NUM-03", "read as 0.000010"),
    amount("C22-nan", "NaN", "R", N, "not a number"),
    amount("C22-inf", "inf", "R", N, "infinite"),
    amount("C22-huge-exponent", "1e400", "R", N, "exponent beyond any amount"),
    amount("C22-hexadecimal", "0x1F", "R", N, "hexadecimal"),
    amount("C22-full-width", "１２", "R", N, "U+FF11 FULLWIDTH DIGIT ONE"),
    amount("C22-arabic-indic", "١٢", "R", N, "U+0661 ARABIC-INDIC DIGIT ONE"),
    amount("C23-nine-decimals", "0.000000049", "W", "CRS-NUM-04", "0.04900000 US dollars were kept"),
    amount("C23-residual", "0.123456789012345678", "W", "CRS-NUM-04", "residual is -0.000000000000004322 million"),
    amount("C24-overflow", "99999999999999999999.99", "R", X, "below 1,000,000"),
    amount("C25-not-available", "n/a", "R", N, "no value"),
    amount("C25-dash", "-", "R", N, "no value"),
    amount("C25-dots", "..", "R", N, "no value"),
    amount("C25-null", "NULL", "R", N, "no value"),
    amount("C25-spreadsheet", "#REF!", "R", N, "no value"),
    amount("C26-spaces", " 1.5 ", "W", "CRS-NUM-06", "U+0020"),
    amount("C26-no-break-space", "1.5\u00a0", "W", "CRS-NUM-06", "U+00A0"),
    amount("C26-minus-sign", "−1.5", "R", N, "U+2212 MINUS SIGN"),
    amount("C26-parentheses", "(1.5)", "R", N, "parentheses"),
    changed("C34-unit", "USD_Commitment", "100001", "W", "CRS-SUM-02", "beyond 100,000 million"),
    changed("C34-beyond", "USD_Disbursement", "2500.5", "W", "CRS-SUM-01", "1,000 times the commitment, 2.5"),
)
CODES = (
    changed("C27-fraction", "Year", "2021.6", "R", "CRS-YEAR-01", "1960–2035"),
    changed("C27-two-digits", "Year", "21", "R", "CRS-YEAR-01", "1960–2035"),
    changed("C27-five-digits", "Year", "20211", "R", "CRS-YEAR-01", "1960–2035"),
    changed("C27-negative", "Year", "-5", "R", "CRS-YEAR-01", "1960–2035"),
    changed("C27-empty", "Year", "", "R", "CRS-YEAR-01", "1960–2035"),
    changed("C27-future", "Year", "2035", "R", "CRS-YEAR-01", "future"),
    changed("C28-no-such-day", "ExpectedStartDate", "31/02/2021", "W", "CRS-DATE-01", "YYYY-MM-DD"),
    changed("C28-no-such-month", "ExpectedStartDate", "2021-13-01", "W", "CRS-DATE-01", "YYYY-MM-DD"),
    changed("C28-ambiguous", "CompletionDate", "03/04/2021", "W", "CRS-DATE-01", "ambiguous"),
    changed("C28-serial", "CompletionDate", "44561", "W", "CRS-DATE-01", "serial number"),
    changed("C29-donor", "DonorCode", "99123", "R", "CRS-CODE-01", "list of DAC donor codes"),
    changed("C29-recipient", "RecipientCode", "99123", "R", "CRS-CODE-02", "list of DAC recipient codes"),
    changed("C29-flow", "FlowCode", "77", "R", "CRS-CODE-03", "list of CRS flow types"),
    changed("C29-bi-multi", "bi_multi", "9", "R", "CRS-CODE-04", "1 to 8"),
    changed("C29-purpose", "PurposeCode", "11299", "W", "CRS-CODE-05", "list of DAC purpose codes"),
    changed("C29-purpose-short", "PurposeCode", "1122", "R", "CRS-CODE-05", "no purpose code"),
    changed("C29-sector", "SectorCode", "119", "W", "CRS-CODE-06", "list of DAC sector codes"),
    changed("C29-channel", "ChannelCode", "99999", "W", "CRS-CODE-07", "list of DAC channel codes"),
    changed("C29-marker", "Gender", "7", "W", "CRS-CODE-08", "gender marker"),
    changed("C30-zeros", "RecipientCode", "0248", "W", "CRS-CODE-09", "read as 248"),
    changed("C31-donor-name", "DonorName", "France", "W", "CRS-CODE-10", "donor 12"),
    changed("C31-recipient-name", "RecipientName", "Ethiopia", "W", "CRS-CODE-10", "recipient 248"),
    changed("C31-sector", "SectorCode", "122", "W", "CRS-CODE-10", "purpose 11220"),
    changed("C35-no-national", "Commitment_National", "", "W", "CRS-SUM-03", "not in national currency")._replace(
        column="USD_Commitment", value="2.5"
    ),
)
LONG = "x" * 250_000
LINES = (
    Case("C06-nul", (line(2, ProjectTitle="Scho\x00ols"),), "R", "CRS-CTL-01", "ProjectTitle", "Scho\x00ols", "\\x00"),
    *(
        Case(f"C07-control-{byte:02x}", (line(2, ProjectTitle=f"a{chr(byte)}b"),), "W", "CRS-CTL-02", "ProjectTitle",
             f"a{chr(byte)}b", f"\\x{byte:02x}")
        for byte in (0x03, 0x1C, 0x1D)
    ),
    Case("C07-control-in-money", (line(2, USD_Commitment="1\x1c5"),), "R", N, "USD_Commitment", "1\x1c5", "not"),
    Case("C11-one-too-many", (line(2) + "|extra",), "R", "CRS-COL-01", "", "extra", "expected 40, found 41"),
    Case("C12-one-too-few", (line(2)[:-1],), "R", "CRS-COL-02", "Environment", "", '"Environment" is missing'),
    Case("C13-pipe-in-title", (line(2, ProjectTitle="Schools | roads"),), "R", "CRS-COL-03", "ProjectTitle",
         "Schools | roads", "expected 40 fields, found 41"),
    Case("C14-open-quote", (line(2, ProjectTitle='"Sch'),), "R", "CRS-COL-04", "ProjectTitle", '"Sch', "not closed"),
    Case("C36-long-line", (line(2, LongDescription="x" * 3_000_000),), "R", "CRS-LEN-01", "", "2010", "3,000,2"),
    Case("C36-long-field", (line(2, LongDescription=LONG),), "R", "CRS-LEN-02", "LongDescription", "xxx", "250,000"),
    Case("C38-bidi", (line(2, ProjectTitle="a\u202eb"),), "W", "CRS-CHAR-01", "ProjectTitle", "a\u202eb", "U+202E"),
    Case("C38-zero-width", (line(2, ProjectTitle="a\u200bb"),), "W", "CRS-CHAR-02", "ProjectTitle", "a", "U+200B"),
    Case("C38-unassigned", (line(2, ProjectTitle="a\u0378b"),), "W", "CRS-CHAR-03", "ProjectTitle", "a", "U+0378"),
    Case("C05-encoded-twice", (line(2, ProjectTitle="CÃ´te"),), "W", "CRS-ENC-04", "ProjectTitle", "CÃ´te", "twice"),
)  # fmt: skip


@pytest.mark.parametrize("case", (*AMOUNTS, *CODES, *LINES), ids=lambda case: case.name)
def test_a_bad_row_is_named_and_the_rows_around_it_are_read(tmp_path: Path, case: Case) -> None:
    found = read(tmp_path, text([line(1), *case.lines, *sound(3, 3)]))
    [fault] = [fault for fault in found.coded(case.code) if fault.line == case.line]
    assert (fault.file, fault.column) == ("crs.txt", case.column)
    if case.column:
        assert fault.position == position(case.column)
    assert case.value in str(fault.value)
    assert case.reason in fault.reason
    assert fault.remedy
    assert fault.severity == ("row" if case.verdict == "R" else "warning")
    assert (found.report.kept, found.report.refused) == ((4, 1) if case.verdict == "R" else (5, 0))
    assert agreed(found)


def test_a_refused_row_is_written_away_with_its_place_and_words(tmp_path: Path) -> None:
    found = read(tmp_path, text([line(1), line(2, USD_Commitment="1,250.5")]))
    said = found.rejects.read_text(encoding="utf-8")
    assert "crs.txt,3,USD_Commitment" in said
    assert "1,250.5" in said
    assert str(found.report.listed[0]) == (
        'crs.txt:3: column "USD_Commitment" (21): CRS-NUM-02: value "1,250.5" is not a decimal number '
        "(thousands separator); write 1250.5"
    )


def test_an_open_quote_costs_its_own_line_only_c14(tmp_path: Path) -> None:
    found = read(tmp_path, text([*sound(1, 2), line(3, ProjectTitle='"Schools'), *sound(4, 600)]))
    assert (found.report.kept, found.report.refused) == (602, 1)
    assert [fault.line for fault in found.report.listed] == [4]
    assert agreed(found)


def test_half_a_pair_refuses_its_row_by_its_number_c38(tmp_path: Path) -> None:
    bad = line(2, ProjectTitle="a€b").encode().replace("€".encode(), b"\xed\xa0\xbd")
    found = read(
        tmp_path, b"\n".join([*(row.encode() for row in text([line(1)]).split("\n")[:-1]), bad, line(3).encode()])
    )
    [fault] = found.report.listed
    assert (fault.code, fault.line, fault.column, fault.severity) == ("CRS-ENC-05", 3, "ProjectTitle", "row")
    assert "U+D83D" in fault.reason
    assert agreed(found)


def test_a_row_that_stands_twice_is_said_with_both_lines_and_counted_c32(tmp_path: Path) -> None:
    found = read(tmp_path, text([line(1), line(2), line(1)]))
    [fault] = found.coded("CRS-ROW-01")
    assert (fault.line, fault.severity, found.report.kept) == (4, "warning", 3)
    assert "line 2" in fault.reason
    assert agreed(found)


def test_a_row_that_contradicts_another_is_refused_with_both_lines_c32(tmp_path: Path) -> None:
    found = read(tmp_path, text([line(1), line(2), line(1, USD_Disbursement="99")]))
    [fault] = found.coded("CRS-ROW-02")
    assert (fault.line, fault.column, fault.severity, found.report.kept) == (4, "USD_Disbursement", "row", 2)
    assert "line 2" in fault.reason
    assert found.rows("SELECT count(*) FROM flow WHERE line = 4") == [(0,)]
    assert agreed(found)


def test_a_row_with_another_amount_in_national_currency_is_another_report(tmp_path: Path) -> None:
    again = line(1, USD_Disbursement="99", Disbursement_National="63.36")
    assert read(tmp_path, text([line(1), again])).report.kept == 2


def test_a_deflated_amount_unlike_the_others_of_its_donor_and_year_is_said_c35(tmp_path: Path) -> None:
    rows = [line(n, USD_Disbursement=f"{n}", USD_Disbursement_Defl=f"{n * 1.25}") for n in range(1, 8)]
    found = read(tmp_path, text([*rows, line(9, USD_Disbursement="2", USD_Disbursement_Defl="2.6")]))
    [fault] = found.coded("CRS-SUM-04")
    assert (fault.line, fault.column, str(fault.value)) == (9, "USD_Disbursement_Defl", "2.6")
    assert found.report.kept == 8


WIDE = text(sound(1, 3))
DATA = WIDE.encode()
MIXED = text([line(1, ProjectTitle="Côte"), line(2, ProjectTitle="Écoles à Ségou"), line(3)]).encode()
FILES: tuple[tuple[str, Callable[[], bytes], dict[str, object]], ...] = (
    ("C01-utf-16-mark", lambda: WIDE.encode("utf-16"), {"code": "CRS-ENC-01", "offset": 0, "reason": "UTF-16LE"}),
    ("C02-utf-16", lambda: WIDE.encode("utf-16-le"), {"code": "CRS-ENC-02", "offset": 1, "reason": "byte 1"}),
    (
        "C03-latin-1-byte",
        lambda: MIXED.replace(b"C\xc3\xb4te", b"C\xf4te"),
        {"code": "CRS-ENC-03", "line": 2, "column": "ProjectTitle", "reason": "0xF4",
         "offset": MIXED.index(b"C\xc3\xb4te") + 1},
    ),
    (
        "C16-no-headings",
        lambda: DATA.split(b"\n", 1)[1],
        {"code": "CRS-HEAD-01", "line": 1, "column": "Year", "value": "2010", "reason": '"Year"'},
    ),
    (
        "C17-renamed",
        lambda: DATA.replace(b"USD_Commitment", b"USD_Promise"),
        {"code": "CRS-HEAD-02", "line": 1, "reason": "usdcommitment"},
    ),
    (
        "C17-twice",
        lambda: DATA.replace(b"|Environment", b"|usd_commitment"),
        {"code": "CRS-HEAD-03", "line": 1, "column": "usd_commitment", "position": 40, "reason": "columns 21 and 40"},
    ),
    (
        "C17-missing",
        lambda: DATA.replace(b"|PurposeCode|", b"|"),
        {"code": "CRS-HEAD-02", "line": 1, "column": "purposecode", "reason": "lacks"},
    ),
    ("C18-empty", lambda: b"", {"code": "CRS-FILE-01", "value": "0", "reason": "0 bytes"}),
    ("C18-headings-only", lambda: DATA.split(b"\n")[0], {"code": "CRS-FILE-02", "value": "0", "reason": "rows"}),
    (
        "C19-cut",
        lambda: DATA[:-150],
        {"code": "CRS-FILE-05", "line": 4, "column": "ProjectTitle", "reason": "without a line end: 28 of 40"},
    ),
    ("C36-too-wide", lambda: b"|".join([b"Year"] * 10_000), {"code": "CRS-FILE-06", "value": "10000", "line": 1}),
    ("C39-gzip", lambda: b"\x1f\x8b\x08\x00" + DATA, {"code": "CRS-FILE-04", "reason": "gzip"}),
    ("C39-zip", lambda: b"PK\x03\x04" + DATA, {"code": "CRS-FILE-04", "reason": "zip"}),
    ("C39-web-page", lambda: b"<!DOCTYPE html><p>404 Not Found", {"code": "CRS-FILE-04", "reason": "web page"}),
    ("C39-pointer", lambda: b"version https://git-lfs.github.com/spec/v1\n", {"code": "CRS-FILE-04", "reason": "LFS"}),
    ("C39-pdf", lambda: b"%PDF-1.7\n" + DATA, {"code": "CRS-FILE-04", "reason": "PDF"}),
)  # fmt: skip


@pytest.mark.parametrize(("content", "told"), [case[1:] for case in FILES], ids=[case[0] for case in FILES])
def test_a_file_that_cannot_be_read_is_refused_by_name(
    tmp_path: Path, content: Callable[[], bytes], told: dict[str, object]
) -> None:
    with pytest.raises(Fault) as refused:
        read(tmp_path, content())
    fault = refused.value
    assert (fault.file, fault.severity, fault.remedy != "") == ("crs.txt", "file", True)
    assert str(told.pop("reason", "")) in fault.reason
    if "value" in told:
        assert str(told.pop("value")) in str(fault.value)
    for name, expected in told.items():
        assert getattr(fault, name) == expected


def test_headings_beyond_those_known_are_said_c17(tmp_path: Path) -> None:
    made = text(["|".join([*cells(1), "new"])], headings="|".join([*HEADINGS, "Novelty"]))
    [fault] = read(tmp_path, made).report.listed
    assert (fault.code, fault.line, fault.column, fault.position) == ("CRS-HEAD-04", 1, "Novelty", 41)
