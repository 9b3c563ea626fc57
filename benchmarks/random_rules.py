"""Counting rules at random, the same ones each time, over whatever occurs in a source of an edition."""

from __future__ import annotations

import random
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice
from typing import Any

from dashboard.codes import Codes, Source
from dashboard.counting import WORDS, Rule
from dashboard.methods import METHODS
from dashboard.questions import period
from dashboard.rules import problems
from dashboard.selection import Selection

Values = dict[str, Any]
GOALS = ("1", "2", "3", "4", "5", "6", "7")
INCOMES = (2010, 2015)  # years in which the incomes of donors are known
LONGEST, BEFORE, MOST = 10, 5, 5  # years of a period, years of a baseline, codes named of one dimension
CURRENT = 0.6  # how often at current prices
SHARES = 0.15  # how many are a share of an income


def rules(codes: Codes, source: Source, count: int, seed: int = 2000) -> list[Rule]:
    """So many rules of kinds `flows` and `share` that nothing is wrong with: who gives and who receives (all, some or a
    group by year), what for, which rung, flows, years and prices, over which baseline."""
    return list(islice(_valid(codes, source, random.Random(seed)), count))


def _valid(codes: Codes, source: Source, chance: random.Random) -> Iterator[Rule]:
    while True:
        share = chance.random() < SHARES
        values = _whom(codes, source, chance, named=share) | _counted(codes, source, chance)
        values |= _of_income(chance) if share else _of_money(source, chance)
        rule = Rule("share" if share else "flows", source=source.code, **values)
        if not problems(rule, codes):
            yield rule


def _whom(codes: Codes, source: Source, chance: random.Random, named: bool) -> Values:
    """named: a share of an income is of donors that are named."""
    found: Values = {"membership": chance.choice(WORDS["membership"])}
    for dimension, key in (("donor", "donors"), ("recipient", "recipients")):
        kind = chance.choice(("some", "group") if named and dimension == "donor" else ("all", "some", "group"))
        if kind == "some":
            found[key] = _some(sorted(source.picks[dimension]), chance)
        if kind == "group":
            present = source.picks[dimension]
            held = [code for code, group in codes.groups[dimension].items() if group.members() & present]
            found[key] = (chance.choice(sorted(held)),)
    return found


def _counted(codes: Codes, source: Source, chance: random.Random) -> Values:
    """What the money is for, and how it is counted."""
    found: Values = {"stage": chance.choice(source.stages), "net": chance.choice(WORDS["net"])}
    kind = chance.choice(("all", "goals", "purposes", "sectors"))
    if kind == "goals":
        found |= {"goals": _some(GOALS, chance, 2), "method": chance.choice(list(METHODS))}
    if kind == "purposes":
        found["purposes"] = _some(sorted(source.picks["purpose"]), chance)
    if kind == "sectors":
        found["sectors"] = _some(sorted({*source.picks["sector"], *codes.groups["sector"]}), chance, 2)
    if chance.random() < 0.4 and source.picks.get("flow"):
        found["flows"] = _some(sorted(source.picks["flow"]), chance, 2)
    return found


def _of_money(source: Source, chance: random.Random) -> Values:
    """A sum, or a level, of US dollars at some prices."""
    first, last = period(source, Selection(since=1995))
    since = chance.randint(first, last)
    prices = "current" if chance.random() < CURRENT else str(chance.choice((2004, 2010, 2014)))
    until = min(last, since + chance.randrange(LONGEST))
    found: Values = {"since": since, "until": until, "prices": prices, "counts": chance.choice(WORDS["counts"])}
    found["profile"] = chance.choice(("flat", "front-loaded"))
    if chance.random() < 0.7:
        found["low"] = Decimal(chance.randrange(1, 500)).scaleb(8)
        found["high"] = found["low"] * chance.choice((1, 2))
    kind = chance.choice(("none", "none", "level", "trend"))
    if kind != "none" and since > first:
        begun = max(first, since - chance.randint(1, BEFORE))
        found |= {"baseline": kind, "baseline_since": begun, "baseline_until": since - 1}
    return found


def _of_income(chance: random.Random) -> Values:
    since = chance.randint(*INCOMES)
    low = Decimal(chance.randint(1, 70)).scaleb(-2)
    target = {"low": low, "high": low, "counts": chance.choice(("last", "each"))}
    return {"weights": "gni", "since": since, "until": chance.randint(since, INCOMES[1])} | target


def _some(codes: list[str] | tuple[str, ...], chance: random.Random, most: int = MOST) -> tuple[str, ...]:
    return tuple(sorted(chance.sample(codes, min(len(codes), chance.randint(1, most)))))
