"""A small real edition made by code: every table of `tables.py`, few enough rows to add up by hand.

6 donors, 12 recipients (a regional one, a small island, Kosovo), 5 sources, 10 purposes, 2007-2012; absences, negative
amounts, groups dated and undated. `tables()` gives the rows as dictionaries, so that a test can change them first.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
from sqlalchemy import insert

from data_access import rollups
from data_access.engine import writable_engine
from data_access.tables import create, metadata

Row = dict[str, Any]
Rows = dict[str, list[Row]]

YEARS = range(2007, 2013)
METHODS = ("strict", "shared", "muskoka")
DONORS = {
    "FRA": ("France", "country"),
    "GBR": ("United Kingdom", "country"),
    "JPN": ("Japan", "country"),
    "USA": ("United States", "country"),
    "905": ("International Development Association", "multilateral"),
    "1601": ("Gates Foundation", "private"),
}
RECIPIENTS = {
    "BGD": ("Bangladesh", "country"),
    "BRA": ("Brazil", "country"),
    "CPV": ("Cabo Verde", "country"),
    "ETH": ("Ethiopia", "country"),
    "HTI": ("Haiti", "country"),
    "IND": ("India", "country"),
    "KEN": ("Kenya", "country"),
    "MDV": ("Maldives", "country"),
    "NPL": ("Nepal", "country"),
    "TUV": ("Tuvalu", "country"),
    "XKX": ("Kosovo", "country"),
    "298": ("Africa, regional", "regional"),
}
PURPOSES = {
    "11110": "Education policy and administrative management",
    "11220": "Primary education",
    "12220": "Basic health care",
    "12240": "Basic nutrition",
    "12262": "Malaria control",
    "13020": "Reproductive health care",
    "14030": "Basic drinking water supply and basic sanitation",
    "15170": "Women's equality organisations",
    "16020": "Employment policy",
    "21020": "Road transport",
}
SECTORS = {
    "110": "Education",
    "111": "Education, level unspecified",
    "112": "Basic education",
    "120": "Health",
    "122": "Basic health",
    "130": "Population and reproductive health",
    "140": "Water and sanitation",
    "151": "Government and civil society",
    "160": "Other social infrastructure",
    "210": "Transport and storage",
}
FLOWS = {"10": "Official development assistance", "20": "Other official flows"}
SHARES: dict[str, dict[str, dict[str, str]]] = {  # method -> purpose -> goal -> share; the rest is unallocated
    "strict": {
        "11220": {"2": "1"},
        "12240": {"1": "1"},
        "12262": {"6": "1"},
        "13020": {"5": "1"},
        "14030": {"7": "1"},
        "15170": {"3": "1"},
        "16020": {"1": "1"},
    },
    "shared": {
        "11110": {"2": "0.333333"},
        "11220": {"2": "1"},
        "12220": {"4": "0.4", "5": "0.25", "6": "0.166667"},
        "12240": {"1": "0.5", "4": "0.5"},
        "12262": {"6": "1"},
        "13020": {"5": "1"},
        "14030": {"7": "1"},
        "15170": {"3": "1"},
        "16020": {"1": "1"},
    },
    "muskoka": {
        "12220": {"4": "0.2", "5": "0.2"},
        "12240": {"4": "0.5", "5": "0.5"},
        "12262": {"4": "0.4425", "5": "0.4425"},
        "13020": {"5": "1"},
        "14030": {"4": "0.075", "5": "0.075"},
    },
}
SOURCES: dict[str, tuple[str, str, str, int, int, int]] = {
    "iati-goals": (
        "AidData IATI release",
        "donor,recipient,goal,sector,purpose,flow,year",
        "committed,disbursed",
        2007,
        2012,
        2007,
    ),
    "crs-sectors": ("OECD CRS by sector", "recipient,sector,year", "committed,disbursed", 2007, 2012, 2008),
    "crs-donors": ("OECD CRS by donor", "donor,recipient,year", "disbursed", 2009, 2012, 2009),
    "crs-purposes": ("OECD CRS by purpose", "recipient,goal,sector,purpose,year", "disbursed", 2009, 2012, 2009),
    "dac1": ("OECD DAC1", "donor,year", "disbursed", 2007, 2012, 2007),
}
TITLES = ("Écoles primaires", "WATER 100% safe", "Water for_all", "a/b\\c clinics", "")
GROUPS: list[tuple[str, str, str, str, int, dict[str, tuple[int, int]]]] = [
    ("donor", "DAC", "DAC members", "dac", 1, {"FRA": (1961, 2025), "GBR": (1961, 2025), "JPN": (1961, 2025)}),
    ("donor", "G7", "Group of Seven", "g7", 0, dict.fromkeys(("FRA", "GBR", "JPN", "USA"), (1900, 2100))),
    (
        "recipient",
        "LDC",
        "Least developed countries",
        "ldc",
        1,
        {
            "BGD": (1975, 2025),
            "CPV": (1977, 2007),
            "ETH": (1971, 2025),
            "HTI": (1971, 2025),
            "MDV": (1971, 2010),
            "NPL": (1971, 2025),
            "TUV": (1986, 2025),
        },
    ),
    (
        "recipient",
        "SIDS",
        "Small island developing States",
        "sids",
        0,
        dict.fromkeys(("HTI", "MDV", "TUV"), (1900, 2100)),
    ),
    ("recipient", "SSA", "Sub-Saharan Africa", "region", 0, dict.fromkeys(("CPV", "ETH", "KEN", "298"), (1900, 2100))),
    ("sector", "110", "Education", "sector", 0, dict.fromkeys(("110", "111", "112"), (1900, 2100))),
    ("sector", "120", "Health", "sector", 0, dict.fromkeys(("120", "122"), (1900, 2100))),
]
SERIES: dict[str, tuple[str, str, str, str]] = {  # name, unit, goal, better
    "population": ("Population", "persons", "", "up"),
    "gni": ("Gross national income", "US dollars", "", "up"),
    "oda_gni": ("Net ODA as share of GNI", "per cent", "8", "up"),
    "u5mr": ("Under-five mortality rate", "deaths per 1,000 live births", "4", "down"),
    "literacy": ("Youth literacy rate", "per cent", "2", "up"),
}


def tables() -> Rows:
    """Rows of every table, by table name."""
    flows, shares = _flows(), _shares()
    return {
        "flow": flows,
        "record": _records(flows),
        "total": [_total(flows)],
        "file": [_file(source) for source in SOURCES],
        "source": [_source(code) for code in SOURCES],
        "member": _members(),
        "membership": _memberships(),
        "goal_share": shares,
        "indicator": _indicators(),
        "series": _series(),
        "about": [
            {"key": "edition", "value": "2013-01-31"},
            {"key": "base_year", "value": "2010"},
            {"key": "built", "value": "2013-01-31"},
        ],
    }


def write(target: Path, rows: Rows | None = None) -> Path:
    """One complete edition file at `target`."""
    with duckdb.connect(str(target)) as connection:
        create(connection)
    engine = writable_engine(target)
    with engine.begin() as connection:
        for name, content in (rows or tables()).items():
            if content:
                connection.execute(insert(metadata.tables[name]), content)
    engine.dispose()
    with duckdb.connect(str(target)) as connection:
        connection.execute("CREATE TEMP TABLE unordered AS FROM flow; DELETE FROM flow")
        rollups.arrange(connection, "unordered")
        rollups.fill(connection)
    return target


def parts(flows: Iterable[Row], shares: Iterable[Row]) -> list[Row]:
    """Each flow times the share of each goal under each method: what every total is a sum of."""
    split: dict[tuple[str, str], list[Row]] = {}
    for share in shares:
        split.setdefault((share["method"], share["purpose"]), []).append(share)
    found = []
    for row in flows:
        for method in METHODS:
            for part in split[method, row["purpose"]] if row["purpose"] else [{"goal": "", "share": Decimal(1)}]:
                constant = row["usd_constant"]
                amounts = {"usd": row["usd"] * part["share"]}
                amounts["usd_constant"] = None if constant is None else constant * part["share"]
                found.append(row | {"method": method, "goal": part["goal"]} | amounts)
    return found


def _flows() -> list[Row]:
    chance, rows = random.Random(2015), list[Row]()
    for source, (_, dimensions, stages, since, until, compared) in SOURCES.items():
        for cell in _cells(source, dimensions.split(","), chance):
            for stage in stages.split(","):
                early = stage == "disbursed" and source == "crs-sectors" and cell["year"] < compared
                if not since <= cell["year"] <= until or early or chance.random() < 0.15:
                    continue  # an absence: no row, never a zero
                rows.append(_flow(len(rows) + 1, source, stage, cell, chance))
    return rows


def _cells(source: str, dimensions: list[str], chance: random.Random) -> list[Row]:
    kept = {"iati-goals": 0.05, "crs-purposes": 0.35}.get(source, 0.8)
    cells = []
    for year in YEARS:
        for donor in DONORS if "donor" in dimensions else ("",):
            for recipient in RECIPIENTS if "recipient" in dimensions else ("",):
                for code in (
                    PURPOSES if "purpose" in dimensions else ("110", "120") if "sector" in dimensions else ("",)
                ):
                    if chance.random() < kept:
                        purpose = code if len(code) == 5 else ""
                        cell = {"year": year, "donor": donor, "recipient": recipient, "purpose": purpose}
                        flow = chance.choice(("10", "10", "20")) if "flow" in dimensions else ""
                        cells.append(cell | {"sector": code[:3], "flow": flow})
    return cells


def _flow(row: int, source: str, stage: str, cell: Mapping[str, Any], chance: random.Random) -> Row:
    usd = Decimal(chance.randint(1, 10**10)) / 100
    if chance.random() < 0.04:
        usd = -usd / 8  # a repayment
    if chance.random() < 0.02:
        usd = Decimal(0)  # a reported zero, which is not an absence
    usd = usd.quantize(Decimal("1.00000000"))
    constant = (usd / Decimal(100 + 3 * (cell["year"] - 2010)) * 100).quantize(Decimal("1.00000000"))
    place = {"row": row, "source": source, "file": f"{source}.csv", "line": row + 1, "item": f"{source}-{row}"}
    return {
        **place,
        **cell,
        "stage": stage,
        "kind": "commitment" if stage == "committed" else "disbursement",
        "gender": "",
        "usd": usd,
        "usd_constant": constant,
        "currency": "USD",
        "amount": usd,
        "rate": Decimal(1),
        "record": (row + 1) // 2 if source == "iati-goals" else 0,  # two rows of one record
    }


def _records(flows: list[Row]) -> list[Row]:
    told = {row["record"]: row for row in flows if row["record"]}
    return [
        {name: row[name] for name in ("record", "file", "line", "item")}
        | {"title": TITLES[number % len(TITLES)], "description": f"Phase {number % 7} of the programme"}
        | {"agency": "made by code", "channel": "", "raw": f"{number}|as read"}
        for number, row in told.items()
    ]


def _total(flows: list[Row]) -> Row:
    mine = [r for r in flows if r["source"] == "crs-donors" and r["year"] == 2010]
    kept = {k: v for k, v in mine[0].items() if k in metadata.tables["total"].c}
    return kept | {"donor": "", "recipient": "", "usd": sum(r["usd"] for r in mine), "label": "All donors, total"}


def _file(source: str) -> Row:
    file = {"file": f"{source}.csv", "source": source, "sha256": f"{len(source):064x}", "bytes": 1000, "lines": 100}
    return file | {"published": "https://example.org", "licence": "CC0", "retrieved": "2013-01-31"}


def _source(code: str) -> Row:
    title, dimensions, stages, since, until, compared = SOURCES[code]
    return {
        "source": code,
        "title": title,
        "coverage": "A small sample.",
        "dimensions": dimensions,
        "stages": stages,
        "disbursed_is": "gross disbursements",
        "licence": "CC0",
        "released": "2013-01-31",
        "attribution": "Made by code",
        "address": "https://example.org",
        "note": "",
        "since": since,
        "until": until,
        "compared_since": compared,
    }


def _members() -> list[Row]:
    goals = {**{str(n): f"Goal {n}" for n in range(1, 9)}, "unallocated": "Not allocated to a Goal"}
    named: dict[str, dict[str, tuple[str, str]]] = {"donor": DONORS, "recipient": RECIPIENTS}
    plain = {"goal": goals, "purpose": PURPOSES, "sector": SECTORS, "flow": FLOWS}
    plain["gender"] = {"2": "Principal", "1": "Significant", "0": "Not targeted", "unscreened": "Not screened"}
    for dimension, names in plain.items():
        named[dimension] = {code: (name, dimension) for code, name in names.items()}
    return [
        {
            "dimension": dimension,
            "code": code,
            "name": name,
            "name_fr": "",
            "kind": kind,
            "map_code": code if kind == "country" else "",
            "dac_code": "" if kind == "country" else code,
        }
        for dimension, members in named.items()
        for code, (name, kind) in members.items()
    ]


def _memberships() -> list[Row]:
    names = ("dimension", "grp", "name", "family", "dated", "basis", "member", "since", "until")
    return [
        dict(zip(names, (dimension, code, name, family, dated, "made by code", member, *spell), strict=True))
        for dimension, code, name, family, dated, spells in GROUPS
        for member, spell in spells.items()
    ]


def _shares() -> list[Row]:
    rows = []
    for method in METHODS:
        for purpose in (*PURPOSES, ""):
            parts = {goal: Decimal(share) for goal, share in SHARES[method].get(purpose, {}).items()}
            rest = 1 - sum(parts.values(), Decimal(0))
            for goal, share in (parts | ({"unallocated": rest} if rest else {})).items():
                row = {"method": method, "purpose": purpose, "goal": goal, "share": share}
                rows.append(row | {"basis": "made by code", "citation": "made by code"})
    return rows


def _series() -> list[Row]:
    return [
        {
            "series": code,
            "name": name,
            "unit": unit,
            "goal": goal,
            "target": "",
            "sex": "total,female,male" if code == "literacy" else "total",
            "better": better,
            "source": "made by code",
            "definition": f"{name}, made by code.",
            "licence": "CC0",
            "file": "series.csv",
            "since": 2007,
            "until": 2012,
        }
        for code, (name, unit, goal, better) in SERIES.items()
    ]


def _indicators() -> list[Row]:
    chance, rows = random.Random(8), list[Row]()
    for code in SERIES:
        countries = [
            c for c in (DONORS if code == "oda_gni" else {**DONORS, **RECIPIENTS}) if len(c) == 3 and c.isalpha()
        ]
        high = {"population": 10**9, "gni": 10**13}.get(code, 100)
        for country in countries:
            for year in YEARS:
                for sex in ("total", "female", "male") if code == "literacy" else ("total",):
                    if chance.random() > 0.1:
                        value = Decimal(chance.randint(1, high * 10)) / 10
                        row = {"series": code, "country": country, "year": year, "sex": sex, "value": value}
                        rows.append(row | {"file": "series.csv", "line": len(rows) + 2})
    return rows
