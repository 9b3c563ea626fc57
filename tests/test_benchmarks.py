"""The benchmarks compare like with like: SQL by hand says what the cube says. What they tell is told plainly."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from benchmarks import first, hand, questions
from benchmarks.measured import Failed, family, run
from benchmarks.verdicts import Verdict, print_verdicts, unpromised
from dashboard.selection import Selection
from data_access import parts
from data_access.cube import Cube
from layouts.pages import PAGES, RECORD, find

SOURCE = "iati-goals"
BYS: list[tuple[str, ...]] = [(), ("year",), ("goal",), ("recipient",), ("goal", "year"), ("donor",), ("purpose",)]


@pytest.mark.parametrize("by", BYS, ids=lambda by: ",".join(by) or "nothing")
def test_sql_by_hand_says_what_the_cube_says(embedded: Cube, home: Path, by: tuple[str, ...]) -> None:
    with questions.side_by_side(home, SOURCE) as (_, raw):
        for selection in questions.selections(embedded.codes, embedded.codes.sources[SOURCE], 8):
            told = [tuple(row) for row in embedded.totals(selection, by).itertuples(index=False)]
            assert raw.execute(hand.written(selection, by)).fetchall() == told


def test_selections_hold_no_groups_so_that_a_person_could_write_them(embedded: Cube) -> None:
    groups = {code for held in embedded.codes.groups.values() for code in held}
    made = questions.selections(embedded.codes, embedded.codes.sources[SOURCE], 60)
    assert len(set(made)) > 40 and any(one.goal for one in made) and any(one.donor for one in made)
    assert all(hand.plain(one, sorted(groups)) for one in made)
    assert not hand.plain(Selection(recipient=("LDC",)), sorted(groups))


def test_the_parts_are_there_under_the_names_that_the_benchmarks_read(embedded: Cube, home: Path) -> None:
    assert parts.file_of(home, embedded.parts[SOURCE]).is_file()


def test_a_command_is_measured_with_its_children(tmp_path: Path) -> None:
    child = "import time; held = bytearray(80_000_000); time.sleep(0.5)"
    done = run([sys.executable, "-c", f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"],
               tmp_path / "log")  # fmt: skip
    assert done.peak > 80_000_000 and 0.5 < done.seconds < 30 and done.code == 0


def test_a_command_that_fails_says_what_it_said(tmp_path: Path) -> None:
    with pytest.raises(Failed, match="no such thing"):
        run([sys.executable, "-c", "raise SystemExit('no such thing')"], tmp_path / "log")


def test_a_family_begins_with_its_head() -> None:
    assert family(os.getpid())[0] == os.getpid()


def test_what_is_met_and_missed_is_said_in_a_word(capsys: pytest.CaptureFixture[str]) -> None:
    found = [Verdict("a", 2.9, 3.0), Verdict("b", 3.1, 3.0), Verdict("c", 12.0, 10.0, side="least"), Verdict("d", 1.0)]
    assert [one.word for one in found] == ["met", "missed", "met", ""]
    assert [one.word for one in unpromised(found)] == [""] * 4
    print_verdicts("Ratios", found)
    assert "missed" in capsys.readouterr().out


def test_first_content_is_asked_of_every_kind_of_page_and_told_by_its_worst() -> None:
    reached = {find(path.partition("?")[0])[0] for path in first.PAGES.values()}
    assert reached == {*PAGES} - {RECORD}
    [painted, words] = first.told("overview", [first.Visit(300, 400), first.Visit(200, 1200), first.Visit(250, 500)])
    assert (painted.figure, painted.word, words.figure, words.word) == (300, "met", 1200, "missed")
    assert "median 500 ms of 3 visits" in words.detail
