"""What files are compared with: the engine alone, asked for the same cells in the same order."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.exporting_floor import copied, different, engine, written
from dashboard.figures.listings import wanted
from dashboard.selection import read
from dashboard.things import thing
from data_access.cube import Cube
from data_access.formats import FORMATS
from data_access.formats.flows import of_rows


@pytest.mark.parametrize("query", ["source=iati-goals&since=2014", "source=iati-goals&goal=5", "source=crs-donors"])
def test_the_engine_alone_writes_the_same_lines(embedded: Cube, home: Path, tmp_path: Path, query: str) -> None:
    selection, refused = read(query, embedded.codes)
    asked = wanted(selection)
    stream = of_rows(
        thing(embedded, "rows", selection), embedded, selection, asked, embedded.counts(selection, asked), ""
    )
    ours, copy = tmp_path / "ours", tmp_path / "copy"
    ours.write_bytes(b"".join(FORMATS["csv"].write(stream)))
    with engine(embedded, home, selection.source) as floor:
        copied(floor, written(embedded, selection, texts=True), "csv", copy)
    assert not refused and different(ours, copy) == 0 and ours.stat().st_size > 100_000
    copy.write_bytes(copy.read_bytes() + b"one more\n")
    assert different(ours, copy) == 1
