"""Codes as the statements look them up, and what is said of a load as a whole."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from pathlib import Path

import duckdb
import pyarrow as pa

from data_access.ingest.crs import codes
from data_access.ingest.crs.judge import FIRST, FLOWS, GENDERS, SORTS
from data_access.ingest.crs.tally import Tally
from data_access.ingest.faults import Fault
from data_access.ingest.readers import Lookups, Part
from data_access.ingest.rows import UNSTATED

YEAR = re.compile(r"(?<!\d)(?:19[6-9]|20[0-3])\d(?!\d)")
CORE_NOTE = (
    "{0:,} records of core contributions to multilateral organisations (bi_multi 2) are kept and not counted: what "
    "those organisations spend is reported by themselves."
)
NEGATIVE_NOTE = "{0:,} negative amounts, {1:f} US dollars together, are corrections or repayments; they are counted."


def tables(connection: duckdb.DuckDBPyConnection, lookups: Lookups) -> None:
    """Table `crs_code`: texts of files to our codes, one row for each text of a dimension."""
    listed = [(dimension, text, code) for dimension, table in _codes(lookups).items() for text, code in table.items()]
    columns = dict(zip(("dimension", "text", "code"), zip(*listed, strict=True), strict=True))
    connection.from_arrow(
        pa.table({name: pa.array(cells, pa.string()) for name, cells in columns.items()})
    ).insert_into("crs_code")


def _codes(lookups: Lookups) -> dict[str, Mapping[str, str]]:
    return {
        "year": {str(year): str(year) for year in range(FIRST, datetime.date.today().year + 1)},
        "donor": lookups.donors,
        "recipient": lookups.recipients,
        "donor name": lookups.names.get("donor", {}),
        "recipient name": lookups.names.get("recipient", {}),
        "flow": FLOWS,
        "bi_multi": {code: code for code in (*SORTS, "")},
        "gender": GENDERS,
        "purpose": {code: code for code in lookups.known.get("purpose", ()) if code.isdigit()} | {"": UNSTATED},
        "sector": {code: code for code in lookups.known.get("sector", ())},
        "channel": {code: code for code in lookups.known.get("channel", ())},
    }


def vintage(connection: duckdb.DuckDBPyConnection, tally: Tally, name: str) -> None:
    """A warning where a file is named after a year and holds none of it: an older release under a newer name."""
    named = [int(text) for text in YEAR.findall(Path(name).stem)]
    since, until = connection.execute("SELECT min(year), max(year) FROM flow WHERE file = $1", [name]).fetchall()[0]
    if not named or since is None or any(since <= year <= until for year in named):
        return
    reason = f"names {', '.join(map(str, named))}, and the rows are of {since} to {until}"
    tally.warn(Fault(name, 0, "", name, reason, "see whether it is the right file", codes.VINTAGE, "warning"), "")


def said(part: Part, core: int) -> None:
    """Notes on what was left out and what is unusual."""
    negative = part.connection.execute("SELECT count(*), sum(usd) FROM flow WHERE usd < 0").fetchall()[0]
    if core:
        part.report.notes.append(CORE_NOTE.format(core))
    if negative[0]:
        part.report.notes.append(NEGATIVE_NOTE.format(*negative))
