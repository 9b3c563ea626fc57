"""Files: exact figures, no formula, and the words that a figure must not be without."""

from __future__ import annotations

import csv
import dataclasses
import io
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.carried import panel
from dashboard.exports import describe, in_words, to_csv, unscaled
from dashboard.formulas import guarded
from dashboard.panels import Column, Drawing, Table
from dashboard.selection import Selection
from data_access.cube import Cube
from layouts.tables import exact, table

COLUMNS = (
    Column("code", "Code", "code"),
    Column("name", "Recipient"),
    Column("disbursed", "Disbursed", "usd", "US dollars"),
    Column("year", "Year", "year"),
)


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


def test_headings_carry_their_units() -> None:
    assert read(to_csv(Table("", COLUMNS, ())))[0] == ["Code", "Recipient", "Disbursed (US dollars)", "Year"]


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (Decimal("1234567890123.45678901"), "1234567890123.45678901"),
        (Decimal("-100.25"), "-100.25"),
        (Decimal("2.50000000"), "2.50"),
        (Decimal("1E+3"), "1000.00"),
        (Decimal("-0E-8"), "0.00"),
        (3, "3.00"),
        (None, ""),
    ],
)
def test_figures_are_exact_and_an_absence_is_empty(value: Decimal | None, cell: str) -> None:
    assert read(to_csv(Table("", COLUMNS, (("KEN", "Kenya", value, 2010),))))[1] == ["KEN", "Kenya", cell, "2010"]


SHARE = Column("share", "Disbursed, share of committed", "percent")
TARGET = Column("share", "Share of the target", "number", "per cent")
HEAD = Column("head", "Disbursed per inhabitant", "number", "US dollars")
INDICATOR = Column("value", "Maternal mortality", "number", "per 100,000 live births")


@pytest.mark.parametrize(
    ("column", "value", "cell"),
    [
        (SHARE, Decimal("0.7857142857142857142857142857"), "78.57"),
        (SHARE, Decimal("-0.3378982898297329917099328610568"), "-33.79"),
        (SHARE, Decimal(1), "100.00"),
        (SHARE, Decimal(0), "0.00"),
        (TARGET, Decimal("78.57142857142857142857142857"), "78.57"),
        (TARGET, Decimal("0.0006845189108203878418416272631"), "0.00068"),
        (TARGET, Decimal("-0.0049"), "-0.0049"),
        (HEAD, Decimal("0.8704935379671852269390317583"), "0.87"),
        (INDICATOR, Decimal("1.40000000"), "1.4"),
        (INDICATOR, Decimal("70.06850000"), "70.0685"),
        (INDICATOR, Decimal("1E+3"), "1000"),
    ],
)
def test_quotients_have_two_decimals_and_published_figures_all_of_theirs(
    column: Column, value: Decimal, cell: str
) -> None:
    assert read(to_csv(Table("", (column,), ((value,),))))[1] == [cell]
    assert str(exact(column, value)).replace("\N{MINUS SIGN}", "-") == cell.replace("1000", "1,000")


def test_shares_are_headed_per_cent_in_the_file_and_on_the_page() -> None:
    assert read(to_csv(Table("", (SHARE,), ())))[0] == ["Disbursed, share of committed (per cent)"]
    assert "Disbursed, share of committed, per cent" in str(table(Table("", (SHARE,), ())))


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "\u200b=1+1", "\n=1", "\x00=1", "\u00a0=1", " =1", "－1"],
)
def test_a_text_never_is_a_formula(text: str) -> None:
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", ["Kenya", "Côte d’Ivoire", "", "a=b", "2010", "'quoted"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert guarded(text) == text


@given(st.lists(st.tuples(st.text(), st.decimals(allow_nan=False, allow_infinity=False, places=8)), max_size=5))
def test_what_is_written_is_read_again(rows: list[tuple[str, Decimal]]) -> None:
    rows = [
        ("".join(c for c in name if c not in "\r\n\0" and not "\ud800" <= c <= "\udfff"), usd) for name, usd in rows
    ]
    again = read(to_csv(Table("", (COLUMNS[1], COLUMNS[2]), tuple(rows))))[1:]
    assert [(name, Decimal(usd)) for name, usd in again] == [(guarded(name), usd) for name, usd in rows]


def test_a_table_of_whole_dollars_is_not_captioned_in_billions() -> None:
    caption = "By year, all donors, 2000–2015. Billions of current United States dollars"
    said = "By year, all donors, 2000–2015. Current United States dollars"
    assert f"Caption('{said}')" in str(table(Table(caption, COLUMNS, ())))
    assert unscaled("Gap. Millions of United States dollars of 2014") == "Gap. United States dollars of 2014"
    shown = Drawing("Title", "Billions of current United States dollars", "", "Source: OECD CRS")
    one, of = panel("gap", shown, "", "e-1", "/"), Table(caption, COLUMNS, ())
    assert "illions" not in describe(one, of, "")["dc:description"]


def test_the_selection_is_said_in_words(small: Cube) -> None:
    selection = Selection().change(donor=["FRA"], since=2008, until=2010, prices="constant")
    assert in_words(selection, small.codes) == "Donor: France (FRA); Years picked: 2008–2010; Prices: constant"
    assert in_words(Selection(), small.codes) == "Years picked: 2000–2015"
    asked = Selection().change(source="dac1", method="shared", series="maternal_mortality")
    series = dataclasses.replace(small.codes, indicators={"maternal_mortality": "Maternal mortality ratio"})
    titled = small.codes.sources["dac1"].title
    told = f"Years picked: 2000–2015; Source: {titled}; Goal mapping: shared; Indicator: Maternal mortality ratio"
    assert in_words(asked, series) == told


def test_what_stands_beside_a_file_names_source_edition_and_address() -> None:
    shown = Drawing("Kenya drew most", "Disbursed, all donors", "Kenya drew $1.", "Source: OECD CRS")
    one = panel("recipients", shown, "Years picked: 2000–2015", "e-1", "/?a=b")
    said = describe(one, Table("By recipient", COLUMNS, ()), "http://x")
    assert said["dc:source"] == "Source: OECD CRS"
    assert (said["dc:hasVersion"], said["dc:identifier"]) == ("e-1", "http://x/?a=b&edition=e-1")
    assert [column["name"] for column in said["tableSchema"]["columns"]] == ["code", "name", "disbursed", "year"]
    assert "An empty cell: not reported." in said["rdfs:comment"]
    assert any("Quotients" in words and "rounded to two decimals" in words for words in said["rdfs:comment"])
