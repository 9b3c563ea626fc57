"""JSON of a stream: one object with what it is of, the schema of the columns, and the rows, written as they come.

Numbers are written with all their digits; a reader that keeps fifteen of them rounds the longest."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import orjson
import pyarrow as pa

from dashboard.exports import describe, heading, unit
from dashboard.panels import Column, Table
from data_access.formats.cells import joined, written
from data_access.formats.streams import Stream, told


def write(stream: Stream) -> Iterator[bytes]:
    """`about` and `schema`, then `rows`, objects by the key of the column, an absence null."""
    yield b"{" + f'"about":{_json(_about(stream))},\n"schema":{_json(schema(stream))},\n"rows":['.encode()
    between = ""
    for lot in told(stream):
        if not len(lot):
            continue
        cells = written(lot, stream.columns, _json)
        parts = [part for key, one in zip(stream.columns, cells, strict=True) for part in (f",{_json(key.key)}:", one)]
        parts[0] = "\n{" + str(parts[0])[1:]
        rows = joined([*parts, "},"], "null")
        yield between.encode() + rows[:-1]
        between = ","
    yield b"\n]}\n"


def schema(stream: Stream) -> dict[str, Any]:
    """A Table Schema (Frictionless Data) of the rows."""
    return {"fields": [_field(column, stream.schema) for column in stream.columns], "missingValues": []}


def _field(column: Column, held: pa.Schema) -> dict[str, Any]:
    kind = held.field(column.key).type
    plain = "string" if pa.types.is_string(kind) else "integer" if pa.types.is_integer(kind) else "number"
    told_ = {"name": column.key, "title": heading(column), "type": plain}
    more = {"unit": unit(column), "description": column.means}
    return told_ | {name: words for name, words in more.items() if words}


def _about(stream: Stream) -> dict[str, Any]:
    about = describe(stream.one, Table("", stream.columns, ()), stream.public)
    return {key: value for key, value in about.items() if key != "tableSchema"} | {"count": stream.count}


def _json(value: Any) -> str:
    """Half of a pair of code units, which no text of UTF-8 holds, is written by its number."""
    try:
        return orjson.dumps(value).decode()
    except orjson.JSONEncodeError:
        return json.dumps(value)
