"""Where each member of a group stands against a promise that they made together, kept as JSON beside the outcomes."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from dashboard.amounts import Absence
from dashboard.measured import Standing
from dashboard.pledges import Pledge
from dashboard.ranges import Figure, Range
from data_access.cube import Cube
from data_access.measuring import measure

LOG = logging.getLogger(__name__)
TOGETHER = ("share", "indicator")  # kinds of rules that set one target for several
Standings = Mapping[str, tuple[Standing, ...]]


def standings(cube: Cube, pledges: Mapping[str, Pledge]) -> Standings:
    """By promise; of those alone that set one target for several donors or countries."""
    return {id_: found for id_, pledge in pledges.items() if (found := _of(cube, pledge))}


def _of(cube: Cube, pledge: Pledge) -> tuple[Standing, ...]:
    rule = pledge.rule
    if rule is None or rule.kind not in TOGETHER:
        return ()
    try:
        found = tuple(measure(cube, rule).standings)
    except Exception:
        LOG.exception("standings of %s", pledge.id)
        return ()
    return found if len(found) > 1 else ()


def write(found: Standings) -> bytes:
    """By promise, as JSON; exact: decimals stay text."""
    return json.dumps({id_: [_row(one) for one in rows] for id_, rows in found.items()}, separators=(",", ":")).encode()


def _row(one: Standing) -> list[Any]:
    target = [str(one.target.low), str(one.target.high)] if isinstance(one.target, Range) else one.target.value
    value, base = (None if held is None else str(held) for held in (one.value, one.base))
    return [one.code, one.year, value, target, one.met, base]


def read(stored: bytes) -> Standings:
    """What `write` wrote. Raises ValueError for anything else."""
    try:
        held: dict[str, list[list[Any]]] = json.loads(stored)
        return {id_: tuple(_standing(*row) for row in rows) for id_, rows in held.items()}
    except (ArithmeticError, AttributeError, TypeError) as error:
        raise ValueError("These are no standings.") from error


def _standing(code: str, year: int, value: str | None, target: Any, met: bool | None, base: str | None) -> Standing:
    figure: Figure = Range(*map(Decimal, target)) if isinstance(target, list) else Absence(target)
    return Standing(code, year, _decimal(value), figure, met, _decimal(base))


def _decimal(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)
