"""The rows of a file as the engine alone would write them: COPY of one question for the same columns in the same order,
names beside the codes."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import zip_longest
from pathlib import Path

import duckdb
import pyarrow as pa

from dashboard.exports import heading
from dashboard.figures.listings import CARRIED
from dashboard.panels import Column
from dashboard.selection import OF_ROWS, Selection
from data_access.cube import Cube
from data_access.parts import file_of, quoted
from data_access.queries import flows
from data_access.written import DIALECT

CENTS = 2
SCALES = {"amount": 8, "usd": 8, "usd_constant": 8, "rate": 12}


@contextmanager
def engine(cube: Cube, home: Path, source: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """One of its own, with one thread as a worker has for each question, the part attached and names as a table."""
    members = [(one, code, cube.codes.name(one, code)) for one in OF_ROWS for code in cube.codes.members.get(one, {})]
    names = pa.table(dict(zip(("dimension", "code", "name"), zip(*members, strict=True), strict=True)))
    part = cube.parts[source]
    with duckdb.connect(config={"threads": 1}) as made:
        made.execute(f'ATTACH {quoted(str(file_of(home, part)))} AS "{part}" (READ_ONLY)')
        made.execute("SET enable_progress_bar = false")
        made.register("given", names)
        made.execute("CREATE TABLE named AS SELECT * FROM given")
        yield made


def copied(made: duckdb.DuckDBPyConnection, question: str, form: str, to: Path) -> float:
    """Seconds of the processor."""
    began = time.process_time()
    made.execute(f"COPY ({question}) TO {quoted(str(to))} (FORMAT {form})")
    return time.process_time() - began


def written(cube: Cube, selection: Selection, texts: bool = False) -> str:
    """The question. texts: every cell as the very text that the file has, no spreadsheet taking it for a formula."""
    chosen, share, amount = flows(selection, cube.codes)
    question = chosen.add_columns(share.label("share"), amount.label("part"))
    within = question.compile(
        dialect=DIALECT,
        schema_translate_map={None: cube.parts[selection.source]},
        render_schema_translate=True,
        compile_kwargs={"literal_binds": True},
    )
    columns = ", ".join(f'{_cell(one) if texts else _value(one)} AS "{heading(one)}"' for one in CARRIED)
    names = " ".join(
        f"LEFT JOIN named AS {one}_named ON {one}_named.dimension = '{one}' AND {one}_named.code = rows.{one}"
        for one in OF_ROWS
    )
    return f"SELECT {columns} FROM ({within}) AS rows {names} ORDER BY rows.row"


def _value(column: Column) -> str:
    dimension = column.key.removesuffix("_name")
    return f"rows.{column.key}" if column.key == dimension else f"{dimension}_named.name"


def _cell(column: Column) -> str:
    value = _value(column)
    if column.kind in ("whole", "year"):
        return value
    if column.kind == "usd":
        scale = SCALES.get(column.key, 8)
        held = f"CAST(CAST({value} AS DECIMAL(38,{scale})) AS VARCHAR)"
        return f"left({held}, {CENTS - scale}) || rtrim(right({held}, {scale - CENTS}), '0')"
    if column.kind == "number":
        return f"rtrim(rtrim(CAST(CAST({value} AS DECIMAL(38,6)) AS VARCHAR), '0'), '.')"
    text = f"nullif({value}, '')"  # else COPY writes "" for it
    return f"CASE WHEN regexp_matches({text}, '^[-=+@\\t\\r]') THEN '''' || {text} ELSE {text} END"


def different(one: Path, other: Path) -> int:
    """Lines in which two files differ, whatever their ends."""
    with one.open(newline="\n") as first, other.open(newline="\n") as second:
        return sum(a.rstrip("\r\n") != b.rstrip("\r\n") for a, b in zip_longest(first, second, fillvalue=""))
