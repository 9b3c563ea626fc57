"""What is read of a file at once: groups of exactly so many records, and an account that nothing is lost from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.ingest.crs import pieces
from data_access.ingest.crs.filling import TOGETHER
from data_access.ingest.crs.layouts import Layout
from data_access.ingest.crs.pieces import Piece, ahead, together
from data_access.ingest.faults import Fault

LAYOUT = Layout((), {})
SIZES = st.lists(st.integers(0, 25), max_size=12)


def made(sizes: Sequence[int]) -> list[Piece]:
    """Pieces of so many records, numbered through, each with a heading, a blank line, a refusal and a warning."""
    found, first = list[Piece](), 0
    for size in sizes:
        table = pa.table({"line": list(range(first, first + size))}, schema=pa.schema([("line", pa.int64())]))
        fault = (Fault("file", first, "", "", "is odd", "look", "ODD-01"), "record")
        account = {"headings": 1, "blank": 1, "refused": [fault], "warnings": [fault], "counted": Counter(ODD=1)}
        found.append(Piece("file", LAYOUT, table, size + 3, size * 10, **account))
        first += size
    return found


@given(SIZES, st.integers(1, 20))
def test_groups_are_whole_but_the_last_and_hold_every_record_in_order(sizes: list[int], rows: int) -> None:
    groups = list(together(iter(made(sizes)), rows))
    assert [line for group in groups for line in group.table["line"].to_pylist()] == list(range(sum(sizes)))
    assert all(group.table.num_rows == rows for group in groups[:-1])
    assert not groups or groups[-1].table.num_rows <= rows


@given(SIZES, st.integers(1, 20))
def test_the_account_of_a_file_is_that_of_its_groups(sizes: list[int], rows: int) -> None:
    groups = list(together(iter(made(sizes)), rows))
    told = [sum(getattr(group, name) for group in groups) for name in ("lines", "size", "headings", "blank")]
    assert told == [sum(sizes) + 3 * len(sizes), 10 * sum(sizes), len(sizes), len(sizes)]
    assert [len(group.refused) for group in groups] == [len(group.warnings) for group in groups]
    assert sum(len(group.refused) for group in groups) == len(sizes)
    assert sum((group.counted for group in groups), Counter()) == Counter(ODD=len(sizes)) - Counter()


def test_long_records_make_smaller_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "MOST", 80)
    groups = list(together(iter(made([10, 10, 10])), 25))
    assert [group.table.num_rows for group in groups] == [10, 10, 10]


def test_reading_ahead_changes_neither_order_nor_number() -> None:
    held = made([3, 0, 5])
    assert list(ahead(iter(held))) == held
    assert list(ahead(iter([]))) == []


def test_a_release_is_written_in_whole_groups_of_the_engine() -> None:
    assert TOGETHER % 122_880 == 0  # rows of a group: a part of one would be laid out twice
