"""Words, whole numbers and amounts as columns of text."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

UNITS = 100_000_000  # amounts have eight decimals at most
Column = Any  # pyarrow has no types of its own


def taken(words: list[str] | tuple[str, ...], places: Any) -> Column:
    """The words at these places."""
    return pa.array(words).take(places if isinstance(places, pa.Array) else pa.array(places))


def written(numbers: Any) -> Column:
    """Whole numbers as text."""
    return pc.cast(pa.array(numbers), pa.string())


def money(units: Any, said: Any) -> Column:
    """Hundred-millionths as a decimal number without noughts at its end; blank where not said."""
    size = np.abs(units)
    cents = pc.utf8_rtrim(pc.utf8_slice_codeunits(written(size % UNITS + UNITS), 1), "0")
    number = pc.binary_join_element_wise(written(size // UNITS), cents, ".")
    signed = pc.binary_join_element_wise(pc.if_else(pa.array(units < 0), "-", ""), pc.utf8_rtrim(number, "."), "")
    return pc.if_else(pa.array(said), signed, "")
