"""CRS files made by code, read into an empty part: what tests of the CRS reader ask."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, NamedTuple

import duckdb

from data_access import tables
from data_access.build import build
from data_access.ingest.crs import READER
from data_access.ingest.faults import Fault
from data_access.ingest.readers import Lookups, Part, Plain
from data_access.ingest.report import Report
from data_access.lookups import read_lookups
from tests.built import REFERENCE

HEADINGS = (
    "Year", "DonorCode", "DonorName", "AgencyCode", "AgencyName", "CrsID", "ProjectNumber", "InitialReport",
    "RecipientCode", "RecipientName", "RegionCode", "RegionName", "IncomegroupCode", "IncomegroupName", "FlowCode",
    "FlowName", "bi_multi", "Category", "Finance_t", "Aid_t", "USD_Commitment", "USD_Disbursement", "USD_Received",
    "USD_Disbursement_Defl", "CurrencyCode", "Commitment_National", "Disbursement_National", "ShortDescription",
    "ProjectTitle", "PurposeCode", "PurposeName", "SectorCode", "SectorName", "ChannelCode", "ChannelName",
    "ExpectedStartDate", "CompletionDate", "LongDescription", "Gender", "Environment",
)  # fmt: skip
ROW = {
    "Year": "2010", "DonorCode": "12", "DonorName": "United Kingdom", "AgencyCode": "1", "AgencyName": "DFID",
    "CrsID": "2010000001", "ProjectNumber": "P-1", "InitialReport": "1", "RecipientCode": "248",
    "RecipientName": "Kenya", "FlowCode": "11", "FlowName": "ODA Grants", "bi_multi": "1", "USD_Commitment": "2.5",
    "USD_Disbursement": "1.25", "CurrencyCode": "12", "Commitment_National": "1.6", "Disbursement_National": "0.8",
    "ShortDescription": "SCHOOLS", "ProjectTitle": "Schools in Kenya", "PurposeCode": "11220",
    "PurposeName": "Primary education", "SectorCode": "112", "SectorName": "Basic education", "ChannelCode": "11000",
    "ChannelName": "Donor Government", "ExpectedStartDate": "2010-01-01 00:00:00.000",
    "CompletionDate": "2012-12-31", "LongDescription": "Forty schools are built.", "Gender": "1",
}  # fmt: skip


class Read(NamedTuple):
    """A load of the reader alone."""

    connection: duckdb.DuckDBPyConnection
    report: Report
    plain: Plain
    rejects: Path

    def rows(self, question: str) -> list[tuple[Any, ...]]:
        return self.connection.execute(question).fetchall()

    def sums(self) -> dict[str, Decimal]:
        asked = "SELECT stage, sum(usd) FROM flow GROUP BY stage ORDER BY stage"
        return dict(self.connection.execute(asked).fetchall())

    def coded(self, code: str) -> list[Fault]:
        return [fault for fault in self.report.listed if fault.code == code]


@cache
def lookups() -> Lookups:
    """Of the embedded reference."""
    path = Path(mkdtemp(prefix="crs-codes-")) / "codes.duckdb"
    build(REFERENCE, path)
    return read_lookups(path)


def cells(number: int = 1, **changed: str) -> list[str]:
    """Fields of a record, in the order of the headings; of different number, different records."""
    row = ROW | {"CrsID": f"201000{number:04d}"} | changed
    return [row.get(heading, "") for heading in HEADINGS]


def line(number: int = 1, mark: str = "|", **changed: str) -> str:
    return mark.join(cells(number, **changed))


def position(heading: str) -> int:
    return HEADINGS.index(heading) + 1


def text(lines: Sequence[str], end: str = "\n", headings: str = "|".join(HEADINGS)) -> str:
    return end.join([headings, *lines]) + end


def sound(first: int, count: int) -> list[str]:
    return [line(number) for number in range(first, first + count)]


def read(folder: Path, content: bytes | str, name: str = "crs.txt") -> Read:
    """One file of this content, read. Raises Fault where it is refused."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_files(folder, [path])


def emptied() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(config={"threads": 2})
    tables.create(connection)
    return connection


def read_files(folder: Path, paths: Sequence[Path], connection: duckdb.DuckDBPyConnection | None = None) -> Read:
    """`connection`: with tables flow and record that may be emptied; made where none is given."""
    connection = connection or emptied()
    connection.execute("DELETE FROM flow; DELETE FROM record")
    rejects = folder / "rejects.csv"
    report = Report(rejects=rejects)
    READER.fill(Part(connection, lookups(), report, folder), paths)
    return Read(connection, report, READER.plain(paths, lookups()), rejects)


def agreed(found: Read) -> bool:
    """Whether every line is accounted for, and the plain reading counts the same records and money."""
    expected: dict[tuple[str, int], Decimal] = {}
    for sums in (found.report.sums, found.report.refused_sums):
        for key, usd in sums.items():
            expected[key] = expected.get(key, Decimal(0)) + usd
    counted = {key: usd for key, usd in found.plain.sums.items() if usd}
    return (
        found.report.balanced()
        and found.plain.records == found.report.read == found.report.kept + found.report.refused
        and counted == {key: usd for key, usd in expected.items() if usd}
    )
