"""What is made when somebody first looks at it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from dashboard.later import Later
from dashboard.measured import Term, Terms, by_code, by_year

ONE = Term("amount", 2010, "FRA", Decimal(3), "USD", "crs")
OTHER = Term("denominator", 2010, "FRA", Decimal(300), "USD", "gni")


def test_it_is_made_once_and_is_what_it_would_have_been() -> None:
    made = list[int]()

    def make() -> Iterator[int]:
        made.append(1)
        yield from (3, 4, 5)

    later = Later(make)
    assert not made
    assert later == (3, 4, 5) and later == (3, 4, 5) and later != (3, 4) and later == Later(lambda: (3, 4, 5))
    assert (len(later), later[0], later[1:], list(later), 4 in later, bool(later)) == (
        3,
        3,
        (4, 5),
        [3, 4, 5],
        True,
        True,
    )
    assert made == [1] and {later: "found"}[Later(lambda: (3, 4, 5))] == "found" and repr(later) == "(3, 4, 5)"
    assert not Later(tuple)


def test_terms_are_summed_before_they_are_made() -> None:
    made = list[int]()

    def make() -> Iterator[Term]:
        made.append(1)
        yield ONE

    terms = Terms([ONE[:4]], make).beside((OTHER,))
    assert by_year(terms, "amount") == {2010: Decimal(3)} and len(terms) == 2
    assert by_code(terms, "denominator") == {"FRA": {2010: Decimal(300)}} and not made
    assert terms == (ONE, OTHER) and made == [1]
