"""Files: exact figures, no formula, and the words that a figure must not be without."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.exports import describe, guarded, in_words, to_csv
from dashboard.panels import Column, Drawing, Table
from dashboard.selection import Selection
from data_access.cube import Cube

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
        (Decimal("1E+3"), "1000"),
        (Decimal("0E-8"), "0.00000000"),
        (None, ""),
    ],
)
def test_figures_are_exact_and_an_absence_is_empty(value: Decimal | None, cell: str) -> None:
    assert read(to_csv(Table("", COLUMNS, (("KEN", "Kenya", value, 2010),))))[1] == ["KEN", "Kenya", cell, "2010"]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "\u200b=1+1", "－1"])
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
    table = Table("", (COLUMNS[1], COLUMNS[2]), tuple(rows))
    again = read(to_csv(table))[1:]
    assert [(name, Decimal(usd)) for name, usd in again] == [(guarded(name), usd) for name, usd in rows]


def test_the_selection_is_said_in_words(small: Cube) -> None:
    selection = Selection().change(donor=["FRA"], since=2008, until=2010, prices="constant")
    assert in_words(selection, small.codes) == "Donor: France (FRA); Years: 2008–2010; Prices: constant"
    assert in_words(Selection(), small.codes) == "Years: 2000–2015"


def test_what_stands_beside_a_file_names_source_edition_and_address() -> None:
    drawing = Drawing("Kenya drew most", "Disbursed, all donors", "Kenya drew $1.", "Source: OECD CRS")
    said = describe(Table("By recipient", COLUMNS, ()), drawing, "Years: 2000–2015", "e-1", "http://x/?a=b")
    assert said["dc:source"] == "Source: OECD CRS"
    assert (said["dc:hasVersion"], said["dc:identifier"]) == ("e-1", "http://x/?a=b")
    assert [column["name"] for column in said["tableSchema"]["columns"]] == ["code", "name", "disbursed", "year"]
    assert "An empty cell: not reported." in said["rdfs:comment"]
