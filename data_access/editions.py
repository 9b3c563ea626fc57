"""Editions: immutable files with unique names under `home/editions`, and a pointer to the current one.

A load never edits: it writes a new file beside the others under a hidden name, and renames it once it is whole; then
the pointer is swapped. Readers in flight keep the file they opened. The embedded edition is built from
`data_access/reference` at the first start, and again when that content changes; its name ends in a digest of it.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import duckdb
from sqlalchemy.exc import DBAPIError

from data_access.build import build
from data_access.cache import Cache
from data_access.codes import about, read_codes
from data_access.cube import Cube
from data_access.engine import Limits, open_engine
from data_access.shelf import Shelf

HERE = Path(__file__).parent
REFERENCE = HERE / "reference"
MAKERS = ("build.py", "tables.py")  # how the reference becomes an edition: a change of these is a change of content


class NoEdition(LookupError):
    """There is no such edition, or none can be made; the message is a sentence."""


def open_cube(home: Path, name: str = "", limits: Limits | None = None, reference: Path = REFERENCE) -> Cube:
    """The cube of the named edition, or of the current one, building the embedded edition first where it is missing.

    Raises NoEdition."""
    current = ensure(home, reference)
    path = _file(home, name or current)
    if not path.is_file():
        raise NoEdition(f"edition={name} is not kept here; there is {', '.join(kept(home))}.")
    return open_file(path, home / "cache", kept(home), limits)


def open_file(
    path: Path, cache: Path | None = None, editions: tuple[str, ...] = (), limits: Limits | None = None
) -> Cube:
    """The cube of one edition file, which is named after the file."""
    given = limits or Limits()
    engine = open_engine(path.resolve(), given)
    try:
        codes = read_codes(engine, editions or (path.stem,))
    except (DBAPIError, duckdb.Error) as error:
        engine.dispose()
        raise NoEdition(f"{path} is not a readable edition; remove it and start again ({_first(error)}).") from error
    shelf = Shelf(cache)
    return Cube(engine, path.stem, codes, Cache(shelf), given)


def ensure(home: Path, reference: Path = REFERENCE) -> str:
    """Name of the current edition. Where the reference has no edition yet it is built, by one process while others
    wait, and becomes the current one. An edition that an operator made current stays so until the reference changes.
    """
    _folder(home)
    with _alone(home):
        mark = digest(reference) if any(reference.glob("*")) or not kept(home) else ""
        built = next((name for name in reversed(kept(home)) if name.endswith(f"-{mark}" if mark else "")), "")
        if not built:
            built = _built(home, reference, mark)
            point(home, built)
        chosen = current(home)
        if chosen not in kept(home):
            point(home, built)
            return built
        return chosen


def kept(home: Path) -> tuple[str, ...]:
    """Names of all editions, in order."""
    return tuple(sorted(path.stem for path in (home / "editions").glob("[!.]*.duckdb")))


def current(home: Path) -> str:
    """Name of the current edition, or empty."""
    pointer = home / "current"
    return pointer.read_text(encoding="utf-8", errors="replace").strip() if pointer.is_file() else ""


def point(home: Path, name: str) -> None:
    """Makes an edition the current one, in one step."""
    if name not in kept(home):
        raise NoEdition(f"edition={name} is not kept here, so it cannot become the current one.")
    new = home / f".current-{os.getpid()}"
    new.write_text(name + "\n", encoding="utf-8")
    new.replace(home / "current")


def digest(reference: Path = REFERENCE) -> str:
    """Eight hexadecimal digits of what the embedded edition is made from: the same content, the same digits."""
    total = sha256()
    files = sorted(path for path in reference.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    if not files:
        raise NoEdition(f"{reference} holds no reference figures; build-reference compiles them.")
    for path in [*files, *(HERE / name for name in MAKERS)]:
        label = path.relative_to(reference).as_posix() if path.is_relative_to(reference) else path.name
        total.update(f"{label} {path.stat().st_size}\n".encode())
        total.update(path.read_bytes())
    return total.hexdigest()[:8]


def _built(home: Path, reference: Path, mark: str) -> str:
    """Builds under a hidden name and renames: a half-built file is never an edition."""
    for left in (home / "editions").glob(".building-*"):
        shutil.rmtree(left) if left.is_dir() else left.unlink()  # of a build that was killed
    hidden = home / "editions" / f".building-{mark}-{os.getpid()}.duckdb"
    try:
        build(reference, hidden)
    except ValueError as error:  # a damaged file of the reference, said in a sentence
        raise NoEdition(str(error)) from error
    except (DBAPIError, duckdb.Error) as error:
        raise NoEdition(f"The embedded edition could not be written under {home} ({_first(error)}).") from error
    engine = open_engine(hidden.resolve())
    name = f"{about(engine)['built'][:10]}-{mark}"  # the day the figures were compiled, and what they are
    engine.dispose()
    hidden.chmod(0o444)
    hidden.replace(_file(home, name))
    return name


def _file(home: Path, name: str) -> Path:
    return home / "editions" / f"{Path(name).name}.duckdb"


def _first(error: Exception) -> str:
    """The first line of what an engine says."""
    return (str(error).splitlines() or [type(error).__name__])[0][:200]


def _folder(home: Path) -> None:
    try:
        (home / "editions").mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise NoEdition(f"The data folder {home} cannot be used ({error.strerror}); IIF_HOME names another.") from error


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    """One process at a time; the lock falls with the process that held it."""
    with (home / "editions" / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
