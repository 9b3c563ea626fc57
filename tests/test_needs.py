"""Recipients by need against funding: the formula, its weights, and what is not known."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.needs import Needs, Placed, Weights, needs, ranked
from dashboard.questions import Unanswerable
from dashboard.selection import Selection

D = Decimal
AMOUNT = st.decimals(min_value=0, max_value=1000, places=2)
ROWS = st.lists(st.tuples(st.none() | AMOUNT, st.none() | AMOUNT), max_size=12).map(
    lambda pairs: [Placed(f"C{n:02}", value=value, per_head=money) for n, (value, money) in enumerate(pairs)]
)
WEIGHT = st.decimals(min_value=0, max_value=10, places=1)


@given(ROWS, st.sampled_from(["up", "down"]), WEIGHT, WEIGHT)
def test_who_is_worse_off_and_less_funded_never_stands_behind(rows, better, need, funding) -> None:
    if not need and not funding:
        need = D(1)
    found = ranked(rows, better, Weights(need, funding))
    placed = [row for row in found if row.place]
    assert [row.place for row in placed] == list(range(1, len(placed) + 1))
    for one in placed:
        assert 0 <= one.need <= 1 and 0 <= one.lack <= 1 and 0 <= one.score <= 1
        for other in placed:
            worse = one.value >= other.value if better == "down" else one.value <= other.value
            if worse and one.per_head <= other.per_head:
                assert one.score >= other.score


@given(ROWS)
def test_who_lacks_a_figure_is_not_ranked_and_stands_last(rows) -> None:
    found = ranked(rows, "down", Weights())
    lacking = [row for row in rows if row.value is None or row.per_head is None]
    assert list(found[len(found) - len(lacking) :]) == lacking
    assert all(row.place is None and row.score is None for row in lacking)


def test_weights_move_the_ranking() -> None:
    rows = [Placed("NEEDY", value=D(90), per_head=D(50)), Placed("POOR", value=D(10), per_head=D(1))]
    assert [row.code for row in ranked(rows, "down", Weights(D(3), D(1)))] == ["NEEDY", "POOR"]
    assert [row.code for row in ranked(rows, "down", Weights(D(1), D(3)))] == ["POOR", "NEEDY"]


@pytest.mark.parametrize("need, funding", [("0", "0"), ("-1", "1")])
def test_weights_that_mean_nothing_are_refused(need, funding) -> None:
    with pytest.raises(ValueError, match="Weights are zero or more"):
        Weights(D(need), D(funding))


@pytest.fixture(scope="module")
def real(embedded) -> Needs:
    return needs(embedded, Selection(goal=("5",), method="muskoka", series="births"))


def test_a_score_can_be_made_again_from_its_row(real) -> None:
    assert len([row for row in real.rows if row.place]) > 60
    for row in real.rows:
        if row.place:
            assert abs(row.score - (row.need + row.lack) / 2) < D("1e-18")
            assert abs(row.per_head * row.people - row.usd) < D("1e-6")


def test_money_is_a_year_and_of_the_years_of_its_source(real, embedded) -> None:
    assert (real.source, real.years) == ("crs-purposes", (2013, 2015))
    [kenya] = [row for row in real.rows if row.code == "KEN"]
    asked = Selection(source="crs-purposes", goal=("5",), method="muskoka", recipient=("KEN",), since=2013, until=2015)
    assert abs(kenya.usd * 3 - embedded.totals(asked, ())["disbursed"].item()) < D("1e-6")


def test_distance_to_the_target_is_told_where_the_goal_sets_one(embedded) -> None:
    found = needs(embedded, Selection(goal=("4",), method="muskoka"))
    [angola] = [row for row in found.rows if row.code == "AGO"]
    assert found.series.code == "under5"
    assert angola.distance == angola.value - angola.target > 0
    thirds = {row.target for row in found.rows if row.target is not None}
    assert D("61.1") in thirds and not [third for third in thirds if "9999999999" in str(third)]


def test_only_recipients_that_are_picked_are_ranked(embedded) -> None:
    found = needs(embedded, Selection(goal=("5",), method="muskoka", recipient=("KEN", "UGA")))
    assert {row.code for row in found.rows} == {"KEN", "UGA"}


def test_without_one_goal_there_is_nothing_to_rank(embedded) -> None:
    with pytest.raises(Unanswerable, match="one Goal at a time"):
        needs(embedded, Selection())
