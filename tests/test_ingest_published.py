"""Published files: lines, headings and numbers, and the sentence that names what is wrong."""

from __future__ import annotations

import hashlib
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest

from data_access.ingest.faults import Fault
from data_access.ingest.published import Published, published


def made(folder: Path, text: str) -> Published:
    (folder / "made.csv").write_bytes(text.encode("utf-8"))
    return published(folder, "made.csv")


def test_records_know_the_line_on_which_they_start(tmp_path: Path) -> None:
    file = made(tmp_path, '\ufeffa,b\r\n"one\r\ntwo",2\r\n3,4\r\n')
    assert list(file.rows(("a", "b"))) == [(2, {"a": "one\r\ntwo", "b": "2"}), (4, {"a": "3", "b": "4"})]


def test_a_missing_heading_is_named(tmp_path: Path) -> None:
    with pytest.raises(
        Fault,
        match=r'made\.csv:1: column "c": CSV-HEAD-01: value "a, b" is the line of headings, and it lacks this one',
    ):
        list(made(tmp_path, "a,b\n1,2\n").rows(("a", "c")))


def test_a_line_of_another_width_is_named(tmp_path: Path) -> None:
    with pytest.raises(
        Fault, match=r"made\.csv:3: .*CSV-WIDTH-01.* begins a record of 1 cells where the heading has 2"
    ):
        list(made(tmp_path, "a,b\n1,2\n3\n").rows(("a",)))


@pytest.mark.parametrize(
    ("text", "number"), [("12.50", "12.50"), ("-0.041432", "-0.041432"), ("4.00E-05", "0.0000400"), (" 7 ", "7")]
)
def test_numbers_are_exact(tmp_path: Path, text: str, number: str) -> None:
    assert made(tmp_path, "a\n").number(text, 1, "a") == Decimal(number)


@pytest.mark.parametrize("text", ["", "1,000", "1_000", "NaN", "Infinity", "١", "0x10", "1e5e", "--1", "1 000"])
def test_what_is_not_a_number_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(Fault, match="is not a number; write it with digits"):
        made(tmp_path, "a\n").number(text, 4, "a")


def test_a_long_value_is_shortened_in_the_sentence(tmp_path: Path) -> None:
    with pytest.raises(Fault) as caught:
        made(tmp_path, "a\n").number("x" * 500, 4, "a")
    assert len(str(caught.value)) < 200


def test_a_file_that_is_not_there_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="is not there; point build-reference at the folder that holds it"):
        published(tmp_path, "none.csv").lines()


def test_a_member_of_a_zip_is_known_by_its_own_bytes(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "made.zip", "w") as archive:
        archive.writestr("inner.csv", "a\n1\n2")
    file = published(tmp_path, "made.zip!inner.csv")
    assert (file.name, file.lines()) == ("made.zip!inner.csv", 3)
    assert file.sha256() == hashlib.sha256(b"a\n1\n2").hexdigest()
