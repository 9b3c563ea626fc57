"""What leaves the product as a file: one stream of lots of typed columns, and a writer of it for each format."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from data_access.formats import csv_text, json_text, parquet, xlsx
from data_access.formats.streams import Stream

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Format:
    """mimetype: of its files. write: pieces of a file. refuses: why none is made of so many rows, or empty."""

    name: str
    mimetype: str
    write: Callable[[Stream], Iterator[bytes]]
    refuses: Callable[[int], str] = lambda _: ""


FORMATS = {
    one.name: one
    for one in (
        Format("csv", "text/csv", csv_text.write),
        Format("xlsx", SHEET, xlsx.write, xlsx.too_long),
        Format("parquet", "application/vnd.apache.parquet", parquet.write),
        Format("json", "application/json", json_text.write),
    )
}
