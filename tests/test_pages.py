"""Pages of rows, against a plain sort of all rows."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal, localcontext
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from dashboard.questions import Unanswerable
from dashboard.rows import MOST, SORTS, Record, Rows, Wanted
from dashboard.selection import Selection
from data_access import pages
from data_access.cube import Cube
from data_access.library import open_file
from tests import questions_at_random as random_questions
from tests import small as made

RECORDS = {row["record"]: row for row in made.tables()["record"]}
TEXTS = ("", "water", "ÉCOLES", "100% ", "for_all", "forxall", "b\\c", "a/b", "phase 3", "%", "nowhere")


def plain(cube: Cube, selection: Selection, wanted: Wanted) -> pd.DataFrame:
    """All rows under a selection and a filter, sorted by Python."""
    rows = cube.rows(selection, 1_000_000)
    rows = rows[rows["stage"] == wanted.stage] if wanted.stage else rows
    if wanted.text:
        told = {n: f"{r['title']}\n{r['description']}".lower() for n, r in RECORDS.items()}
        rows = rows.loc[[wanted.text.lower() in told.get(record, "") for record in rows["record"]]]
    keys = [*([] if wanted.sort == "row" else [wanted.sort]), "row"]
    cells = list(zip(*(list(rows[key]) for key in keys), strict=True))
    order = sorted(range(len(rows)), key=lambda at: cells[at], reverse=wanted.descending)
    return rows.iloc[order].reset_index(drop=True)


def asked(cube: Cube, count: int, seed: int) -> Iterator[tuple[Selection, Wanted]]:
    chance = random.Random(seed)
    for selection in random_questions.selections(cube, count, seed=seed):
        wide = selection.without("goal", "donor", "recipient", "sector", "purpose")
        told = wide if chance.random() < 0.6 else selection
        text = chance.choice(TEXTS) if chance.random() < 0.3 and told.source == "iati-goals" else ""
        stage = chance.choice(("", "", "committed", "disbursed"))
        yield told, Wanted(chance.choice(SORTS), chance.random() < 0.5, text=text, stage=stage)


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stretches of a few rows, so that a page of the small edition lies in several and far from the start."""
    monkeypatch.setattr(pages, "STRETCH", 7)
    monkeypatch.setattr(pages, "NEAR", 0)


@pytest.mark.usefixtures("short")
@pytest.mark.parametrize("narrow", [500_000, 0])
def test_a_page_anywhere_is_the_page_of_a_plain_sort(small: Cube, narrow: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "NARROW", narrow)
    monkeypatch.setattr(pages, "FEW", 20)
    chance, seen, far = random.Random(4), 0, 0
    for selection, wanted in asked(small, 60, seed=21):
        expected = plain(small, selection, wanted)
        for _ in range(3):
            offset, limit = chance.randint(0, len(expected) + 2), chance.choice((1, 3, 20, 100))
            page = small.rows(selection, replace(wanted, offset=offset, limit=limit))
            part = expected.iloc[offset : offset + limit].reset_index(drop=True)
            assert list(page["row"]) == list(part["row"]), (selection.write(), wanted, offset, limit)
            pd.testing.assert_frame_equal(page, part, check_dtype=bool(len(part)))
            seen, far = seen + len(page), far + (offset > 50 and len(page) > 0)
    assert seen > 1000 and far > 20


def test_pages_follow_each_other_without_a_gap_whether_they_are_near_or_far(
    embedded: Cube, monkeypatch: pytest.MonkeyPatch
) -> None:
    selection = Selection(source="iati-goals", recipient=("LDC",), goal=("4", "6"), method="shared", prices="constant")
    for sort in SORTS:
        wanted = Wanted(sort, descending=True, limit=MOST)
        near = embedded.rows(selection, replace(wanted, offset=1800))
        monkeypatch.setattr(pages, "NEAR", 0)
        far = embedded.rows(selection, replace(wanted, offset=1900))
        monkeypatch.undo()
        assert list(near["row"])[100:] == list(far["row"])[: MOST - 100] and len(far) == MOST


def test_all_pages_hold_every_row_once_and_their_parts_sum_to_the_totals(small: Cube) -> None:
    for selection, wanted in asked(small, 25, seed=8):
        wanted = replace(wanted, text="", stage="", limit=MOST)
        counts = small.counts(selection, wanted)
        found = [small.rows(selection, replace(wanted, offset=at)) for at in range(0, counts.rows + 1, MOST)]
        rows = pd.concat(found)
        assert len(rows) == len(set(rows["row"])) == counts.rows
        whole = small.totals(selection, ())
        for stage, held in counts.sums.items():
            parts = rows[rows["stage"] == stage]
            assert random_questions.added(parts, ["part"])["part"] == held
            assert held == random_questions.added(whole)[stage]


@pytest.mark.parametrize("narrow", [500_000, 0])
def test_counts_are_of_the_rows_that_the_filter_leaves(
    tmp_path: Path, narrow: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "NARROW", narrow)
    small = open_file(made.write(tmp_path / "2013-01-31.duckdb"))  # counts are remembered: one that has none yet
    seen = 0
    for selection, wanted in asked(small, 60, seed=5):
        expected, counts = plain(small, selection, wanted), small.counts(selection, wanted)
        assert (counts.rows, counts.items) == (len(expected), expected["item"].nunique())
        assert counts.files == expected["file"].nunique() and counts.lacking == 0
        for stage, held in counts.sums.items():
            parts = [part for at, part in zip(expected["stage"], expected["part"], strict=True) if at == stage]
            with localcontext(prec=80):
                assert held == (sum(parts, Decimal(0)) if parts else None)
        seen += counts.rows
    assert seen > 1000
    small.close()


@pytest.mark.parametrize(
    ("text", "found"), [("%", "WATER 100% safe"), ("_", "Water for_all"), ("B\\C", "a/b\\c clinics")]
)
def test_no_character_of_a_text_has_a_meaning_of_its_own(small: Cube, text: str, found: str) -> None:
    rows = small.rows(Selection(source="iati-goals"), Wanted(text=text, limit=MOST))
    assert {RECORDS[record]["title"] for record in rows["record"]} == {found}


def test_a_row_gives_its_record_as_it_was_read(small: Cube) -> None:
    rows: Rows = small
    page = rows.rows(Selection(source="iati-goals"), Wanted("usd", descending=True, limit=1))
    record = rows.record("iati-goals", int(page["record"][0]))
    assert record == Record(**RECORDS[int(page["record"][0])])
    assert record is not None and record.raw == f"{record.record}|as read" and page["record"][0] == record.record
    assert rows.record("dac1", 0) is None and rows.record("iati-goals", 10**6) is None
    with pytest.raises(Unanswerable, match="not a source of this edition"):
        rows.record("nowhere", 1)


def test_items_of_too_many_rows_are_not_told_apart(small: Cube, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "APART", 10)
    counts = small.counts(Selection(source="iati-goals", since=2008, until=2009))
    assert counts.items is None and counts.rows > 10 and counts.sums["committed"]


def test_a_sum_of_rows_without_a_deflator_is_not_given(tmp_path: Path) -> None:
    rows = made.tables()
    lost = next(row for row in rows["flow"] if row["source"] == "crs-donors")
    lost["usd_constant"] = None
    cube = open_file(made.write(tmp_path / "lost.duckdb", rows))
    counts = cube.counts(Selection(source="crs-donors", prices="constant"))
    assert counts.sums == {"disbursed": None} and counts.lacking == 1
    assert cube.rows(Selection(source="crs-donors", prices="constant"), Wanted())["part"].isna().sum() == 1
    assert cube.counts(Selection(source="crs-donors")).sums["disbursed"]
    cube.close()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"sort": "stage"}, "Rows are sorted by"),
        ({"limit": 0}, "A page holds 1 to 500 rows, not 0"),
        ({"limit": 501}, "not 501"),
        ({"text": "x" * 201}, "at most 200 characters, not 201"),
        ({"offset": -1}, "starts at row 0 or later"),
        ({"stage": "paid"}, "A rung is one of pledged, committed, budgeted, disbursed; not paid"),
    ],
)
def test_a_page_that_cannot_be_is_refused_in_a_sentence(given: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        Wanted(**given)


@pytest.mark.parametrize(("few", "many"), [(5_000, 500_000), (0, 500_000), (0, 0)])
def test_what_is_found_is_the_same_however_many_records_hold_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, few: int, many: int
) -> None:
    for name, value in (("NARROW", 0), ("FEW", few), ("MANY", many)):
        monkeypatch.setattr(pages, name, value)
    cube = open_file(made.write(tmp_path / "found.duckdb"))
    everything, listed = Selection(source="iati-goals"), 0
    for text in (*TEXTS[1:], "e", "(x|y)", ".*", "water for", "Écoles", "[a-z]", "$"):
        wanted = Wanted(text=text, limit=MOST)
        rows = cube.rows(everything, wanted)
        assert list(rows["row"]) == list(plain(cube, everything, wanted)["row"]), text
        assert cube.counts(everything, wanted).rows == len(rows)
        listed += len(rows)
    assert listed > 100
    cube.close()
