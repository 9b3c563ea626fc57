"""IATI activity XML, versions 1.01 to 2.03: files and folders, in memory that does not grow with them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from data_access.ingest.iati.described import describe
from data_access.ingest.iati.fill import fill
from data_access.ingest.iati.plain import plain
from data_access.ingest.readers import Reader


def files(folder: Path) -> Iterator[Path]:
    """Every XML file below a folder."""
    yield from sorted(path for path in folder.rglob("*.xml") if path.is_file())


READER = Reader("iati", fill, describe, plain, files, by_folder=True)
