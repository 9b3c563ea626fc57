"""CRS Parquet files with bits flipped at random: refused or read, never a reader brought down. MUTATED=3000 asks for as
many files."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest

from data_access.ingest.faults import Fault
from tests.crs_made import read_files
from tests.test_crs_parquet import content, table


def flipped(seed: int, made: bytes) -> bytes:
    chance, bad = random.Random(seed), bytearray(made)
    for _ in range(chance.randint(1, 150)):
        bad[chance.randrange(len(bad))] ^= 1 << chance.randrange(8)
    return bytes(bad)


@pytest.mark.parametrize("seed", range(int(os.environ.get("MUTATED", "8"))))
def test_flipped_bytes_never_bring_the_reader_down_p06(tmp_path: Path, seed: int, make: Callable[[], bytes]) -> None:
    path = tmp_path / "crs.parquet"
    path.write_bytes(flipped(seed, make()))
    began = time.monotonic()
    try:
        found = read_files(tmp_path, [path])
    except Fault as fault:
        assert fault.severity == "file"
    else:
        assert found.report.balanced()
    assert time.monotonic() - began < 30  # a child included, on a busy machine


@pytest.fixture(scope="module")
def make(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], bytes]:
    made = content(tmp_path_factory.mktemp("made"), pa.concat_tables([table()] * 50))
    return lambda: made
