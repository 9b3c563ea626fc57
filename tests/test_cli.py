"""The command line, run as a reader runs it."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from dashboard.selection import Selection
from data_access import printing
from data_access.__main__ import main
from data_access.commands.asking import ORDER
from data_access.cube import BY, STAGES, Cube
from data_access.editions import current, digest, drop, make, point, read
from data_access.ingest.catalogue import READERS
from tests import small as made

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def small_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder whose only edition is the small one, in the place of the embedded one."""
    folder = tmp_path_factory.mktemp("home")
    (folder / "editions").mkdir()
    (folder / "parts").mkdir()
    part = f"reference-{digest()}"
    made.write(folder / "parts" / f"{part}.duckdb")
    point(folder, make(folder, dict.fromkeys((*made.SOURCES, "codes", "indicators"), part), "made by code"))
    return folder


@pytest.fixture
def run(small_home: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command on the small edition; gives exit code, output and what was said on standard error."""

    def command(*arguments: str) -> tuple[int, str, str]:
        try:
            code = main([*arguments, "--home", str(small_home)])
        except SystemExit as left:
            code = int(left.code or 0)
        said = capsys.readouterr()
        return code, said.out, said.err

    return command


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def dollars(rows: list[dict[str, str]], stage: str) -> Decimal:
    return sum((Decimal(row[stage]) for row in rows if row[stage]), Decimal(0))


def test_totals_name_their_source_and_give_dollars_with_cents(run: Run, small: Cube) -> None:
    code, out, said = run("totals", "donor=GBR&since=2008", "--by", "goal,year", "--format", "csv")
    rows = table(out)
    assert code == 0 and list(rows[0]) == ["source", "goal", "year", "committed", "disbursed"]
    assert {row["source"] for row in rows} == {"iati-goals"}
    assert said == "AidData IATI release: current US dollars\n"
    exact = small.totals(Selection(source="iati-goals", donor=("GBR",), since=2008), ("goal", "year"))
    assert [(row["goal"], int(row["year"])) for row in rows] == list(zip(exact["goal"], exact["year"], strict=True))
    assert all(len(row["committed"].partition(".")[2]) == 2 for row in rows if row["committed"])
    assert [row["committed"] == "" for row in rows] == [value is None for value in exact["committed"]]


@pytest.mark.parametrize("by", ["goal", "donor", "recipient", "year", "purpose", "sector", "flow", "goal,recipient"])
def test_the_printed_parts_sum_to_the_printed_total_to_the_cent(run: Run, by: str) -> None:
    asked = ("totals", "source=iati-goals&method=shared&recipient=LDC", "--format", "csv")
    parts, whole = table(run(*asked, "--by", by)[1]), table(run(*asked)[1])
    assert len(whole) == 1
    for stage in STAGES:
        assert dollars(parts, stage) == Decimal(whole[0][stage])


def test_by_source_gives_one_row_for_each_that_can_answer_and_no_total(run: Run) -> None:
    code, out, said = run("totals", "recipient=KEN", "--by", "source", "--format", "csv")
    assert code == 0
    assert [row["source"] for row in table(out)] == ["crs-donors", "crs-purposes", "crs-sectors", "iati-goals"]
    assert "OECD DAC1 does not distinguish recipients." in said
    assert "never added together" in said
    assert "total" not in json.loads(run("totals", "recipient=KEN", "--by", "source", "--format", "json")[1])
    assert "Total" not in run("totals", "--by", "source")[1]


def test_json_names_edition_selection_unit_rule_and_total(run: Run, small_home: Path) -> None:
    found = json.loads(run("totals", "goal=4,5&method=shared", "--by", "goal", "--format", "json")[1])
    assert found["edition"] == current(small_home) and found["unit"] == "current US dollars"
    assert found["selection"] == "goal=4,5&source=iati-goals&method=shared"
    assert found["rounding"] == printing.ROUNDING
    assert Decimal(found["total"]["committed"]) == sum(Decimal(row["committed"]) for row in found["rows"])


def test_a_table_ends_in_its_total_and_says_what_is_not_reported(run: Run) -> None:
    lines = run("totals", "source=crs-sectors&until=2008", "--by", "year")[1].splitlines()
    assert lines[1].endswith("not reported") and lines[-1].startswith("Total")


def test_constant_prices_name_their_base_year(run: Run) -> None:
    assert "constant 2010 US dollars" in run("totals", "prices=constant")[2]


def test_a_source_can_be_named_beside_the_selection(run: Run) -> None:
    assert table(run("totals", "--source", "dac1", "--format", "csv")[1])[0]["source"] == "dac1"


def test_rows_name_file_and_line_and_sum_to_the_total(run: Run) -> None:
    asked = "source=iati-goals&goal=4&method=shared"
    code, out, said = run("rows", asked, "--limit", "1000", "--format", "csv")
    rows, total = table(out), table(run("totals", asked, "--format", "csv")[1])[0]
    assert code == 0 and f"{len(rows)} of {len(rows)} rows" in said
    assert all(row["file"] == "iati-goals.csv" and int(row["line"]) > 1 for row in rows)
    for stage in STAGES:
        parts = sum(Decimal(row["part"]) for row in rows if row["stage"] == stage)
        assert parts.quantize(Decimal("0.01")) == Decimal(total[stage])


def test_rows_that_are_left_out_are_said(run: Run) -> None:
    code, out, said = run("rows", "source=dac1", "--limit", "3", "--offset", "2", "--format", "csv")
    assert code == 0 and len(table(out)) == 3
    assert said.startswith("3 of ") and "from row 2" in said


BAD = [
    (("totals", "donor=ZZZ"), "donor=ZZZ is not a code of this edition."),
    (("totals", "donor=GBR&colour=red"), "colour=red is not a filter and was ignored."),
    (("totals", "since=12"), "since=12 is not a year from 1960 to 2025."),
    (("totals", "--by", "price"), "--by price is not a dimension; it can be source, " + ", ".join(BY) + "."),
    (("totals", "--by", "year,year"), "--by names a dimension twice."),
    (("totals", "--source", "oecd"), "source=oecd is not known; it can be " + ", ".join(sorted(made.SOURCES)) + "."),
    (("totals", "source=dac1", "--by", "goal"), "OECD DAC1 does not distinguish Goals."),
    (("totals", "gender=2"), "AidData IATI release carries no gender marker."),
    (("totals", "gender=2", "--by", "source"), "No source of this edition can answer this."),
    (("totals", "--edition", "1999"), "edition=1999 is not kept here; there is 20"),
    (("totals", "--format", "xlsx"), "Argument --format: invalid choice: 'xlsx'"),
    (("rows", "--limit", "-1"), "Argument --limit: "),
    (("rows", "--limit", "many"), "Argument --limit: 'many' is not a whole number."),
    (("totals", "a", "b"), "Unrecognized arguments: b"),
    (("nothing",), "Argument command: invalid choice: 'nothing'"),
]


@pytest.mark.parametrize(("arguments", "sentence"), BAD)
def test_what_cannot_be_followed_is_one_line_and_exit_code_2(
    run: Run, arguments: tuple[str, ...], sentence: str
) -> None:
    code, out, said = run(*arguments)
    assert (code, out) == (2, "")
    assert said.splitlines()[-1].startswith(sentence)
    assert "Traceback" not in said and "usage" not in said


def test_a_folder_that_is_not_there_is_a_sentence_too(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["build-reference", str(tmp_path / "none")]) == 2
    assert capsys.readouterr().err == f"{tmp_path / 'none'} is not a folder of published files.\n"
    assert main(["totals", "--home", "/proc/none"]) == 2
    assert capsys.readouterr().err.startswith("The data folder /proc/none cannot be used")


def test_the_order_of_choice_names_every_source_and_is_stated_in_the_help(embedded: Cube) -> None:
    assert set(ORDER) >= {*embedded.codes.sources, *READERS} - {"codes", "indicators"}
    command = [sys.executable, "-m", "data_access", "totals", "--help"]
    wide = {**os.environ, "COLUMNS": "2000"}  # so that no name is broken at its hyphen
    said = subprocess.run(command, env=wide, capture_output=True, text=True, check=True, timeout=120).stdout
    assert ", ".join(ORDER) in " ".join(said.split())


def test_a_reader_who_stops_reading_causes_no_traceback(small_home: Path) -> None:
    command = f"{sys.executable} -m data_access rows source=iati-goals --limit 100000 --format csv --home {small_home}"
    told = {"capture_output": True, "text": True, "check": True, "timeout": 120}
    done = subprocess.run(f"{command} | head -1", shell=True, **told)
    assert done.stdout.startswith("row,") and "Traceback" not in done.stderr and "BrokenPipe" not in done.stderr


def test_an_edition_that_is_not_the_one_asked_is_refused(small_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    held = read(small_home, current(small_home)).parts
    other = make(small_home, {key: part for key, part in held.items() if key != "dac1"}, "a test")
    try:
        assert main(["totals", f"edition={other}", "--home", str(small_home)]) == 2
        assert f"--edition {other}" in capsys.readouterr().err
        assert main(["totals", f"edition={other}", "--edition", other, "--home", str(small_home)]) == 0
    finally:
        drop(small_home, other)
