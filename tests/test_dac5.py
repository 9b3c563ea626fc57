"""Commitments by donor and sector: rows sum to what is printed, sector by sector, and nothing is counted twice."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from dashboard.selection import Selection
from data_access.ingest import dac5
from data_access.ingest.faults import Fault
from data_access.ingest.fx import Deflators
from data_access.ingest.published import Published

MILLION = Decimal(10) ** 6
PRICES = Deflators({"12": {2010: Decimal(80), 2014: Decimal(100)}})
HEAD = "donor,sector,year,total_oda"


def rows(folder: Path, *lines: str) -> list[dac5.Flow]:
    path = folder / "dac5.csv"
    path.write_text("\n".join((HEAD, *lines)) + "\n", encoding="utf-8")
    return list(dac5.read(Published(path, "dac5.csv"), {"12": "GBR"}, PRICES))


def test_what_sub_sectors_leave_of_their_sector_is_a_row_of_the_sector(tmp_path: Path) -> None:
    found = rows(tmp_path, "12,1000,2010,10", "12,450,2010,9", "12,100,2010,9", "12,110,2010,9", "12,111,2010,5")
    assert {row.sector: row.amount / MILLION for row in found} == {"111": 5, "110": 4, "998": 1}
    assert {row.donor for row in found} == {"GBR"}


def test_current_dollars_are_made_back_with_the_deflators_of_the_edition(tmp_path: Path) -> None:
    [row] = rows(tmp_path, "12,1000,2010,10")
    assert (row.usd, row.amount, row.currency) == (8 * MILLION, 10 * MILLION, "USD of 2014")
    assert PRICES.constant(row.usd, "12", 2010) == row.amount


def test_groups_of_donors_and_other_years_are_not_read(tmp_path: Path) -> None:
    assert rows(tmp_path, "20005,1000,2010,10", "12,1000,1999,10", "12,1000,2015,10") == []


def test_an_unknown_sector_is_named(tmp_path: Path) -> None:
    with pytest.raises(Fault, match="777"):
        rows(tmp_path, "12,777,2010,10")


PRINTED = [  # id, donor, sectors, USD million of 2014
    ("dac5-12-1000-2010", "GBR", (), "9591.5"),
    ("dac5-12-110-2010", "GBR", ("110",), "861.34"),
    ("dac5-12-120-2010", "GBR", ("120",), "800.93"),
    ("dac5-12-140-2010", "GBR", ("140",), "179.97"),
    ("dac5-20001-1000-2010", "DAC", (), "117556.98"),
    ("dac5-20001-110-2010", "DAC", ("110",), "9707.19"),
    ("dac5-20001-120-2010", "DAC", ("120",), "5379.43"),
    ("dac5-20001-140-2010", "DAC", ("140",), "4948.22"),
]


@pytest.mark.parametrize("name, donor, sectors, million", PRINTED, ids=[row[0] for row in PRINTED])
def test_the_edition_gives_the_printed_sums(embedded, name, donor, sectors, million) -> None:
    """Those of DAC countries are the sum of its members that are countries and were printed at the time."""
    donors = (donor,)
    if donor == "DAC":
        listed = embedded.codes.groups["donor"]["DAC"].members(2014) | {"ISL"}
        donors = tuple(sorted(listed - {"918"}))
    asked = Selection(source="dac5", donor=donors, sector=sectors, since=2010, until=2010, prices="constant")
    found = embedded.totals(asked, (), stages=("committed",))["committed"].item()
    assert abs(found / MILLION - Decimal(million)) < Decimal("0.1")
