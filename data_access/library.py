"""Who has which edition open: a cube of one edition for a command, or a library of cubes for a server.

The library looks at the pointer of the data folder, at most once a second, so that a server shows a new edition without
being started again; readers in flight finish on the cube they were given, and an address that pins an edition is
answered from that edition for as long as it is kept.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from pathlib import Path
from threading import Lock
from time import monotonic

import duckdb
from sqlalchemy.exc import DBAPIError

from data_access import editions, parts, tables
from data_access.cache import Cache
from data_access.codes import Asking, read_codes
from data_access.cube import Cube
from data_access.editions import CODES, INDICATORS, REFERENCE, NoEdition
from data_access.engine import Limits, Warehouse
from data_access.shelf import Shelf

LOG = logging.getLogger(__name__)
OPEN = 3  # editions that a server has open at once
LOOK = 1.0  # seconds between two looks at the pointer
GRACE = 60.0  # seconds for which readers in flight keep a cube that is let go


def open_cube(home: Path, name: str = "", limits: Limits | None = None, reference: Path = REFERENCE) -> Cube:
    """The cube of the named edition, or of the current one, building the embedded reference first where it is missing.

    Raises NoEdition."""
    chosen = name or editions.ensure(home, reference)
    if name:
        editions.ensure(home, reference)
    warehouse = Warehouse(parts.folder(home), limits)
    try:
        return cube_of(home, chosen, warehouse, Cache(Shelf(home / "cache")))
    except NoEdition:
        warehouse.close()
        raise


def open_file(path: Path, cache: Path | None = None, limits: Limits | None = None) -> Cube:
    """The cube of one part by itself, as an edition named after the file."""
    warehouse, part = Warehouse(path.parent, limits), path.stem
    try:
        warehouse.attach(part)
        sources = [row["source"] for row in Asking(warehouse, part).all(tables.source)]
        named = dict.fromkeys((*sources, CODES, INDICATORS), part)
        codes = read_codes(warehouse, named, (part,))
    except (DBAPIError, duckdb.Error) as error:
        warehouse.close()
        raise NoEdition(f"{path} is not a readable part ({_first(error)}).") from error
    return Cube(warehouse, named, part, codes, Cache(Shelf(cache)))


def cube_of(home: Path, name: str, warehouse: Warehouse, cache: Cache) -> Cube:
    """The cube of an edition on a warehouse that may serve others too. Raises NoEdition."""
    edition = editions.read(home, name)
    try:
        for part in set(edition.parts.values()):
            warehouse.attach(part)
        codes = read_codes(warehouse, edition.parts, editions.kept(home))
    except (DBAPIError, duckdb.Error, LookupError, ValueError) as error:
        raise NoEdition(f"edition={name} cannot be read; load it again or remove it ({_first(error)}).") from error
    return Cube(warehouse, edition.parts, name, codes, cache)


class Library:
    """The cubes of a data folder. Safe for threads."""

    def __init__(self, home: Path, limits: Limits | None = None, reference: Path = REFERENCE) -> None:
        self.home, self._lock, self._looked = home, Lock(), 0.0
        self._now = editions.ensure(home, reference)
        self._warehouse = Warehouse(parts.folder(home), limits)
        self._cache = Cache(Shelf(home / "cache"))
        self._cubes: OrderedDict[str, Cube] = OrderedDict()
        self._going: list[tuple[float, Cube]] = []
        self.cube()

    def cube(self, name: str = "") -> Cube:
        """The cube of an edition, or of the current one. Raises NoEdition for one that is not kept."""
        with self._lock:
            chosen = name or self._current()
            cube = self._cubes.get(chosen)
            if cube is None:
                cube = self._cubes[chosen] = cube_of(self.home, chosen, self._warehouse, self._cache)
            self._cubes.move_to_end(chosen)
            self._let_go()
            return cube

    def close(self) -> None:
        self._warehouse.close()
        self._cache.close()

    def _current(self) -> str:
        """What the pointer says; the edition shown until now where what it says cannot be opened."""
        if monotonic() - self._looked < LOOK:
            return self._now
        self._looked = monotonic()
        said = editions.current(self.home)
        if said != self._now:
            try:
                if said not in self._cubes:
                    self._cubes[said] = cube_of(self.home, said, self._warehouse, self._cache)
                self._now = said
            except NoEdition as why:
                LOG.warning("The current edition cannot be shown and %s stays: %s", self._now, why)
        return self._now

    def _let_go(self) -> None:
        """Of the cubes asked longest ago; their parts are detached once nobody can be reading them."""
        for name in list(self._cubes)[: max(len(self._cubes) - OPEN, 0)]:
            if name != self._now:
                self._going.append((monotonic() + GRACE, self._cubes.pop(name)))
        due = [cube for when, cube in self._going if when <= monotonic()]
        self._going = [(when, cube) for when, cube in self._going if when > monotonic()]
        held = {part for cube in [*self._cubes.values(), *(c for _, c in self._going)] for part in cube.parts.values()}
        for part in {part for cube in due for part in cube.parts.values()} - held:
            self._warehouse.detach(part)


def _first(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:200]
