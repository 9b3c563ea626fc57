"""How large a file will be in each format, told before it is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import islice

import pyarrow as pa

from data_access.formats import FORMATS, Format
from data_access.formats.streams import Stream

SAMPLE = 1_000  # rows that are written to see how long one is


@dataclass(frozen=True)
class Size:
    """size: bytes. exact: whether all of it was written to see. why: no file is made; then size is 0."""

    size: int
    exact: bool
    why: str = ""


def sizes(stream: Stream) -> Mapping[str, Size]:
    """By format. Reads the first lot of the stream."""
    lots = [lot.slice(0, SAMPLE) for lot in islice(stream.lots, 1)]
    sample = replace(stream, lots=lots, count=sum(map(len, lots)))
    return {one.name: _size(one, sample, stream.count) for one in FORMATS.values()}


def _size(form: Format, sample: Stream, count: int) -> Size:
    why = form.refuses(count)
    if why:
        return Size(0, True, why)
    whole = _written(form, sample)
    if count <= sample.count:
        return Size(whole, True)
    empty = _written(form, replace(sample, lots=[pa.Table.from_batches([], sample.schema)], count=0))
    return Size(empty + (whole - empty) * count // max(sample.count, 1), False)


def _written(form: Format, stream: Stream) -> int:
    return sum(map(len, form.write(stream)))
