"""Sound lines to Arrow tables, in one piece."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.csv

from data_access.ingest.crs.careful import Read
from data_access.ingest.crs.layouts import Layout
from data_access.ingest.crs.scan import Block, Places

VIEW = np.dtype([("size", "<i4"), ("prefix", "<u4"), ("buffer", "<i4"), ("start", "<i4")])  # Arrow's string_view
SHORTEST = 13  # bytes from which a string_view lies in its buffer


def of_lines(block: Block, sound: Places, lines: Places, delimiter: str, layout: Layout) -> pa.Table:
    """The records of sound lines: fields by Arrow's parser, the line itself as a view of what was read."""
    data = block.data if len(sound) == len(block.starts) else _joined(block, sound)
    return _table(lines, _fields(data, delimiter, layout), _views(block, sound))


def of_records(records: list[Read], layout: Layout) -> pa.Table:
    """Records that have been read one by one."""
    places = layout.places
    cells = {name: pa.array([r.fields[place] for r in records], pa.string()) for name, place in places.items()}
    raw = pa.array([record.raw for record in records], pa.string_view())
    return _table(np.array([r.line for r in records], np.int64), pa.table(cells), raw)


def _table(lines: Places, fields: pa.Table, raw: pa.Array) -> pa.Table:
    ordered = fields.select(sorted(fields.column_names))
    return ordered.append_column("line", pa.array(lines, pa.int32())).append_column("raw", raw)


def _fields(data: bytes, delimiter: str, layout: Layout) -> pa.Table:
    """The columns that are used, under our names, as text."""
    names = [f"c{place}" for place in range(layout.width)]
    used = {names[place]: name for name, place in layout.places.items()}
    table = pyarrow.csv.read_csv(
        pa.BufferReader(data),
        pyarrow.csv.ReadOptions(column_names=names, use_threads=False, block_size=len(data) + 1),
        pyarrow.csv.ParseOptions(delimiter=delimiter, ignore_empty_lines=False),
        pyarrow.csv.ConvertOptions(
            include_columns=list(used), column_types=dict.fromkeys(used, pa.string()), check_utf8=False
        ),
    )
    return table.rename_columns([used[name] for name in table.column_names])


def _joined(block: Block, sound: Places) -> bytes:
    """Sound lines with their line ends, run by run."""
    breaks = np.flatnonzero(np.diff(sound) != 1)
    firsts = sound[np.concatenate((np.zeros(1, np.int64), breaks + 1))]
    lasts = sound[np.append(breaks, len(sound) - 1)]
    following = np.append(block.starts, len(block.data))
    view = memoryview(block.data)
    return b"".join(view[block.starts[a] : following[b + 1]] for a, b in zip(firsts, lasts, strict=True))


def _views(block: Block, sound: Places) -> pa.Array:
    """Raw lines without their line ends, lying where they were read."""
    starts, ends = block.starts[sound], block.ends[sound]
    if int((ends - starts).min()) < SHORTEST:
        texts = [block.data[a:b].decode("utf-8") for a, b in zip(starts, ends, strict=True)]
        return pa.array(texts, pa.string_view())
    array = np.frombuffer(block.data, np.uint8)
    views = np.zeros(len(sound), VIEW)
    views["size"], views["start"] = ends - starts, starts
    views["prefix"] = array[starts[:, None] + np.arange(4)].copy().view("<u4")[:, 0]
    return pa.Array.from_buffers(pa.string_view(), len(sound), [None, pa.py_buffer(views), pa.py_buffer(block.data)])
