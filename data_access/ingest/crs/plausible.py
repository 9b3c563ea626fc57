"""What is odd about a record and kept all the same: dates, sizes, codes and names that disagree. Set-wise, in SQL.

Each oddity is one condition on a record of `chunk c`, whose codes have been looked up as `d` (donor), `r` (recipient).
Agencies are not compared: their codes are the donor's own, and an edition holds no list of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

import duckdb

from data_access.ingest.crs import codes
from data_access.ingest.crs.layouts import Layout
from data_access.ingest.crs.tally import Tally
from data_access.ingest.faults import Fault

DATE = "c.{0} <> '' AND (length(c.{0}) < 10 OR TRY_CAST(substr(c.{0}, 1, 10) AS DATE) IS NULL)"
JOINS = """
    LEFT JOIN crs_code dn ON dn.dimension = 'donor name' AND dn.text = c.donor_name
    LEFT JOIN crs_code rn ON rn.dimension = 'recipient name' AND rn.text = c.recipient_name
    LEFT JOIN crs_code s ON s.dimension = 'sector' AND s.text = c.sector
    LEFT JOIN crs_code ch ON ch.dimension = 'channel' AND ch.text = c.channel_code
    LEFT JOIN crs_usual u ON u.year = c.year AND u.donor = c.donor
"""
USUAL = """
    CREATE OR REPLACE TEMP TABLE crs_usual AS
    SELECT year, donor, median(rate) AS rate
    FROM (
        SELECT year, donor, TRY_CAST(disbursed_defl AS DOUBLE) / TRY_CAST(disbursed AS DOUBLE) AS rate
        FROM chunk
        WHERE disbursed <> '' AND disbursed_defl <> '' AND abs(TRY_CAST(disbursed AS DOUBLE)) >= 0.01
    )
    WHERE rate > 0 AND isfinite(rate)
    GROUP BY ALL HAVING count(*) >= 5
"""
MASKS = """
    SELECT mask, count(*) FROM looked WHERE mask <> 0 AND record NOT IN (SELECT record FROM crs_refused) GROUP BY mask
"""
Row = Mapping[str, Any]


class Oddity(NamedTuple):
    """`columns`: the fields it is about, the first of which is named; those a file lacks switch it off."""

    code: str
    columns: tuple[str, ...]
    condition: str
    reason: Callable[[Row], str]
    remedy: str


def _date(name: str) -> Callable[[Row], str]:
    def told(row: Row) -> str:
        text = str(row[name])
        if re.fullmatch(r"\d{5}", text):
            return "is a spreadsheet's serial number of a day; it was kept in the raw record"
        if re.fullmatch(r"\d{1,2}/\d{1,2}/\d{4}.*", text):
            first, second = (int(part) for part in text.split("/")[:2])
            if first <= 12 and second <= 12:
                return "is ambiguous: day and month can be told either way; dates are written YYYY-MM-DD"
        return "is no day of the calendar as YYYY-MM-DD"

    return told


def _sized(row: Row) -> str:
    return (
        f"is beyond 100,000 million US dollars, committed {row['committed'] or 'nothing'} and disbursed "
        f"{row['disbursed'] or 'nothing'}; amounts are in millions"
    )


ODDITIES = (
    Oddity(codes.DATE, ("starts",), DATE.format("starts"), _date("starts"), "write YYYY-MM-DD"),
    Oddity(codes.DATE, ("completed",), DATE.format("completed"), _date("completed"), "write YYYY-MM-DD"),
    Oddity(
        codes.LARGE, ("committed",), "abs(TRY_CAST(c.committed AS DOUBLE)) > 100000", _sized, "compare the unit"
    ),
    Oddity(
        codes.LARGE, ("disbursed",), "abs(TRY_CAST(c.disbursed AS DOUBLE)) > 100000", _sized, "compare the unit"
    ),
    Oddity(
        codes.BEYOND, ("disbursed", "committed"),
        "TRY_CAST(c.committed AS DOUBLE) > 0 "
        "AND TRY_CAST(c.disbursed AS DOUBLE) > 1000 * TRY_CAST(c.committed AS DOUBLE)",
        lambda row: f"is more than 1,000 times the commitment, {row['committed']}", "compare both amounts",
    ),
    Oddity(
        codes.NATIONAL, ("committed", "committed_national"),
        "c.committed <> '' AND c.committed_national = '' AND TRY_CAST(c.committed AS DOUBLE) <> 0",
        lambda row: "is given in US dollars and not in national currency", "give both",
    ),
    Oddity(
        codes.NATIONAL, ("disbursed", "disbursed_national"),
        "c.disbursed <> '' AND c.disbursed_national = '' AND TRY_CAST(c.disbursed AS DOUBLE) <> 0",
        lambda row: "is given in US dollars and not in national currency", "give both",
    ),
    Oddity(
        codes.DEFLATOR, ("disbursed_defl", "disbursed"),
        "u.rate IS NOT NULL AND abs(TRY_CAST(c.disbursed AS DOUBLE)) >= 0.01 AND "
        "abs(TRY_CAST(c.disbursed_defl AS DOUBLE) / TRY_CAST(c.disbursed AS DOUBLE) / u.rate - 1) > 0.01",
        lambda row: f"is not {row['disbursed']} at the deflator of the donor's other rows of {row['year']}, by over 1%",
        "compare both amounts",
    ),
    Oddity(
        codes.SECTOR, ("sector",), "c.sector <> '' AND s.code IS NULL",
        lambda row: "is not in the list of DAC sector codes of the edition; the purpose is used", "correct it",
    ),
    Oddity(
        codes.NAMED, ("sector", "purpose"),
        "c.sector <> '' AND c.purpose <> '' AND NOT starts_with(c.purpose, c.sector)",
        lambda row: f"is not the sector of purpose {row['purpose']}; the purpose is used", "correct one of them",
    ),
    Oddity(
        codes.CHANNEL, ("channel_code",), "c.channel_code <> '' AND ch.code IS NULL",
        lambda row: "is not in the list of DAC channel codes of the edition; it was kept", "correct it",
    ),
    Oddity(
        codes.NAMED, ("donor_name", "donor"), "dn.code <> d.code",
        lambda row: f"is not the name of donor {row['donor']}; the code is used", "correct one of them",
    ),
    Oddity(
        codes.NAMED, ("recipient_name", "recipient"), "rn.code <> r.code",
        lambda row: f"is not the name of recipient {row['recipient']}; the code is used", "correct one of them",
    ),
)  # fmt: skip


def mask(layout: Layout) -> str:
    """One bit for each oddity that the columns of a file allow to see."""
    bits = [
        f"CASE WHEN {oddity.condition} THEN {1 << bit} ELSE 0 END"
        for bit, oddity in enumerate(ODDITIES)
        if all(name in layout.places for name in oddity.columns)
    ]
    return " + ".join(bits) or "0"


def warn(connection: duckdb.DuckDBPyConnection, file: str, layout: Layout, tally: Tally) -> None:
    """Tell what is odd among the records of `chunk` that are kept."""
    masks = connection.execute(MASKS).fetchall()
    for bit, oddity in enumerate(ODDITIES):
        found = sum(times for flags, times in masks if flags >> bit & 1)
        if not found:
            continue
        listed = 0
        for row in _examples(connection, 1 << bit, max(0, min(found, tally.room(oddity.code)))):
            name = oddity.columns[0]
            column, position = layout.column(name), layout.position(name)
            fault = Fault(
                file,
                row["line"],
                column,
                row[name],
                oddity.reason(row),
                oddity.remedy,
                oddity.code,
                "warning",
                position,
            )
            tally.warn(fault, row["raw"])
            listed += 1
        tally.count(oddity.code, found - listed)


def _examples(connection: duckdb.DuckDBPyConnection, bit: int, room: int) -> Iterable[Row]:
    if not room:
        return []
    found = connection.execute(
        "SELECT c.* FROM chunk c WHERE record IN (SELECT record FROM looked WHERE mask & $bit <> 0 "
        "AND record NOT IN (SELECT record FROM crs_refused) ORDER BY record LIMIT $room) ORDER BY record",
        {"bit": bit, "room": room},
    )
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
