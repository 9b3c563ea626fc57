"""The line of headings of every text file of a load, kept so that a raw record can be shown field by field."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from data_access import tables
from data_access.finishing import insert
from data_access.ingest.given import names
from data_access.ingest.readers import Part

TEXTS = (".csv", ".txt", ".tsv", ".psv")
LONGEST = 65_536  # bytes of a line of headings


def keep(part: Part, files: Sequence[Path]) -> None:
    """Into table `about`, under HEADINGS and the name of the file, as written; of text files alone."""
    found = [
        (name, first(path)) for path, name in zip(files, names(files), strict=True) if path.suffix.lower() in TEXTS
    ]
    if any(line for _, line in found):
        insert(part.connection, tables.about, [(f"{tables.HEADINGS}{name}", line) for name, line in found if line])


def first(path: Path) -> str:
    """The first line of a text file, in UTF-8 or else in Windows-1252; empty where it is neither, or has no end."""
    with path.open("rb") as file:
        line = file.readline(LONGEST)
    if b"\0" in line or (len(line) == LONGEST and not line.endswith(b"\n")):
        return ""
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return line.decode(encoding).rstrip("\r\n")
        except UnicodeDecodeError:
            continue
    return ""
