"""The made-up release that benchmarks load: the published layout, always the same, with a Parquet twin that agrees."""

from __future__ import annotations

import csv
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from benchmarks.layout import AMOUNTS, LATER, SINCE_2024, SPELLED, TEXT, WHOLE, same
from benchmarks.synthetic import Release, release

ROWS = 2_000
LAYOUTS = Path(__file__).parent.parent.parent / "shared" / "data" / "crs" / "LAYOUTS.md"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Release:
    return release(ROWS, tmp_path_factory.mktemp("synthetic"))


@pytest.fixture(scope="module")
def read(made: Release) -> list[dict[str, str]]:
    with made.text.open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text, delimiter="|"))


def as_written(value: Any, name: str) -> str:
    """What the text of a file says for a value of its Parquet twin."""
    if value is None:
        return ""
    return f"{Decimal(repr(value)):f}".removesuffix(".0") if name in AMOUNTS else str(value)


def test_the_header_is_that_of_the_text_releases_with_ninety_columns(made: Release) -> None:
    first = made.text.read_bytes().split(b"\r\n")[0].decode()
    assert tuple(first.split("|")) == TEXT
    assert len(TEXT) == len(set(TEXT)) == 90


@pytest.mark.shared
def test_the_names_are_those_that_were_met_in_published_files() -> None:
    if not LAYOUTS.is_file():
        pytest.skip("../shared/data/crs/LAYOUTS.md is not here")
    lists = [found.split() for found in re.findall(r"`([^`]{200,})`", LAYOUTS.read_text(encoding="utf-8"))]
    assert [*lists[0], *LATER] == list(TEXT)
    assert set(SINCE_2024) <= set(lists[1])


def test_every_line_ends_as_on_windows_and_has_every_field(made: Release, read: list[dict[str, str]]) -> None:
    text = made.text.read_bytes()
    assert text.count(b"\n") == text.count(b"\r\n") == ROWS + 1
    assert len(read) == ROWS
    assert all(None not in row and None not in row.values() for row in read)


def test_the_same_seed_makes_the_same_bytes_and_another_seed_does_not(made: Release, tmp_path: Path) -> None:
    assert release(ROWS, tmp_path / "again").text.read_bytes() == made.text.read_bytes()
    assert release(ROWS, tmp_path / "other", seed=1).text.read_bytes() != made.text.read_bytes()


def test_the_parquet_twin_says_the_same_field_by_field(made: Release, read: list[dict[str, str]]) -> None:
    twin = pq.read_table(made.parquet)
    assert tuple(twin.column_names) == SINCE_2024
    for name in SINCE_2024:
        written = [row[SPELLED[same(name)]] for row in read]
        assert [as_written(value, name) for value in twin[name].to_pylist()] == written, name


def test_it_holds_what_real_releases_hold(read: list[dict[str, str]]) -> None:
    amounts = [Decimal(row["usd_commitment"]) for row in read if row["usd_commitment"]]
    assert min(amounts) < 0 < max(amounts) and Decimal(0) in amounts
    assert len(amounts) < ROWS
    assert max(len(f"{amount:f}".partition(".")[2]) for amount in amounts) == 8
    assert {row["FlowCode"] for row in read} == {"11", "13", "14", "19", "30"}
    assert {row["Gender"] for row in read} == {"", "0", "1", "2"}
    assert any("|" in row["LongDescription"] for row in read) and any('"' in row["ProjectTitle"] for row in read)
    assert any(not row["LongDescription"] for row in read) and max(len(row["LongDescription"]) for row in read) > 1000
    years = [int(row["Year"]) for row in read]
    assert years == sorted(years) and (years[0], years[-1]) == (1973, 2016)


def test_every_row_says_that_it_is_made_up(made: Release, read: list[dict[str, str]]) -> None:
    assert "synthetic" in made.text.name and "synthetic" in made.parquet.name
    assert all(row["ProjectTitle"].startswith("Synthetic: ") for row in read)


def test_the_codes_are_of_the_sizes_that_the_types_hold(read: list[dict[str, str]]) -> None:
    assert all(row[SPELLED[same(name)]].isdigit() for row in read for name in WHOLE if row[SPELLED[same(name)]])
    assert all(len(row["PurposeCode"]) == 5 and row["PurposeCode"].startswith(row["SectorCode"]) for row in read)
