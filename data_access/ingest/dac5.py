"""DAC5: what each donor committed to each sector, 2000-2014, official development assistance.

The table at hand gives constant dollars of 2014, two decimals of millions. Current dollars are made back from them with
the deflators of the edition (a later release than the one the table was made with), so they are an approximation.

A sector is printed beside its sub-sectors. Sub-sectors are rows; what they leave of their sector, rounding too, is a
row of the sector itself, so that all rows of a donor and year make the printed total. Groups of donors are not read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from data_access.ingest.faults import Fault
from data_access.ingest.fx import BASE_YEAR, EIGHT, Deflators
from data_access.ingest.published import Published
from data_access.ingest.rows import Flow

SOURCE = "dac5"
FILE = "dac/dac5_commitments_by_donor_sector_1967_2015.csv"
FIRST, LAST = 2000, 2014  # 2015 holds a few multilaterals only
ALL = "1000"  # everything a donor committed
UNALLOCATED = "998"
ALLOCABLE = "450"  # sums of sectors that stand between ALL and the sectors, with the letters of the table
PARTS = {
    "110": ("111", "112", "113", "114"),
    "120": ("121", "122"),
    "150": ("151", "152"),
    "310": ("311", "312", "313"),
    "320": ("321", "322", "323"),
    "100": ("110", "120", "130", "140", "150", "160"),
    "200": ("210", "220", "230", "240", "250"),
    "300": ("310", "320", "331", "332"),
    "400": ("410", "430"),
    "500": ("510", "520", "530"),
    "700": ("720", "730", "740"),
    ALL: ("100", "200", "300", "400", "500", "600", "700", "910", "930", UNALLOCATED),
}
KNOWN = frozenset({ALLOCABLE, *PARTS, *(part for parts in PARTS.values() for part in parts)})
GROUPS = frozenset({"20001", "20002", "20003", "20004", "20005", "20006", "20011"})
BROAD = {"500": "510", "700": "720", ALL: UNALLOCATED}  # whose rest has no sector of its own
CURRENCY = f"USD of {BASE_YEAR}"


def read(file: Published, by_dac: Mapping[str, str], deflators: Deflators) -> Iterator[Flow]:
    """One row per donor, year and sector with an amount, in the order of donor, year and sector.

    by_dac: DAC donor code -> ours. Raises Fault for an unknown sector or a year without a deflator."""
    for (donor, year), cells in sorted(_cells(file).items()):
        factor = deflators.factor(donor, year)
        if factor is None:
            reason, remedy = "has no deflator", "add it to the table of deflators"
            raise Fault(file.name, 1, "year", str(year), reason, remedy, "DAC5-PRICE-01")
        for sector, (line, amount) in sorted(_rests(cells).items()):
            usd = (amount / factor).quantize(EIGHT)
            code, item = by_dac.get(donor, donor), f"{donor}/{sector}"
            yield Flow(
                SOURCE, file.name, line, item, "committed", "commitment", year, code, "", BROAD.get(sector, sector), "",
                "10", usd, CURRENCY, amount, factor.quantize(Decimal("1e-12")),
            )  # fmt: skip


def _cells(file: Published) -> dict[tuple[str, int], dict[str, tuple[int, Decimal]]]:
    """By donor and year: line and amount in dollars of each sector printed."""
    found: dict[tuple[str, int], dict[str, tuple[int, Decimal]]] = {}
    for line, cells in file.rows(("donor", "sector", "year", "total_oda")):
        year = file.year(cells["year"], line, "year")
        if cells["donor"] in GROUPS or not FIRST <= year <= LAST:
            continue
        if cells["sector"] not in KNOWN:
            reason, remedy = "is not a known sector", "add it to the sectors of this reader"
            raise Fault(file.name, line, "sector", cells["sector"], reason, remedy, "DAC5-CODE-01")
        amount = file.money(cells["total_oda"], line, "total_oda")
        found.setdefault((cells["donor"], year), {})[cells["sector"]] = line, amount
    return found


def _rests(cells: Mapping[str, tuple[int, Decimal]]) -> dict[str, tuple[int, Decimal]]:
    """Each printed amount less its parts; sums that stand between are left out. What is left sums to ALL."""
    found = {}
    for sector, (line, amount) in cells.items():
        if sector == ALLOCABLE:
            continue
        parts = sum((_printed(cells, part) for part in PARTS.get(sector, ())), Decimal(0))
        if amount != parts:
            found[sector] = line, amount - parts
    return found


def _printed(cells: Mapping[str, tuple[int, Decimal]], sector: str) -> Decimal:
    """As printed, or what its parts make where the sector itself is not printed."""
    if sector in cells:
        return cells[sector][1]
    return sum((_printed(cells, part) for part in PARTS.get(sector, ())), Decimal(0))
