"""What a file is that was given for delimited text and is none: a web page, an archive, another encoding."""

from __future__ import annotations

import re

from data_access.ingest.faults import SHOWN, Fault

KINDS: tuple[tuple[re.Pattern[bytes], str, str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE | re.DOTALL), what, remedy)
    for pattern, what, remedy in (
        (rb"\x1f\x8b", "begins a gzip archive", "unpack it"),
        (rb"PK\x03\x04", "begins a zip archive or a spreadsheet", "unpack it, or save the sheet as CSV"),
        (rb"\xd0\xcf\x11\xe0", "begins an older spreadsheet or document", "save the sheet as CSV in UTF-8"),
        (rb"PAR1", "begins a Parquet file", "take the file as CSV"),
        (rb"%PDF", "begins a PDF document", "take the file as CSV"),
        (
            rb"version https://git-lfs",
            "begins a Git LFS pointer, not the file itself",
            "fetch the file with git lfs pull",
        ),
        (rb"\s*<(!doctype|html|head|body)", "begins a web page", "download the file again; the server sent a page"),
        (rb"\s*<", "begins an XML document", "take the file in its published form"),
        (rb"\xff\xfe|\xfe\xff", "begins a text in UTF-16", "save it as UTF-8"),
        (rb"[^\n]{0,200}?\x00", "has a zero byte: binary, or a text in UTF-16", "save it as UTF-8 text"),
    )
)
MARK = b"\xef\xbb\xbf"


def check_text(name: str, head: bytes) -> None:
    """Raises Fault where the first line of a file says that it is something else than text in UTF-8."""
    for pattern, what, remedy in KINDS:
        if pattern.match(head.removeprefix(MARK)):
            value = head[:SHOWN].decode("utf-8", "backslashreplace")
            raise Fault(name, 1, "", value, what, remedy, "FILE-KIND-01", offset=0)
    line = head.strip(b"\r\n")
    if b"\r" in line and b"\n" not in head:
        value = line[:SHOWN].decode("utf-8", "backslashreplace")
        reason = "is the start of a file whose lines end in a carriage return alone"
        raise Fault(name, 1, "", value, reason, "save it with line ends of Unix or Windows", "CSV-LINE-02", offset=0)
