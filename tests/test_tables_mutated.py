"""Files with bytes flipped, cut out, put in: a reader ends with a Fault or a balanced account, nothing else.

MUTATED says how many are made of each file (40; `make soak` makes 3,000)."""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from data_access import tables
from data_access.ingest.catalogue import READERS
from data_access.ingest.crs_sectors import NEEDED
from data_access.ingest.faults import Fault
from data_access.ingest.readers import Part
from data_access.ingest.report import Report
from tests import test_dac1_exports, test_fts, test_loaded_tables, test_renewed
from tests.filled import lookups

FILES = int(os.environ.get("MUTATED", "40"))  # mutated from each file
ODD = (
    b'"',
    b",",
    b"\n",
    b"\r",
    b"\t",
    b"\x00",
    b"\xff",
    b";",
    b"-",
    b"1e9",
    b"NaN",
    b"\xed\xa0\x80",
    b"=1+1",
    b"\xe2\x80\xae",
)
MATRIX = "Row Labels,France,IDA,Grand Total\nKenya,1.5,2,3.5\nEthiopia,,1,1\nGrand Total,1.5,3,4.5\n"


def matrix(folder: Path) -> Path:
    (folder / "dportal_crs_2013.csv").write_text(MATRIX, encoding="utf-8")
    return folder / "dportal_crs_2013.csv"


SEEDS: dict[str, Callable[[Path], Path]] = {
    "fts-json": lambda folder: test_fts.page(folder, test_fts.flow(), test_fts.flow(id="2"), test_fts.flow(id="3")),
    "fts-hdx": lambda folder: test_fts.sheet(folder, {}, {"id": "2"}, {"id": "3"}, hdx=True),
    "fts": lambda folder: test_fts.sheet(folder, {}, {"id": "2"}, {"id": "3", "boundary": "internal"}),
    "dac1": lambda folder: test_dac1_exports.export(folder, {}, {"DONOR": "4"}, {"FLOWS": "1120"}),
    "crs-sectors": lambda folder: test_loaded_tables.csv_file(
        folder / "crs1_made.csv", NEEDED, *([test_loaded_tables.SECTOR] * 3)
    ),
    "crs-donors": matrix,
    "indicators": lambda folder: test_renewed.series(folder, test_renewed.UNDER5, "eth,1990,206.5", "ken,1991,7"),
}


def mutated(content: bytes, chance: random.Random) -> bytes:
    made = bytearray(content)
    for _ in range(chance.randint(1, 5)):
        at = chance.randrange(len(made) or 1)
        kind = chance.randrange(5)
        if kind == 0 and made:
            made[at] ^= 1 << chance.randrange(8)
        elif kind == 1:
            del made[at : at + chance.randint(1, 30)]
        elif kind == 2:
            made[at:at] = chance.choice(ODD)
        elif kind == 3:
            made[at:at] = made[chance.randrange(len(made) or 1) :][: chance.randint(1, 80)]
        elif chance.random() < 0.2:
            del made[at:]
    return bytes(made)


@pytest.mark.parametrize("seed", SEEDS)
def test_whatever_is_done_to_a_file_it_is_read_refused_or_faulted(tmp_path: Path, seed: str) -> None:
    path, chance, ends = SEEDS[seed](tmp_path), random.Random(seed), Counter[str]()
    whole, source = path.read_bytes(), "fts" if seed.startswith("fts") else seed
    for number in range(FILES):
        path.write_bytes(mutated(whole, chance))
        try:
            ends[tried(source, path)] += 1
        except Exception as wrong:
            raise AssertionError(f"file {number} of {seed}: {wrong}") from wrong
    print(seed, FILES, dict(ends.most_common()))
    assert ends[""] and len(ends) > 1  # some are read, some are not


def tried(source: str, path: Path) -> str:
    """How the reading ends: the code of its fault, or nothing where it was read and adds up."""
    with duckdb.connect() as connection:
        tables.create(connection)
        part = Part(connection, lookups(), Report(), path.parent)
        try:
            READERS[source].fill(part, [path])
        except Fault as fault:
            assert fault.code
            assert str(fault).startswith(path.name)
            return fault.code
        assert part.report.balanced()
        plain = READERS[source].plain([path], lookups())
        assert plain.records == part.report.read
        rows = connection.execute("SELECT stage, year, sum(usd) FROM flow GROUP BY ALL").fetchall()
        sums = {(stage, year): usd for stage, year, usd in rows}
        for key, usd in part.report.refused_sums.items():
            sums[key] = sums.get(key, Decimal(0)) + usd
        assert {key: usd for key, usd in sums.items() if usd} == {key: usd for key, usd in plain.sums.items() if usd}
    return ""
