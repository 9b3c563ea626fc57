"""DAC1 by the ONE Campaign: official development assistance and gross national income of 30 DAC members, 2010-2022.

Headline measure of each year: net flows until 2017, grant equivalents from 2018. A later release than what was first
published: the United Kingdom's share of income for 2013 comes out as 0.7047 per cent, first published as 0.72.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from data_access.ingest.faults import Fault
from data_access.ingest.published import Published, Refuse, each, stop
from data_access.ingest.rows import Flow

SOURCE = "dac1"
FILE = "dac/one_total_oda_current_2010_2022.csv"
INCOME = "dac/one_gni_2010_2022.csv"
RATIO = "dac/one_oda_gni_by_donor_2000_2025.csv"
GRANT_EQUIVALENT = 2018  # first year whose headline is the grant equivalent
MEMBERS = "codes/dac/dac_members.csv"
SPELLED_OUT = {"Czech Republic": "CZE", "Slovak Republic": "SVK", "Korea": "KOR", "DAC countries": "DAC"}
SPELLED = {"Czech Republic": "68", "Romania": "77", "Latvia": "83", "DAC countries": "DAC"}


def read(file: Published, donors: Mapping[str, str], refuse: Refuse = stop) -> Iterator[Flow]:
    """One row per donor and year; US dollars, current prices. donors: name -> our code. `refuse` is told of rows of an
    unknown donor, year or figure."""

    def made(row: tuple[int, dict[str, str]]) -> Iterator[Flow]:
        for line, code, year, _ in _amounts(file, *row, "value", donors):
            usd = file.money(row[1]["value"], line, "value")
            kind = "ODA grant equivalent" if year >= GRANT_EQUIVALENT else "net ODA"
            head = (SOURCE, file.name, line, code, "disbursed", kind, year, code)
            yield Flow(*head, "", "", "", "10", usd, "USD", usd, Decimal(1))

    return each(file.rows(("year", "value"), refuse), made, refuse)


def amounts(
    file: Published, column: str, donors: Mapping[str, str], refuse: Refuse = stop
) -> Iterator[tuple[int, str, int, Decimal]]:
    """Line, donor, year and figure of one column, in the unit of the file; blank cells are left out."""
    return each(file.rows(("year", column), refuse), lambda row: _amounts(file, *row, column, donors), refuse)


def _amounts(
    file: Published, line: int, cells: Mapping[str, str], column: str, donors: Mapping[str, str]
) -> Iterator[tuple[int, str, int, Decimal]]:
    name = cells.get("donor_name") or cells.get("name", "")
    if name not in donors:
        reason, remedy = "is not a known donor", "write it as the DAC's list of members does"
        raise Fault(file.name, line, "donor_name", name, reason, remedy, "DAC1-NAME-01", "row")
    if cells[column]:
        year = file.year(cells["year"], line, "year")
        yield line, donors[name], year, file.number(cells[column], line, column)


def read_donors(members: Published, by_dac: Mapping[str, str]) -> dict[str, str]:
    """Names as DAC1 writes them -> our codes."""
    numbers = {cells["name_en"]: cells["code"] for _, cells in members.rows(("code", "name_en"))} | SPELLED
    return {name: by_dac.get(number, number) for name, number in numbers.items()}
