"""Rows and totals behind the last one seen: walked page by page they are the whole list, none twice, none left out."""

from __future__ import annotations

import pytest

from dashboard.questions import Unanswerable
from dashboard.rows import Wanted
from dashboard.selection import Selection
from data_access import pages
from data_access.cube import Cube
from data_access.keyset import totals_behind
from tests import questions_at_random as random_questions

STAGES = ("committed", "disbursed")


@pytest.mark.parametrize("stretch", [5, 65_536], ids=["many stretches", "one stretch"])
def test_rows_walked_page_by_page_are_all_rows(small: Cube, monkeypatch: pytest.MonkeyPatch, stretch: int) -> None:
    monkeypatch.setattr(pages, "STRETCH", stretch)
    walked = 0
    for at, selection in enumerate(random_questions.selections(small, 9, seed=11)):
        text, stage = ("water" if at % 3 == 0 else ""), ("", "disbursed")[at % 2]
        last = small.counts(selection, Wanted(text=text, stage=stage)).rows
        whole = small.rows(selection, Wanted(limit=500, text=text, stage=stage))
        numbers, after = list[int](), -1
        while page := small.rows(selection, Wanted(limit=61, text=text, stage=stage, after=after))["row"].tolist():
            numbers, after = [*numbers, *page], page[-1]
        assert numbers[:500] == whole["row"].tolist() and len(numbers) == last
        walked += len(numbers)
    assert walked > 200


@pytest.mark.parametrize("by", [(), ("donor",), ("recipient", "year"), ("year", "donor", "recipient")], ids=str)
def test_totals_walked_page_by_page_are_all_totals(small: Cube, by: tuple[str, ...]) -> None:
    walked = 0
    for selection in random_questions.selections(small, 12, seed=12):
        try:
            whole = list(small.totals(selection, by).itertuples(index=False, name=None))
        except Unanswerable as why:
            with pytest.raises(Unanswerable, match=str(why)[:20]):
                totals_behind(small, selection, by, STAGES, 5)
            continue
        rows = page = totals_behind(small, selection, by, STAGES, 5)
        while by and len(page) == 5:
            page = totals_behind(small, selection, by, STAGES, 5, page[-1][: len(by)])
            rows = [*rows, *page]
        assert [tuple(row) for row in rows] == whole
        walked += len(rows)
    assert walked >= 5


def test_a_page_behind_a_row_is_sorted_by_row_alone() -> None:
    for given in ({"sort": "usd"}, {"descending": True}, {"offset": 3}):
        with pytest.raises(ValueError, match="listed by row from the first"):
            Wanted(after=1, **given)


def test_a_source_that_cannot_answer_says_why(small: Cube) -> None:
    with pytest.raises(Unanswerable, match="gender"):
        totals_behind(small, Selection(source="iati-goals").change(gender=["2"]), (), STAGES, 5)
