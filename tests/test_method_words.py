"""What the page of methods tells is what computes: no check, rule, formula, mapping or absence is left out."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from pathlib import Path

import pytest

from callbacks.drawings import spread as told
from dashboard import delivery, methods, reached, shares
from dashboard.amounts import Absence
from dashboard.checks import CHECKS
from dashboard.counting import WORDS
from dashboard.method_words import MEANINGS, NO_CODE, absences, checks, formulas, kinds, mapping, spread
from dashboard.questions import Unanswerable
from dashboard.selection import Selection
from data_access.cube import Cube
from layouts.views import methods as page
from tests.test_layouts import flat

MARKS = Path(__file__).parent.parent / "assets" / "marks"


def test_every_check_kind_and_absence_is_told() -> None:
    assert [name for name, _ in checks()] == [check.title for check in CHECKS]
    assert [kind for kind, _, _ in kinds()] == list(WORDS["kind"])
    assert set(MEANINGS) == {kind.value for kind in Absence}
    assert all((MARKS / f"{one.mark}.svg").is_file() and one.meaning for one in absences())


def test_formulas_are_those_of_the_engine() -> None:
    every = [line for _, lines in formulas() for line in lines]
    for engine in (delivery.FORMULAS, shares.FORMULAS, reached.FORMULAS):
        assert set(engine.values()) <= set(every)


def test_every_line_of_the_mapping_is_listed_with_its_share() -> None:
    with methods.LINES.open(encoding="utf-8", newline="") as text:
        lines = list(csv.DictReader(text))
    rows = mapping().rows
    assert [(row[0], row[1], row[2], row[3]) for row in rows] == [
        (line["method"], line["purposes"], line["goal"], Decimal(line["share"])) for line in lines
    ]
    assert "(check)" not in json.dumps([row[4:] for row in rows])


def test_the_spread_is_what_the_cube_answers_and_no_code_is_no_absence(embedded: Cube) -> None:
    table = spread(embedded)
    source = embedded.codes.sources["crs-purposes"]
    asked = Selection(source="crs-purposes", since=source.since, until=source.until, goal=("5",), method="muskoka")
    [exact] = embedded.totals(asked, ())["disbursed"].tolist()
    rows = {row[0]: row[1:] for row in table.rows}
    assert rows["5 Maternal health"][2] == exact
    assert rows["5 Maternal health"][3] == max(rows["5 Maternal health"][:3]) - min(rows["5 Maternal health"][:3])
    assert rows["1 Poverty and hunger"][2] == NO_CODE
    assert all(value is not None for row in table.rows for value in row[:-1])


def test_each_method_shares_out_the_same_whole(embedded: Cube) -> None:
    rows = spread(embedded).rows
    wholes = {sum(row[at] for row in rows if isinstance(row[at], Decimal)) for at in (1, 2, 3)}
    assert len(wholes) == 1


def test_a_source_that_is_not_held_is_said(small: Cube) -> None:
    with pytest.raises(Unanswerable, match="is not loaded here"):
        spread(small, "nothing")
    assert isinstance(told(small), str) or told(small)


def test_the_page_holds_all_of_it(embedded: Cube) -> None:
    drawn = json.dumps(flat(page(embedded.codes, embedded.edition, spread(embedded))), ensure_ascii=False)
    for words in (*(check.words for check in CHECKS), *delivery.FORMULAS.values(), *MEANINGS.values()):
        assert words in drawn
    for place in ("checks", "rules", "formulas", "mapping", "prices", "groups", "absences"):
        assert f'"{place}"' in drawn and f'"#{place}"' in drawn
