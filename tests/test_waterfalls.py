"""The waterfall of a promise by cause: its steps sum for any input, and what nothing explains is shown."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.ranges import EXACT, summed
from dashboard.vintages import Vintage, side_by_side
from dashboard.waterfalls import GIVEN, Share, adds_up, by_cause, waterfall

ANY = st.decimals(
    allow_nan=False, allow_infinity=False, min_value=Decimal("-1e18"), max_value=Decimal("1e18"), places=8
)
MAYBE = st.none() | ANY
MOVES = st.dictionaries(st.sampled_from(GIVEN), ANY)
SHARES = st.lists(st.builds(Share, st.just("donor:X"), st.just("X"), MAYBE, MAYBE), max_size=6)
FALLS = st.builds(waterfall, MAYBE, ANY, ANY, MOVES, MAYBE, SHARES)


@given(FALLS)
def test_steps_sum_for_any_input(rows) -> None:
    assert adds_up(rows)


@given(MAYBE, ANY, ANY, MOVES, MAYBE, SHARES)
def test_baseline_and_causes_make_what_was_delivered(baseline, pledged, delivered, moves, stated, shares) -> None:
    causes = by_cause(waterfall(baseline, pledged, delivered, moves, stated, shares))
    assert EXACT.add(baseline or Decimal(0), summed(causes.values()) or Decimal(0)) == delivered


@given(ANY, ANY, st.lists(st.tuples(ANY, ANY), min_size=1, max_size=6))
def test_children_add_up_to_the_parent(baseline, pledged, children) -> None:
    """Members whose promises make the whole promise, and deliveries the whole delivery, leave nothing unexplained."""
    shares = [Share(f"donor:{n}", str(n), promised, delivered) for n, (promised, delivered) in enumerate(children)]
    pledged = summed(share.promised for share in shares)
    delivered = EXACT.add(baseline, summed(share.delivered for share in shares))
    rows = waterfall(baseline, pledged, delivered, shares=shares)
    assert "unexplained" not in by_cause(rows)
    assert adds_up(rows)


@given(ANY, ANY, SHARES)
def test_a_member_that_reports_nothing_is_never_a_step(pledged, delivered, shares) -> None:
    shares = [replace(share, code=f"donor:{place}") for place, share in enumerate(shares)]
    rows = waterfall(None, pledged, delivered, shares=shares)
    silent = {share.code for share in shares if share.promised is None or share.delivered is None}
    assert not silent & {row.code for row in rows if row.code}
    assert adds_up(rows)


def test_gleneagles_as_seen_in_2005_promises_130() -> None:
    rows = waterfall(Decimal(80), Decimal(50), Decimal(130))
    assert [(row.cause, row.end) for row in rows if row.level] == [
        ("baseline", 80), ("promised", 130), ("delivered", 130),
    ]  # fmt: skip
    assert by_cause(rows) == {"pledged": 50}


def test_gleneagles_as_seen_in_january_2010_lacks_6_for_income_and_17() -> None:
    rows = waterfall(Decimal(80), Decimal(50), Decimal(107), {"denominator": Decimal(-6)})
    assert by_cause(rows) == {"pledged": 50, "denominator": -6, "shortfall": -17}


def test_gleneagles_later_is_19_short_1_for_income_and_18_not_kept() -> None:
    rows = waterfall(Decimal(80), Decimal(50), Decimal(111), {"denominator": Decimal(-1)})
    assert by_cause(rows)["shortfall"] == -18
    assert rows[-1].end - (80 + 50) == -19


def test_two_vintages_of_gleneagles_stand_side_by_side_and_their_moves_sum() -> None:
    early = Vintage("2010-01", "OECD", waterfall(Decimal(80), Decimal(50), Decimal(107), {"denominator": Decimal(-6)}))
    late = Vintage("2011-04", "OECD", waterfall(Decimal(80), Decimal(50), Decimal(111), {"denominator": Decimal(-1)}))
    rows = {row.cause: row for row in side_by_side(early, late)}
    assert (rows["denominator"].earlier, rows["denominator"].later) == (-6, -1)
    assert rows["shortfall"].moved == -1
    assert rows["delivered"].moved == 4 == sum(row.moved for cause, row in rows.items() if cause != "delivered")


@given(FALLS, FALLS)
def test_the_moves_between_any_two_accounts_sum(before, after) -> None:
    rows = side_by_side(Vintage("2010", "A", before), Vintage("2011", "B", after))
    causes = summed(row.moved for row in rows if row.cause != "delivered") or Decimal(0)
    assert causes == rows[-1].moved


def test_a_stated_shortfall_that_misses_leaves_something_unexplained() -> None:
    rows = waterfall(Decimal(80), Decimal(50), Decimal(107), {"denominator": Decimal(-6)}, stated=Decimal(-15))
    assert by_cause(rows)["unexplained"] == -2


def test_more_than_was_promised_is_a_step_upwards() -> None:
    assert by_cause(waterfall(None, Decimal(10), Decimal(12))) == {"pledged": 10, "above": 2}
    opened = waterfall(None, Decimal(10), Decimal(12), shares=[Share("donor:A", "A", Decimal(10), Decimal(12))])
    assert by_cause(opened) == {"pledged": 10, "above": 2}


def test_a_cause_that_follows_from_the_others_cannot_be_given() -> None:
    with pytest.raises(ValueError, match="shortfall cannot be given"):
        waterfall(None, Decimal(1), Decimal(1), {"shortfall": Decimal(1)})
