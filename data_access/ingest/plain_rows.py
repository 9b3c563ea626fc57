"""Plain readings of the CRS tables and the activities: standard library only, nothing shared with their readers."""

from __future__ import annotations

import csv
import io
import re
import sys
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from decimal import ROUND_HALF_EVEN, Decimal
from pathlib import Path

from data_access.ingest.readers import Lookups, Plain

NUMBER = re.compile(r"\s*-?[0-9]{1,18}(\.[0-9]{1,24})?(E-?[0-9]{1,2})?\s*")
RUNGS = {"115": "committed", "112": "disbursed"}
SPENT = {"total-Commitment": "committed", "total-Disbursement": "disbursed", "total-Expenditure": "disbursed"}
ASIDE = ("Grand Total", "(blank)", "Regional", "recipient_code", "recipient_name", "donor_code", "Row Labels")


def sectors(files: Sequence[Path], lookups: Lookups) -> Plain:
    """The table of education and health: rows, and sums of its recipients by rung and year."""
    count, sums = 0, defaultdict[tuple[str, int], Decimal](Decimal)
    for path in files:
        with _text(path) as lines:
            for row in csv.DictReader(lines):
                count += 1
                rung, year, value = RUNGS.get(row.get("FLOWTYPE") or ""), row.get("YEAR") or "", row.get("Value")
                if None not in row and rung and len(row["RECIPIENT"]) < 5 and _year(year) and _is(value):
                    sums[rung, int(year)] += Decimal(str(value)) * 1_000_000
    return Plain(count, dict(sums))


def matrices(files: Sequence[Path], lookups: Lookups) -> Plain:
    """Matrices: lines under the headings, and the sum of all cells that are no printed sum, by year."""
    count, sums = 0, defaultdict[tuple[str, int], Decimal](Decimal)
    for path in files:
        year = int(re.findall(r"[0-9]{4}", path.name)[0])
        with _text(path) as lines:
            heading, *rows = (row for row in csv.reader(lines) if row)
        for row in rows:
            if row[0] == "donor_name" and len(row) == len(heading):
                continue
            count += 1
            if "Grand Total" not in (cell.strip() for cell in row[:2]) and len(row) == len(heading):
                cells = [
                    cell for name, cell in zip(heading[1:], row[1:], strict=True) if name not in ASIDE and _is(cell)
                ]
                sums["disbursed", year] += sum(Decimal(cell) for cell in cells) * 1_000_000
    return Plain(count, {key: usd for key, usd in sums.items() if usd})


def goals(files: Sequence[Path], lookups: Lookups) -> Plain:
    """The five publishers' activities: records, and what they committed and spent at the rates of their years."""
    count, sums = 0, defaultdict[tuple[str, int], Decimal](Decimal)
    for path in files:
        with _text(path) as lines:
            for row in csv.DictReader(lines):
                count += 1
                year, currency = row.get("year") or "", row.get("default-currency") or ""
                rate = Decimal(1) if currency == "USD" else _rate(lookups, currency, year)
                for column, rung in SPENT.items():
                    if None not in row and rate and _year(year) and _is(row[column]):
                        usd = (Decimal(row[column]) / rate).quantize(Decimal("0.01"), ROUND_HALF_EVEN)
                        sums[rung, int(year)] += usd
    return Plain(count, {key: usd for key, usd in sums.items() if usd})


def dac1(files: Sequence[Path], lookups: Lookups) -> Plain:
    """DAC1 in any layout: rows, and the headline of donors by year."""
    count, sums = 0, defaultdict[tuple[str, int], Decimal](Decimal)
    for path in files:
        with path.open(encoding="utf-8-sig", newline="") as text:
            tabbed = "\t" in text.readline()
            text.seek(0)
            for row in csv.DictReader(text, delimiter="\t" if tabbed else ","):
                count += 1
                year, value = row.get("Year", row.get("year")) or "", row.get("Value", row.get("value"))
                if None not in row and _year(year) and _is(value) and _summed(row, int(year)):
                    sums["disbursed", int(year)] += Decimal(str(value)) * 1_000_000
    return Plain(count, {key: usd for key, usd in sums.items() if usd})


def _summed(row: dict[str, str], year: int) -> bool:
    aid = row.get("AIDTYPE", row.get("aidtype_code"))
    if aid is None:
        return True
    donor, part = row.get("DONOR", row.get("donor_code", "")), row.get("PART", row.get("part_code")) or "1"
    said = (aid, row.get("FLOWS", row.get("flows_code")), row.get("AMOUNTTYPE", row.get("amounttype_code")))
    wanted = ("1010", "1140", "A") if year < 2018 else ("11010", "1160", "A")
    return said == wanted and part == "1" and len(donor) < 5


@contextmanager
def _text(path: Path) -> Iterator[io.TextIOBase]:
    csv.field_size_limit(sys.maxsize)
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as archive:
            [inner] = [name for name in archive.namelist() if name.endswith(".csv") and not name.startswith("__")]
            with archive.open(inner) as file, io.TextIOWrapper(file, "utf-8-sig", newline="") as text:
                yield text
    else:
        with path.open(encoding="utf-8-sig", newline="") as text:
            yield text


def _rate(lookups: Lookups, currency: str, year: str) -> Decimal | None:
    return lookups.rates.by_currency.get(currency, {}).get(int(year)) if _year(year) else None


def _year(text: str) -> bool:
    return re.fullmatch(r"\s*(19|20)[0-9]{2}\s*", text) is not None


def _is(text: str | None) -> bool:
    return text is not None and NUMBER.fullmatch(text) is not None
