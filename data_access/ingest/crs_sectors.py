"""OECD.Stat's CRS1 table, education and health: all donors together, every recipient, 1995-2016.

Countries, regions and groups stand in one column. Codes of five digits are aggregates and go to `total`; countries and
regional programmes are the leaves, and per sector, flow type and year they sum to the printed total of developing
countries but for rounding in the sixth decimal. Disbursements are blank before 2002.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from data_access.ingest.faults import Fault
from data_access.ingest.published import Published, Refuse, each, stop
from data_access.ingest.rows import Flow, Total

FILE = "crs/crs1_educ_health_commit_vs_disb_1995_2016.csv"
SOURCE = "crs-sectors"
ALL_RECIPIENTS = "10100"
STAGES = {"115": ("commitment", "committed"), "112": ("gross disbursement", "disbursed")}
FIXED = {  # what every row must say, or its figure would mean something else
    "DONOR": "20005", "FLOW": "100", "CHANNEL": "100", "AMOUNTTYPE": "A", "AIDTYPE": "100", "Unit Code": "USD",
    "PowerCode Code": "6",
}  # fmt: skip
NEEDED = (*FIXED, "RECIPIENT", "Recipient", "SECTOR", "FLOWTYPE", "YEAR", "Value")


def read(file: Published, by_dac: Mapping[str, str], refuse: Refuse = stop) -> Iterator[Flow | Total]:
    """Leaves as Flow, aggregates as Total with their printed label; US dollars, current prices, ODA.

    by_dac: DAC recipient code -> our code. `refuse` is told of rows of another measure, flow type or an unknown
    recipient."""
    return each(file.rows(NEEDED, refuse), lambda row: [_row(file, *row, by_dac)], refuse)


def _row(file: Published, line: int, cells: Mapping[str, str], by_dac: Mapping[str, str]) -> Flow | Total:
    for column, wanted in FIXED.items():
        if cells[column] != wanted:
            reason, remedy = f"is not {wanted}", "extract that measure alone"
            raise Fault(file.name, line, column, cells[column], reason, remedy, "CRS1-MEASURE-01", "row")
    if cells["FLOWTYPE"] not in STAGES:
        reason, remedy = "is not 112 or 115", "extract these flow types alone"
        raise Fault(file.name, line, "FLOWTYPE", cells["FLOWTYPE"], reason, remedy, "CRS1-MEASURE-02", "row")
    kind, stage = STAGES[cells["FLOWTYPE"]]
    code, sector = cells["RECIPIENT"], cells["SECTOR"]
    usd, year = file.money(cells["Value"], line, "Value"), file.year(cells["YEAR"], line, "YEAR")
    if len(code) == 5:
        label = f"{cells['Recipient'].strip()}, {sector}, {kind}"
        group = "" if code == ALL_RECIPIENTS else code
        return Total(SOURCE, file.name, line, code, stage, kind, year, "", group, sector, "", "10", usd, label)
    if code not in by_dac:
        reason, remedy = "is not a known recipient", "add it to the list of places"
        raise Fault(file.name, line, "RECIPIENT", code, reason, remedy, "CRS1-CODE-01", "row")
    return Flow(
        SOURCE, file.name, line, code, stage, kind, year, "", by_dac[code], sector, "", "10",
        usd, "USD", usd, Decimal(1),
    )  # fmt: skip
