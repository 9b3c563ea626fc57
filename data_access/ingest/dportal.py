"""The CRS as matrices by D-Portal: recipient by donor 2012-2015, recipient by purpose 2013-2015, all disbursements.

Each year has its own layout. Donors are names (2012, 2013) or codes under `donor_code` (2014; in 2015 with a second
heading of names). 2013 prints `Grand Total` as row and column and an empty `(blank)`; they go to `total`. 2015's
purposes have a code before the name, and three lines left over from the database that made them. Purposes of three
digits stand beside those of five: they are not their sums but what was coded to a sector alone (with them, and only
with them, the columns add up to 2013's printed totals and to the matrices by donor). 2012's sectors are another
grouping: left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from data_access.ingest.faults import Fault
from data_access.ingest.published import Published, Refuse, each, stop
from data_access.ingest.rows import UNSTATED, Flow, Total

DONORS, PURPOSES = "crs-donors", "crs-purposes"
LABELS = "crs/dportal_crs_funders.csv"
Column = Callable[[str], tuple[str, str, str]]  # a heading -> donor, sector, purpose
SECOND = "donor_name"  # what the second line of headings begins with
PRINTED, BLANK = "Grand Total", "(blank)"
KIND = "gross disbursement"
NAMED = {  # labels that the list of labels lacks, or gives the code of a sister organisation
    "AsDB": "915", "AsDB Special Funds": "916", "EBRD": "990", "GGGI": "1313", "IBRD": "901", "IDB": "909",
    "IDB Sp.Fund": "912", "IMF (Concessional Trust Funds)": "958",
}  # fmt: skip
SPELLED = {  # labels of the matrices that are not the names of our list -> our code
    "Chinese Taipei": "TWN", "Czech Republic": "CZE", "Korea": "KOR", "Kuwait (KFAED)": "KWT", "Russia": "RUS",
    "Slovak Republic": "SVK", "Turkey": "TUR", "AfDB": "913", "AfDF": "914", "BADEA": "953", "CarDB": "906",
    "GAVI": "1311", "GEF": "811", "IAEA": "944", "IDA": "905", "Isl.Dev Bank": "976", "Nordic Dev.Fund": "104",
    "OFID": "951", "UNPBF": "923", "WHO": "928", **NAMED,
}  # fmt: skip


@dataclass(frozen=True)
class Layout:
    """One year's matrix. name: column of the recipient's name. first: first column of money. heads: heading lines."""

    source: str
    year: int
    name: int = 0
    first: int = 1
    heads: int = 1

    @property
    def file(self) -> str:
        return f"crs/dportal_crs_{self.year}{'_sectors' if self.source == PURPOSES else ''}.csv"


LAYOUTS = (
    Layout(DONORS, 2012, first=2),  # the second column marks regions
    Layout(DONORS, 2013),
    Layout(DONORS, 2014),
    Layout(DONORS, 2015, heads=2),
    Layout(PURPOSES, 2013),
    Layout(PURPOSES, 2014),
    Layout(PURPOSES, 2015, name=1, first=2),
)


def read(
    file: Published, layout: Layout, by_name: Mapping[str, str], donors: Mapping[str, str], refuse: Refuse = stop
) -> Iterator[Flow | Total]:
    """Every cell that holds a figure, zero too; US dollars, current prices. Printed sums come as Total.

    by_name: recipient label -> our code. donors: donor label or DAC code -> our code. Raises Fault for a column that is
    not known; `refuse` is told of lines whose recipient or figures are not."""
    column = _donor(file, donors) if layout.source == DONORS else _purpose(file)

    def made(row: tuple[int, dict[str, str]]) -> Iterator[Flow | Total]:
        line, cells = row
        texts = list(cells.items())
        held = [(name, file.money(text, line, name)) for name, text in texts[layout.first :] if text.strip()]
        if held or not _left_over(texts[0][1]):
            recipient = _recipient(file, line, texts[layout.name][1], by_name)
            for name, usd in held:
                yield _row(file, layout, line, (recipient, name), column, usd)

    return each(_lines(file, layout, column, refuse), made, refuse)


def _lines(file: Published, layout: Layout, column: Column, refuse: Refuse) -> Iterator[tuple[int, dict[str, str]]]:
    """Lines of the matrix under its first heading; a second heading is passed over. Its columns are checked first."""
    checked = False
    for line, cells in file.rows((), refuse):
        if not checked:
            for name in list(cells)[layout.first :]:
                if name not in (PRINTED, BLANK):
                    column(name)
            checked = True
        if layout.heads > 1 and next(iter(cells.values())) == SECOND:
            file.now.headings, file.now.records = file.now.headings + 1, file.now.records - 1
            continue
        yield line, cells


def read_donors(labels: Published, by_dac: Mapping[str, str]) -> dict[str, str]:
    """Donor labels and DAC codes -> our codes."""
    numbers = {record[0]: record[4] for _, record in labels.records() if record[4].isdigit()} | NAMED
    return {label: by_dac.get(number, number) for label, number in numbers.items()} | dict(by_dac)


def _left_over(first: str) -> bool:
    return first == BLANK or first == "DROP TABLE" or re.fullmatch(r"\(\d+ rows\)", first) is not None


def _recipient(file: Published, line: int, label: str, by_name: Mapping[str, str]) -> str:
    name = label.strip().replace("''", "'")  # 2014 doubles apostrophes
    if name != PRINTED and name not in by_name:
        reason, remedy = "is not a known recipient", "write it as the list of places does"
        raise Fault(file.name, line, "recipient", name, reason, remedy, "MATRIX-CODE-02", "row")
    return PRINTED if name == PRINTED else by_name[name]


def _donor(file: Published, donors: Mapping[str, str]) -> Column:
    def column(name: str) -> tuple[str, str, str]:
        if name not in donors and not re.fullmatch(r"\d{1,4}", name):
            reason, remedy = "is not a known donor", "write it as the list of donors does"
            raise Fault(file.name, 1, name, name, reason, remedy, "MATRIX-CODE-01")
        return donors.get(name, name), "", ""

    return column


def _purpose(file: Published) -> Column:
    def column(name: str) -> tuple[str, str, str]:
        if not re.fullmatch(r"\d{3}|\d{5}", name):
            reason, remedy = "is not a purpose or sector code", "write three or five digits"
            raise Fault(file.name, 1, name, name, reason, remedy, "MATRIX-CODE-03")
        return "", name[:3], name if len(name) == 5 else UNSTATED

    return column


def _row(
    file: Published,
    layout: Layout,
    line: int,
    cell: Sequence[str],
    column: Column,
    usd: Decimal,
) -> Flow | Total:
    recipient, name = cell
    head = (layout.source, file.name, line, name, "disbursed", KIND, layout.year)
    if PRINTED in cell:
        donor, sector, purpose = ("", "", "") if name == PRINTED else column(name)
        known = "" if recipient == PRINTED else recipient
        return Total(*head, donor, known, sector, purpose, "", usd, PRINTED)
    donor, sector, purpose = column(name)
    return Flow(*head, donor, recipient, sector, purpose, "", usd, "USD", usd, Decimal(1))
