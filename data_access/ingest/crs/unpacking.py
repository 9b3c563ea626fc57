"""In a child process of narrow means: one pass over a Parquet file that nobody vouches for.

Every page is unpacked and every text checked; what comes back is types, numbers and places. What is sound here is
read again by the main process, in batches of the same size, so it needs no more memory there than it was allowed here.
Measured on 400,000 rows of 90 columns: 0.8 s of processor time here and 0.6 s there; sending the cells through a pipe
instead took 1.4 s in all.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

BATCH = 16_384  # rows
TOLD = 10_000  # rows with bad text that are told apart
PICKLED = b"arrow.py_extension_type"
Say = Callable[[Any], object]


def main(arguments: Sequence[str], say: Say) -> None:
    """`arguments`: the path. Says the shape of the file first, then what each batch holds."""
    file = opened(arguments[0])
    say(_shape(file))
    told = 0
    for group in range(file.metadata.num_row_groups):
        row = 0
        for batch in dense(file, [group]):
            bad = list(_bad(batch)) if told < TOLD else []
            told += len(bad)
            found = [[row + at, name] for at, name in bad]
            say({"group": group, "rows": batch.num_rows, "bytes": batch.nbytes, "bad": found})
            row += batch.num_rows


def opened(path: str) -> pq.ParquetFile:
    """A file whose pages are read one after another, not whole row groups at once."""
    return pq.ParquetFile(path, pre_buffer=False, buffer_size=1 << 20, arrow_extensions_enabled=False)


def dense(file: pq.ParquetFile, groups: Sequence[int]) -> Iterator[pa.RecordBatch]:
    """Batches in which every cell stands by itself: what a dictionary saves is what it may blow up to later."""
    for batch in file.iter_batches(BATCH, row_groups=list(groups), use_threads=False):
        columns = [c.dictionary_decode() if pa.types.is_dictionary(c.type) else c for c in batch.columns]
        yield pa.RecordBatch.from_arrays(columns, names=batch.schema.names)


def _shape(file: pq.ParquetFile) -> dict[str, Any]:
    meta, stored = file.metadata, file.metadata.metadata or {}
    schema = base64.b64decode(stored.get(b"ARROW:schema", b""), validate=False)
    return {
        "rows": meta.num_rows,
        "groups": meta.num_row_groups,
        "columns": [[field.name, str(field.type), pa.types.is_nested(field.type)] for field in file.schema_arrow],
        "pickled": PICKLED in schema or PICKLED in b"".join(stored.values()),
    }


def _bad(batch: pa.RecordBatch) -> Iterator[tuple[int, str]]:
    """Rows whose text is not UTF-8, with the column; the rest of the batch must be as its types say."""
    for name, column in zip(batch.schema.names, batch.columns, strict=True):
        try:
            column.validate(full=True)
        except pa.ArrowInvalid:
            if not pa.types.is_string(column.type) and not pa.types.is_large_string(column.type):
                raise
            for at, cell in enumerate(column.cast(pa.large_binary() if "large" in str(column.type) else pa.binary())):
                if not _sound(cell.as_py()):
                    yield at, name


def _sound(text: bytes | None) -> bool:
    try:
        (text or b"").decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
