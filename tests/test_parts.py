"""Parts on disk: kept whole with their report or not at all, and known to be damaged by one look or by every byte."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest

from data_access import parts

NAME = "some-0123456789ab"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A data folder with one part, which nobody opens: its bytes are what matters here."""
    with parts.making(tmp_path, NAME) as beside:
        made = beside / "part.duckdb"
        made.write_bytes(b"all that was read" * 1000)
        parts.keep(tmp_path, made, NAME, {"reader": "some", "sums": []})
    return tmp_path


def test_a_part_is_kept_with_its_report_and_nothing_else(home: Path) -> None:
    assert {path.name for path in parts.folder(home).iterdir()} == {f"{NAME}.duckdb", f"{NAME}.json"}
    told, path = parts.report(home, NAME), parts.file_of(home, NAME)
    assert (told["part"], told["bytes"], told["sha256"]) == (NAME, 17_000, parts.digest(path))
    assert (told["reader"], told["written"]) == ("some", path.stat().st_mtime_ns)
    assert parts.kept(home) == (NAME,) and path.stat().st_mode & 0o777 == 0o444
    assert (parts.damaged(home, NAME), parts.amiss(home, NAME), parts.fits(home, NAME)) == ("", "", True)


def altered(home: Path, how: str) -> None:
    path = parts.file_of(home, NAME)
    path.chmod(0o644)
    if how == "missing":
        path.unlink()
    elif how == "shorter":
        path.write_bytes(path.read_bytes()[:-1])
    else:
        path.write_bytes(path.read_bytes()[:-1] + b"!")


@pytest.mark.parametrize(
    ("how", "words", "fits"),
    [
        ("missing", "is missing; load its source again.", False),
        ("shorter", "has 16,999 bytes and had 17,000; remove it and load its source again.", False),
        ("changed", "has changed since it was made; remove it and load its source again.", True),
    ],
)
def test_damage_is_told_at_the_first_look(home: Path, how: str, words: str, fits: bool) -> None:
    altered(home, how)
    path = parts.file_of(home, NAME)
    assert parts.amiss(home, NAME) == f"{path} {words}"
    assert parts.damaged(home, NAME).startswith(f"{path} ") and parts.fits(home, NAME) is fits


def test_a_change_that_hides_its_time_is_found_by_reading_every_byte(home: Path) -> None:
    altered(home, "changed")
    stamp = parts.report(home, NAME)["written"]
    os.utime(parts.file_of(home, NAME), ns=(stamp, stamp))
    assert parts.amiss(home, NAME) == "" and "has changed since it was made" in parts.damaged(home, NAME)


@pytest.mark.parametrize("report", [None, "", "{", "[]", "\udcff"])
def test_a_part_whose_report_is_lost_can_be_read_but_not_be_checked(home: Path, report: str | None) -> None:
    beside = parts.file_of(home, NAME).with_suffix(".json")
    beside.unlink()
    if report is not None:
        beside.write_bytes(report.encode(errors="surrogateescape"))
    assert parts.report(home, NAME) == {} and parts.amiss(home, NAME) == "" and parts.fits(home, NAME)
    assert "is missing or unreadable, so" in parts.damaged(home, NAME)


def test_what_fails_while_it_is_made_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), parts.making(tmp_path, NAME) as beside:
        (beside / "part.duckdb").write_bytes(b"half")
        raise RuntimeError
    assert not list(parts.folder(tmp_path).iterdir()) and parts.kept(tmp_path) == ()


def test_leftovers_go_when_nobody_can_be_at_them(home: Path) -> None:
    young, old, locked = (parts.folder(home) / name for name in (".fresh-a-1", ".fresh-b-2", ".making-c-3"))
    for left in (young, old, locked):
        left.mkdir()
    os.utime(old, (time.time() - 2 * parts.YOUNG,) * 2)
    (locked / "lock").touch()  # whose owner has gone
    parts.clean(home)
    assert (young.exists(), old.exists(), locked.exists()) == (True, False, False)


def test_a_report_is_text_that_anyone_can_read(home: Path) -> None:
    assert json.loads(parts.file_of(home, NAME).with_suffix(".json").read_text())["part"] == NAME


def test_a_dropped_part_is_gone_with_its_report(home: Path) -> None:
    parts.drop(home, NAME)
    parts.drop(home, NAME)
    assert not list(parts.folder(home).iterdir())
