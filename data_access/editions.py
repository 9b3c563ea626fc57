"""Editions: small manifests under `home/editions` that name the part of every source, and a pointer to the current one.

A load never edits: it makes a new part, then a manifest that names it beside the parts that stay; then the pointer is
swapped. Readers in flight keep what they opened. The embedded reference is a part like any other, built at the first
start and again when its content changes.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import duckdb
from sqlalchemy.exc import DBAPIError

from data_access import parts
from data_access.build import LISTING, build

HERE = Path(__file__).parent
REFERENCE = HERE / "reference"
DASHBOARD = HERE.parent / "dashboard"
# How figures become a part: a change of these is a change of content.
MAKERS = (
    *(HERE / name for name in ("build.py", "rollups.py", "tables.py")),
    *(DASHBOARD / name for name in ("methods.py", "goal_shares.csv")),
)
CODES, INDICATORS = "codes", "indicators"  # what is no source of flows has a part as well


class NoEdition(LookupError):
    """There is no such edition, or none can be made; the message is a sentence."""


@dataclass(frozen=True)
class Edition:
    """One set of parts: which part holds each source, `codes` and `indicators`. `made`: when, UTC; `why`: by what."""

    name: str
    parts: Mapping[str, str]
    made: str
    why: str


def ensure(home: Path, reference: Path = REFERENCE) -> str:
    """Name of the current edition. Where the reference has no part yet it is built, by one process while others wait,
    and takes the place of an older reference in the current edition; what was loaded stays."""
    _folders(home)
    with alone(home):
        held = kept(home)
        if not held or any(reference.glob("*")):
            part = f"reference-{digest(reference)}"
            if not parts.file_of(home, part).is_file():
                _build(home, reference, part)
            if not any(part in read(home, name).parts.values() for name in held):
                point(home, make(home, _renewed(home, reference, part), "the embedded reference"))
        chosen = current(home)
        if chosen in kept(home) and whole(home, chosen):
            return chosen
        return _fallen_back(home)


def make(home: Path, named: Mapping[str, str], why: str) -> str:
    """An edition of these parts: its name. One that is kept already is not made again."""
    mark = sha256("\n".join(f"{key} {part}" for key, part in sorted(named.items())).encode()).hexdigest()[:8]
    for name in kept(home):
        if name.endswith(f"-{mark}"):
            return name
    now = datetime.now(UTC)
    edition = Edition(f"{now:%Y-%m-%d}-{mark}", dict(sorted(named.items())), f"{now:%Y-%m-%dT%H:%M:%SZ}", why)
    _write(_file(home, edition.name), json.dumps(asdict(edition), indent=1, ensure_ascii=False) + "\n")
    return edition.name


def read(home: Path, name: str) -> Edition:
    """Raises NoEdition."""
    path = _file(home, name)
    try:
        return Edition(**json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise NoEdition(f"edition={name} is not kept here; there is {', '.join(kept(home))}.") from None
    except (ValueError, TypeError) as error:
        raise NoEdition(f"{path} is not a readable edition; remove it and start again.") from error


def kept(home: Path) -> tuple[str, ...]:
    """Names of all editions, in order."""
    return tuple(sorted(path.stem for path in (home / "editions").glob("[!.]*.json")))


def current(home: Path) -> str:
    """Name of the current edition, or empty."""
    pointer = home / "current"
    return pointer.read_text(encoding="utf-8", errors="replace").strip() if pointer.is_file() else ""


def point(home: Path, name: str) -> None:
    """Makes an edition the current one, in one step. Raises NoEdition where it or one of its parts is not kept."""
    if name not in kept(home):
        raise NoEdition(f"edition={name} is not kept here, so it cannot become the current one.")
    if not whole(home, name):
        raise NoEdition(f"A part of edition={name} is missing, so it cannot become the current one; load it again.")
    _write(home / "current", name + "\n")


def whole(home: Path, name: str) -> bool:
    """Whether the files of all its parts are there."""
    try:
        return all(parts.file_of(home, part).is_file() for part in read(home, name).parts.values())
    except NoEdition:
        return False


def drop(home: Path, name: str) -> list[str]:
    """Remove an edition, and the parts that no other names: their names. Raises NoEdition for the current one."""
    if name == current(home):
        raise NoEdition(f"edition={name} is the current one and stays; publish another first.")
    own = set(read(home, name).parts.values())
    _file(home, name).unlink()
    gone = own - {part for other in kept(home) for part in read(home, other).parts.values()}
    for part in gone:
        parts.drop(home, part)
    return sorted(gone)


def digest(reference: Path = REFERENCE) -> str:
    """Eight hexadecimal digits of what the embedded part is made from: the same content, the same digits."""
    total = sha256()
    files = sorted(path for path in reference.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    if not files:
        raise NoEdition(f"{reference} holds no reference figures; build-reference compiles them.")
    for path in [*files, *(path for path in MAKERS if path.is_file())]:
        label = path.relative_to(reference).as_posix() if path.is_relative_to(reference) else path.name
        total.update(f"{label} {path.stat().st_size}\n".encode())
        total.update(path.read_bytes())
    return total.hexdigest()[:8]


@contextmanager
def alone(home: Path) -> Iterator[None]:
    """One process at a time; the lock falls with the process that held it."""
    with (home / "editions" / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _build(home: Path, reference: Path, part: str) -> None:
    try:
        with parts.making(home, part) as folder:
            build(reference, folder / "part.duckdb")
            parts.keep(home, folder / "part.duckdb", part, {"reader": "reference", "made": _compiled(reference)})
    except ValueError as error:  # a damaged file of the reference, said in a sentence
        raise NoEdition(str(error)) from error
    except (OSError, DBAPIError, duckdb.Error) as error:
        raise NoEdition(f"The embedded edition could not be written under {home} ({_first(error)}).") from error


def _renewed(home: Path, reference: Path, part: str) -> dict[str, str]:
    """The parts of the current edition with the reference's own in place of an older reference."""
    listing = json.loads((reference / LISTING).read_text(encoding="utf-8"))
    own = dict.fromkeys((CODES, INDICATORS, *(source["source"] for source in listing["sources"])), part)
    held = read(home, current(home)).parts if current(home) in kept(home) else {}
    return own | {key: other for key, other in held.items() if not other.startswith("reference-")}


def _fallen_back(home: Path) -> str:
    """The newest edition that is whole, made current: where the pointer or a part has been lost."""
    for name in reversed(kept(home)):
        if whole(home, name):
            point(home, name)
            return name
    raise NoEdition(f"No edition under {home} is whole; remove {home / 'editions'} and start again.")


def _compiled(reference: Path) -> str:
    return str(json.loads((reference / LISTING).read_text(encoding="utf-8"))["compiled"])


def _file(home: Path, name: str) -> Path:
    return home / "editions" / f"{Path(name).name}.json"


def _write(path: Path, text: str) -> None:
    """In one step, and on the disk."""
    new = path.with_name(f".{path.name}-{os.getpid()}")
    new.write_text(text, encoding="utf-8")
    parts.sync(new)
    new.replace(path)
    parts.sync(path.parent)


def _first(error: Exception) -> str:
    """The first line of what an engine says."""
    return (str(error).splitlines() or [type(error).__name__])[0][:200]


def _folders(home: Path) -> None:
    try:
        for path in (home / "editions", parts.folder(home)):
            path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise NoEdition(f"The data folder {home} cannot be used ({error.strerror}); IIF_HOME names another.") from error
