"""The page of needs: the ranking with its formula and weights in the address; who cannot be ranked, and why."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from callbacks.book import Book
from callbacks.reckoned import filled
from callbacks.reckoned_needs import is_weight
from dashboard.needs import Placed, Weights, needs
from dashboard.selection import Selection
from data_access.cube import Cube
from data_access.library import Library
from data_access.registry.opening import open_registry
from layouts.needs import table, why
from tests.test_layouts import flat


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory, home: Path) -> Iterator[Book]:
    library = Library(home)
    registry = open_registry(tmp_path_factory.mktemp("registry"))
    yield Book(library, registry)
    registry.close()
    library.close()


def text(book: Book, search: str = "") -> str:
    return json.dumps(flat(filled(book, book.library.cube(), "/needs", search)), ensure_ascii=False)


@pytest.mark.parametrize(
    ("value", "fine"),
    [("0", True), ("2.5", True), ("-1", False), ("1e3", False), ("", False), ("1000", False), ("٣", False)],
)
def test_a_weight_is_a_plain_number(value: str, fine: bool) -> None:
    assert is_weight(value) == fine


def test_the_formula_on_the_page_holds_the_weights_of_the_address(book: Book) -> None:
    assert "(1 × need + 1 × lack of funding) ÷ (1 + 1)" in text(book)
    assert "(2 × need + 0.5 × lack of funding) ÷ (2 + 0.5)" in text(book, "goal=5&need=2&funding=0.5")


def test_other_weights_make_another_order(book: Book) -> None:
    cube = book.library.cube()
    asked = Selection(goal=("5",))
    alone = needs(cube, asked, Weights(Decimal(1), Decimal(0))).rows
    worst = max((row for row in alone if row.place), key=lambda row: row.value or Decimal(0))
    assert alone[0].code == worst.code
    assert cube.codes.name("recipient", worst.code) + " comes first" in text(book, "goal=5&need=1&funding=0")


def test_what_is_paid_a_head_is_never_shown_as_nothing(book: Book) -> None:
    least = min(
        row.per_head for row in needs(book.library.cube(), Selection(goal=("5",)), Weights()).rows if row.per_head
    )
    assert 0 < least < Decimal("0.005")
    assert "$0.00" not in text(book, "goal=5") and "under $0.01" in text(book, "goal=5")


def test_weights_that_are_both_zero_are_refused_in_a_sentence(book: Book) -> None:
    assert "one of the two is more than zero" in text(book, "need=0&funding=0")


def test_a_goal_that_no_whole_code_serves_is_shown_under_a_method_that_has_one(book: Book) -> None:
    drawn = text(book, "goal=4")
    assert "comes first" in drawn and "Under-five" in drawn
    assert "method=strict is not known to this page" in text(book, "goal=4&method=strict")


def test_goal_eight_and_what_is_not_known_are_refused_by_name(book: Book) -> None:
    drawn = text(book, "goal=8&recipient=NOBODY&need=x&series=nothing")
    for said in (
        "goal=8 is not known",
        "recipient=NOBODY is not known",
        "need=x cannot be read",
        "series=nothing is not",
    ):
        assert said in drawn
    assert "recipients by need against funding" in drawn


def test_who_cannot_be_ranked_is_listed_with_the_reason_and_never_as_zero(embedded: Cube) -> None:
    held = needs(embedded, Selection(goal=("2",)))
    without = [row for row in held.rows if row.place is None]
    assert without and all(why(row).startswith("not reported: ") and len(why(row)) > 14 for row in without)
    rows = {row[1]: row for row in table(held, embedded.codes).rows}
    assert all(rows[row.code][0] is None and rows[row.code][-1] is None for row in without)
    assert why(Placed("X", value=Decimal(1), people=Decimal(1))) == "not reported: funding"


def test_every_recipient_is_in_the_exact_table_once(embedded: Cube) -> None:
    held = needs(embedded, Selection(goal=("5",)))
    codes = [row[1] for row in table(held, embedded.codes).rows]
    assert len(codes) == len(set(codes)) == len(held.rows)


def test_a_recipient_picked_is_lifted_with_its_place_among_all(book: Book) -> None:
    said, whole = text(book, "goal=4&recipient=KEN"), text(book, "goal=4")
    count = re.search(r"(\d+) recipients by need against funding", whole)
    assert count and f"{count[1]} recipients by need against funding" in said
    place = re.search(rf"Kenya is (\d+)(?:st|nd|rd|th) of {count[1]}", said)
    held = needs(book.library.cube(), Selection(goal=("4",), method="shared"))
    assert place and {row.place for row in held.rows if row.code == "KEN"} == {int(place[1])}
    assert "Recipients picked, with their place among all" in said and "was ignored" not in said
    assert "Kenya is" not in whole and "was ignored" in text(book, "goal=4&recipient=NOBODY")
