"""Breaks are round, near equal counts, and stay where they are; legends say what a class holds."""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.figures import classes

AMOUNTS = st.lists(st.decimals("0.001", "1e10", allow_nan=False, places=3), min_size=1, max_size=40)


def _decimals(*texts: str) -> tuple[Decimal, ...]:
    return tuple(Decimal(text) for text in texts)


@given(AMOUNTS)
def test_four_rising_breaks_are_each_one_two_or_five_times_a_power_of_ten(amounts: list[Decimal]) -> None:
    limits = classes.breaks(tuple(amounts))
    assert len(limits) == 4
    assert all(low < high for low, high in pairwise(limits))
    assert {limit.normalize().as_tuple().digits for limit in limits} <= {(1,), (2,), (5,)}


@settings(max_examples=60, deadline=None)
@given(AMOUNTS)
def test_no_other_round_breaks_come_nearer_to_equal_counts(amounts: list[Decimal]) -> None:
    found = classes.breaks(tuple(amounts))
    low, high = min(amounts), max(amounts)
    every = [step.scaleb(power) for power in range(-5, 12) for step in classes.STEPS]
    inside = [step for step in every if low < step <= high]
    if len(inside) >= 4:
        assert _miss(found, amounts) <= min(_miss(chosen, amounts) for chosen in combinations(inside, 4)) + 1e-9


def _miss(limits: tuple[Decimal, ...], amounts: list[Decimal]) -> float:
    below = [sum(1 for amount in amounts if amount < limit) for limit in limits]
    return float(sum((at - len(amounts) * n / 5) ** 2 for n, at in enumerate(below, 1)))


def test_zeros_and_repayments_do_not_move_the_breaks() -> None:
    amounts = _decimals("3", "40", "700", "7000", "90000", "100")
    assert classes.breaks((*amounts, Decimal(0), Decimal(-5))) == classes.breaks(amounts)


def test_the_order_of_the_values_does_not_matter() -> None:
    amounts = _decimals("3", "40", "700", "7000", "90000", "100")
    assert classes.breaks(amounts[::-1]) == classes.breaks(amounts)


def test_without_a_value_above_zero_there_are_no_classes() -> None:
    assert classes.breaks(()) == classes.breaks(_decimals("0", "-3")) == ()


def test_a_single_value_still_gets_four_breaks() -> None:
    assert classes.breaks(_decimals("7")) == _decimals("0.5", "1", "2", "5")


def test_percentages_that_crowd_below_a_hundred_are_split_by_tens() -> None:
    rates = tuple(Decimal(rate) for rate in range(40, 101))
    assert classes.breaks(rates, finer=True) == _decimals("50", "60", "80", "90")


@pytest.mark.parametrize(
    ("value", "expected"), [("-9", 0), ("24.99", 0), ("25", 1), ("99.999", 3), ("100", 4), ("170", 4)]
)
def test_a_value_on_a_break_belongs_to_the_class_above(value: str, expected: int) -> None:
    assert classes.class_of(Decimal(value), classes.SHARES) == expected


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        (("1E+8", "5E+8", "1E+9", "2E+9"), "under $100 m|100–500 m|500 m–1 bn|1–2 bn|$2 bn or more"),
        (("0.5", "1", "2", "5"), "under $0.50|$0.50–1|$1–2|$2–5|$5 or more"),
        (("0.002", "0.005", "0.01", "0.02"), "under $0.002|$0.002–0.005|$0.005–0.01|$0.01–0.02|$0.02 or more"),
        (("500", "1E+3", "2E+3", "5E+6"), "under $500|500–1 k|1–2 k|2 k–5 m|$5 m or more"),
    ],
)
def test_a_legend_of_money_names_the_unit_first_and_last(limits: tuple[str, ...], expected: str) -> None:
    assert "|".join(classes.dollars(_decimals(*limits))).replace("\N{NO-BREAK SPACE}", " ") == expected


def test_a_legend_of_shares_names_its_unit_first_and_last() -> None:
    assert classes.plain(classes.SHARES, "%") == ["under 25%", "25–50", "50–75", "75–100", "100% or more"]
