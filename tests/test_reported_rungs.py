"""A figure that others reported stands on the rung it names, beside what is measured and never mixed with it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from callbacks.book import Opened
from dashboard.amounts import Absence, Amount
from dashboard.pledges import Delivery
from dashboard.reported_rungs import by_rung
from dashboard.sheets import facts
from layouts.ladder import ladder

HELD = Amount(Decimal(1100), Decimal(1100), "USD million")


def said(counts: str) -> dict[str, str]:
    return dict(by_rung(Delivery(HELD, "2012-12", "ONE Campaign", counts)))


@pytest.mark.parametrize(
    ("counts", "stages"),
    [
        ("disbursed (3.7 billion obligated)", ["disbursed", "committed"]),
        ("signed", ["committed"]),
        ("committed, 2011 to 2013", ["committed"]),
        ("paid 2013+2014 (133.6+156)", ["disbursed"]),
        ("", ["disbursed"]),
        ("above baseline in 2010 (744 total)", ["disbursed"]),
    ],
)
def test_a_figure_stands_on_the_rung_that_it_names(counts: str, stages: list[str]) -> None:
    assert list(said(counts)) == stages


def test_what_names_no_rung_says_so_and_both_of_two_are_told() -> None:
    assert "delivered (rung not said), as of December 2012; by ONE Campaign" in said("")["disbursed"]
    both = said("disbursed (3.7 billion obligated)")
    assert "3.7" not in both["disbursed"] and both["committed"].startswith("USD 3.7 billion obligated, as of")
    assert by_rung(Delivery(Amount(Decimal(5), Decimal(5), "countries"), counts="met")) == {}
    assert by_rung(Delivery(Absence.NOT_REPORTED)) == {}


@pytest.mark.parametrize("id_", ["afsi-2009-united-states", "muskoka-2010-united-kingdom", "ewec-2010"])
def test_the_ladder_of_a_commitment_tells_it_with_its_mark(opened: Opened, id_: str) -> None:
    told = opened.told(id_)
    rung = next(one for one in told.rungs if one.stage == "disbursed")
    assert rung.absence is Absence.NOT_MEASURABLE and not rung.figure and rung.part is None and rung.reported
    page = str(ladder(told.rungs, "file", True, told.contributed)).replace("\\xa0", "\N{NO-BREAK SPACE}")
    assert f"As reported: {rung.reported}" in page and "as reported:" in page
    assert any(rung.reported in basis for *_, basis in facts(told).rows)
