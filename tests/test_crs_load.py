"""A CRS release from file to edition: the same file again, one byte changed, one that cannot be read, both layouts."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from data_access import editions, parts
from data_access.ingest.crs import READER
from data_access.ingest.faults import Fault
from data_access.load import Loaded, NotLoaded, Order, load
from tests.crs_made import line, sound, text
from tests.test_crs_parquet import ROWS, content
from tests.test_crs_read import WRITINGS

FIGURES = """
    stage, kind, year, donor, recipient, sector, purpose, flow, gender, usd, usd_constant, currency, amount, rate, item
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("crs") / "home"


def loaded(home: Path, path: Path, most_refused: float = 0.001) -> Loaded:
    return load(Order(home, READER, (path,), most_refused))


def written(folder: Path, made: str | bytes, name: str = "crs.txt") -> Path:
    path = folder / name
    path.write_bytes(made.encode() if isinstance(made, str) else made)
    return path


def figures(home: Path, part: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(parts.file_of(home, part)), read_only=True) as connection:
        return connection.execute(f"SELECT {FIGURES} FROM flow ORDER BY ALL").fetchall()


def test_the_same_file_again_changes_nothing_and_a_byte_makes_another_part_c40(tmp_path: Path, home: Path) -> None:
    path = written(tmp_path, text(sound(1, 5)))
    first = loaded(home, path)
    again = loaded(home, path)
    assert (first.changed, again.changed) == (True, False)
    assert (first.part, first.edition) == (again.part, again.edition)
    other = loaded(home, written(tmp_path, text([*sound(1, 4), line(5, USD_Commitment="2.6")])))
    assert other.changed
    assert other.part != first.part
    assert len(figures(home, other.part)) == 10


def test_a_file_that_cannot_be_read_leaves_what_is_published(tmp_path: Path, home: Path) -> None:
    kept = loaded(home, written(tmp_path, text(sound(1, 5))))
    with pytest.raises(Fault, match="CRS-HEAD-01"):
        loaded(home, written(tmp_path, "\n".join(sound(1, 5))))
    with pytest.raises(NotLoaded, match="more than --max-refused"):
        loaded(home, written(tmp_path, text([*sound(1, 5), line(6, Year="x")])))
    assert editions.current(home) == kept.edition


def test_refused_rows_within_what_is_allowed_are_counted_and_the_rest_agrees_with_a_plain_reading(
    tmp_path: Path, home: Path
) -> None:
    rows = [
        *sound(1, 5),
        line(6, DonorCode="99999"),
        line(7, USD_Commitment="n/a"),
        line(8)[:-1],
        line(9, ProjectTitle='"x'),
    ]
    found = loaded(home, written(tmp_path, text([*rows, *sound(10, 3)])), most_refused=0.5)
    assert (found.report["kept"], found.report["refused"]) == (8, 4)
    assert (home / "rejects" / f"{found.part}.csv").is_file()


@pytest.mark.parametrize("writing", ["windows-1252", "comma-quoted", "C09-cr"])
def test_every_way_of_writing_text_is_published_alike(tmp_path: Path, home: Path, writing: str) -> None:
    plain = loaded(home, written(tmp_path, WRITINGS["C04-mark"](), "plain.txt"))
    other = loaded(home, written(tmp_path, WRITINGS[writing](), "other.txt"))
    assert figures(home, plain.part) == figures(home, other.part)


def test_the_parquet_twin_is_published_with_the_same_figures(tmp_path: Path, home: Path) -> None:
    made = ["|".join(f'"{c.replace(chr(34), chr(34) * 2)}"' if '"' in c else c for c in row) for row in ROWS]
    plain = loaded(home, written(tmp_path, text(made)))
    twin = loaded(home, written(tmp_path, content(tmp_path), "crs.parquet"))
    assert figures(home, plain.part) == figures(home, twin.part)
