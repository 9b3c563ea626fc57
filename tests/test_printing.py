"""Amounts in cents whose parts sum to their total, and text that no spreadsheet runs."""

from __future__ import annotations

import csv
import io
import json
from decimal import ROUND_HALF_EVEN, Decimal

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from data_access.printing import CENT, as_csv, as_json, as_table, cents, exact_sum, in_cents

amounts = st.lists(st.none() | st.decimals(min_value=-(10**13), max_value=10**13, places=14), max_size=30)


@given(amounts)
def test_parts_in_cents_sum_to_the_total_in_cents(parts: list[Decimal | None]) -> None:
    total, shown = exact_sum(parts), in_cents(parts)
    printed = exact_sum(shown)
    assert printed == (None if total is None else total.quantize(CENT, ROUND_HALF_EVEN))


@given(amounts)
def test_no_part_moves_by_a_cent_or_more_and_absences_stay(parts: list[Decimal | None]) -> None:
    for exact, shown in zip(parts, in_cents(parts), strict=True):
        assert (exact is None) == (shown is None)
        if exact is not None and shown is not None:
            assert abs(exact - shown) < CENT
            assert shown == shown.quantize(CENT)


@given(st.lists(st.decimals(min_value=-(10**9), max_value=10**9, places=2), min_size=1))
def test_amounts_that_are_whole_cents_are_shown_as_they_are(parts: list[Decimal]) -> None:
    assert in_cents(parts) == parts


def test_the_cents_that_are_missing_go_to_those_who_lost_most() -> None:
    third = Decimal("0.33333333333333")
    assert in_cents([third, third, third]) == [Decimal("0.34"), Decimal("0.33"), Decimal("0.33")]
    assert in_cents([Decimal("1.001"), Decimal("1.009")]) == [Decimal("1.00"), Decimal("1.01")]
    assert in_cents([Decimal("-0.005"), Decimal("0.005")]) == [Decimal("0.00"), Decimal("0.00")]


FRAME = pd.DataFrame(
    {
        "donor": ["GBR", "=1+1", "@x", "a,b"],
        "year": [2010, 2011, 2012, 2013],
        "committed": [Decimal("1234.5"), Decimal("-2"), None, Decimal("1E+3")],
    }
).astype({"committed": object})


def test_csv_keeps_negative_amounts_as_numbers_and_disarms_formulas_in_text() -> None:
    rows = list(csv.reader(io.StringIO(as_csv(cents(FRAME, ["committed"])))))
    assert rows[0] == ["donor", "year", "committed"]
    assert [row[2] for row in rows[1:]] == ["1234.50", "-2.00", "", "1000.00"]
    assert [row[0] for row in rows[1:]] == ["GBR", "'=1+1", "'@x", "a,b"]


def test_json_gives_amounts_as_text_and_absences_as_null() -> None:
    found = json.loads(as_json(FRAME, {"edition": "e"}))
    assert found["edition"] == "e"
    assert found["rows"][0] == {"donor": "GBR", "year": 2010, "committed": "1234.5"}
    assert found["rows"][2]["committed"] is None and found["rows"][3]["committed"] == "1000"


def test_a_table_says_what_is_not_reported() -> None:
    lines = as_table(cents(FRAME, ["committed"]), ("Total", "", Decimal("2232.50"))).splitlines()
    assert lines[1].split() == ["GBR", "2010", "1,234.50"]
    assert lines[3].endswith("not reported")
    assert lines[-1].split() == ["Total", "2,232.50"]
