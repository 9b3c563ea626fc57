"""A ZIP archive that nobody vouches for: what is in it, and its parts, never more than may be held."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections import Counter
from pathlib import Path

from data_access.ingest.faults import Fault

MEGABYTE = 1 << 20
MOST_BYTES = 20 * MEGABYTE  # of a file as it comes
MOST_UNPACKED = 100 * MEGABYTE
MOST_PARTS = 300
RATIO, SMALL = 150, MEGABYTE  # a part may be this many times its packed size, once it is not small
KINDS = (  # how files begin that are something else
    (b"\xd0\xcf\x11\xe0", "is an older or an encrypted workbook", "take its password off and save it as XLSX"),
    (b"%PDF", "is a PDF document", "take the workbook itself"),
    (b"\x1f\x8b", "is a gzip archive", "unpack it"),
    (b"PAR1", "is a Parquet file", "save it as CSV"),
    (b"version https://git-lfs", "is a Git LFS pointer, not the file itself", "fetch the file with git lfs pull"),
)
PAGE = re.compile(rb"\s*(<!doctype|<html|<head|<body|<\?xml|<)", re.IGNORECASE)


class Archive:
    """The parts of one archive, read within bounds. Raises Fault from wherever it is not sound."""

    def __init__(self, path: Path, name: str) -> None:
        self.name = name
        _begins_well(path, name)
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as wrong:
            raise self.fault(name, f"is no sound ZIP archive ({wrong})", "save the file again", "REG-ZIP-01") from None
        self.parts = self._parts()
        self._unpacked = 0

    def read(self, part: str) -> bytes:
        """The whole of a part; every byte of it is checked against its sum."""
        info = self.parts[part]
        try:
            with self._zip.open(info) as opened:
                content = opened.read(MOST_UNPACKED - self._unpacked + 1)
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, NotImplementedError) as wrong:
            raise self.fault(part, f"cannot be unpacked ({wrong})", "save the file again", "REG-ZIP-02") from None
        self._unpacked += len(content)
        if self._unpacked > MOST_UNPACKED:
            raise self._too_large(part)
        return content

    def fault(self, value: str, reason: str, remedy: str, code: str) -> Fault:
        return Fault(self.name, 0, "", value, reason, remedy, code)

    def _parts(self) -> dict[str, zipfile.ZipInfo]:
        infos = self._zip.infolist()
        if len(infos) > MOST_PARTS:
            why = f"has {len(infos):,} parts, and {MOST_PARTS} may be"
            raise self.fault(self.name, why, "save the sheets alone, without pictures", "REG-ZIP-03")
        for info in infos:
            self._part(info)
        twice = [part for part, times in Counter(info.filename.lower() for info in infos).items() if times > 1]
        if twice:
            raise self.fault(twice[0], "is in the archive twice", "save the file again", "REG-ZIP-04")
        if sum(info.file_size for info in infos) > MOST_UNPACKED:
            raise self._too_large(max(infos, key=lambda info: info.file_size).filename)
        return {info.filename: info for info in infos}

    def _part(self, info: zipfile.ZipInfo) -> None:
        part, links = info.filename, (info.external_attr >> 16) & 0o170000 == 0o120000
        if part.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", part) or ":" in part or "\\" in part or links:
            raise self.fault(part, "leads out of the archive", "save the file again", "REG-ZIP-05")
        if info.flag_bits & 1:
            raise self.fault(part, "is encrypted", "take the password off", "REG-ZIP-06")
        if info.file_size > SMALL and info.file_size > RATIO * max(info.compress_size, 1):
            why = f"unpacks to {info.file_size:,} bytes, more than {RATIO} times its size"
            raise self.fault(part, why, "save the sheets alone, without empty formatted cells", "REG-ZIP-07")

    def _too_large(self, part: str) -> Fault:
        why = f"unpacks to more than the {MOST_UNPACKED // MEGABYTE} MB that may be"
        return self.fault(part, why, "split the file into smaller ones", "REG-ZIP-08")


def _begins_well(path: Path, name: str) -> None:
    size = path.stat().st_size
    with path.open("rb") as file:
        head = file.read(512)
    if not size:
        raise Fault(name, 0, "", name, "is empty", "export the registry and fill that in", "REG-FILE-01")
    if size > MOST_BYTES:
        why = f"has {size:,} bytes, and {MOST_BYTES // MEGABYTE} MB may be"
        raise Fault(name, 0, "", name, why, "split it into smaller files", "REG-FILE-02")
    for start, what, remedy in KINDS:
        if head.startswith(start):
            raise Fault(name, 0, "", name, what, remedy, "REG-FILE-03")
    if not head.startswith(b"PK"):
        what = "is a web page or an XML document" if PAGE.match(head) else "is no workbook"
        raise Fault(
            name, 0, "", name, what, "save the sheets as XLSX, or as CSV under a name that says so", "REG-FILE-03"
        )
