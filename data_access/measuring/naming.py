"""Names that a rule in words and a list of terms need: of codes, sources and series of an edition."""

from __future__ import annotations

from collections.abc import Callable

from data_access.cube import Cube
from data_access.measuring.gathering import TITLES

COMMON = ("purpose", "sector", "flow")  # names that are common nouns, written small inside a sentence


def names(cube: Cube) -> Callable[[str, str], str]:
    """(dimension, code) -> label; of `source` its title, of `series` its name, of `unit` the unit of a series; the code
    where there is none."""
    listed = cube.series_list()
    series: dict[str, str] = dict(zip(listed["series"], listed["name"], strict=True))
    units: dict[str, str] = dict(zip(listed["series"], listed["unit"], strict=True))
    released: dict[str, str] = dict(zip(listed["series"], listed["source"], strict=True))

    def label(dimension: str, code: str) -> str:
        if dimension == "source":
            found = cube.codes.sources.get(code)
            return found.title if found else TITLES.get(code, code)
        if dimension == "series":
            return series.get(code, code)
        if dimension == "unit":
            return units.get(code, code)
        if dimension == "release":
            source = cube.codes.sources.get(code)
            return f"{source.title}, {source.released}" if source else released.get(code, code)
        name = cube.codes.name(dimension, code)
        common = dimension in COMMON and name[1:2].islower()
        return name[:1].lower() + name[1:] if common else name

    return label
