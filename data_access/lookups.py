"""What readers translate codes with, read from the codes part of an edition."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from data_access.ingest.fx import Deflators, Rates
from data_access.ingest.readers import Lookups


def read_lookups(codes: Path) -> Lookups:
    """From the file of a part that holds the tables member, place, rate and deflator."""
    with duckdb.connect(str(codes), read_only=True) as connection:
        members = connection.execute("SELECT dimension, code, name, dac_code FROM member").fetchall()
        places = connection.execute("SELECT scheme, key, code FROM place").fetchall()
        rates = connection.execute("SELECT currency, year, per_usd FROM rate").fetchall()
        deflators = connection.execute("SELECT donor, year, deflator FROM deflator").fetchall()
    by_scheme: dict[str, dict[str, str]] = defaultdict(dict)
    for scheme, key, code in places:
        by_scheme[scheme][key] = code
    known: dict[str, set[str]] = defaultdict(set)
    names: dict[str, dict[str, str]] = defaultdict(dict)
    by_dac: dict[str, dict[str, str]] = {"donor": {}, "recipient": dict(by_scheme["dac"])}
    dac = {code: key for key, code in by_scheme["dac"].items() if key != "9998"}
    for dimension, code, name, dac_code in members:
        known[dimension].add(code)
        names[dimension].setdefault(name, code)
        if dac_code and dimension in by_dac:
            by_dac[dimension].setdefault(dac_code, code)
            dac.setdefault(code, dac_code)
    recipients = {key: code for key, code in by_dac["recipient"].items() if code in known["recipient"]}
    names["recipient"] = by_scheme["name"] | names["recipient"]
    return Lookups(
        donors=by_dac["donor"],
        recipients=recipients,
        iso3=by_scheme["iso2"],
        names=dict(names),
        known={dimension: frozenset(codes) for dimension, codes in known.items()},
        dac=dac,
        rates=Rates(_by_year(rates)),
        deflators=Deflators(_by_year(deflators)),
    )


def _by_year(rows: list[Any]) -> dict[str, dict[int, Decimal]]:
    found: dict[str, dict[int, Decimal]] = defaultdict(dict)
    for key, year, figure in rows:
        found[key][year] = figure.normalize() + 0
    return dict(found)
