"""CRS text with bytes, delimiters, quotes and lines changed at random: the reader ends by its own word, and what it
read is what a plain reading counts. MUTATED=3000 asks for as many files; a seed that fails is a case to keep."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from data_access.ingest.crs import scan
from data_access.ingest.faults import Fault
from tests.crs_made import HEADINGS, agreed, cells, emptied, line, read_files, text
from tests.test_crs_read import quoted

FILES = int(os.environ.get("MUTATED", "150"))
SLOWEST = 10  # seconds of processor time: how busy the machine is does not count
TITLES = ("Côte d’Ivoire", '"Schools | roads"', '"one\ntwo"', 'The "big" one', "Écoles à Ségou", "plain")
ROWS = [line(number, ProjectTitle=TITLES[number % len(TITLES)]) for number in range(1, 40)]
BASES = (
    text(ROWS).encode(),
    b"\xef\xbb\xbf" + text(ROWS, "\r\n").encode(),
    text(ROWS, "\r\n").encode("cp1252"),
    quoted([list(HEADINGS), *(cells(n, LongDescription="a, b\nc", ProjectTitle='"x"') for n in range(1, 30))]).encode(),
    text([row for row in ROWS if "\n" not in row], "\r").encode(),
)
LETTERS = (
    b"|",
    b"|",
    b'"',
    b'"',
    b"\n",
    b"\r",
    b"\r\n",
    b"\x00",
    b"\x1a",
    b"\xff",
    b"\xc3",
    b",",
    b"",
    b"-",
    b"2",
    b"\xe2\x80\x8b",
)
Change = Callable[[random.Random, bytes], bytes]


def letter(chance: random.Random, made: bytes) -> bytes:
    at = chance.randrange(len(made))
    return made[:at] + chance.choice(LETTERS) + made[at + chance.randint(0, 1) :]


def flip(chance: random.Random, made: bytes) -> bytes:
    at = chance.randrange(len(made))
    return made[:at] + bytes([made[at] ^ (1 << chance.randrange(8))]) + made[at + 1 :]


def cut(chance: random.Random, made: bytes) -> bytes:
    at = chance.randrange(len(made))
    return made[:at] + made[at + chance.randint(0, 400) :]


def again(chance: random.Random, made: bytes) -> bytes:
    at = chance.randrange(len(made))
    piece = made[at : at + chance.randint(0, 600)]
    to = chance.randrange(len(made))
    return made[:to] + piece + made[to:]


CHANGES: tuple[Change, ...] = (letter, letter, letter, flip, flip, cut, again)


def mutated(seed: int) -> bytes:
    """A base with one to a dozen changes, most of them beyond the headings."""
    chance = random.Random(seed)
    made = BASES[seed % len(BASES)]
    kept = 0 if chance.random() < 0.1 else made.index(b"Environment") + 20
    head, body = made[:kept], made[kept:]
    for _ in range(chance.randint(1, 12)):
        body = chance.choice(CHANGES)(chance, body) or b"x"
    return head + body


@pytest.fixture(scope="module")
def connection() -> duckdb.DuckDBPyConnection:
    return emptied()


def read_one(folder: Path, seed: int, connection: duckdb.DuckDBPyConnection) -> str:
    """What came of one file: nothing odd, or a sentence."""
    path = folder / "crs.txt"
    path.write_bytes(mutated(seed))
    (folder / "rejects.csv").unlink(missing_ok=True)
    began = time.process_time()
    try:
        found = read_files(folder, [path], connection)
    except Fault as fault:
        return "" if fault.severity == "file" and fault.remedy else f"{seed}: {fault!r}"
    if time.process_time() - began > SLOWEST:
        return f"{seed}: took {time.process_time() - began:.0f} s"
    return "" if agreed(found) else f"{seed}: {found.report} against {found.plain}"


@pytest.mark.parametrize("first", range(0, FILES, 50))
def test_mutated_files_are_read_or_refused_and_never_miscounted(
    tmp_path: Path, first: int, connection: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scan, "BLOCK", (16 << 20, 3000, 700)[first // 50 % 3])
    wrong = [found for seed in range(first, min(FILES, first + 50)) if (found := read_one(tmp_path, seed, connection))]
    assert wrong == []
