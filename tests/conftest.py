"""Fixtures shared by all tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from data_access.cube import Cube
from data_access.editions import open_file
from tests import small as made


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cube]:
    """The cube of the small edition that `tests/small.py` makes by code."""
    cube = open_file(made.write(tmp_path_factory.mktemp("small") / "2013-01-31.duckdb"))
    yield cube
    cube.close()
