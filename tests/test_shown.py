"""Tables as pages show them, dates in words, and figures as releases of their time had them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.amount_words import amount, period, single
from dashboard.amounts import Amount
from dashboard.counting import Rule
from dashboard.measured import Measured, Year
from dashboard.panels import Column, Table
from dashboard.ranges import point
from dashboard.releases import Again, Release, again, of_rule
from dashboard.shown import rounded
from dashboard.waterfalls import adds_up
from dashboard.words import dated
from data_access.measuring.said import releases, vintages

D = Decimal
MONEY = Table(
    "A table",
    (Column("who", "Who"), Column("have", "Value", "number", "US dollars of 2004"), Column("gap", "Gap", "usd")),
    (("A", D("26164060112.98369283"), D("-19.5")), ("B", None, D("1500000000"))),
)


def test_amounts_stand_on_one_scale_with_their_unit_and_absences_stay() -> None:
    shown = rounded(MONEY)
    assert [column.unit for column in shown.columns] == ["", "billions of US dollars of 2004", "billions of US dollars"]
    assert shown.rows == (("A", "26.2", "−0.000000020"), ("B", None, "1.5"))


def test_shares_of_income_have_two_decimals_and_long_quotients_four_digits() -> None:
    income = Column("value", "Value", "number", "per cent of gross national income")
    other = Column("value", "Value", "number", "per cent of population")
    assert rounded(Table("", (income,), ((D("0.7"),), (D("0.0023"),)))).rows == (("0.70",), ("0.0023",))
    assert rounded(Table("", (other,), ((D("95.1514"),), (D("61.5"),)))).rows == (("95.15",), (D("61.5"),))


@given(st.lists(st.decimals(-(10**13), 10**13, places=8), min_size=1, max_size=8))
def test_what_is_not_zero_never_reads_as_zero(values: list[Decimal]) -> None:
    rows = rounded(Table("", (Column("usd", "Amount", "usd"),), tuple((value,) for value in values))).rows
    for value, (shown,) in zip(values, rows, strict=True):
        assert (shown.strip("−0.,") == "") == (not value)


@pytest.mark.parametrize(
    ("written", "said"),
    [("2010", "2010"), ("2005-07", "July 2005"), ("2010-06-26", "26 June 2010"), ("mid-2010", "mid-2010"), ("", "")],
)
def test_dates_are_told_in_words_as_far_as_they_are_known(written: str, said: str) -> None:
    assert dated(written) == said


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [("1", "countries", "1 country"), ("2", "countries", "2 countries"), ("1", "targets", "1 target"),
     ("1", "percent of countries", "1% of countries"), ("1", "midwives trained", "1 midwives trained")],
)  # fmt: skip
def test_one_is_told_in_the_singular(value: str, unit: str, said: str) -> None:
    assert amount(Amount(D(value), D(value), unit)) == said
    if " " not in unit:
        assert single(D(value), unit) == said


def summed_over(reported: list[int | None]) -> Measured:
    years = tuple(Year(2010 + at, point(D(1)), None if one is None else D(one)) for at, one in enumerate(reported))
    return Measured(Rule("flows", since=2010, until=2009 + len(reported)), 2015, "USD", years=years)


@pytest.mark.parametrize(
    ("reported", "said"),
    [([1, 2, 3], "2010–2012"), ([1, 2, None], "2010–2011"), ([None, 2, 0], "2011–2012"), ([None, 2, None], "2011"),
     ([1, None, 3], "2 of the years 2010–2012")],
)  # fmt: skip
def test_a_sum_is_told_of_the_years_that_have_figures(reported: list[int | None], said: str) -> None:
    assert period(summed_over(reported)) == said


def release(value: str, last: str) -> Release:
    return Release("oda", "DAC", 2010, D(value), D(last), "2011-04", "A release")


@pytest.mark.parametrize(
    ("value", "last", "now", "differs"),
    [
        ("129e9", "1e9", "128520430000", False),
        ("129e9", "1e9", "128490000000", True),
        ("134.8e9", "1e8", "134.9e9", True),
    ],
)
def test_a_figure_moved_where_it_is_another_one_to_the_digits_of_its_release(
    value: str, last: str, now: str, differs: bool
) -> None:
    assert Again(release(value, last), D(now)).differs == differs
    assert not Again(release(value, last), None).differs


def test_releases_are_told_of_what_a_rule_counts_alone() -> None:
    share = Rule("share", donors=("GBR",), series="oda_gni", since=2010, until=2013)
    every = releases()
    found = again(share, every, {"oda_gni": {"GBR": {2013: D("0.7")}}})
    assert {(one.release.code, one.release.series) for one in found} == {("GBR", "oda_gni")}
    assert [one.release.year for one in found] == [2010, 2011, 2012, 2013]
    assert of_rule(Rule("flows", series="oda_constant", recipients=("LDC",))) == ()
    assert of_rule(Rule("indicator", series="births")) == ()


def test_every_release_and_account_has_its_source_and_adds_up() -> None:
    for one in releases():
        assert one.title and one.address.startswith("http") and one.published[:4].isdigit()
        assert one.last <= abs(one.value) and one.year <= int(one.published[:4])
    for accounts in vintages().values():
        assert [one.as_of for one in accounts] == sorted(one.as_of for one in accounts)
        assert all(adds_up(one.rows) and all(title and address for title, address in one.sources) for one in accounts)
