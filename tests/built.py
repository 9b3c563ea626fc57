"""The embedded edition as a plain DuckDB file, for tests that look at rows rather than at answers."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import duckdb
import pytest

from data_access.build import build

ROOT = Path(__file__).parent.parent
REFERENCE = ROOT / "data_access" / "reference"
SHARED = ROOT / ".." / "shared" / "data"
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the published files are not beside the project")


@cache
def connection() -> duckdb.DuckDBPyConnection:
    """The edition that the reference makes, built once."""
    target = Path(mkdtemp(prefix="built-")) / "edition.duckdb"
    build(REFERENCE, target)
    return duckdb.connect(str(target), read_only=True)


def rows(question: str, *values: Any) -> list[tuple[Any, ...]]:
    return connection().execute(question, list(values)).fetchall()


def one(question: str, *values: Any) -> Any:
    """The only cell of the only row."""
    [(cell,)] = rows(question, *values)
    return cell


def millions(question: str, *values: Any) -> Decimal:
    return Decimal(one(question, *values)) / 1_000_000
