"""Pictures within documents: JPEG, of which the points are kept as they are, and what they tell beside them is not."""

from __future__ import annotations

import re

from pypdf.filters import decode_stream_data
from pypdf.generic import ArrayObject, NameObject, StreamObject

FILTER, PARAMETERS, OF_JPEG = "/Filter", "/DecodeParms", "/DCTDecode"
BEGIN, END, SCAN = b"\xff\xd8", 0xD9, 0xDA
ALONE = (0x01, *range(0xD0, 0xD8))  # markers without a length
JFIF, COLOURS, ADOBE, COMMENT = 0xE0, 0xE2, 0xEE, 0xFE
NEXT = re.compile(b"\xff[^\x00\xd0-\xd7]", re.DOTALL)  # behind the points of a scan


def bare_stream(part: StreamObject) -> None:
    """Takes what it tells out of a stream that is a JPEG; leaves others as they are. Raises ValueError where it is
    none, and what pypdf raises where it cannot be read."""
    filters = part.get(FILTER)
    filters = filters.get_object() if filters is not None else None
    named = list(filters) if isinstance(filters, ArrayObject) else [filters]
    if named[-1] != OF_JPEG:
        return
    content = bare(decode_stream_data(part))
    if len(named) > 1:
        parameters = part.pop(PARAMETERS, None)
        part[NameObject(FILTER)] = NameObject(OF_JPEG)
        if isinstance(parameters, ArrayObject) and len(parameters) == len(named):
            part[NameObject(PARAMETERS)] = parameters[-1]
    part._data = content


def bare(content: bytes) -> bytes:
    """A JPEG without Exif, XMP, IPTC, comments, and what lies behind its end; its colours stay. Raises ValueError."""
    at = content.find(BEGIN) + len(BEGIN)
    if at < len(BEGIN):
        raise ValueError("no JPEG")
    kept = [BEGIN]
    while at + 1 < len(content):
        if content[at] != 0xFF:
            raise ValueError("no marker")
        marker = content[at + 1]
        end = _end(content, at, marker)
        if marker == END:
            kept.append(content[at:end])
            break
        if marker != 0xFF and _stays(marker, content[at + 4 : at + 16]):
            kept.append(content[at:end])
        at = end
    return b"".join(kept)


def _end(content: bytes, at: int, marker: int) -> int:
    """Where a segment ends, with the points behind it where it begins a scan."""
    if marker == 0xFF:  # fills
        return at + 1
    if marker in ALONE or marker == END:
        return at + 2
    long = int.from_bytes(content[at + 2 : at + 4], "big")
    if long < 2:
        raise ValueError("no length")
    end = at + 2 + long
    found = NEXT.search(content, end) if marker == SCAN else None
    return found.start() if found else len(content) if marker == SCAN else end


def _stays(marker: int, start: bytes) -> bool:
    """Of what programs write, what the colours need."""
    if marker == COLOURS:
        return start.startswith(b"ICC_PROFILE\0")
    return marker in (JFIF, ADOBE) or not (JFIF < marker <= 0xEF or marker == COMMENT)
