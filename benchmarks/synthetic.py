"""A made-up CRS release of any size, for measuring: `python -m benchmarks.synthetic ROWS FOLDER`.

`synthetic-crs-ROWS.txt` is in the text layout of the releases until 2022 (90 columns, `|`, CRLF, UTF-8, some fields
quoted), `synthetic-crs-ROWS.parquet` holds the same rows in the same order under the names of the releases since 2024.
Codes are real, everything else is invented and says so. It is never part of the product.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from benchmarks.columns import columns
from benchmarks.layout import AMOUNTS, SINCE_2024, SPELLED, TEXT, WHOLE, same
from benchmarks.pools import pools

ROWS = 6_000_000
SEED = 20_151_231
AT_ONCE = 100_000  # rows drawn and written together
YEARS = np.arange(1973, 2017)
QUOTED = ("ShortDescription", "ProjectTitle", "LongDescription", "ChannelReportedName")  # where texts are free
SCHEMA = pa.schema(
    [(name, pa.int64() if name in WHOLE else pa.float64() if name in AMOUNTS else pa.string()) for name in SINCE_2024]
)


class Release(NamedTuple):
    text: Path
    parquet: Path
    rows: int


def release(rows: int, folder: Path, seed: int = SEED) -> Release:
    """Writes both files and says where they are; the same rows and seed give the same bytes of text."""
    folder.mkdir(parents=True, exist_ok=True)
    made = Release(*(folder / f"synthetic-crs-{rows}.{ending}" for ending in ("txt", "parquet")), rows)
    made_of, years = pools(seed), years_of(rows)
    with made.text.open("wb") as text, pq.ParquetWriter(made.parquet, SCHEMA, compression="zstd") as twin:
        text.write(("|".join(TEXT) + "\r\n").encode())
        for first in range(0, rows, AT_ONCE):
            found = columns(made_of, seed + first, first, years[first : first + AT_ONCE])
            text.write(lines(found))
            twin.write_table(table(found), row_group_size=AT_ONCE)
    return made


def ready(rows: int, folder: Path) -> Release:
    """The release of so many rows, made unless it is there."""
    made = Release(*(folder / f"synthetic-crs-{rows}.{ending}" for ending in ("txt", "parquet")), rows)
    return made if made.text.is_file() and made.parquet.is_file() else release(rows, folder)


def years_of(rows: int) -> Any:
    """Years in order, few rows in the seventies and many lately: of six million, 40,000 in 1973 and 245,000 in 2016."""
    weights = 40 + 220 / (1 + np.exp(-(YEARS - 1996) / 5))
    ends = np.rint(weights.cumsum() / weights.sum() * rows).astype(int)
    return np.repeat(YEARS, np.diff(ends, prepend=0)).astype("int32")


def lines(found: dict[str, Any]) -> Any:
    """The rows as bytes of text, each with its end of line."""
    told = found | {name: quoted(found[name]) for name in QUOTED}
    joined = pc.binary_join_element_wise(*(told.get(name, "") for name in TEXT), "|")
    ended = pc.cast(pc.binary_join_element_wise(joined, "\r\n", ""), pa.string())
    return ended.buffers()[2]


def quoted(column: Any) -> Any:
    """In quotes where the text holds a bar or a quote, and, as publishers do, sometimes without need."""
    needed = pc.match_substring_regex(column, '[|"]')
    habit = pa.array(np.arange(len(column)) % 23 == 0)
    doubled = pc.replace_substring(column, '"', '""')
    inside = pc.binary_join_element_wise('"', doubled, '"', "")
    return pc.if_else(pc.or_(needed, pc.and_(habit, pc.not_equal(column, ""))), inside, column)


def table(found: dict[str, Any]) -> pa.Table:
    """The same rows with the types of the Parquet releases: amounts are doubles there, blanks are nulls."""
    size = len(found["Year"])
    made = list[Any]()
    for field in SCHEMA:
        column = found.get(SPELLED[same(field.name)])
        if column is None:
            made.append(pa.nulls(size, field.type))
        else:
            made.append(pc.cast(pc.if_else(pc.equal(column, ""), None, column), field.type))
    return pa.table(made, schema=SCHEMA)


def main() -> None:
    """Prints what was made, how large and how fast."""
    if len(sys.argv) != 3 or not sys.argv[1].isdigit():
        raise SystemExit("Usage: python -m benchmarks.synthetic ROWS FOLDER")
    began = time.perf_counter()
    made = release(int(sys.argv[1]), Path(sys.argv[2]))
    seconds, size = time.perf_counter() - began, made.text.stat().st_size
    told = f"{size / 1e6:,.0f} MB, {size / made.rows:.0f} bytes a row"
    print(f"{made.rows:,} synthetic rows in {seconds:.1f} s: {made.text} ({told})")
    print(f"and {made.parquet} ({made.parquet.stat().st_size / 1e6:,.0f} MB)")


if __name__ == "__main__":
    main()
