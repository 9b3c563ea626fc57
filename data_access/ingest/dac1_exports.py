"""DAC1 as the DAC exports it, comma or tab, or cleaned with names in lower case; and the ONE Campaign's extracts.

One row of an export is one figure: a donor, an aid type, a fund flow, a measure, a year. Only the headline is summed:
net ODA (aid type 1010, fund flow 1140) until 2017, the grant equivalent (11010, 1160) from 2018, by donor, in current
US dollars. Aid types contain each other and so do fund flows, so all others stand in `total` with their codes; income
and shares of it are indicators; constant prices, national currency and populations are kept as records.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from data_access.ingest import dac1, indicators
from data_access.ingest.faults import Fault
from data_access.ingest.filling import Aside, Made
from data_access.ingest.published import NUMBER, YEAR, Published, Refuse, each
from data_access.ingest.readers import Lookups
from data_access.ingest.rows import Flow, Total
from data_access.ingest.series import SERIES

CURRENT = "A"  # amount type: current prices, millions of US dollars
PART_I = ("", "1")
HEADLINES = {("1010", "1140"): ("net ODA", 0, 2017), ("11010", "1160"): ("ODA grant equivalent", 2018, 9999)}
INCOME, SHARES, NO_MONEY = "1", {"2": (0, 2017), "11002": (2018, 9999)}, ("2", "3", "4", "11002")
COMMITTED = ("1150", "1151", "1152")  # fund flows; the others are disbursements or their like
AGGREGATES = 20000  # DAC codes from here on are sums of donors


class Layout(NamedTuple):
    """Headings of one layout, in the order of `Figure`; an empty one is not needed."""

    donor: str
    part: str
    aid_type: str
    aid_name: str
    flows: str
    flows_name: str
    measure: str
    measure_name: str
    year: str
    value: str


RAW = Layout(
    "DONOR", "PART", "AIDTYPE", "Aid type", "FLOWS", "Fund flows", "AMOUNTTYPE", "Amount type", "Year", "Value"
)
CLEANED = Layout(
    "donor_code", "part_code", "aidtype_code", "aid_type", "flows_code", "fund_flows", "amounttype_code", "amount_type",
    "year", "value",
)  # fmt: skip
NEEDED = ("donor", "aid_type", "flows", "measure", "year", "value")
Cells = Mapping[str, str]
Seen = dict[tuple[str, str], tuple[Decimal, int]]  # donor and year -> US dollars, line


def read(file: Published, lookups: Lookups, refuse: Refuse) -> Iterator[Made]:
    """Rows of any layout. Raises Fault where it is another; `refuse` is told of rows that cannot be read."""
    line = file.heading()
    delimiter = "\t" if "\t" in line else ","
    headings = {name.strip().strip('"') for name in line.split(delimiter)}
    if not headings & {"AIDTYPE", "aidtype_code"}:
        return _extract(file, headings, lookups, refuse)
    layout = RAW if "AIDTYPE" in headings else CLEANED
    needed = [getattr(layout, name) for name in NEEDED]
    seen: Seen = {}

    def made(row: tuple[int, dict[str, str]]) -> Iterable[Made]:
        return [_row(file, row[0], layout, row[1], lookups, seen)]

    return each(file.rows(needed, refuse, delimiter), made, refuse)


def worth(file: Published, lookups: Lookups) -> Iterator[tuple[str, int, Decimal]]:
    """What a refused row would have added to the headline, where that can be read."""
    cells = file.now.cells
    layout = next((one for one in (RAW, CLEANED) if one.aid_type in cells), None)
    text, year = cells.get(layout.value if layout else "value", ""), cells.get(layout.year if layout else "year", "")
    if not NUMBER.fullmatch(text.strip()) or not YEAR.fullmatch(year.strip()):
        return
    if layout is None or (_headline(layout, cells, int(year)) and not _group(cells[layout.donor])):
        yield "disbursed", int(year), Decimal(text) * 1_000_000


def _row(
    file: Published,
    line: int,
    layout: Layout,
    cells: Cells,
    lookups: Lookups,
    seen: Seen,
) -> Made:
    year = file.year(cells[layout.year], line, layout.year)
    aid, flows, measure = (cells[getattr(layout, name)].strip() for name in ("aid_type", "flows", "measure"))
    item = f"{aid}:{flows}:{measure}"
    if measure != CURRENT:
        return Aside(line, item, "at constant prices or in national currency are kept as records and not summed")
    if aid in NO_MONEY:
        return _share(file, line, layout, cells, year, lookups) or Aside(line, item, "of no money are kept as records")
    usd, code = file.money(cells[layout.value], line, layout.value), _donor(file, line, layout, cells, lookups)
    kind = _headline(layout, cells, year)
    if kind and not _group(cells[layout.donor]):
        _once(file, line, layout, (code, str(year)), usd, seen)
        head = (dac1.SOURCE, file.name, line, f"{aid}:{flows}", "disbursed", kind, year, code)
        return Flow(*head, "", "", "", "10", usd, "USD", usd, Decimal(1))
    stage = "" if aid == INCOME else "committed" if flows in COMMITTED else "disbursed"
    words = (cells.get(name, "") for name in (layout.aid_name, layout.flows_name, layout.measure_name))
    label = "; ".join(word for word in words if word)
    kind = cells.get(layout.flows_name) or flows
    return Total(dac1.SOURCE, file.name, line, item, stage, kind, year, code, "", "", "", "", usd, label)


def _donor(file: Published, line: int, layout: Layout, cells: Cells, lookups: Lookups) -> str:
    """Our code; of a sum of donors the DAC's own."""
    code = cells[layout.donor].strip()
    if _group(code):
        return code
    if code not in lookups.donors:
        reason, remedy = "is not the DAC code of a known donor", "load newer codes, or correct it"
        raise Fault(file.name, line, layout.donor, code, reason, remedy, "DAC1-CODE-01", "row")
    return lookups.donors[code]


def _group(code: str) -> bool:
    return code.strip().isdecimal() and int(code) >= AGGREGATES


def _headline(layout: Layout, cells: Cells, year: int) -> str:
    """The word for the headline measure of the year; empty for every other figure."""
    aid, flows = cells[layout.aid_type].strip(), cells[layout.flows].strip()
    kind, since, until = HEADLINES.get((aid, flows), ("", 0, -1))
    fits = cells[layout.measure].strip() == CURRENT and cells.get(layout.part, "").strip() in PART_I
    return kind if fits and since <= year <= until else ""


def _once(
    file: Published,
    line: int,
    layout: Layout,
    key: tuple[str, str],
    usd: Decimal,
    seen: Seen,
) -> None:
    """Raises Fault where the headline of a donor and year stands in the file already."""
    held = seen.setdefault(key, (usd, line))
    if held[1] != line:
        reason = f"is the headline of {key[0]} in {key[1]} a second time; line {held[1]:,} says {held[0] / 1_000_000:f}"
        text = f"{usd / 1_000_000:f}"
        raise Fault(file.name, line, layout.value, text, reason, "keep the one that is meant", "DAC1-DUP-01", "row")


def _share(file: Published, line: int, layout: Layout, cells: Cells, year: int, lookups: Lookups) -> Made | None:
    """ODA as a share of income, of a donor, in the measure of the year; otherwise nothing."""
    aid, code = cells[layout.aid_type].strip(), cells[layout.donor].strip()
    value = file.number(cells[layout.value], line, layout.value)
    since, until = SHARES.get(aid, (0, -1))
    if not since <= year <= until or code not in lookups.donors:
        return None
    return indicators.Value("oda_gni", lookups.donors[code], year, "total", value, file.name, line)


def _extract(file: Published, headings: set[str], lookups: Lookups, refuse: Refuse) -> Iterator[Made]:
    """Headline by name of the donor; or income and shares of it, which are indicators."""
    donors = {**lookups.names["donor"], **dac1.SPELLED_OUT}
    if "value" in headings:
        yield from dac1.read(file, donors, refuse)
        return
    series = [one for one in SERIES if one.column in headings and one.file in (dac1.INCOME, dac1.RATIO)]
    if not series:
        reason = "is the line of headings, and it is of no layout of DAC1 that is known"
        remedy = "take the export with its columns DONOR, AIDTYPE, FLOWS, AMOUNTTYPE, Year, Value"
        raise Fault(file.name, 1, "", ", ".join(sorted(headings)), reason, remedy, "DAC1-HEAD-01")
    columns: list[Callable[[Cells, int], Iterable[Made]]] = [_column(file, one.series, one.column) for one in series]
    named = "donor_name" if "donor_name" in headings else "name"

    def made(row: tuple[int, dict[str, str]]) -> Iterable[Made]:
        line, cells = row
        if cells[named] not in donors:
            reason, remedy = "is not a known donor", "write it as the DAC's list of members does"
            raise Fault(file.name, line, named, cells[named], reason, remedy, "DAC1-NAME-01", "row")
        return [value for column in columns for value in column(cells | {"": donors[cells[named]]}, line)]

    yield from each(file.rows(("year", named), refuse), made, refuse)


def _column(file: Published, series: str, column: str) -> Callable[[Cells, int], Iterable[Made]]:
    unit = Decimal(1_000_000 if series in indicators.IN_MILLIONS else 1)

    def values(cells: Cells, line: int) -> Iterator[Made]:
        if cells[column]:
            value = file.number(cells[column], line, column) * unit
            year = file.year(cells["year"], line, "year")
            yield indicators.Value(series, cells[""], year, "total", value, file.name, line)

    return values
