"""What a data folder holds: editions and what changed in each, the sources of one of them, the reports of its parts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from dashboard.holdings import OTHER, EditionHeld, FileHeld, Holdings, Load, SourceHeld
from data_access import editions, parts, tables
from data_access.cube import Cube
from data_access.editions import CODES, INDICATORS, Edition, NoEdition

# What of a report is shown to readers; a report may hold more, and grows with what loads tell.
TOLD = (
    "part", "reader", "made", "seconds", "sha256", "bytes", "files", "lines", "headings", "blank", "read", "kept",
    "refused", "repeated", "max_refused", "faults", "first", "sums", "refused_sums", "notes",
)  # fmt: skip
FILE = tuple(column.name for column in tables.file.columns if column.name != "source")
PATHS = re.compile(r"(?<![\w:/.])/(?:[\w.+~-]+/)+")  # folders of a machine; addresses and XPaths keep theirs


def holdings(home: Path, cube: Cube) -> Holdings:
    """Everything that the page of data tells of a data folder, with the edition of `cube` as the one shown."""
    return Holdings(held_editions(home, cube.edition), _sources(home, cube), _loads(home, cube))


def held_editions(home: Path, shown: str) -> tuple[EditionHeld, ...]:
    """All editions, the one made last first, each with what differs from the one made before it."""
    made = sorted(_readable(home), key=lambda edition: (edition.made, _written(home, edition.name), edition.name))
    current = editions.current(home)
    told = [_told(edition, before, current, shown) for before, edition in pairwise([None, *made]) if edition]
    return tuple(reversed(told))


def report(home: Path, part: str) -> dict[str, Any]:
    """The report of a part as readers may have it: without folders of the machine; empty where there is none."""
    if part not in parts.kept(home):
        return {}
    told = parts.report(home, part)
    return {name: _public(name, told[name]) for name in TOLD if name in told}


def _readable(home: Path) -> list[Edition]:
    found = []
    for name in editions.kept(home):
        try:
            found.append(editions.read(home, name))
        except NoEdition:  # dropped meanwhile, or damaged: `editions verify` names it
            continue
    return found


def _written(home: Path, name: str) -> int:
    """When a manifest was written, in nanoseconds: two may be made in one second."""
    path = home / "editions" / f"{name}.json"
    return path.stat().st_mtime_ns if path.is_file() else 0


def _told(edition: Edition, before: Edition | None, current: str, shown: str) -> EditionHeld:
    old: Mapping[str, str] = before.parts if before else {}
    own = edition.parts
    return EditionHeld(
        edition.name,
        edition.made,
        edition.why,
        current=edition.name == current,
        shown=edition.name == shown,
        new=tuple(sorted(own.keys() - old.keys())),
        renewed=tuple(sorted(key for key in own.keys() & old.keys() if own[key] != old[key])),
        gone=tuple(sorted(old.keys() - own.keys())),
        first=before is None,
        whole=not set(own.values()) & set(old.values()),
    )


def _sources(home: Path, cube: Cube) -> tuple[SourceHeld, ...]:
    """The sources of flows, then names and indicators."""
    found = []
    for code, source in cube.codes.sources.items():
        part, rows = cube.parts[code], _rows(cube, code)
        files = tuple(file for whose, file in _files(cube, code) if whose == code)
        found.append(SourceHeld(code, source.title, part, _made(home, part), files, source, rows))
    for code, title in OTHER.items():
        part = cube.parts[code]
        files = tuple(file for whose, file in _files(cube, code) if _other(whose, cube) == code)
        found.append(SourceHeld(code, title, part, _made(home, part), files))
    return tuple(found)


def _other(whose: str, cube: Cube) -> str:
    """Files of no source of flows: those of the indicators, and names, groups, rates and deflators as codes."""
    return INDICATORS if whose == INDICATORS else "" if whose in cube.codes.sources else CODES


def _rows(cube: Cube, source: str) -> int:
    question = select(func.count()).select_from(tables.flow).where(tables.flow.c.source == source)
    return int(cube.ask(source, f"rows of {source} {cube.edition}", question, ("rows",))["rows"][0])


def _files(cube: Cube, held: str) -> list[tuple[str, FileHeld]]:
    """Files of a part with the source that each is of."""
    columns = (tables.file.c.source, *(tables.file.c[name] for name in FILE))
    question = select(*columns).order_by(tables.file.c.file)
    frame = cube.ask(held, f"files of {held} {cube.edition}", question, ("source", *FILE))
    return [(str(whose), _file(rest)) for whose, *rest in frame.itertuples(index=False, name=None)]


def _file(told: Sequence[Any]) -> FileHeld:
    name, digest, size, lines, published, licence, retrieved = told
    texts = (_unplaced(str(text or "")) for text in (published, licence, retrieved))
    return FileHeld(_unplaced(str(name)), str(digest or ""), int(size or 0), int(lines or 0), *texts)


def _made(home: Path, part: str) -> str:
    made = parts.report(home, part).get("made", "")
    return made if isinstance(made, str) else ""


def _loads(home: Path, cube: Cube) -> tuple[Load, ...]:
    """One for each part, the one made last first."""
    held: dict[str, list[str]] = {}
    for source, part in cube.parts.items():
        held.setdefault(part, []).append(source)
    loads = [Load(part, tuple(sorted(sources)), report(home, part)) for part, sources in held.items()]
    return tuple(sorted(loads, key=lambda load: (load.text("made"), load.part), reverse=True))


def _public(name: str, value: Any) -> Any:
    """A value of a report without folders of the machine; what a file of the source says is quoted as it is."""
    if isinstance(value, str):
        return value if name in ("where", "value", "column") else _unplaced(value)
    if isinstance(value, list):
        return [_public(name, one) for one in value]
    return {key: _public(key, one) for key, one in value.items()} if isinstance(value, dict) else value


def _unplaced(text: str) -> str:
    return PATHS.sub("", text)
