"""Counting rules at random, measured by the engine with nothing remembered, over the same sums asked by hand.

The lists of the edition (codes, members of groups, deflators) are at hand on both sides. An answer of the engine is
what was due, delivered and missing, in all and by year, and what every term is worth; terms are opened by who asks
for them, with the address of the rows of each and the standing of each donor: the last figure tells what it takes
then. By hand it is the sums alone.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from time import process_time
from typing import NamedTuple

import duckdb

from benchmarks import hand, hand_rules
from benchmarks.questions import timed
from benchmarks.random_rules import rules
from benchmarks.verdicts import Verdict
from dashboard.counting import Rule
from dashboard.measured import Measured
from data_access import editions, parts
from data_access.cache import Cache
from data_access.cube import Cube
from data_access.editions import INDICATORS
from data_access.engine import Warehouse
from data_access.library import cube_of
from data_access.measuring import measure
from data_access.measuring.series import cents, deflators

COUNT, WARM, TURNS, MORE = 1_000, 20, 5, 15
MOST = 1.5


class Fresh:
    """An edition of which nothing was ever asked, again and again."""

    def __init__(self, home: Path) -> None:
        self._warehouse = Warehouse(parts.folder(home))
        self.known = cube_of(home, editions.current(home), self._warehouse, Cache())

    def cube(self) -> Cube:
        """With its lists read, and no answer."""
        made = self.known.forgetful()
        deflators(made)
        return made

    def close(self) -> None:
        self._warehouse.close()


@contextmanager
def both(home: Path, source: str) -> Iterator[tuple[Fresh, duckdb.DuckDBPyConnection]]:
    """The engine, and DuckDB alone on the same bytes under other names (a file cannot be open twice in a process)."""
    fresh = Fresh(home)
    with tempfile.TemporaryDirectory(dir=home) as folder:
        linked = {name: Path(folder) / f"{name}.duckdb" for name in ("part", hand_rules.REFERENCE)}
        for path, name in zip(linked.values(), (source, INDICATORS), strict=True):
            os.link(parts.file_of(home, fresh.known.parts[name]), path)
        raw = hand.connect(str(linked["part"]))
        raw.execute(f"ATTACH {parts.quoted(str(linked[hand_rules.REFERENCE]))} AS {hand_rules.REFERENCE} (READ_ONLY)")
        yield fresh, raw
        raw.close()
        fresh.close()


class Took(NamedTuple):
    """Milliseconds by the clock, and of the processor: the shortest of several turns."""

    clock: float
    processor: float


@dataclass(frozen=True)
class Times:
    """What a rule took, by hand and by the engine."""

    rule: Rule
    floor: Took
    ours: Took
    opened: Took

    def ratio(self, which: int) -> float:
        """Of the clock (0) or of the processor (1)."""
        return self.ours[which] / self.floor[which]


def times(fresh: Fresh, raw: duckdb.DuckDBPyConnection, rule: Rule, turns: int = TURNS) -> Times:
    """In turn, so that neither always finds the disk's pages in memory. Raises AssertionError where sums differ."""
    texts = [hand_rules.written(rule, fresh.known.codes), hand_rules.incomes(rule, fresh.known.codes)]
    check(measure(fresh.cube(), rule), *hand_rules.asked(raw, texts))
    floor, ours, whole = list[Took](), list[Took](), list[Took]()
    for turn in range(turns):
        asked = [
            (floor, partial(hand_rules.asked, raw, texts)),
            (ours, partial(measure, fresh.cube(), rule)),
            (whole, partial(opened, fresh.cube(), rule)),
        ]
        for held, ask in asked if turn % 2 else reversed(asked):
            began = process_time()
            clock = timed(ask)
            held.append(Took(clock, (process_time() - began) * 1000))
    return Times(rule, *(Took(*map(min, zip(*held, strict=True))) for held in (floor, ours, whole)))


def opened(cube: Cube, rule: Rule) -> int:
    """Measures a rule, and makes all that may be opened of the answer; how much that is."""
    found = measure(cube, rule)
    return len(tuple(found.terms)) + len(tuple(found.standings))


def check(found: Measured, sums: hand_rules.Rows, incomes: hand_rules.Rows = ()) -> None:
    """Both must say the same, or there is nothing to compare: every sum, at the prices of the rule."""
    told = {(term.code, term.year): term for term in found.terms if term.role in ("amount", "base")}
    asked = {(code, year): value for code, year, value in sums}
    if told.keys() != asked.keys():
        raise AssertionError(f"By hand there are other sums than the engine's for {found.rule.write()}.")
    for key, term in told.items():
        raw = asked[key]
        if term.value != (raw if raw is None or term.factor == 1 else cents(raw, term.factor)):
            raise AssertionError(f"By hand {key} is {raw}, not {term.value}, for {found.rule.write()}.")
    shares = {(code, year): value for code, year, value in incomes}
    if any(shares[term.code, term.year] != term.value for term in found.terms if term.role == "denominator"):
        raise AssertionError(f"By hand there are other incomes than the engine's for {found.rule.write()}.")


def verdicts(home: Path, source: str, count: int = COUNT) -> list[Verdict]:
    """How the engine stands to the sums by hand, rule by rule. One that takes too long is measured again in more
    turns: on a machine that others use, the shortest of a few is now and then none that was left alone."""
    with both(home, source) as (fresh, raw):
        asked = rules(fresh.known.codes, fresh.known.codes.sources[source], count + WARM)
        found = [times(fresh, raw, rule) for rule in asked][WARM:]
        again = [one if one.ratio(0) <= MOST else times(fresh, raw, one.rule, MORE) for one in found]
    return told(again)


def told(found: list[Times]) -> list[Verdict]:
    """By the clock what is promised; by the processor too, which other work on the machine disturbs less."""
    whole = "a rule measured, over its sums by hand"
    last = [_over(found, which, name) for which, name in enumerate(Took._fields)]
    return [
        _middle(f"{whole}, median", found, 0),
        Verdict(f"{whole}, 95th percentile", quantiles([one.ratio(0) for one in found], n=20)[-1], MOST),
        _middle(f"{whole}, processor, median", found, 1),
        Verdict(f"{whole}, processor, 95th percentile", quantiles([one.ratio(1) for one in found], n=20)[-1]),
        *last,
        Verdict(f"{whole}, with all of it opened, median", median(one.opened[0] / one.floor[0] for one in found)),
    ]


def _middle(name: str, found: list[Times], which: int) -> Verdict:
    ours, floor = median(one.ours[which] for one in found), median(one.floor[which] for one in found)
    behind = f"{ours:.2f} ms over {floor:.2f}, medians of {len(found):,} rules"
    return Verdict(name, median(one.ratio(which) for one in found), None if which else MOST, detail=behind)


def _over(found: list[Times], which: int, name: str) -> Verdict:
    over = [one for one in found if one.ratio(which) > MOST]
    lost, floors = [one.ours[which] - one.floor[which] for one in over], [one.floor[which] for one in over]
    beyond = f"by hand {median(floors):.2f} ms, here {median(lost):.2f} ms more (medians of these)" if over else "none"
    limit = None if which else 0
    return Verdict(f"rules answered in more than {MOST} times, by the {name}", len(over), limit, "rules", detail=beyond)
