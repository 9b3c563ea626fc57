"""Goal mapping: shares of a purpose under each method."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dashboard.codes import GOALS
from dashboard.methods import METHODS, REST, serves, shares

EVERY = [f"{code:05d}" for code in range(10000, 100000)]


def mapped(method: str, purpose: str) -> dict[str, Decimal]:
    return {share.goal: share.share for share in shares([purpose]) if share.method == method}


@pytest.mark.parametrize(
    ("method", "purpose", "expected"),
    [
        ("strict", "11220", {"2": "1"}), ("strict", "12240", {"1": "1"}), ("strict", "13040", {"6": "1"}),
        ("strict", "12250", {"unallocated": "1"}), ("strict", "15170", {"3": "1"}),
        ("strict", "60020", {"unallocated": "1"}),
        ("shared", "12240", {"1": "0.5", "4": "0.5"}), ("shared", "12250", {"4": "0.4", "6": "0.6"}),
        ("shared", "11110", {"2": "0.5", "unallocated": "0.5"}),
        ("shared", "12220", {"4": "0.2", "5": "0.2", "unallocated": "0.6"}),
        ("muskoka", "12262", {"4": "0.885", "unallocated": "0.115"}), ("muskoka", "13020", {"5": "1"}),
        ("muskoka", "13040", {"4": "0.2305", "5": "0.2305", "unallocated": "0.539"}),
        ("muskoka", "11220", {"unallocated": "1"}), ("muskoka", "unstated", {"unallocated": "1"}),
    ],
)  # fmt: skip
def test_a_purpose_serves_goals_in_stated_shares(method: str, purpose: str, expected: dict[str, str]) -> None:
    assert mapped(method, purpose) == {goal: Decimal(share) for goal, share in expected.items()}


@pytest.mark.parametrize("method", METHODS)
def test_a_code_that_was_split_is_mapped_as_its_parts_are(method: str) -> None:
    assert mapped(method, "14030") == mapped(method, "14031") == mapped(method, "14032")
    assert mapped(method, "14020") == mapped(method, "14021") == mapped(method, "14022")


def test_shares_of_any_purpose_sum_to_one_with_six_decimals_at_most() -> None:
    sums: dict[tuple[str, str], Decimal] = {}
    for share in shares(EVERY):
        key = share.method, share.purpose
        sums[key] = sums.get(key, Decimal(0)) + share.share
        assert 0 < share.share <= 1
        assert share.share == share.share.quantize(Decimal("0.000001"))
        assert share.goal in GOALS
    assert len(sums) == len(METHODS) * len(EVERY)
    assert set(sums.values()) == {Decimal(1)}


def test_strict_uses_whole_codes_only() -> None:
    assert {share.share for share in shares(EVERY) if share.method == "strict"} == {Decimal(1)}


def test_muskoka_maps_to_children_and_mothers_only() -> None:
    assert {share.goal for share in shares(EVERY) if share.method == "muskoka"} == {"4", "5", "unallocated"}


def test_every_share_says_its_basis_and_every_claim_its_citation() -> None:
    assert all(share.basis and (share.citation or share.basis == REST) for share in shares(EVERY))


def test_muskoka_shares_are_those_of_the_methodology() -> None:
    """Children and mothers together: the published percentage."""
    published = {
        "12240": "1",
        "13020": "1",
        "12110": "0.4",
        "12220": "0.4",
        "12250": "0.4",
        "13010": "0.4",
        "12262": "0.885",
    }
    published |= {"12263": "0.185", "13040": "0.461", "14030": "0.15", "14032": "0.15", "51010": "0.04", "13081": "1"}
    for purpose, share in published.items():
        assert 1 - mapped("muskoka", purpose).get("unallocated", Decimal(0)) == Decimal(share), purpose


SERVED = [("strict", "4", False), ("strict", "5", True), ("muskoka", "4", True), ("muskoka", "7", False)]


@pytest.mark.parametrize(("method", "goal", "served"), SERVED)
def test_a_method_says_which_goals_it_serves(method: str, goal: str, served: bool) -> None:
    assert serves(method, goal) is served
