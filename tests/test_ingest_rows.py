"""Splitting money: parts that sum back, whatever the percentages."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.ingest.rows import CENT, dollars, split

WEIGHTS = st.lists(st.decimals(0, 100, places=2), min_size=1, max_size=12).filter(lambda found: sum(found) > 0)


@given(st.integers(-(10**15), 10**15), WEIGHTS)
def test_parts_sum_back_to_the_cent_and_none_is_a_cent_from_its_share(cents: int, weights: list[Decimal]) -> None:
    amount = cents * CENT
    parts = split(amount, weights)
    assert sum(parts) == amount
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - amount * weight / sum(weights)) < CENT
        assert part == 0 or weight > 0


@given(st.integers(0, 10**12), WEIGHTS)
def test_a_correction_is_split_as_the_payment_it_corrects(cents: int, weights: list[Decimal]) -> None:
    assert [-part for part in split(cents * CENT, weights)] == split(-cents * CENT, weights)


def test_left_over_cents_go_to_the_largest_remainders_earlier_first() -> None:
    assert split(Decimal("1.00"), [Decimal(1)] * 3) == [Decimal("0.34"), Decimal("0.33"), Decimal("0.33")]
    assert split(Decimal("0.10"), [Decimal(33), Decimal(33), Decimal(34)]) == [
        Decimal("0.03"),
        Decimal("0.03"),
        Decimal("0.04"),
    ]


@pytest.mark.parametrize(
    ("amount", "weights"),
    [("0.001", [1]), ("1", [0, 0]), ("1", [-1, 2])],
    ids=["part of a cent", "no weight", "negative"],
)
def test_what_cannot_be_split_is_refused(amount: str, weights: list[int]) -> None:
    with pytest.raises(ValueError, match="cannot be split"):
        split(Decimal(amount), [Decimal(weight) for weight in weights])


def test_dollars_are_rounded_to_the_cent_half_to_even() -> None:
    assert dollars(Decimal(100), Decimal("0.6647")) == Decimal("150.44")
    assert dollars(Decimal("0.125"), Decimal(1)) == Decimal("0.12")
