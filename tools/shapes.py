"""Compile the map's shapes and the places of small States from the plotly.js package.

    npm pack plotly.js@4.1.1 && tar xzf plotly.js-4.1.1.tgz
    python tools/shapes.py package/dist/plotly-geo-assets.js entities_country.csv visionscarto_50m.json

Writes `assets/geo/world_50m.json` (the layout plotly.js asks `topojsonURL` for: objects.countries, ids ISO 3166 alpha-3
and six X-codes for areas whose status is not settled) and `dashboard/figures/places.json`. What is done to the shapes:
pieces of one id are joined, Antarctica is left out, borders are simplified once per shared line (Visvalingam and
Whyatt 1993), islets are dropped unless they are among the largest of their place, coordinates are rounded.
"""

from __future__ import annotations

import csv
import heapq
import json
import math
import re
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

Point = tuple[float, float]
ROOT = Path(__file__).resolve().parent.parent
STEP = 0.01  # degrees; coordinates are whole multiples of it
DETAIL = 0.008  # square degrees at the equator: a corner that spans less is left out
ISLET = 0.02  # square degrees: smaller islands go, unless among the KEPT largest of their place
KEPT = 4
WHOLE = 600.0  # km²: the lines of a smaller place are left as they are
LAYERS = ("coastlines", "ocean", "lakes", "land", "rivers", "subunits")
EARTH = 6371.0088  # mean radius, km


def published(script: str, name: str = "world_50m") -> dict[str, Any]:
    """The topology as the package holds it: a JavaScript object whose keys carry no quotes."""
    start = script.index("module.exports = ", script.index(f'"dist/topojson/{name}.json"')) + len("module.exports = ")
    text = script[start : script.index(";\n", start)]
    text = re.sub(r"([{,]\s*)(\w+):", r'\1"\2":', text)
    text = re.sub(r"(?<![\w.])\.(\d)", r"0.\1", text)
    topology: dict[str, Any] = json.loads(text, parse_float=_whole_if_whole)
    return topology


def _whole_if_whole(text: str) -> float:
    """The package writes 1000 as 1e3."""
    value = float(text)
    return int(value) if value.is_integer() else value


def lines(topology: dict[str, Any]) -> list[list[Point]]:
    """Every arc in degrees."""
    (kx, ky), (dx, dy) = topology["transform"]["scale"], topology["transform"]["translate"]
    found = []
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for step in arc:
            x, y = x + step[0], y + step[1]
            line.append((x * kx + dx, y * ky + dy))
        found.append(line)
    return found


def simplified(line: list[Point]) -> list[Point]:
    """The line without the corners that matter least; its ends stay, a ring keeps at least four points."""
    least = 4 if line[0] == line[-1] else 2
    before, after = list(range(-1, len(line) - 1)), list(range(1, len(line) + 1))
    size = [math.inf] + [_corner(*line[i - 1 : i + 2]) for i in range(1, len(line) - 1)] + [math.inf]
    heap = [(size[i], i) for i in range(1, len(line) - 1)]
    heapq.heapify(heap)
    kept = len(line)
    gone = set[int]()
    while heap and kept > least:
        area, i = heapq.heappop(heap)
        if area > DETAIL:
            break
        if i in gone or area < size[i]:
            continue
        gone.add(i)
        kept -= 1
        left, right = before[i], after[i]
        after[left], before[right] = right, left
        for j in (left, right):
            if 0 < j < len(line) - 1:
                size[j] = max(area, _corner(line[before[j]], line[j], line[after[j]]))
                heapq.heappush(heap, (size[j], j))
    return [point for i, point in enumerate(line) if i not in gone]


def _corner(a: Point, b: Point, c: Point) -> float:
    across = math.cos(math.radians(b[1]))
    return abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2 * across


def ring(arcs: list[list[Point]], numbers: list[int]) -> list[Point]:
    points: list[Point] = []
    for number in numbers:
        piece = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += piece if not points else piece[1:]
    return points


def km2(points: list[Point]) -> float:
    """Area of a ring on the sphere (Chamberlain and Duquette 2007), square kilometres."""
    total = 0.0
    for (x1, y1), (x2, y2) in pairwise(points):
        turn = math.radians((x2 - x1 + 540) % 360 - 180)
        total += turn * (2 + math.sin(math.radians(y1)) + math.sin(math.radians(y2)))
    return abs(total) * EARTH**2 / 2


def places(topology: dict[str, Any], arcs: list[list[Point]]) -> dict[str, dict[str, Any]]:
    """By id: polygons (lists of rings of arc numbers) largest first, centre as published for the largest, area."""
    found: dict[str, dict[str, Any]] = {}
    for shape in topology["objects"]["countries"]["geometries"]:
        if shape["id"] == "ATA" or "arcs" not in shape:
            continue
        polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
        sized = sorted(((km2(ring(arcs, p[0])), p) for p in polygons), key=lambda pair: -pair[0])
        place = found.setdefault(shape["id"], {"polygons": [], "centre": None, "largest": 0.0})
        if sized[0][0] > place["largest"]:
            place["centre"], place["largest"] = shape["properties"]["ct"], sized[0][0]
        place["polygons"] += sized
    for place in found.values():
        place["polygons"].sort(key=lambda pair: -pair[0])
        place["km2"] = sum(area for area, _ in place["polygons"])
    return found


def compiled(topology: dict[str, Any]) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """The compact topology, and every place with its centre and area."""
    arcs = lines(topology)
    found = places(topology, arcs)
    islet = ISLET * 111.2**2
    kept = {
        code: [polygon for n, (area, polygon) in enumerate(place["polygons"]) if area >= islet or n < KEPT]
        for code, place in found.items()
    }
    shapes, chains = joined(kept, arcs)
    whole = {max(n, ~n) for s in shapes if found[s["id"]]["km2"] < WHOLE for p in s["arcs"] for r in p for n in r}
    steps = [_steps(chain if n in whole else simplified(chain)) for n, chain in enumerate(chains)]
    for shape in shapes:
        shape["properties"] = {"ct": found[shape["id"]]["centre"]}
    objects: dict[str, Any] = {layer: {"type": "GeometryCollection", "geometries": []} for layer in LAYERS}
    objects["countries"] = {"type": "GeometryCollection", "geometries": shapes}
    transform = {"scale": [STEP, STEP], "translate": [-180, -90]}
    return {"type": "Topology", "objects": objects, "arcs": steps, "transform": transform}, found


def joined(
    kept: dict[str, list[list[list[int]]]], arcs: list[list[Point]]
) -> tuple[list[dict[str, Any]], list[list[Point]]]:
    """Shapes over chains of arcs. The package also cuts lines where provinces and lakes meet them; what is cut there
    is joined again, or the cuts would all have to stay."""
    used = {max(n, ~n) for polygons in kept.values() for p in polygons for part in p for n in part}
    ends = Counter(end for n in used if arcs[n][0] != arcs[n][-1] for end in (arcs[n][0], arcs[n][-1]))
    numbers: dict[tuple[int, ...], int] = {}
    shapes = []
    for code, polygons in sorted(kept.items()):
        outlines = [[_chained(part, arcs, ends, numbers) for part in polygon] for polygon in polygons]
        shapes.append({"type": "MultiPolygon", "id": code, "arcs": outlines})
    return shapes, [ring(arcs, list(chain)) for chain in numbers]


def _chained(
    part: list[int], arcs: list[list[Point]], ends: Counter[Point], numbers: dict[tuple[int, ...], int]
) -> list[int]:
    """A ring of arcs as a ring of chains, cut where three lines or more meet."""
    cuts = [i for i, n in enumerate(part) if ends[_start(n, arcs)] != 2]
    if not cuts:
        return [_number(_turned(part), numbers)]
    part = part[cuts[0] :] + part[: cuts[0]]
    at = [cut - cuts[0] for cut in cuts] + [len(part)]
    return [_number(tuple(part[i:j]), numbers) for i, j in pairwise(at)]


def _start(n: int, arcs: list[list[Point]]) -> Point:
    return arcs[n][0] if n >= 0 else arcs[~n][-1]


def _turned(part: list[int]) -> tuple[int, ...]:
    """A ring without cuts, begun at its lowest arc: a neighbour that fills the hole then has the same chain."""
    first = min(range(len(part)), key=lambda i: max(part[i], ~part[i]))
    if part[first] >= 0:
        return (*part[first:], *part[:first])
    return (*part[first + 1 :], *part[: first + 1])


def _number(chain: tuple[int, ...], numbers: dict[tuple[int, ...], int]) -> int:
    """The number of a chain, or its complement where the chain is held the other way round."""
    back = tuple(~n for n in reversed(chain))
    if back in numbers:
        return ~numbers[back]
    return numbers.setdefault(chain, len(numbers))


def _steps(line: list[Point]) -> list[list[int]]:
    """Whole multiples of STEP, each from the one before; points that fall together are said once."""
    whole = [(round((x + 180) / STEP), round((y + 90) / STEP)) for x, y in line]
    tidy = [whole[0], *(b for a, b in pairwise(whole) if a != b)]
    if len(tidy) < 4 and line[0] == line[-1]:  # a speck: a square of one step, so that it is still a shape
        x, y = tidy[0]
        tidy = [(x, y), (x, y + 1), (x + 1, y + 1), (x + 1, y), (x, y)]
    before = (0, 0)
    out = []
    for x, y in tidy:
        out.append([x - before[0], y - before[1]])
        before = (x, y)
    return out


def kosovo(atlas: str) -> Point:
    """Its middle: the shapes of the package hold it within Serbia, so another atlas says where its circle stands."""
    topology = json.loads(Path(atlas).read_text(encoding="utf-8"))
    arcs = lines(topology)
    shape = next(g for g in topology["objects"]["countries"]["geometries"] if g["properties"]["a3"] == "XKX")
    outlines = shape["arcs"] if shape["type"] == "Polygon" else [polygon[0] for polygon in shape["arcs"]]
    points = max((ring(arcs, outline) for outline in outlines), key=km2)
    return round(sum(x for x, _ in points) / len(points), 2), round(sum(y for _, y in points) / len(points), 2)


def main(script: str, entities: str, atlas: str) -> None:
    topology, found = compiled(published(Path(script).read_text(encoding="utf-8")))
    shapes = json.dumps(topology, separators=(",", ":"))
    (ROOT / "assets/geo/world_50m.json").write_text(shapes, encoding="utf-8")
    known = {code: (*place["centre"], round(place["km2"], 1)) for code, place in found.items()}
    with Path(entities).open(encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            code = row["iso3166_1_alpha3"]
            if code not in ("", "ATA") and code not in known and row["latitude"]:
                known[code] = (float(row["longitude"]), float(row["latitude"]), 0.0)
    known["XKX"] = (*kosovo(atlas), 0.0)
    text = ",\n".join(f'"{code}": {json.dumps(values)}' for code, values in sorted(known.items()))
    (ROOT / "dashboard/figures/places.json").write_text("{\n" + text + "\n}\n", encoding="utf-8")
    points = sum(map(len, topology["arcs"]))
    sys.stdout.write(f"{len(found)} shapes, {points} points, {len(shapes)} bytes; {len(known)} places\n")


if __name__ == "__main__":
    main(*sys.argv[1:4])
