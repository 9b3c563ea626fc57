"""The form of a backup: one zip file, each part of it named with its size and checksum."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

FORM = 1
MANIFEST = "manifest.json"
TABLES, FILES = "tables/", "files/"
PIECE = 1 << 20  # bytes
Progress = Callable[[int], None]  # told of bytes as they pass


class Unsound(ValueError):
    """A backup, or the place it is put back to, is not as it has to be; the message is a sentence."""


@dataclass(frozen=True)
class Told:
    """What a backup holds. made: UTC, ISO 8601; state: of the registry; audit: number and digest of the last row of the
    record; parts: name -> SHA-256; size: bytes of its parts."""

    made: str
    state: str
    audit: tuple[int, str]
    parts: Mapping[str, str]
    size: int

    def written(self) -> str:
        """As the archive holds it."""
        return json.dumps({"form": FORM, **vars(self)}, indent=1, sort_keys=True)


@contextmanager
def opened(source: Path) -> Iterator[tuple[zipfile.ZipFile, Told]]:
    """A backup to read. Raises Unsound where it is none, OSError."""
    try:
        with zipfile.ZipFile(source) as archive:
            yield archive, _told(archive)
    except (zipfile.BadZipFile, EOFError) as error:
        raise Unsound(f"{source} is no backup, or it was cut off; please take another.") from error


def copied(archive: zipfile.ZipFile, told: Told, name: str, sink: IO[bytes], progress: Progress) -> None:
    """One part, as it was kept. Raises Unsound where it is not."""
    digest = sha256()
    with archive.open(name) as held:
        while piece := held.read(PIECE):
            digest.update(piece)
            sink.write(piece)
            progress(len(piece))
    if digest.hexdigest() != told.parts[name]:
        raise Unsound(f"{name} is not as it was kept; please take another backup.")


def _told(archive: zipfile.ZipFile) -> Told:
    try:
        held: dict[str, Any] = json.loads(archive.read(MANIFEST))
        if held.pop("form") != FORM:
            raise Unsound("The backup was made by a later release of this program; please use that one.")
        told = Told(**held | {"audit": tuple(held["audit"])})
    except (KeyError, TypeError, json.JSONDecodeError) as error:
        raise Unsound("The backup does not say what it holds; please take another.") from error
    odd = [name for name in told.parts if not _plain(name)]
    if odd or set(told.parts) | {MANIFEST} != set(archive.namelist()):
        raise Unsound("The backup does not hold the parts that it names; please take another.")
    return told


def _plain(name: str) -> bool:
    """Whether a part stays below the folder it is put into."""
    steps = name.split("/")
    return name.startswith((TABLES, FILES)) and len(steps) > 1 and not {"", ".", ".."} & set(steps) and "\\" not in name
