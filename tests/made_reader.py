"""A reader made for tests of loads. Light: every load starts a process of its own that imports it."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from data_access.ingest.faults import Fault
from data_access.ingest.readers import Lookups, Part, Plain, Reader
from data_access.ingest.sources import Described

COLUMNS = "source, file, line, item, stage, kind, year, donor, recipient, sector, purpose, flow, usd, currency, amount"


def fill(part: Part, paths: Sequence[Path]) -> None:
    """Donor, recipient, year, dollars disbursed on each line."""
    for path in paths:
        with path.open(newline="") as file:
            for line, cells in enumerate(csv.reader(file), start=1):
                part.report.lines += 1
                part.report.read += 1
                if cells[0] == "boom":
                    raise Fault(path.name, line, "donor", cells[0], "is no donor", "write a code", "MADE-01")
                if cells[0] not in part.lookups.known["donor"]:
                    fault = Fault(path.name, line, "donor", cells[0], "is not known", "write a code", "MADE-02", "row")
                    part.report.refuse(fault, ",".join(cells))
                    part.report.refused_sums["disbursed", int(cells[2])] += Decimal(cells[3])
                    continue
                usd = Decimal(cells[3])
                row = ["made", path.name, line, f"item-{line}", "disbursed", "disbursement", int(cells[2]), cells[0]]
                row += [cells[1], "112", "11220", "10", usd, "USD", usd]
                marks = ", ".join("?" * len(row))
                part.connection.execute(f"INSERT INTO flow ({COLUMNS}) VALUES ({marks})", row)
                part.report.kept += 1
                part.report.add("disbursed", int(cells[2]), usd)


def plain(paths: Sequence[Path], lookups: Lookups) -> Plain:
    rows = [line.split(",") for path in paths for line in path.read_text().splitlines()]
    sums: dict[tuple[str, int], Decimal] = {}
    for row in rows:
        key = ("disbursed", int(row[2]))
        sums[key] = sums.get(key, Decimal(0)) + Decimal(row[3])
    return Plain(len(rows), sums)


def miscounting(paths: Sequence[Path], lookups: Lookups) -> Plain:
    counted = plain(paths, lookups)
    return Plain(counted.records, {key: usd + Decimal("0.01") for key, usd in counted.sums.items()})


def describe(part: Part, paths: Sequence[Path]) -> Described:
    dimensions = "donor,recipient,goal,sector,purpose,flow"
    texts = ("Made by code", "A sample.", dimensions, "disbursed", "gross disbursements")
    return Described("made", *texts, "CC0", "2013", "made by code", "https://example.org", "", 2005, 2012, 2005)


MADE = Reader("made", fill, describe, plain, lambda folder: folder.glob("*.csv"))
