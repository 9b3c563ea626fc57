"""What a person would ask for a counting rule, in SQL on the same bytes: its sums by donor and year, one question each.

Whoever writes it knows the codes: members of groups are written out, for each stretch of years in which they are the
same. Nothing of the app is used.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import groupby

import duckdb

from benchmarks.hand import SMALLEST_FIRST, listed
from dashboard.codes import Codes, Group
from dashboard.counting import Rule

PICKED = {"donor": "donors", "recipient": "recipients", "sector": "sectors", "purpose": "purposes", "flow": "flows"}
REFERENCE = "reference"  # the part with the series, as it is attached beside that of the source
Rows = Sequence[tuple[str, int, Decimal | None]]


def written(rule: Rule, codes: Codes) -> str:
    """SQL for the sums of a rule over the rows of its source, those of its baseline among them."""
    spans = [(rule.since, rule.until)] + ([(rule.baseline_since, rule.baseline_until)] if rule.baseline_since else [])
    picked = {name: getattr(rule, key) for name, key in PICKED.items() if getattr(rule, key)}
    names = {"donor", "year", *picked} | ({"goal"} if rule.goals else set())
    table = next(table for table in SMALLEST_FIRST if names - {"goal"} <= set(table.c.keys()))
    shared = bool(rule.goals) and "goal" not in table.c
    amount = rule.stage if rule.prices == "current" else f"{rule.stage}_constant"
    told = f"CAST({amount} AS DECIMAL(24, 8)) * share" if shared else amount
    where = [f"source = '{rule.source}'", _years(spans)]
    if rule.goals:
        where += [f"method = '{rule.method}'", f"goal IN ({listed(rule.goals)})"]
    elif "method" in table.c:
        where.append("method = ''")
    years = [year for first, last in spans for year in range(first, last + 1)]
    where += [_members(name, held, codes, rule.membership, years) for name, held in picked.items()]
    joined = " JOIN goal_share USING (purpose)" if shared else ""
    return f"SELECT donor, year, sum({told}) FROM {table.name}{joined} WHERE {' AND '.join(where)} GROUP BY donor, year"


def incomes(rule: Rule, codes: Codes) -> str:
    """SQL for what a rule of kind `share` is a share of: by country and year; empty for others."""
    if not rule.weights:
        return ""
    held, years = codes.groups["donor"], range(rule.since, rule.until + 1)
    members = set[str]().union(*(_of_year(rule.donors, held, rule.membership, year) for year in years))
    where = f"series = '{rule.weights}' AND year BETWEEN {rule.since} AND {rule.until}"
    where += f" AND country IN ({listed(sorted(members))})" if members else " AND false"
    return f"SELECT country, year, value FROM {REFERENCE}.indicator WHERE {where}"


def asked(raw: duckdb.DuckDBPyConnection, texts: Iterable[str]) -> list[Rows]:
    """The answers to each, fetched whole."""
    return [raw.execute(text).fetchall() for text in texts if text]


def _years(spans: list[tuple[int, int]]) -> str:
    return "(" + " OR ".join(f"year BETWEEN {first} AND {last}" for first, last in sorted(spans)) + ")"


def _members(name: str, picked: tuple[str, ...], codes: Codes, membership: str, years: list[int]) -> str:
    """Members in each year, as one condition; a group without dates has one list for all years."""
    held = codes.groups.get(name, {})
    by_year = {year: sorted(_of_year(picked, held, membership, year)) for year in sorted(years)}
    runs = list(_runs(by_year))
    if not any(by_year.values()):
        return "false"
    if len(runs) == 1:
        return f"{name} IN ({listed(runs[0][2])})"
    some = [f"year BETWEEN {a} AND {b} AND {name} IN ({listed(members)})" for a, b, members in runs if members]
    return f"({' OR '.join(some)})"


def _of_year(picked: tuple[str, ...], held: Mapping[str, Group], membership: str, year: int) -> set[str]:
    found = set[str]()
    for code in picked:
        spells = held[code].spells if code in held else ()
        at = max(spell.until for spell in spells) if spells and membership == "today" else year
        found |= {s.member for s in spells if s.since <= at <= s.until or not held[code].dated} if spells else {code}
    return found


def _runs(by_year: Mapping[int, list[str]]) -> Iterator[tuple[int, int, list[str]]]:
    """Neighbouring years with the same members together."""
    for members, years in groupby(sorted(by_year), key=lambda year: by_year[year]):
        run = list(years)
        yield run[0], run[-1], members
