"""Pictures of tables for readers without a script."""

from __future__ import annotations

import re
from decimal import Decimal
from xml.etree import ElementTree

from dashboard.panels import Column, Table
from layouts.still import still

NAME, USD = Column("name", "Recipient"), Column("usd", "Gap", "usd", "US dollars")


def drawn(table: Table) -> list[tuple[str, str, float]]:
    """Name, value as written and width of each bar."""
    svg = ElementTree.fromstring(str(still(table)))
    texts = ["".join(one.itertext()) for one in svg if one.tag == "text"][1:]
    widths = [float(one.attrib["width"]) for one in svg if one.tag == "rect"]
    return list(zip(texts[::2], texts[1::2], widths, strict=True))


def test_bars_are_as_long_as_their_values_say() -> None:
    rows = (("Kenya", Decimal(4_000_000)), ("Mali", None), ("Niger", Decimal(1_000_000)))
    kenya, niger = drawn(Table("", (NAME, USD), rows))
    assert (kenya[:2], niger[:2]) == (("Kenya", "$4.00\u00a0m"), ("Niger", "$1.00\u00a0m"))
    assert abs(kenya[2] - 4 * niger[2]) < 0.2


def test_what_is_below_zero_goes_to_the_left_of_it() -> None:
    svg = str(still(Table("", (NAME, USD), (("up", Decimal(2)), ("down", Decimal(-1))))))
    starts = [float(x) for x in re.findall(r'<rect x="([\d.]+)"', svg)]
    assert starts[1] < starts[0] and "\u2212$1.00" in svg


def test_money_of_one_name_is_summed_and_nothing_else_is() -> None:
    rows = (("1", 2001, Decimal(3)), ("1", 2002, Decimal(4)), ("2", 2001, Decimal(5)))
    assert [one[1] for one in drawn(Table("", (NAME, Column("at", "At"), USD), rows))] == ["$7.00", "$5.00"]
    assert still(Table("", (NAME, Column("at", "At"), Column("share", "Share", "percent")), rows)) is None


def test_the_first_of_many_rows_are_drawn_and_that_is_said() -> None:
    table = Table("", (NAME, USD), tuple((f"Country {n}", Decimal(100 - n)) for n in range(40)))
    assert len(drawn(table)) == 10 and "Gap, US dollars: 10 of 40" in str(still(table))


def test_where_nothing_is_reported_nothing_is_drawn_and_names_are_no_markup() -> None:
    assert still(Table("", (NAME, USD), (("Mali", None),))) is None
    assert "&lt;b&gt;" in str(still(Table("", (NAME, USD), (("<b>", Decimal(1)),))))
