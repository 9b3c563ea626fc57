"""Bytes to lines: where each begins and ends, which are sound in the whole block's view and which need a second look.

Everything here is over whole blocks of bytes; no line is touched by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from data_access.ingest.crs.opening import Opened

BLOCK = 16 << 20
LONG_LINE = 200_000  # bytes; longer ones are looked at by themselves
LF, CR, TAB, QUOTE = 10, 13, 9, 34
Places = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Block:
    """Some lines of a file. `starts`, `ends`: of each line, its line end left out. `sound`: as many fields as the
    heading, quotes closed, no control byte, of ordinary length."""

    data: bytes
    line: int  # number of the first line
    last: bool
    starts: Places
    ends: Places
    sound: Flags
    crlf: Flags  # which lines end in CR LF


def pieces(file: BinaryIO, opened: Opened) -> Iterator[tuple[bytes, bool]]:
    """What is read at once, and whether it is the last; CR as the only line end becomes LF."""
    file.seek(opened.skipped)
    ahead = file.read(BLOCK)
    while ahead:
        data, ahead = ahead, file.read(BLOCK)
        yield (data.replace(b"\r", b"\n") if opened.only_cr else data), not ahead


def index(data: bytes, line: int, last: bool, delimiter: bytes, width: int) -> Block:
    """The lines of `data`, which ends with a line end unless it is the last of its file."""
    array = np.frombuffer(data, np.uint8)
    low = np.flatnonzero(array < 32)
    found = array[low]
    feeds, returns = low[found == LF], low[found == CR]
    controls = low[(found != LF) & (found != CR) & (found != TAB)]
    starts, ends = _bounds(feeds, len(data))
    crlf = (ends > starts) & (array[np.maximum(ends - 1, 0)] == CR)
    ends = ends - crlf
    delimiters = np.flatnonzero(array == delimiter[0])
    counts = np.diff(np.searchsorted(delimiters, np.append(starts, len(data))))
    sound = ends - starts <= LONG_LINE
    if b'"' in data:
        counts, quoted = _quotes(array, starts, ends, delimiters, counts, delimiter[0])
        sound &= quoted
    sound &= counts == width - 1
    lone = returns[~np.isin(returns, ends[crlf])] if len(returns) != np.count_nonzero(crlf) else returns[:0]
    for odd in (controls, lone):
        if len(odd):
            sound[np.searchsorted(starts, odd, "right") - 1] = False
    return Block(data, line, last, starts, ends, sound, crlf)


def _bounds(feeds: Places, size: int) -> tuple[Places, Places]:
    """Where lines start and end, the line feed left out; a last line needs no line feed."""
    starts = np.concatenate((np.zeros(1, np.int64), feeds + 1))
    ends = np.append(feeds, size)
    return (starts[:-1], ends[:-1]) if starts[-1] == size else (starts, ends)


def _quotes(
    array: NDArray[np.uint8], starts: Places, ends: Places, delimiters: Places, counts: Places, delimiter: int
) -> tuple[Places, Flags]:
    """Delimiters outside quotes by line, and which lines are well quoted.

    A line is well quoted when its quotes open at the start of a field and close at its end, doubled ones apart; or when
    none stands at the start of a field: those are part of the text."""
    quotes = np.flatnonzero(array == QUOTE)
    lines = np.searchsorted(starts, quotes, "right") - 1
    number = np.bincount(lines, minlength=len(starts))
    first = np.searchsorted(quotes, starts)
    opens = (np.arange(len(quotes)) - first[lines]) % 2 == 0
    before = array[np.maximum(quotes - 1, 0)]
    after = array[np.minimum(quotes + 1, len(array) - 1)]
    leads = (quotes == starts[lines]) | (before == delimiter)
    fits = np.where(
        opens, leads | (before == QUOTE), (quotes + 1 >= ends[lines]) | (after == delimiter) | (after == QUOTE)
    )
    misfit = np.bincount(lines[~fits], minlength=len(starts))
    leading = np.bincount(lines[leads], minlength=len(starts))
    whole = (number % 2 == 0) & (misfit == 0)
    pair = opens & whole[lines] & (leading[lines] > 0)
    inside = np.searchsorted(delimiters, quotes[np.flatnonzero(pair) + 1]) - np.searchsorted(delimiters, quotes[pair])
    counts = counts - np.bincount(lines[pair], inside, minlength=len(starts)).astype(np.int64)
    return counts, whole | (leading == 0)
