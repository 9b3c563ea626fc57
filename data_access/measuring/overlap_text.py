"""Overlaps and their gross and net totals as JSON, as they are kept: by source and rung."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from dashboard.overlap import Overlap, Totals

Sets = Mapping[tuple[str, str], Totals]


def joined(found: Sets) -> tuple[Overlap, ...]:
    """The pairs of all sets, the largest first."""
    every = (pair for totals in found.values() for pair in totals.pairs)
    return tuple(sorted(every, key=lambda pair: (-abs(pair.usd), pair.first, pair.second)))


def write(found: Sets) -> bytes:
    return json.dumps([[*key, _said(totals)] for key, totals in found.items()]).encode()


def _said(totals: Totals) -> dict[str, Any]:
    pairs = [[o.first, o.second, str(o.usd), {str(y): str(v) for y, v in o.years.items()}] for o in totals.pairs]
    counted = {id_: str(usd) for id_, usd in totals.counted.items()}
    return {"counted": counted, "gross": str(totals.gross), "net": str(totals.net), "pairs": pairs}


def read(stored: bytes) -> dict[tuple[str, str], Totals]:
    """What `write` wrote. Raises ValueError for anything else."""
    try:
        return {(source, stage): _totals(said) for source, stage, said in json.loads(stored)}
    except (ArithmeticError, AttributeError, KeyError, TypeError) as error:
        raise ValueError("These are no overlaps.") from error


def _totals(said: Mapping[str, Any]) -> Totals:
    pairs = tuple(
        Overlap(first, second, Decimal(usd), {int(year): Decimal(value) for year, value in years.items()})
        for first, second, usd, years in said["pairs"]
    )
    counted = {id_: Decimal(usd) for id_, usd in said["counted"].items()}
    return Totals(counted, Decimal(said["gross"]), Decimal(said["net"]), pairs)
