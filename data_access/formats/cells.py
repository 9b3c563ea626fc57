"""Cells of a lot as text, column by column: each text written once however often it comes, numbers as on the page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from dashboard.exports import QUOTIENTS, figure
from dashboard.panels import Column

Writing = Callable[[str], str]
CENTS = 2  # decimals of money at least
PLAIN_SCALE = 6  # decimals up to which no number is written with an exponent
TO_THE_END = 2**31 - 1
SEEN = 512  # values that are looked at to see whether they come again and again
OFTEN = 4  # how often each of them at least, then


def numbers(array: pa.Array, column: Column) -> pa.Array:
    """Numbers as text: a point, no commas, no zeros at the end but the cents of money. None stays."""
    if not pa.types.is_decimal(array.type):
        return array.cast(pa.string())
    if often_the_same(array):
        known = array.dictionary_encode()
        return _numbers(known.dictionary, column).take(known.indices)
    return _numbers(array, column)


def often_the_same(array: pa.Array | pa.ChunkedArray) -> bool:
    """Whether few values come again and again, as far as its beginning tells."""
    seen = array.slice(0, SEEN)
    return bool(len(seen) == SEEN and pc.count_distinct(seen, mode="all").as_py() * OFTEN <= SEEN)


def _numbers(array: pa.Array, column: Column) -> pa.Array:
    plain, scale = array.cast(pa.string()), array.type.scale
    if not scale:
        return plain
    short = _trimmed(plain, scale, CENTS if _cents(column) and scale >= CENTS else 0)
    if scale <= PLAIN_SCALE:
        return short
    small = pc.match_substring(plain, "E")  # zero and what is next to it are written with an exponent
    if not pc.any(small).as_py():
        return short
    return pc.replace_with_mask(short, small, texts(plain.filter(small), lambda text: _plain(Decimal(text), column)))


def _trimmed(plain: pa.Array, scale: int, least: int) -> pa.Array:
    """Texts of so many decimals without the zeros at their end, but with so many decimals at least."""
    if not least:
        return pc.ascii_rtrim(pc.ascii_rtrim(plain, "0"), ".")
    if scale == least:
        return plain
    short, cut = pc.ascii_rtrim(plain, "0"), pc.binary_replace_slice(plain, least - scale, TO_THE_END, "")
    return pc.if_else(pc.less(pc.binary_length(short), pc.binary_length(cut)), cut, short)


def _cents(column: Column) -> bool:
    """Whether two decimals are written at least."""
    return column.kind in ("usd", "percent") or column.unit in QUOTIENTS


def _plain(value: Decimal, column: Column) -> str:
    """As it is: shares are in per cent already."""
    return figure(value, Column(column.key, column.heading, "usd" if _cents(column) else "number"))


def texts(array: pa.Array, writing: Writing, plain: str = "") -> pa.Array:
    """Texts as `writing` writes them; those that match `plain` are known to stay as they are. None stays."""
    if plain and not often_the_same(array):
        other = pc.invert(pc.match_substring_regex(array, plain))
        if not pc.any(other).as_py():
            return array
        return pc.replace_with_mask(array, other, texts(array.filter(other), writing))
    known = array.dictionary_encode()
    written = pa.array([writing(one) for one in known.dictionary.to_pylist()], pa.string())
    return written.take(known.indices)


def written(lot: pa.Table, columns: Sequence[Column], writing: Writing, plain: str = "") -> list[pa.Array]:
    """Every column of a lot as text; texts as `writing` writes them, and as they are where they match `plain`."""
    found, amounts = list[pa.Array](), list[tuple[pa.Array, pa.Array]]()
    for column in columns:
        held = lot[column.key].combine_chunks()
        held = held.chunk(0) if isinstance(held, pa.ChunkedArray) else held
        if pa.types.is_string(held.type):
            found.append(texts(held, writing, plain))
        elif _cents(column) and pa.types.is_decimal(held.type) and held.type.scale >= CENTS:
            known = next((text for other, text in amounts if _same(other, held)), None)
            found.append(numbers(held, column) if known is None else known)
            amounts.append((held, found[-1]))
        else:
            found.append(numbers(held, column))
    return found


def _same(one: pa.Array, other: pa.Array) -> bool:
    """Whether two columns of amounts are the same, as those of dollars and of dollars counted often are."""
    if one.type.scale > other.type.scale:
        return _same(other, one)
    try:
        pairs = ((one.slice(0, end), other.slice(0, end)) for end in (SEEN, len(one)))  # most others differ soon
        return all(first.cast(other.type).equals(second) for first, second in pairs)
    except pa.ArrowInvalid:  # one has too many digits for the other's type
        return False


def joined(cells: Sequence[pa.Array | str], absent: str = "", between: str = "", end: str = "") -> bytes:
    """The cells of every row one after the other, row after row; texts among them stand in every row."""
    *parts, last = [pa.scalar(cell) if isinstance(cell, str) else cell for cell in cells]
    replaced: dict[str, Any] = {"null_handling": "replace", "null_replacement": absent}
    last = pc.binary_join_element_wise(last, end, "", **replaced) if end else last
    rows = pc.binary_join_element_wise(*parts, last, between, **replaced)
    if not len(rows):
        return b""
    size = pc.sum(pc.binary_length(rows)).as_py()
    return bytes(
        rows.buffers()[2].slice(0, size).to_pybytes()
    )  # where the texts of all rows stand one behind the other
