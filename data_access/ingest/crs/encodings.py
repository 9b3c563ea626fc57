"""Whole lines of a file as UTF-8; a byte that is not of the file's encoding, by its place."""

from __future__ import annotations

import re

import numpy as np
import pyarrow as pa

from data_access.ingest.crs import codes, opening
from data_access.ingest.faults import Fault

HALVES = re.compile(rb"(?:\xed[\xa0-\xbf][\x80-\xbf])+")  # half pairs of UTF-16, written as if they were characters


def _sound(lines: bytes) -> bool:
    """Whether bytes are UTF-8: Arrow looks at many at once, and makes no text of them."""
    ends = np.array([0, len(lines)], np.int64)
    whole = pa.Array.from_buffers(pa.large_string(), 1, [None, pa.py_buffer(ends), pa.py_buffer(lines)])
    try:
        whole.validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def _number(found: re.Match[bytes]) -> bytes:
    high = found[0].decode("utf-8", "surrogatepass")[0]
    return b"\x00U+%04X" % ord(high)


class Decoder:
    """One encoding for one file: told by its mark, else by the first lines that are not ASCII."""

    def __init__(self, name: str, opened: opening.Opened) -> None:
        self.encoding = "utf-8" if opened.marked else "ascii"
        self._name, self.delimiter, self._offset = name, opened.delimiter, opened.skipped

    def text(self, lines: bytes, first: int) -> bytes:
        """The same lines in UTF-8. `first`: number of the first. Raises Fault at the first byte that does not fit."""
        offset, self._offset = self._offset, self._offset + len(lines)
        if lines.isascii():
            return lines
        if self.encoding == "ascii":
            whole = HALVES.sub(b"", lines) if b"\xed" in lines else lines
            self.encoding = opening.encoding(whole).replace("ascii", "utf-8")
        try:
            if self.encoding == "cp1252":
                return lines.decode("cp1252").encode("utf-8")
            if not _sound(lines):
                lines.decode("utf-8")
        except UnicodeDecodeError as error:
            if self.encoding == "utf-8" and HALVES.search(lines):
                return self._marked(lines, first, offset)
            raise self._fault(lines, error.start, first, offset) from None
        return lines

    def _marked(self, lines: bytes, first: int, offset: int) -> bytes:
        """Half pairs become NUL and their number, by which their lines are refused; the rest must be UTF-8."""
        marked = HALVES.sub(_number, lines)
        try:
            marked.decode("utf-8")
        except UnicodeDecodeError as error:
            raise self._fault(marked, error.start, first, offset) from None
        return marked

    def _fault(self, lines: bytes, at: int, first: int, offset: int) -> Fault:
        line = first + lines.count(b"\n", 0, at)
        start = lines.rfind(b"\n", 0, at) + 1
        stop = lines.find(b"\n", at)
        place = lines.count(self.delimiter, start, at) + 1
        field = lines[start : stop if stop >= 0 else None].split(self.delimiter)[place - 1].rstrip(b"\r")
        named = {"utf-8": "UTF-8", "cp1252": "Windows-1252"}[self.encoding]
        reason = f"holds the byte 0x{lines[at]:02X}, which is not {named}, the encoding of the lines before it"
        return Fault(
            self._name, line, "", field.decode("utf-8", "backslashreplace"), reason, "write the file in one encoding",
            codes.BYTE, position=place, offset=offset + at,
        )  # fmt: skip
