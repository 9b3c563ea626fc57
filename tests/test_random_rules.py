"""Random counting rules against questions written by hand over the rows themselves."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest

from dashboard.counting import Rule
from dashboard.rules import problems
from data_access.measuring import measure
from tests.built import rows

SEEDS = range(150)
SOURCES = {  # source -> (rungs, dimensions told apart, first and last year)
    "crs-donors": (("disbursed",), ("donor", "recipient"), 2012, 2015),
    "crs-purposes": (("disbursed",), ("recipient", "sector", "purpose", "goal"), 2013, 2015),
    "crs-sectors": (("committed", "disbursed"), ("recipient", "sector"), 1995, 2016),
    "dac1": (("disbursed",), ("donor",), 2010, 2022),
    "dac5": (("committed",), ("donor", "sector"), 2000, 2014),
    "iati-goals": (("committed", "disbursed"), ("donor", "recipient", "sector", "purpose", "goal"), 2000, 2015),
}
GROUPS = {
    "donor": ("DAC", "EU", "G7", "G8"),
    "recipient": ("LDC", "LLDC", "SIDS", "SSA", "AFR"),
    "sector": ("110", "310"),
}
KEYS = {"donor": "donors", "recipient": "recipients", "sector": "sectors", "purpose": "purposes"}


def made(seed: int) -> Rule:
    """A rule over one source: some codes or a group in some of its dimensions, some years, some rung."""
    pick = random.Random(seed)
    source = pick.choice(sorted(SOURCES))
    stages, told, first, last = SOURCES[source]
    since = pick.randint(first, last)
    until = pick.randint(since, last)
    values: dict[str, object] = {"source": source, "stage": pick.choice(stages), "since": since, "until": until}
    for dimension in told:
        if dimension == "goal" or pick.random() < 0.4:
            continue
        if dimension in GROUPS and pick.random() < 0.5:
            values[KEYS[dimension]] = (pick.choice(GROUPS[dimension]),)
        else:
            asked = f"SELECT DISTINCT {dimension} FROM flow WHERE source = ? AND {dimension} <> '' ORDER BY 1"
            occurring = [code for (code,) in rows(asked, source)]
            values[KEYS[dimension]] = tuple(sorted(pick.sample(occurring, min(3, len(occurring)))))
    if "goal" in told and pick.random() < 0.5:
        values["goals"] = tuple(sorted(pick.sample(["1", "2", "4", "5", "6", "7"], pick.randint(1, 2))))
        values["method"] = pick.choice(["strict", "shared", "muskoka"])
    return Rule("flows", **values)


def by_hand(rule: Rule) -> Decimal | None:
    """One plain question a year: codes of groups from the table of memberships, shares of goals from theirs."""
    total: Decimal | None = None
    for year in range(rule.since, rule.until + 1):
        where, values = ["source = ?", "stage = ?", "year = ?"], [rule.source, rule.stage, year]
        for dimension, key in KEYS.items():
            picked = getattr(rule, key)
            if picked:
                where.append(f"list_contains(?, {dimension})")
                values.append(members(dimension, picked, year))
        share = "1"
        if rule.goals:
            share = """coalesce((SELECT sum(share) FROM goal_share s WHERE s.purpose = flow.purpose
                AND s.method = ? AND list_contains(?, s.goal)), 0)"""
            values = [rule.method, list(rule.goals), *values]
        [(usd, counted)] = rows(f"SELECT sum(usd * {share}), count(usd) FROM flow WHERE {' AND '.join(where)}", *values)
        if usd is not None and (counted and (not rule.goals or usd)):
            total = usd if total is None else total + usd
    return total


def members(dimension: str, picked: tuple[str, ...], year: int) -> list[str]:
    found = set()
    for code in picked:
        asked = "SELECT member, since, until, dated FROM membership WHERE dimension = ? AND grp = ?"
        spells = rows(asked, dimension, code)
        found |= {m for m, since, until, dated in spells if since <= year <= until or not dated} if spells else {code}
    return sorted(found)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_random_rule_is_answered_as_by_hand(embedded, seed) -> None:
    rule = made(seed)
    assert problems(rule, embedded.codes) == ()
    found, expected = measure(embedded, rule), by_hand(rule)
    if expected is None:
        assert not found.measured or found.delivered.low == 0
    else:
        assert found.delivered.low == expected == found.delivered.high
