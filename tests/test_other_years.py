"""An indicator of one country in all years of its series, and the warning where the year that counts stands apart."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from callbacks.book import Opened
from dashboard.amounts import Absence
from dashboard.measured import Year
from dashboard.other_years import apart, around

D = Decimal


def test_kenya_s_year_is_another_survey_and_all_years_are_drawn(opened: Opened) -> None:
    told = opened.told("fp2020-2012-kenya")
    assert [(one.year, one.delivered) for one in told.measured.years] == [(2014, D(58)), (2015, D("66.3"))]
    assert {2014: D(58), 2015: D("66.3"), 2016: D("61.6")}.items() <= told.series.items()
    drawn = around(told.measured, told.series)
    assert [one.year for one in drawn.years] == sorted(told.series) and drawn.due == told.measured.due
    assert {one.due for one in drawn.years if one.year > 2015} == {Absence.NOT_DUE}
    said = apart(told.measured, told.series)
    assert "of 2015, lies 8.30 percentage points from that of 2014" in said and "from that of 2016 (61.60%)" in said


def test_a_steady_line_is_not_warned_of_nor_what_is_no_share(opened: Opened) -> None:
    found = opened.told("fp2020-2012-kenya").measured
    steady = {2013: D("64.3"), 2015: D("66.3"), 2016: D("68.3")}
    assert apart(found, steady) == "" and apart(found, {2015: D("66.3"), 2019: D(90)}) == ""
    assert apart(replace(found, unit="countries"), {2014: D(1), 2015: D(9)}) == ""
    assert apart(replace(found, years=(Year(2015, found.due, D(66)),)), {}) == ""
