"""Which cell formats make a number a date or a share of hundred. A sheet stores all three alike."""

from __future__ import annotations

import re
from collections.abc import Mapping

from data_access.registry.exchange.xml_parts import walk

DATES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}  # built in, ECMA-376 18.8.30
PERCENTS = {9, 10}
QUOTED = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]')
DATED = re.compile(r"[ymdhs]", re.IGNORECASE)


def styles_of(content: bytes, name: str) -> list[str]:
    """For each cell format by its number: date, percent, or empty for any other."""
    formats, places, inside = dict[int, str](), list[int](), [False]

    def begin(tag: str, told: Mapping[str, str]) -> None:
        if tag == "numFmt" and told.get("numFmtId", "").isdigit():
            formats[int(told["numFmtId"])] = told.get("formatCode", "")
        elif tag == "cellXfs":
            inside[0] = True
        elif tag == "xf" and inside[0]:
            place = told.get("numFmtId", "0")
            places.append(int(place) if place.isdigit() else 0)

    def end(tag: str, _: str) -> None:
        if tag == "cellXfs":
            inside[0] = False

    if content:
        walk(content, begin, end, name, "xl/styles.xml")
    return [_kind(place, formats.get(place, "")) for place in places]


def _kind(place: int, code: str) -> str:
    bare = QUOTED.sub("", code)
    if place in PERCENTS or "%" in bare:
        return "percent"
    return "date" if place in DATES or (bare.lower() != "general" and DATED.search(bare)) else ""
