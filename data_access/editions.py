"""Editions: small manifests under `home/editions` that name the part of every source, and a pointer to the current one.

A load never edits: it makes a new part, then a manifest that names it beside the parts that stay; then the pointer is
swapped. Readers in flight keep what they opened. The embedded reference is a part like any other, built at the first
start and again when its content changes.
"""

from __future__ import annotations

import json
import logging
import os
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import duckdb
from sqlalchemy.exc import DBAPIError

from dashboard.selection import OF_ROWS
from data_access import parts
from data_access.build import LISTING, build
from data_access.locks import alone

HERE = Path(__file__).parent
REFERENCE = HERE / "reference"
# How figures become a part: a change of these is a change of content.
MAKERS = (
    *(HERE / name for name in ("arrow.py", "build.py", "rollups.py", "tables.py", "ingest/fx.py")),
    *(HERE.parent / "dashboard" / name for name in ("codes.py", "goal_shares.csv", "methods.py")),
)
LOG = logging.getLogger(__name__)
NAME = r"[0-9]{4}-[0-9]{2}-[0-9]{2}-[0-9a-f]{8}"
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
    """Name of the current edition, or of the newest that is whole. Where the reference has no part, or a damaged one,
    it is built, by one process while others wait, and replaces the older one in the edition; what was loaded stays."""
    _folders(home)
    with alone(home):
        held = _readable(home)
        if not held or any(reference.glob("*")):
            part = f"reference-{digest(reference)}"
            damage = parts.amiss(home, part)
            if damage:
                if parts.file_of(home, part).is_file():
                    LOG.warning("%s It is built again.", damage)
                _build(home, reference, part)
            if not any(part in edition.parts.values() for edition in held):
                point(home, make(home, _renewed(home, reference, part), "the embedded reference"))
        chosen = current(home)
        return chosen if chosen in kept(home) and whole(home, chosen) else _fallen_back(home)


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
    if not is_kept(home, name):
        raise NoEdition(f"edition={name[:40]} is not kept here; there is {', '.join(kept(home)) or 'none'}.")
    try:
        edition = Edition(**json.loads(path.read_text(encoding="utf-8")))
        named = {CODES, INDICATORS} <= edition.parts.keys() and all(isinstance(v, str) for v in edition.parts.values())
    except (OSError, ValueError, TypeError, AttributeError):
        named = False
    if not named or edition.name != name:
        raise NoEdition(f"{path} is not a readable edition; remove it and start again.")
    return edition


def kept(home: Path) -> tuple[str, ...]:
    """Names of all editions, in order."""
    return tuple(sorted(path.stem for path in (home / "editions").glob("*.json") if re.fullmatch(NAME, path.stem)))


def is_kept(home: Path, name: str) -> bool:
    """Whether an edition of exactly this name is there."""
    return re.fullmatch(NAME, name, re.ASCII) is not None and _file(home, name).is_file()


def current(home: Path) -> str:
    """Name of the current edition, or empty."""
    pointer = home / "current"
    return pointer.read_text(encoding="utf-8", errors="replace").strip() if pointer.is_file() else ""


def point(home: Path, name: str) -> None:
    """Makes an edition the current one, in one step. Raises NoEdition where it is not kept or not whole."""
    wrong = amiss(home, name)
    if wrong:
        raise NoEdition(f"edition={name} cannot become the current one: {wrong}")
    _write(home / "current", name + "\n")


def whole(home: Path, name: str) -> bool:
    """Whether nothing of it is missing or damaged, as far as can be told at a start."""
    return not amiss(home, name)


def amiss(home: Path, name: str) -> str:
    """What is wrong with an edition at the first look, as a sentence; empty where nothing is."""
    try:
        named = sorted(set(read(home, name).parts.values()))
    except NoEdition as why:
        return str(why)
    return next(filter(None, (parts.amiss(home, part) for part in named)), "")


def fits(home: Path, name: str) -> bool:
    """Whether all its parts have the size they were loaded with: quick enough to be asked all the time."""
    try:
        return all(parts.fits(home, part) for part in set(read(home, name).parts.values()))
    except NoEdition:
        return False


def unnamed(home: Path) -> tuple[str, ...]:
    """Parts that no edition names: a load is about to, or was stopped before it could."""
    named = {part for edition in _readable(home) for part in edition.parts.values()}
    return tuple(sorted(set(parts.kept(home)) - named))


def drop(home: Path, name: str) -> list[str]:
    """Remove an edition, and the parts that no other names: their names. Raises NoEdition for the current one."""
    if name == current(home):
        raise NoEdition(f"edition={name} is the current one and stays; publish another first.")
    own = set(read(home, name).parts.values())
    _file(home, name).unlink()
    gone = sorted(own & set(unnamed(home)))
    for part in gone:
        parts.drop(home, part)
    return gone


def digest(reference: Path = REFERENCE) -> str:
    """Eight hexadecimal digits of what the embedded part is made from: the same content, the same digits."""
    total = sha256()
    apart = {"__pycache__", "registry"}  # commitments are no figures: they have states of their own
    files = sorted(path for path in reference.rglob("*") if path.is_file() and path.parent.name not in apart)
    if not files:
        raise NoEdition(f"{reference} holds no reference figures; build-reference compiles them.")
    for path in [*files, *(path for path in MAKERS if path.is_file())]:
        label = path.relative_to(reference).as_posix() if path.is_relative_to(reference) else path.name
        total.update(f"{label} {path.stat().st_size}\n".encode())
        total.update(path.read_bytes())
    total.update(" ".join(OF_ROWS).encode())  # the columns that tables have of them
    return total.hexdigest()[:8]


def _build(home: Path, reference: Path, part: str) -> None:
    try:
        with parts.making(home, part) as folder:
            build(reference, folder / "part.duckdb")
            made = folder / "part.duckdb"
            parts.keep(home, made, part, {"reader": "reference", "sums": parts.sums(made)})
    except ValueError as error:  # a damaged file of the reference, said in a sentence
        raise NoEdition(str(error)) from error
    except (OSError, DBAPIError, duckdb.Error) as error:
        why = str(error).partition("\n")[0][:200]
        raise NoEdition(f"The embedded edition could not be written under {home} ({why}).") from error


def _renewed(home: Path, reference: Path, part: str) -> dict[str, str]:
    """The parts of the current edition with the reference's own in place of an older reference."""
    listing = json.loads((reference / LISTING).read_text(encoding="utf-8"))
    own = dict.fromkeys((CODES, INDICATORS, *(source["source"] for source in listing["sources"])), part)
    held = next((edition.parts for edition in _readable(home) if edition.name == current(home)), {})
    return own | {key: other for key, other in held.items() if not other.startswith("reference-")}


def _fallen_back(home: Path) -> str:
    """The newest edition that is whole, made current: where the pointer or a part has been lost."""
    lost = current(home)
    why = amiss(home, lost) if lost else f"{home / 'current'} names no edition."
    for edition in sorted(_readable(home), key=lambda edition: (edition.made, edition.name), reverse=True):
        if whole(home, edition.name):
            point(home, edition.name)
            LOG.warning("%s is shown instead of %s: %s", edition.name, lost or "none", why)
            return edition.name
    raise NoEdition(f"No edition under {home} is whole ({why}) Load its sources again, or remove {home / 'editions'}.")


def _readable(home: Path) -> list[Edition]:
    """Every edition whose manifest can be read; the others are said in the log."""
    found = []
    for name in kept(home):
        try:
            found.append(read(home, name))
        except NoEdition as why:
            LOG.warning("%s", why)
    return found


def _file(home: Path, name: str) -> Path:
    return home / "editions" / f"{name}.json"


def _write(path: Path, text: str) -> None:
    """In one step, and on the disk."""
    new = path.with_name(f".{path.name}-{os.getpid()}")
    try:
        new.write_text(text, encoding="utf-8")
        parts.sync(new)
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)
    parts.sync(path.parent)


def _folders(home: Path) -> None:
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)  # what people write will lie in it too
        for path in (home / "editions", parts.folder(home)):
            path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise NoEdition(f"The data folder {home} cannot be used ({error.strerror}); IIF_HOME names another.") from error
