"""The waterfall's steps: they sum exactly, and what no step explains is shown."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.gaps import Part, Step, largest, steps, sums, total

AMOUNT = st.decimals(min_value=-(10**12), max_value=10**12, places=14)
MAYBE = st.none() | AMOUNT
PARTS = st.lists(st.tuples(MAYBE, MAYBE), max_size=12)


def made(pairs: list[tuple[Decimal | None, Decimal | None]]) -> list[Part]:
    return [Part(f"goal:{at}", f"Part {at}", *pair) for at, pair in enumerate(pairs)]


@given(MAYBE, MAYBE, MAYBE, PARTS)
def test_every_rung_is_the_rung_before_plus_the_steps_between(pledged, committed, disbursed, pairs) -> None:
    assert sums(steps(pledged, committed, disbursed, made(pairs)))


@given(PARTS.filter(bool))
def test_parts_of_all_members_and_what_is_unexplained_make_the_whole_gap(pairs) -> None:
    parts = made(pairs)
    committed, disbursed = total(p.committed for p in parts), total(p.disbursed for p in parts)
    if committed is None or disbursed is None:
        return
    rows = steps(None, committed, disbursed, largest(parts, 3, "{n} others"))
    moves = [row.usd for row in rows if row.kind not in ("rung", "absent")]
    assert sum(moves, Decimal(0)) == disbursed - committed


@given(PARTS)
def test_the_few_and_the_rest_hold_what_all_held(pairs) -> None:
    known = [p for p in made(pairs) if p.gap is not None]
    kept = largest(made(pairs), 3, "{n} others")
    assert sum((p.gap for p in kept), Decimal(0)) == sum((p.gap for p in known), Decimal(0))
    assert len(kept) <= 4


@given(PARTS)
def test_nothing_is_unexplained_where_every_part_has_both_rungs(pairs) -> None:
    parts = [p for p in made(pairs) if p.gap is not None]
    committed, disbursed = total(p.committed for p in parts), total(p.disbursed for p in parts)
    rows = steps(None, committed, disbursed, largest(parts, 5, "{n} others"))
    assert not [row for row in rows if row.kind == "unexplained"]


def test_a_rung_nobody_records_is_a_row_without_an_amount() -> None:
    rows = steps(None, Decimal(10), Decimal(4))
    assert [(row.name, row.kind, row.usd) for row in rows] == [
        ("pledged", "absent", None),
        ("committed", "rung", Decimal(10)),
        ("not disbursed", "gap", Decimal(-6)),
        ("disbursed", "rung", Decimal(4)),
    ]


def test_a_missing_rung_between_makes_the_gap_span_both() -> None:
    rows = steps(Decimal(10), None, Decimal(4))
    assert [row.kind for row in rows] == ["rung", "absent", "gap", "rung"]
    assert rows[2].usd == Decimal(-6)


def test_more_disbursed_than_committed_is_a_step_above() -> None:
    rows = steps(None, Decimal(4), Decimal(10))
    assert (rows[2].name, rows[2].kind, rows[2].usd) == ("more than committed", "above", Decimal(6))


def test_equal_rungs_have_no_step_between() -> None:
    assert [row.kind for row in steps(None, Decimal(4), Decimal(4))] == ["absent", "rung", "rung"]


def test_a_part_with_one_rung_stays_unexplained() -> None:
    parts = [Part("goal:1", "One", Decimal(6), Decimal(2)), Part("goal:2", "Two", Decimal(3), None)]
    rows = steps(None, Decimal(9), Decimal(2), largest(parts, 5, "{n} others"))
    assert [(row.kind, row.usd) for row in rows[2:4]] == [("gap", Decimal(-4)), ("unexplained", Decimal(-3))]


def test_a_cent_is_not_lost_in_a_trillion() -> None:
    rows = steps(None, Decimal("1000000000000.01"), Decimal("1000000000000.00"))
    assert rows[2].usd == Decimal("-0.01")


@pytest.mark.parametrize(
    "rows",
    [
        (Step("committed", "rung", Decimal(0), Decimal(9)), Step("disbursed", "rung", Decimal(0), Decimal(2))),
        (Step("not disbursed", "gap", Decimal(9), Decimal(2)), Step("disbursed", "rung", Decimal(0), Decimal(2))),
    ],
)
def test_steps_that_do_not_sum_are_found(rows) -> None:
    assert not sums(rows)


def test_a_total_of_nothing_reported_is_not_zero() -> None:
    assert total([None, None]) is None
    assert total([None, Decimal(0)]) == Decimal(0)


def test_a_pledge_stands_above_what_was_committed_and_the_steps_still_sum() -> None:
    rungs = steps(Decimal(10), Decimal(7), Decimal(9))
    assert [(row.name, row.usd) for row in rungs] == [
        ("pledged", Decimal(10)), ("not committed", Decimal(-3)), ("committed", Decimal(7)),
        ("more than committed", Decimal(2)), ("disbursed", Decimal(9)),
    ]  # fmt: skip
    assert sums(rungs)
