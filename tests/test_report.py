"""The account of a load: counts, sums, faults, the file of rejects."""

from __future__ import annotations

import csv
import json
from argparse import Namespace
from decimal import Decimal
from pathlib import Path

import pytest

from data_access.commands.loading import _told
from data_access.ingest.faults import Fault
from data_access.ingest.report import HEADINGS, LISTED, RAW, Report
from data_access.load import Loaded


def fault(value: str = "x", code: str = "CRS-NUM-02", line: int = 3) -> Fault:
    return Fault("crs.txt", line, "Value", value, "is not a number", "write digits", code, "row")


def rejected(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_refused_records_are_counted_by_code_and_written_away_word_for_word(tmp_path: Path) -> None:
    report = Report(tmp_path / "rejects.csv")
    report.refuse(fault("1,5"), "2005|GBR|1,5")
    report.refuse(fault("n/a", line=9), "2006|GBR|n/a")
    report.warn(fault("odd", "CRS-CODE-09"))
    assert (report.refused, report.codes) == (2, {"CRS-NUM-02": 2, "CRS-CODE-09": 1})
    rows = rejected(tmp_path / "rejects.csv")
    assert list(rows[0]) == list(HEADINGS)
    assert [(row["line"], row["value"], row["raw"]) for row in rows] == [
        ("3", "1,5", "2005|GBR|1,5"), ("9", "n/a", "2006|GBR|n/a"), ("3", "odd", ""),
    ]  # fmt: skip


def test_a_clean_load_leaves_no_file_of_rejects(tmp_path: Path) -> None:
    Report(tmp_path / "rejects.csv").add("committed", 2005, Decimal("1.25"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("start", ["=cmd|'/C calc'!A0", "+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "＝1"])
def test_no_cell_of_the_rejects_is_a_formula(tmp_path: Path, start: str) -> None:
    report = Report(tmp_path / "rejects.csv")
    report.refuse(Fault(start, 1, start, start, start, start, "C", "row", where=start), start)
    [row] = rejected(tmp_path / "rejects.csv")
    for name in ("file", "column", "where", "reason", "remedy", "raw", "value"):
        assert row[name][0] in "'\\"


def test_a_record_of_any_length_and_any_character_can_be_refused(tmp_path: Path) -> None:
    report = Report(tmp_path / "rejects.csv")
    report.refuse(fault("\ud800"), 'a "quoted"\nline, \ud800' + "x" * RAW * 2)
    [row] = rejected(tmp_path / "rejects.csv")
    assert row["raw"].startswith('a "quoted"\nline, \\ud800')
    assert len(row["raw"]) <= RAW + 5


def test_the_first_faults_are_listed_and_all_are_counted(tmp_path: Path) -> None:
    report = Report(tmp_path / "rejects.csv")
    for line in range(LISTED + 5):
        report.refuse(fault(line=line))
    assert (len(report.listed), report.codes["CRS-NUM-02"], report.refused) == (LISTED, LISTED + 5, LISTED + 5)
    assert len(rejected(tmp_path / "rejects.csv")) == LISTED + 5
    report.warn(fault(code="CRS-CODE-09"))
    report.warn(fault(code="CRS-CODE-09"))
    assert [one.code for one in report.listed[LISTED:]] == [
        "CRS-CODE-09"
    ]  # the first of each, however many come before


def test_the_closing_account_says_each_code_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    report = Report()
    for line in (3, 4):
        report.warn(fault(line=line))
    told = report.as_json() | {"seconds": 1}
    _told(Namespace(json=False), Loaded("crs-1", "e", True, True, told))
    said = 'CRS-NUM-02: 2; the first: crs.txt:3: column "Value": CRS-NUM-02: value "x" is not a number; write digits'
    assert said in capsys.readouterr().out


def test_sums_are_exact_and_told_by_stage_and_year() -> None:
    report = Report()
    for text in ("0.10", "0.20", "-0.30000001"):
        report.add("disbursed", 2005, Decimal(text))
    report.refused_sums["pledged", 2006] += Decimal(7)
    told = json.loads(json.dumps(report.as_json()))
    assert told["sums"] == [{"stage": "disbursed", "year": 2005, "usd": "-0.00000001"}]
    assert told["refused_sums"] == [{"stage": "pledged", "year": 2006, "usd": "7"}]


@pytest.mark.parametrize("missing", [0, 1])
def test_every_line_of_the_files_is_accounted_for_or_the_account_does_not_balance(missing: int) -> None:
    report = Report(lines=10 + missing, headings=1, blank=2, kept=4, refused=1, continued=2)
    assert report.balanced() == (not missing)
