"""Data folders with several small editions, made by code, for tests of what changes while it is read."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

from data_access import editions, parts
from tests import small as made

EVERY = (*made.SOURCES, editions.CODES, editions.INDICATORS)


def copied(home: Path, other: Path) -> Path:
    """A data folder with the same editions and parts, times and all."""
    for name in ("editions", "parts"):
        shutil.copytree(home / name, other / name)
    shutil.copy(home / "current", other / "current")
    return other


def small_part(home: Path, name: str, times: int = 1, rows: made.Rows | None = None, **told: Any) -> str:
    """A small part among the others; all its amounts are `times` those of `tests/small.py`."""
    parts.folder(home).mkdir(parents=True, exist_ok=True)
    (home / "editions").mkdir(exist_ok=True)
    rows = rows or made.tables()
    for row in rows["flow"]:
        for key in ("usd", "usd_constant", "amount"):
            row[key] = Decimal(row[key]) * times
    written = made.write(parts.folder(home) / f".{name}", rows)
    parts.keep(home, written, name, {"reader": "test", "sums": parts.sums(written)} | told)
    return name


def small_edition(home: Path, name: str = "small-000000000001", times: int = 1) -> str:
    """An edition of one small part: its name."""
    return editions.make(home, dict.fromkeys(EVERY, small_part(home, name, times)), "made by code")


def embedded_stand_in() -> str:
    """The name under which a part is taken for the embedded reference, so that no start builds that one."""
    return f"reference-{editions.digest()}"
