"""What sources say of the commitments of the embedded registry: our own compilation, each figure with its source."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

from dashboard.amounts import Amount
from dashboard.statements import Statement

FILE = Path(__file__).resolve().parents[1] / "reference" / "registry" / "statements.csv"
TEXTS = ("pledge", "of", "since", "until", "as_of", "counts", "part_of", "title", "address")


def statements(file: Path = FILE) -> tuple[Statement, ...]:
    """All of them, in the order of the file; figures with the digits they are written with."""
    with file.open(encoding="utf-8", newline="") as text:
        return tuple(_statement(row) for row in csv.DictReader(text))


def _statement(row: dict[str, str]) -> Statement:
    amount = Amount(Decimal(row["low"]), Decimal(row["high"]), row["unit"], row["prices"])
    return Statement(amount=amount, **{name: row[name] for name in TEXTS})
