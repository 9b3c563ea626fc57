"""Numbers and names in words."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.words import (
    counted,
    listed,
    number,
    ordinal,
    percent,
    rounded,
    scale_of,
    unit_of,
    usd,
    usd_exact,
    usd_whole,
    years,
)

NBSP, MINUS = "\u00a0", "\u2212"

AMOUNTS = [
    ("33700000000", f"$33.7{NBSP}bn", f"$33.7{NBSP}billion"),
    ("3370000000", f"$3.37{NBSP}bn", f"$3.37{NBSP}billion"),
    ("337000000000", f"$337{NBSP}bn", f"$337{NBSP}billion"),
    ("999600000", f"$1.00{NBSP}bn", f"$1.00{NBSP}billion"),
    ("999400000", f"$999{NBSP}m", f"$999{NBSP}million"),
    ("13477925500", f"$13.5{NBSP}bn", f"$13.5{NBSP}billion"),
    ("1234", f"$1.23{NBSP}k", f"$1.23{NBSP}thousand"),
    ("12", "$12.0", "$12.0"),
    ("0", "$0", "$0"),
    ("-45600000", f"{MINUS}$45.6{NBSP}m", f"{MINUS}$45.6{NBSP}million"),
    ("-999600000", f"{MINUS}$1.00{NBSP}bn", f"{MINUS}$1.00{NBSP}billion"),
]


@pytest.mark.parametrize(("value", "short", "long"), AMOUNTS)
def test_an_amount_has_three_digits_a_unit_and_a_true_minus(value: str, short: str, long: str) -> None:
    assert usd(Decimal(value)) == short
    assert usd(Decimal(value), sentence=True) == long


def test_amounts_of_one_chart_share_the_unit_of_the_largest() -> None:
    amounts = [Decimal("33700000000"), Decimal("450000000"), Decimal("-99000000000")]
    unit = unit_of(amounts)
    assert unit[0] == "bn"
    assert usd(amounts[1], unit=unit) == f"$0.45{NBSP}bn"


def test_the_unit_is_chosen_after_rounding() -> None:
    assert unit_of([Decimal("999600000")])[0] == "bn"
    assert unit_of([Decimal("999499999")])[0] == "m"
    assert unit_of([])[0] == ""


def test_an_exact_amount_shows_its_cents() -> None:
    assert usd_exact(Decimal("13477925500")) == "$13,477,925,500.00"
    assert usd_exact(Decimal("-0.5")) == f"{MINUS}$0.50"


SHARES = [
    ("0.49", "49%"),
    ("0.004", "0.4%"),
    ("0", "0%"),
    ("1.2", "120%"),
    ("-0.25", f"{MINUS}25%"),
    ("0.005", "0.5%"),
    ("-0.000124", f"{MINUS}0.01%"),
]


@pytest.mark.parametrize(("share", "text"), SHARES)
def test_a_share_is_whole_per_cent_and_a_small_one_has_a_decimal(share: str, text: str) -> None:
    assert percent(Decimal(share)) == text
    assert percent(Decimal(share), sentence=True) == text.removesuffix("%") + " per cent"


def test_years_are_a_range_with_a_dash_or_one_year() -> None:
    assert years(2002, 2015) == "2002–2015"
    assert years(2010, 2010) == "2010"


LISTS = [
    ([], ""),
    (["Kenya"], "Kenya"),
    (["Kenya", "Uganda"], "Kenya and Uganda"),
    (["Kenya", "Uganda", "Rwanda", "Haiti"], "Kenya, Uganda, Rwanda and Haiti"),
    (["Kenya", "Uganda", "Rwanda", "Haiti", "Nepal"], "Kenya, Uganda, Rwanda and 2 others"),
]


@pytest.mark.parametrize(("names", "text"), LISTS)
def test_names_are_listed_as_a_sentence_does(names: list[str], text: str) -> None:
    assert listed(names) == text


def test_a_number_rounded_to_nothing_has_no_minus() -> None:
    assert number(Decimal("-0.001"), 2) == "0.00"
    assert usd(Decimal("-0.001")) == usd_exact(Decimal("-0.001")) == "$0.00"
    assert number(Decimal("-1234.5"), 1) == f"{MINUS}1,234.5"


@given(st.decimals(min_value=-(10**15), max_value=10**15, places=2))
def test_rounding_keeps_three_digits_and_stays_near(value: Decimal) -> None:
    short = rounded(value)
    assert abs(short - value) <= abs(value) / 200
    assert rounded(short) == short


@given(st.decimals(min_value=-(10**14), max_value=10**14, places=2))
def test_every_amount_is_written_with_at_most_four_figures(value: Decimal) -> None:
    text = usd(value)
    assert sum(c.isdigit() for c in text) <= (3 if abs(value) >= 1 else 4) or rounded(abs(value)) >= 10**12
    assert text.startswith(("$", f"{MINUS}$"))


@pytest.mark.parametrize("whole", ["173900000000", "42800000", "999600000"])
@pytest.mark.parametrize("part", ["-400000000", "-41000000", "-390000", "-17", "5"])
def test_what_is_small_beside_the_rest_keeps_its_sign_and_is_never_said_to_be_under_a_limit(
    whole: str, part: str
) -> None:
    text = scale_of([Decimal(whole)]).text(Decimal(part))
    assert text.startswith(f"{MINUS}$" if part.startswith("-") else "$")
    assert any(digit in text for digit in "123456789")


@pytest.mark.parametrize(("place", "text"), [(1, "1st"), (2, "2nd"), (23, "23rd"), (27, "27th"), (112, "112th")])
def test_places_are_written_as_they_are_spoken(place: int, text: str) -> None:
    assert ordinal(place) == text


def test_small_numbers_are_words() -> None:
    assert [counted(count) for count in (0, 5, 10, 28)] == ["no", "five", "ten", "28"]


def test_a_cell_that_is_not_zero_never_reads_as_zero() -> None:
    scale = scale_of([Decimal("146000000")])
    assert [scale.plain(Decimal(v)) for v in ("470000", "10307", "0", "83400000")] == ["0.47", "0.010", "0", "83"]


@pytest.mark.parametrize(
    ("value", "shown"),
    [("11841277589.41730000", "$11,841,277,589.4173"), ("-5", "−$5.00"), ("0", "$0.00"), ("1E+3", "$1,000.00")],
)
def test_a_whole_amount_keeps_all_its_digits(value: str, shown: str) -> None:
    assert usd_whole(Decimal(value)) == shown


def test_half_of_the_last_digit_is_not_nothing() -> None:
    assert (percent(Decimal("0.005")), percent(Decimal("-0.005")), percent(Decimal("0.0051"))) == (
        "0.5%",
        "−0.5%",
        "1%",
    )
    assert scale_of([Decimal(1)]).plain(Decimal("0.005")) == "0.0050"
