"""Where the places of the map are: centres, areas, which are too small to see, and where their circles stand.

The figures are compiled by `tools/shapes.py`; `assets/geo/README.md` names their sources.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from pathlib import Path

ISLANDS_FROM = 6000.0  # km²: about two pixels of a map of 648; a smaller place also gets a circle
SPECKS_FROM = 600.0  # km²: the same on the inset of Europe, whose pixels are a third as wide
UNSETTLED = ("ESH", "XAC", "XAP", "XBT", "XHT", "XIT", "XJK")  # status undetermined or not agreed by the parties
BOUNDARIES = (
    "The boundaries and names shown and the designations used on these maps do not imply official endorsement or "
    "acceptance by the United Nations. Areas in darker grey are those to which the shapes used give no status: Western "
    "Sahara, Jammu and Kashmir, Aksai Chin, Arunachal Pradesh, the Hala'ib Triangle, Bir Tawil and the Ilemi Triangle. "
    "The final status of Jammu and Kashmir has not yet been agreed upon by the parties. The final boundary between the "
    "Sudan and South Sudan has not yet been determined. A dispute exists between the Governments of Argentina and the "
    "United Kingdom of Great Britain and Northern Ireland concerning sovereignty over the Falkland Islands (Malvinas)."
)
SHIFT = 11.0  # degrees east: the meridian in the middle of the map
_A = (1.340264, -0.081106, 0.000893, 0.003796)  # Equal Earth (Šavrič, Patterson and Jenny 2018)
_WIDTH = 5.4132  # of the whole Equal Earth map, in radii


@dataclass(frozen=True)
class Place:
    """Centre in degrees and area in square kilometres, 0 where the map holds no shape."""

    lon: float
    lat: float
    km2: float

    @property
    def small(self) -> bool:
        return self.km2 < ISLANDS_FROM


@cache
def known() -> dict[str, Place]:
    """Every place by ISO 3166 alpha-3 code (Kosovo XKX, unsettled areas X-codes)."""
    text = (Path(__file__).parent / "places.json").read_text(encoding="utf-8")
    return {code: Place(*values) for code, values in json.loads(text).items()}


@cache
def shapes() -> tuple[str, ...]:
    """Codes of places the map draws, sorted, without the unsettled areas."""
    return tuple(sorted(code for code, place in known().items() if place.km2 and code not in UNSETTLED))


def circles(codes: Iterable[str]) -> dict[str, tuple[float, float]]:
    """Degrees at which the circles of the small places among `codes` stand, pushed apart until they do not touch."""
    return _apart(frozenset(code for code in codes if code in known() and known()[code].small))


def specks(codes: Iterable[str]) -> dict[str, tuple[float, float]]:
    """Where those stand that are too small to see on a map of one continent: where they are."""
    spots = {code: known()[code] for code in codes if code in known()}
    return {code: (spot.lon, spot.lat) for code, spot in spots.items() if spot.km2 < SPECKS_FROM}


@cache
def _apart(
    codes: frozenset[str], width: float = 620.0, distance: float = 8.2, rounds: int = 80
) -> dict[str, tuple[float, float]]:
    spots = {code: list(_flat(known()[code].lon, known()[code].lat, width)) for code in sorted(codes)}
    for _ in range(rounds):
        moved = False
        for a, b in combinations(spots.values(), 2):
            dx, dy = b[0] - a[0], b[1] - a[1]
            if abs(dx) >= distance or abs(dy) >= distance or (gap := math.hypot(dx, dy)) >= distance:
                continue
            moved = True
            ux, uy = (dx / gap, dy / gap) if gap else (0.0, 1.0)
            push = (distance - gap) / 2 + 0.02
            a[0], a[1], b[0], b[1] = a[0] - ux * push, a[1] - uy * push, b[0] + ux * push, b[1] + uy * push
        if not moved:
            break
    return {code: _round(x, y, width) for code, (x, y) in spots.items()}


def _flat(lon: float, lat: float, width: float) -> tuple[float, float]:
    """Equal Earth, in pixels of a map of `width`."""
    turned = math.radians((lon - SHIFT + 540) % 360 - 180)
    t = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(lat)))
    x = 2 * math.sqrt(3) * turned * math.cos(t) / (3 * _slope(t))
    y = t * (_A[0] + _A[1] * t**2 + t**6 * (_A[2] + _A[3] * t**2))
    return x * width / _WIDTH, y * width / _WIDTH


def _round(x: float, y: float, width: float) -> tuple[float, float]:
    """The inverse of `_flat`, in degrees to two decimals."""
    x, y = x * _WIDTH / width, y * _WIDTH / width
    t = y / _A[0]
    for _ in range(12):
        value = t * (_A[0] + _A[1] * t**2 + t**6 * (_A[2] + _A[3] * t**2)) - y
        t -= value / _slope(t)
    lat = math.degrees(math.asin(math.sin(t) * 2 / math.sqrt(3)))
    lon = math.degrees(3 * x * _slope(t) / (2 * math.sqrt(3) * math.cos(t))) + SHIFT
    return round((lon + 540) % 360 - 180, 2), round(lat, 2)


def _slope(t: float) -> float:
    return _A[0] + 3 * _A[1] * t**2 + t**6 * (7 * _A[2] + 9 * _A[3] * t**2)
