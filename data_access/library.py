"""Who has which edition open: a cube of one edition for a command, or a library of cubes for a server.

The library looks at the pointer of the data folder, four times a second at most, so that a server shows a new edition
without being started again; readers in flight finish on the cube they were given, and an address that pins an edition
is answered from that edition for as long as it is kept.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from hashlib import blake2b
from pathlib import Path
from threading import Lock, RLock
from time import monotonic

import duckdb
from sqlalchemy.exc import DBAPIError

from data_access import editions, parts, tables
from data_access.cache import WORTH, Cache
from data_access.codes import Asking, read_codes
from data_access.cube import Cube
from data_access.editions import CODES, INDICATORS, REFERENCE, NoEdition
from data_access.engine import Limits, Warehouse
from data_access.shelf import Shelf

LOG = logging.getLogger(__name__)
HERE = Path(__file__).parent
DASHBOARD = HERE.parent / "dashboard"
OPEN = 3  # editions that a server has open at once
LOOK = 0.25  # seconds between two looks at the pointer
LATER = 5.0  # seconds until what could not be opened is tried again
GRACE = 60.0  # seconds for which readers in flight keep a cube that is let go


def open_cube(home: Path, name: str = "", limits: Limits | None = None, reference: Path = REFERENCE) -> Cube:
    """The cube of the named edition, or of the current one, building the embedded reference first where it is missing.

    Raises NoEdition."""
    current = editions.ensure(home, reference)
    warehouse = Warehouse(parts.folder(home), limits)
    try:
        return cube_of(home, name or current, warehouse, Cache(Shelf(home / "cache"), asked_by(), WORTH))
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
    edition, wrong = editions.read(home, name), editions.amiss(home, name)
    if wrong:
        raise NoEdition(f"edition={name} cannot be shown: {wrong}")
    try:
        for part in set(edition.parts.values()):
            warehouse.attach(part)
        codes = read_codes(warehouse, edition.parts, editions.kept(home))
    except (DBAPIError, duckdb.Error, LookupError, ValueError) as error:
        raise NoEdition(f"edition={name} cannot be read; load it again or remove it ({_first(error)}).") from error
    return Cube(warehouse, edition.parts, name, codes, cache)


class Library:
    """The cubes of a data folder. Safe for threads: nobody waits while another edition is being opened, but those who
    asked for it."""

    def __init__(
        self,
        home: Path,
        limits: Limits | None = None,
        reference: Path = REFERENCE,
        *,
        fixed: str = "",
        grace: float = GRACE,
    ) -> None:
        """fixed: the edition that is shown whatever becomes the current one; grace: seconds. Raises NoEdition."""
        self.home, self._fixed, self._grace = home, fixed, grace
        self._lock, self._opening, self._next_look = RLock(), Lock(), 0.0
        current = editions.ensure(home, reference)
        self._now, self._failed = fixed or current, ""
        self._warehouse = Warehouse(parts.folder(home), limits)
        self._cache = Cache(Shelf(home / "cache"), asked_by(), WORTH)
        self._cubes: OrderedDict[str, Cube] = OrderedDict()
        self._going: list[tuple[float, Cube]] = []
        self._opened(self._now)

    @property
    def shelf(self) -> Shelf:
        """Bytes kept for all workers of this machine."""
        return self._cache.shelf

    def cube(self, name: str = "") -> Cube:
        """The cube of an edition, or of the current one: take it once for the whole of an answer. Raises NoEdition for
        an edition that is not kept, or cannot be opened."""
        self._look()
        cube = self._held(name or self._now) or self._opened(name or self._now)
        self._let_go()
        return cube

    def ready(self) -> bool:
        """Whether the files of the edition that is shown have the size they were loaded with."""
        self._look()
        return editions.fits(self.home, self._now)

    def close(self) -> None:
        self._warehouse.close()
        self._cache.close()

    def _held(self, name: str) -> Cube | None:
        with self._lock:
            cube = self._cubes.get(name)
            if cube is not None:
                self._cubes.move_to_end(name)
            return cube

    def _opened(self, name: str) -> Cube:
        """Open an edition, one at a time."""
        with self._opening:
            cube = self._held(name) or self._again(name) or cube_of(self.home, name, self._warehouse, self._cache)
            with self._lock:
                self._cubes[name] = cube
            return cube

    def _again(self, name: str) -> Cube | None:
        """One that was to be let go and is asked again, unless it has been dropped."""
        if not editions.is_kept(self.home, name):
            return None
        with self._lock:
            found = next((cube for _, cube in self._going if cube.edition == name), None)
            self._going = [(when, cube) for when, cube in self._going if cube is not found]
            return found

    def _look(self) -> None:
        """See what the pointer says, and what is kept no longer, at most once in LOOK seconds. Whoever looks opens what
        is new; the others are answered meanwhile. The edition shown until now stays where that cannot be opened."""
        with self._lock:
            if monotonic() < self._next_look:
                return
            self._next_look = monotonic() + LOOK
        said = self._fixed or editions.current(self.home)
        if said != self._now:
            self._turn_to(said)
        with self._lock:  # after the turn, for what was shown until now may be dropped already
            for name in [name for name in self._cubes if name != self._now]:
                if not editions.is_kept(self.home, name):
                    self._forget(name)

    def _turn_to(self, said: str) -> None:
        try:
            self._opened(said)
            self._now = said
        except NoEdition as why:
            self._next_look = monotonic() + LATER
            if said != self._failed:
                LOG.warning("%s stays the edition that is shown, and %r is not: %s", self._now, said, why)
            self._failed = said

    def _forget(self, name: str) -> None:
        """Let an edition go, once nobody can be reading it."""
        self._going.append((monotonic() + self._grace, self._cubes.pop(name)))

    def _let_go(self) -> None:
        """Of the editions asked longest ago; and of the files of those that went before."""
        with self._lock:
            for name in list(self._cubes)[: max(len(self._cubes) - OPEN, 0)]:
                if name != self._now:
                    self._forget(name)
            due = [cube for when, cube in self._going if when <= monotonic()]
        if due and self._opening.acquire(blocking=False):  # nothing is detached that is just being attached
            try:
                self._detach(due)
            finally:
                self._opening.release()

    def _detach(self, due: list[Cube]) -> None:
        with self._lock:
            self._going = [(when, cube) for when, cube in self._going if cube not in due]
            open_ = [*self._cubes.values(), *(cube for _, cube in self._going)]
        held = {part for cube in open_ for part in cube.parts.values()}
        for part in {part for cube in due for part in cube.parts.values()} - held:
            self._warehouse.detach(part)


def asked_by() -> str:
    """A mark of the code that asks: what another release has remembered is not an answer of this one."""
    made = blake2b(digest_size=6)
    for path in sorted([*HERE.glob("*.py"), *DASHBOARD.glob("*.py")]):
        made.update(path.read_bytes())
    return made.hexdigest()


def _first(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:200]
