"""Parquet of a stream: typed columns, row groups as they come, and in the schema what the file is of."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import chain

import pyarrow as pa
import pyarrow.parquet as pq

from dashboard.exports import describe, heading, unit
from dashboard.panels import Column, Table
from data_access.formats.cells import often_the_same
from data_access.formats.pipe import Pipe
from data_access.formats.streams import Stream, told

GROUP = 16_384  # rows of a row group at least, but the first, which is sent at once, and the last


def write(stream: Stream) -> Iterator[bytes]:
    """Row group by row group."""
    pipe, schema, lots = Pipe(), described(stream), told(stream)
    first = list(next(([lot] for lot in lots), []))
    often = [name for name in schema.names if first and often_the_same(first[0][name])]
    file = pa.PythonFile(pipe, mode="w")
    with pq.ParquetWriter(file, schema, compression="zstd", use_dictionary=often) as writer:
        yield pipe.taken()  # its first bytes, so that whoever waits sees it begin
        held, rows, enough = list[pa.Table](), 0, 1
        for lot in chain(first, lots):
            held, rows = [*held, lot.cast(schema)], rows + len(lot)
            if rows >= enough:
                writer.write_table(pa.concat_tables(held))
                held, rows, enough = [], 0, GROUP
                yield pipe.taken()
        if held:
            writer.write_table(pa.concat_tables(held))
    yield pipe.taken()


def described(stream: Stream) -> pa.Schema:
    """The schema with what stands beside a CSV in its metadata, and heading and unit in those of each field."""
    about = describe(stream.one, Table("", stream.columns, ()), stream.public)
    fields = [stream.schema.field(column.key).with_metadata(_said(column)) for column in stream.columns]
    return pa.schema(fields, metadata={"about": json.dumps(about, ensure_ascii=False)})


def _said(column: Column) -> dict[str, str]:
    return {"title": heading(column)} | ({"unit": unit(column)} if unit(column) else {})
