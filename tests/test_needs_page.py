"""The page of needs: the ranking with its formula and weights in the address; who cannot be ranked, and why."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from dash import Dash

from callbacks import commitments
from callbacks.book import Book
from callbacks.reckoned import filled
from dashboard.need_list import is_weight, table
from dashboard.needs import Placed, Weights, needs
from dashboard.selection import Selection
from data_access.cube import Cube
from data_access.library import Library
from data_access.registry.opening import open_registry
from layouts.needs import why
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


def test_the_file_holds_the_ranking_of_the_page_and_says_where_it_is_from(real: Dash, book: Book) -> None:
    client, asked = real.server.test_client(), "goal=4&recipient=SSA&need=2"
    answer = client.get(f"/export/needs.csv?{asked}")
    rows = list(csv.DictReader(io.StringIO(answer.get_data(as_text=True))))
    held = needs(book.library.cube(), Selection(goal=("4",), method="shared", recipient=("SSA",)), Weights(Decimal(2)))
    assert [row["Code"] for row in rows] == [row.code for row in held.rows]
    assert [Decimal(row["Score"] or -1) for row in rows] == [
        -1 if row.score is None else row.score for row in held.rows
    ]
    told = client.get(f"/export/needs.json?{asked}").get_json()["about"]
    assert all(word in str(told) for word in (held.series.source, "Weight of need: 2", "Sub-Saharan Africa", "Score ="))
    for form in ("xlsx", "parquet"):
        assert client.get(f"/export/needs.{form}?{asked}").headers["X-Rows"] == str(len(rows))


@pytest.mark.parametrize(
    ("asked", "status"),
    [("goal=8", 400), ("recipient=NOBODY", 400), ("edition=2001-01-01", 400), ("need=0&funding=0", 404)],
)
def test_no_file_is_made_of_half_a_link(real: Dash, asked: str, status: int) -> None:
    assert real.server.test_client().get(f"/export/needs.csv?{asked}").status_code == status


def test_programs_get_the_same_ranking_page_by_page(real: Dash) -> None:
    client = real.server.test_client()
    every = client.get("/export/needs.csv?goal=5").get_data(as_text=True).splitlines()[1:]
    found, following = list[str](), "/api/v1/needs?goal=5&limit=90"
    while following:
        answer = client.get(following).get_json()
        found, following = [*found, *(row["code"] for row in answer["rows"])], answer["next"]
    assert found == [line.split(",")[1] for line in every]
    refused = client.get("/api/v1/needs?goal=5&series=gni")
    assert refused.status_code == 400 and refused.get_json()["errors"][0]["key"] == "series"
    assert client.get("/api/v1/needs?need=0&funding=0").status_code == 400
    none = client.get("/api/v1/needs?goal=4")
    assert none.status_code == 404 and "ask with method=shared" in none.get_json()["detail"]


@pytest.mark.parametrize("page", ["/needs", "/gaps", "/findings", "/commitments"])
def test_every_list_offers_each_format_of_what_it_shows_pinned(real: Dash, book: Book, page: str) -> None:
    cube = book.library.cube()
    book.warm()
    book.findings(cube, book.registry.held(), 60)
    show = commitments.filled if page == "/commitments" else filled
    drawn = json.dumps(flat(show(book, cube, page, "goal=4&page=2" if page == "/commitments" else "goal=4")))
    for form in ("csv", "xlsx", "parquet", "json"):
        link = re.search(rf'(/export/{page[1:]}\.{form}\?[^"\\]*)\\*"', drawn)
        assert link and all(word in link[1] for word in ("edition=", "registry=", "goal=4")) and "page=" not in link[1]
        answer = real.server.test_client().get(re.sub(r"&?registry=\w+", "", link[1]))
        assert answer.status_code in (200, 503)  # 503: the checks are being run
