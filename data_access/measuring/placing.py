"""Where each recipient stands by need against funding for each Goal, with equal weights: ranked once, kept as JSON."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import fields
from decimal import Decimal
from threading import Lock
from typing import Any, NamedTuple

from dashboard.methods import METHODS, serves
from dashboard.needs import Placed, needs
from dashboard.questions import Unanswerable
from dashboard.selection import Selection
from data_access.cube import Cube
from data_access.measuring.kept import made_by

GOALS = "1234567"  # Goal 8 is measured of donors
MOST = 4  # editions that are held in memory


class OfGoal(NamedTuple):
    """A ranking. series: name and unit of the indicator. ranked: how many have a place. rows: by recipient.

    why: a sentence where there is no ranking."""

    method: str
    series: str
    unit: str
    source: str
    years: tuple[int, int]
    ranked: int
    rows: Mapping[str, Placed]
    why: str = ""


class Placing:
    """Rankings by edition. Safe for threads."""

    def __init__(self) -> None:
        self._lock, self._made_by = Lock(), made_by()
        self._held: OrderedDict[str, Mapping[str, OfGoal]] = OrderedDict()

    def of(self, cube: Cube) -> Mapping[str, OfGoal]:
        """By Goal, of all recipients, as the page of needs opens. Raises Busy, TimeoutError."""
        with self._lock:
            if cube.edition not in self._held:
                self._held[cube.edition] = self._kept(cube)
                while len(self._held) > MOST:
                    self._held.popitem(last=False)
            return self._held[cube.edition]

    def _kept(self, cube: Cube) -> Mapping[str, OfGoal]:
        key = f"placing {self._made_by} {cube.edition}"
        stored = cube.shelf.get(key)
        if stored is not None:
            try:
                return read(stored)
            except ValueError:  # of another hand: it is made anew
                pass
        made = {goal: ranking(cube, goal) for goal in GOALS}
        cube.shelf.put(key, write(made))
        return made


def ranking(cube: Cube, goal: str) -> OfGoal:
    """Of one Goal, under the strictest mapping that serves it."""
    method = next((name for name in METHODS if serves(name, goal)), "strict")
    try:
        found = needs(cube, Selection(goal=(goal,), method=method))
    except Unanswerable as why:
        return OfGoal(method, "", "", "", (0, 0), 0, {}, str(why))
    ranked = sum(row.place is not None for row in found.rows)
    rows = {row.code: row for row in found.rows}
    return OfGoal(method, found.series.name, found.series.unit, found.source, found.years, ranked, rows)


def write(found: Mapping[str, OfGoal]) -> bytes:
    """As JSON; exact: decimals stay text."""
    held = {
        goal: [*one[:6], [[_plain(getattr(row, name)) for name in NAMES] for row in one.rows.values()], one.why]
        for goal, one in found.items()
    }
    return json.dumps(held, separators=(",", ":")).encode()


def read(stored: bytes) -> Mapping[str, OfGoal]:
    """What `write` wrote. Raises ValueError for anything else."""
    try:
        held: dict[str, list[Any]] = json.loads(stored)
        return {goal: _of_goal(*row) for goal, row in held.items()}
    except (ArithmeticError, AttributeError, TypeError) as error:
        raise ValueError("These are no rankings.") from error


NAMES = tuple(field.name for field in fields(Placed))


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, Decimal) else value


def _of_goal(
    method: str, series: str, unit: str, source: str, years: list[int], ranked: int, rows: list[list[Any]], why: str
) -> OfGoal:
    placed = [Placed(**{name: _value(name, value) for name, value in zip(NAMES, row, strict=True)}) for row in rows]
    return OfGoal(method, series, unit, source, (years[0], years[1]), ranked, {row.code: row for row in placed}, why)


def _value(name: str, value: Any) -> Any:
    return Decimal(value) if isinstance(value, str) and name != "code" else value
