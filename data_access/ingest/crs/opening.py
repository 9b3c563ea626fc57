"""What a file is, by its first bytes: text that can be read, and in which encoding, or something else by name."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from data_access.ingest.crs import codes
from data_access.ingest.faults import Fault

LOOKED_AT = 1 << 20  # bytes from which line ends are told
MARK = b"\xef\xbb\xbf"
KINDS = (  # first bytes -> what it is, what to do
    (b"\x1f\x8b", "is a gzip archive, not text", "unpack it first"),
    (b"PK\x03\x04", "is a zip archive, not text", "unpack it first"),
    (b"PAR1", "is a Parquet file under a name of text", "name it .parquet"),
    (b"%PDF", "is a PDF document, not text", "take the file in its published form"),
    (b"version https://git-lfs", "is a Git LFS pointer, not the file itself", "fetch it with git lfs pull"),
    (b"\xd0\xcf\x11\xe0", "is an Office document, not text", "save it as text"),
)
HIGH = bytes(range(128, 256))
PAGES = (b"<!doctype", b"<html", b"<?xml", b"<head")


class Opened(NamedTuple):
    """How the text of a file is to be read. `skipped`: bytes before its first character."""

    marked: bool  # with a mark of UTF-8 at its start
    skipped: int
    only_cr: bool
    delimiter: bytes


def look(path: Path, name: str) -> Opened:
    """How a text file is written. Raises Fault, by name, where it is empty, something else, or in UTF-16."""
    with path.open("rb") as file:
        head = file.read(LOOKED_AT)
    if not head.strip(b"\r\n\t \x1a"):
        reason = f"is the size in bytes; there is nothing in it ({path.stat().st_size:,} bytes)"
        raise Fault(name, 0, "", path.stat().st_size, reason, "take the file again", codes.EMPTY)
    _other(head, name)
    _wide(head, name)
    skipped = len(MARK) if head.startswith(MARK) else 0
    only_cr = b"\r" in head and b"\n" not in head
    first = head[skipped:].split(b"\r" if only_cr else b"\n", 1)[0]
    delimiter = max((b"|", b",", b"\t", b";"), key=first.count)
    return Opened(skipped > 0, skipped, only_cr, delimiter)


def encoding(lines: bytes) -> str:
    """Of whole lines: ascii, UTF-8, or Windows-1252 where more bytes contradict UTF-8 than letters are sound in it."""
    if lines.isascii():
        return "ascii"
    lines = lines[:LOOKED_AT] if not lines[:LOOKED_AT].isascii() else lines
    sound = [letter for letter in lines.decode("utf-8", "ignore") if letter > "\x7f"]
    high = len(lines) - len(lines.translate(None, HIGH))
    return "cp1252" if high - len("".join(sound).encode()) > len(sound) else "utf-8"


def _other(head: bytes, name: str) -> None:
    for first, what, way_out in KINDS:
        if head.startswith(first):
            raise Fault(name, 0, "", head[:8].decode("latin-1"), what, way_out, codes.KIND, offset=0)
    page = head.removeprefix(MARK).lstrip()[:20].lower()
    if page.startswith(PAGES):
        told = page.decode("latin-1")
        raise Fault(
            name, 1, "", told, "is a web page or XML, not the text file", "fetch the file", codes.KIND, offset=0
        )


def _wide(head: bytes, name: str) -> None:
    """UTF-16, with a mark or without."""
    marks = {b"\xff\xfe": "UTF-16LE", b"\xfe\xff": "UTF-16BE"}
    if head[:2] in marks:
        reason = f"marks {marks[head[:2]]} text; UTF-8 and Windows-1252 are read"
        raise Fault(name, 1, "", head[:2].hex(" ").upper(), reason, "save it as UTF-8", codes.UTF16, offset=0)
    if 0 in head[:2] or head[:200].count(0) > 20:
        at = head.index(0)
        reason = f"at byte {at} shows UTF-16 without a mark, or a binary file"
        raise Fault(name, 1, "", "\x00", reason, "save it as UTF-8", codes.NUL_EARLY, offset=at)
