"""Characters that readers cannot see or that something has spoilt on the way: said, and kept as they are."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

import numpy as np

from data_access.ingest.crs import codes

SPOILT = re.compile(
    rb"\xc3[\x82\x83]\xc2[\x80-\xbf]|\xc3\x83(?:\xe2\x80[\x80-\xbf]|\xc5[\x80-\xbf])|\xc3\xa2\xe2\x82\xac"
)
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")
UNSEEN = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad")
SUSPECTS = (frozenset("Ã"), frozenset("Â"), frozenset("â€"))  # what UTF-8 read as Windows-1252 begins with
Odd = tuple[int, str, str, str]  # place in the bytes, code, what it is, way out


def odd(data: bytes) -> Iterator[Odd]:
    """Odd characters of a block of UTF-8, by kind in the order of the text. Only bytes beyond ASCII are looked at."""
    high = np.frombuffer(data, np.uint8)
    letters = set(high[high > 127].tobytes().decode("utf-8"))
    if any(suspects <= letters for suspects in SUSPECTS):
        for found in SPOILT.finditer(data):
            yield found.start(), codes.TWICE_ENCODED, "looks encoded twice", "decode it once more before publishing"
    for letter in sorted(letters):
        if (what := _what(letter)) is not None:
            code, reason = what
            for found in re.finditer(re.escape(letter.encode()), data):
                yield found.start(), code, f"holds U+{ord(letter):04X} ({reason})", "remove it"


def _what(letter: str) -> tuple[str, str] | None:
    if letter in TURNING:
        return codes.BIDI, "it turns the direction of the text"
    if letter in UNSEEN:
        return (codes.INVISIBLE, "it cannot be seen") if letter != "\u00ad" else None
    if unicodedata.category(letter) == "Cn":
        return codes.UNASSIGNED, "no character is assigned to it"
    return None
