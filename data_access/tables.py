"""Every table of the warehouse, once. Portable Core; codes are text, amounts exact decimals of US dollars."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Column, Integer, MetaData, Numeric, String, Table

from dashboard.codes import STAGES
from dashboard.selection import ABOUT, OF_ROWS

metadata = MetaData()
USD = Numeric(24, 8)  # eight decimals hold every figure of the sources as published
SHARE = Numeric(9, 6)
PART = Numeric(30, 14)  # an amount times a goal share (six decimals)

flow = Table(  # one amount at one rung, as read; the rows behind every figure
    "flow",
    metadata,
    Column("row", Integer, primary_key=True, autoincrement=False),
    Column("source", String),
    Column("file", String),  # name of the file as published (key of table `file`)
    Column("line", Integer),  # physical line of the file, 1-based
    Column("item", String),  # activity identifier, or the cell's column heading
    Column("stage", String),  # committed, disbursed (expenditure counts as disbursed where the source says so)
    Column("kind", String),  # the source's own word: commitment, disbursement, expenditure, gross disbursement, ...
    Column("year", Integer),
    # donor, recipient, sector (three digits), purpose (five), flow (10 ODA, 20 OOF, ...), gender (2, 1, 0, unscreened);
    # empty text: the source does not tell this dimension apart
    *(Column(name, String) for name in OF_ROWS),
    Column("usd", USD),
    Column("usd_constant", USD),  # null where no deflator is known
    Column("currency", String),
    Column("amount", USD),  # in `currency`, before conversion; this row's part
    Column("rate", Numeric(24, 12)),  # units of `currency` per US dollar, DAC annual rate
    Column("record", Integer),  # key of `record`; 0 where the raw record is not kept
    Column("usd_rank", Integer),  # 1 for the smallest amount of the part; equal amounts in the order of rows
)

record = Table(  # what was read, word for word
    "record",
    metadata,
    Column("record", Integer, primary_key=True, autoincrement=False),
    Column("file", String),
    Column("line", Integer),
    Column("item", String),
    *(Column(name, String) for name in ("title", "description", "agency", "channel")),
    Column("raw", String),  # the physical lines, the row as JSON, or the element as XML
)
PACKED = ("description", "raw")  # columns of long texts: half the file, and written sooner

total = Table(  # aggregates the sources print beside their parts: never summed, used to check
    "total",
    metadata,
    *(
        Column(c.name, c.type)
        for c in flow.columns
        if c.name not in ("row", "usd_constant", "currency", "amount", "rate", "record", "usd_rank")
    ),
    Column("label", String),
)

file = Table(
    "file",
    metadata,
    Column("file", String, primary_key=True),
    Column("source", String),
    Column("sha256", String),
    Column("bytes", BigInteger),
    Column("lines", Integer),
    Column("published", String),  # where it was published
    Column("licence", String),
    Column("retrieved", String),
)

source = Table(
    "source",
    metadata,
    Column("source", String, primary_key=True),
    *(
        Column(name, String)
        for name in (
            "title",
            "coverage",
            "dimensions",
            "stages",
            "disbursed_is",
            "licence",
            "released",
            "attribution",
            "address",
            "note",
        )
    ),  # dimensions, stages: comma-joined
    Column("since", Integer),
    Column("until", Integer),
    Column("compared_since", Integer),
)

member = Table(
    "member",
    metadata,
    Column("dimension", String),
    Column("code", String),
    Column("name", String),
    Column("name_fr", String),
    Column("kind", String),
    Column("map_code", String),
    Column("dac_code", String),
)

membership = Table(
    "membership",
    metadata,
    Column("dimension", String),
    Column("grp", String),
    Column("name", String),
    Column("family", String),
    Column("dated", Integer),  # 1: intervals known; 0: today's list only
    Column("basis", String),
    Column("member", String),
    Column("since", Integer),
    Column("until", Integer),
)

goal_share = Table(  # purpose -> goal under a method; shares of a purpose sum to 1 with `unallocated`
    "goal_share",
    metadata,
    Column("method", String),
    Column("purpose", String),
    Column("goal", String),
    Column("share", SHARE),
    Column("basis", String),
    Column("citation", String),
)

indicator = Table(
    "indicator",
    metadata,
    Column("series", String),
    Column("country", String),
    Column("year", Integer),
    Column("sex", String),  # total, female, male, ratio
    Column("value", Numeric(24, 8)),
    Column("file", String),
    Column("line", Integer),
)

series = Table(
    "series",
    metadata,
    *(
        Column(name, String)
        for name in (
            "series",
            "name",
            "unit",
            "goal",
            "target",
            "sex",
            "better",
            "source",
            "definition",
            "licence",
            "file",
        )
    ),
    Column("since", Integer),
    Column("until", Integer),
)

rate = Table(  # units of a currency per US dollar, DAC annual rate
    "rate",
    metadata,
    Column("currency", String),
    Column("year", Integer),
    Column("per_usd", Numeric(24, 12)),
)

deflator = Table(  # DAC deflators; only ratios of two years of one donor are used
    "deflator",
    metadata,
    Column("donor", String),  # DAC code
    Column("year", Integer),
    Column("deflator", Numeric(24, 12)),
)

place = Table(  # what files write for a place -> our code
    "place",
    metadata,
    Column("scheme", String),  # iso2: ISO 3166 alpha-2; dac: DAC code; name: as tables without codes spell it
    Column("key", String),
    Column("code", String),
)

about = Table("about", metadata, Column("key", String), Column("value", String))  # edition, base_year, built, ...
HEADINGS = "headings "  # in `about`, before the name of a text file: its first line

AMOUNTS = tuple(f"{stage}{prices}" for prices in ("", "_constant") for stage in STAGES)
# What panels read: sums of `flow`, null where nothing is reported; a sum at constant prices is null while the current
# one is not where one of its rows has no deflator. Made by `rollups.py`, in 64 bits where every value of a column fits.

rollup = Table(  # every dimension but the goal, which is a matter of `goal_share`
    "rollup",
    metadata,
    Column("source", String),
    Column("year", Integer),
    *(Column(name, String) for name in OF_ROWS),
    *(Column(name, USD) for name in AMOUNTS),
)

purpose_rollup = Table(  # donors and recipients together
    "purpose_rollup",
    metadata,
    Column("source", String),
    Column("year", Integer),
    *(Column(name, String) for name in ABOUT),
    *(Column(name, USD) for name in AMOUNTS),
)

goal_rollup = Table(  # once without goals (method and goal empty), then under each method times the goal's share
    "goal_rollup",
    metadata,
    *(Column(name, String) for name in ("source", "method", "goal")),
    Column("year", Integer),
    *(Column(name, String) for name in ("donor", "recipient")),
    *(Column(name, PART) for name in AMOUNTS),
)


def create(connection: Any) -> None:
    """Every table, empty, in a new DuckDB file. Without keys: an index would cost more than the rows."""
    for table in metadata.sorted_tables:
        columns = ", ".join(f'"{column.name}" {kind(column)}{_packed(column)}' for column in table.columns)
        connection.execute(f"CREATE TABLE {table.name} ({columns})")


def kind(column: Column[Any]) -> str:
    """A column's type as DuckDB writes it."""
    if isinstance(column.type, Numeric):
        return f"DECIMAL({column.type.precision}, {column.type.scale})"
    if isinstance(column.type, BigInteger):
        return "BIGINT"
    return "INTEGER" if isinstance(column.type, Integer) else "VARCHAR"


def _packed(column: Column[Any]) -> str:
    return " USING COMPRESSION zstd" if column.table is record and column.name in PACKED else ""
