"""From the money that two commitments both count to its rows: the list that the link leads to sums to the overlap."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from dash import Dash

from callbacks.book import Book, Opened
from dashboard.codes import Codes
from dashboard.counting import Rule
from dashboard.figures.listings import wanted
from dashboard.overlap import Overlap, scope
from dashboard.selection import read
from dashboard.shared_rows import rows
from data_access.cube import Cube
from tests.analyst import Analyst, is_shown_as
from tests.visits import Visitor

FIRST = Rule("flows", donors=("FRA", "JPN"), source="crs-purposes", since=2009, until=2012)
PAIR = Overlap("a", "b", Decimal(1), {2010: Decimal(1), 2011: Decimal(0)})


def test_the_rows_behind_every_overlap_sum_to_it(opened: Opened) -> None:
    found = [one for entry in opened.entries() if entry.outcome.measured for one in opened.told(entry.pledge.id).shared]
    linked = [one for one in found if one.rows is not None]
    assert len(linked) >= 20 and len(linked) > len(found) / 2
    for one in linked:
        assert one.rows is not None
        again, refused = read(one.rows.write(), opened.cube.codes)
        counts = opened.cube.counts(one.rows, wanted(one.rows))
        assert again == one.rows and not refused
        assert counts.sums[one.rows.stage] == one.overlap.usd, one.overlap


def both(codes: Codes, first: Rule, second: Rule) -> str | None:
    taken = [(scope(name, rule, codes, rule.source), rule) for name, rule in (("a", first), ("b", second))]
    found = rows(taken, PAIR)
    return None if found is None else found.write()


@pytest.mark.parametrize(
    ("change", "query"),
    [
        ({}, "donor=FRA,JPN"),
        ({"donors": ("JPN", "USA")}, "donor=JPN"),
        ({"donors": ("GBR",)}, None),
        ({"donors": ("G7",)}, "donor=FRA,JPN"),
        ({"donors": ()}, "donor=FRA,JPN"),
        ({"recipients": ("LDC",)}, "donor=FRA,JPN&recipient=LDC"),
        ({"recipients": ("LDC",), "membership": "today"}, "donor=FRA,JPN&recipient=BGD,ETH,HTI,NPL,TUV"),
        ({"goals": ("4",), "method": "shared"}, "goal=4&donor=FRA,JPN"),
    ],
)
def test_what_both_rules_take_is_told_in_their_own_words_or_in_codes(
    small: Cube, change: dict[str, object], query: str | None
) -> None:
    second = replace(FIRST, **change)
    found = both(small.codes, FIRST, second)
    if query is None:
        assert found is None
        return
    assert found is not None
    terms = found.split("&")
    assert [term for term in terms if term.partition("=")[0] in ("goal", "donor", "recipient")] == query.split("&")
    assert {"since=2010", "until=2011", "source=crs-purposes", "stage=disbursed"} <= set(terms)
    assert ("method=shared" in terms) is ("method" in change)


def test_groups_whose_members_change_between_the_years_have_no_one_list(small: Cube) -> None:
    one, other = replace(FIRST, recipients=("LDC",)), replace(FIRST, recipients=("MDV", "NPL"))
    assert both(small.codes, one, other) is None  # the Maldives left the group after 2010


def test_shares_under_two_methods_have_no_one_list(small: Cube) -> None:
    one, other = (replace(FIRST, goals=("4",), method=method) for method in ("shared", "muskoka"))
    assert both(small.codes, one, other) is None


def test_the_link_of_a_tie_leads_to_rows_that_make_its_figure(real: Dash, book: Book) -> None:
    visitor = Visitor(real.server.test_client())
    page, checked = visitor.page("/commitment/afsi-2009"), 0
    for line in page.every("li"):
        links = [a.props.get("href", "") for a in line.every("a")]
        for link in [one for one in links if one.startswith("/rows?")]:
            [shown] = [bold.text for bold in line.every("b")]
            found = Analyst(visitor.fetch).rows(link.partition("?")[2])
            assert found is not None and is_shown_as(found, shown)
            checked += 1
    assert checked >= 10
