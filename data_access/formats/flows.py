"""All rows behind a selection as a stream: in the order of the list, with file and line, codes with their names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import chain

import pyarrow as pa

from dashboard.carried import Carried
from dashboard.figures.listings import CARRIED
from dashboard.rows import Counts, Wanted
from dashboard.selection import OF_ROWS, Selection
from dashboard.words import several
from data_access.arrow import kind_of
from data_access.cube import Cube
from data_access.formats.streams import DIGITS, Stream
from data_access.tables import PART, SHARE, flow

COMPUTED = {"share": SHARE, "part": PART}


def of_rows(one: Carried, cube: Cube, selection: Selection, wanted: Wanted, counts: Counts, public: str) -> Stream:
    """selection: with the source named. The first lot is read at once, so that what cannot be answered is said before
    a file begins. Raises as `Cube.totals`."""
    lots = cube.every(selection, wanted)
    first = list(next(([lot] for lot in lots), []))
    names = {dimension: _names(cube, dimension) for dimension in OF_ROWS}
    schema = pa.schema([(column.key, _kind(column.key)) for column in CARRIED])
    typed = (_lot(lot, names, schema) for lot in chain(first, lots))
    return Stream(of_all(one, counts.rows), public, CARRIED, schema, typed, counts.rows)


def of_all(one: Carried, count: int) -> Carried:
    """The list of rows as a file has it, and as it is cited: not of a page, but of all."""
    words = several(count)
    said = one.sentence.replace(f"{one.title},", f"{words},", 1)
    return replace(one, title=f"{words} of flows", sentence=said) if count else one


def _kind(key: str) -> pa.DataType:
    if key not in flow.c and key not in COMPUTED:
        return pa.string()
    kind = kind_of(COMPUTED[key] if key in COMPUTED else flow.c[key].type)
    return pa.decimal128(DIGITS, kind.scale) if pa.types.is_decimal(kind) else kind


def _names(cube: Cube, dimension: str) -> Mapping[str, str]:
    members = cube.codes.members.get(dimension, {})
    return {code: cube.codes.name(dimension, code) for code in members}


def _lot(lot: pa.Table, names: Mapping[str, Mapping[str, str]], schema: pa.Schema) -> pa.Table:
    def column(key: str) -> pa.ChunkedArray:
        dimension = key.removesuffix("_name")
        return lot[key] if key in lot.column_names else _named(lot[dimension], names[dimension])

    return pa.Table.from_arrays([column(field.name) for field in schema], [field.name for field in schema]).cast(schema)


def _named(codes: pa.ChunkedArray, names: Mapping[str, str]) -> pa.Array:
    """The name of each code; none where the code has none."""
    held = codes.combine_chunks().dictionary_encode()
    held = held.chunk(0) if isinstance(held, pa.ChunkedArray) else held
    return pa.array([names.get(code) for code in held.dictionary.to_pylist()], pa.string()).take(held.indices)
