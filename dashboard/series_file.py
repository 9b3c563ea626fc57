"""The values of a series as a file: each with the line it was read from, so that what was computed can be checked."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlencode

import pandas as pd

from dashboard.codes import Codes
from dashboard.panels import Column, Table
from dashboard.selection import FIRST_YEAR, LAST_YEAR, shortened

MOST = 100  # terms of an address
PRODUCT = "*"  # between two series whose product was meant; the file holds the values of both
COLUMNS = (
    Column("series", "Series"),
    Column("country", "Code", "code"),
    Column("name", "Name"),
    Column("year", "Year", "year"),
    Column("sex", "Sex"),
    Column("value", "Value", "number"),
    Column("unit", "Unit"),
    Column("file", "File"),
    Column("line", "Line", "whole"),
    Column("source", "Source"),
)
Asked = tuple[tuple[str, ...], str, int, int, str]


def address(series: str, country: str = "", year: int = 0, edition: str = "") -> str:
    """Path and query of the file of the values behind one figure; of the whole series where nothing else is named."""
    terms = {"series": series, "country": country, "since": year, "until": year, "edition": edition}
    return f"/export/series.csv?{urlencode({key: value for key, value in terms.items() if value})}"


def read(query: str, codes: Codes) -> Asked:
    """Names of series, code of a country (empty: all), first and last year; and a sentence where the query string
    cannot be followed, empty where it can."""
    given, years = dict[str, str](), {"since": FIRST_YEAR, "until": LAST_YEAR}
    try:
        pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=MOST)
    except ValueError:
        return (), "", 0, 0, f"the address has more than {MOST} terms."
    for key, value in pairs:
        if key in given or key not in ("series", "country", "since", "until", "edition"):
            return (), "", 0, 0, f"{shortened(key)}={shortened(value)} is no term of this file, or is given twice."
        given[key] = value
    names = tuple(given.get("series", "").split(PRODUCT))
    if not set(names) <= set(codes.series):
        return (), "", 0, 0, f"series={shortened(given.get('series', ''))} is not a series of this edition."
    for key in years:
        if key in given and not (len(given[key]) == 4 and given[key].isascii() and given[key].isdigit()):
            return (), "", 0, 0, f"{key}={shortened(given[key])} is not a year."
        years[key] = int(given.get(key, years[key]))
    return names, given.get("country", ""), years["since"], years["until"], ""


def table(found: pd.DataFrame, codes: Codes) -> Table:
    """found: columns of `COLUMNS` but name."""
    rows: list[dict[Any, Any]] = found.to_dict("records")
    named = [row | {"name": _name(row["country"], codes)} for row in rows]
    return Table("Values of a series", COLUMNS, tuple(tuple(row[c.key] for c in COLUMNS) for row in named))


def _name(code: str, codes: Codes) -> str:
    return next((codes.name(d, code) for d in ("donor", "recipient") if codes.knows(d, code)), code)
