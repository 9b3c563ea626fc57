"""Editions: immutable files with unique names, and a pointer to the current one."""

from __future__ import annotations

from pathlib import Path

from data_access.cache import Cache
from data_access.codes import about, read_codes
from data_access.cube import Cube
from data_access.engine import Limits, open_engine


def open_file(
    path: Path, cache: Path | None = None, editions: tuple[str, ...] = (), limits: Limits | None = None
) -> Cube:
    """The cube of one edition file."""
    given = limits or Limits()
    engine = open_engine(path, given)
    name = about(engine)["edition"]
    codes = read_codes(engine, editions or (name,))
    return Cube(engine, name, codes, Cache(cache), given)
