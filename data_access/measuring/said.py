"""What sources say of the commitments of the embedded registry: our own compilation, each figure with its source.

Statements of one figure; releases of a series as they were published at their time; accounts of one promise by cause.
"""

from __future__ import annotations

import csv
from decimal import Decimal
from functools import cache
from pathlib import Path

from dashboard.amounts import Amount
from dashboard.releases import Release
from dashboard.statements import Statement
from dashboard.vintages import Said, Vintage, accounts

FOLDER = Path(__file__).resolve().parents[1] / "reference" / "registry"
FILE, RELEASES, ACCOUNTS = (FOLDER / name for name in ("statements.csv", "releases.csv", "accounts.csv"))
TEXTS = ("pledge", "of", "since", "until", "as_of", "counts", "part_of", "title", "address")


def statements(file: Path = FILE) -> tuple[Statement, ...]:
    """All of them, in the order of the file; figures with the digits they are written with."""
    return tuple(_statement(row) for row in _rows(file))


def _statement(row: dict[str, str]) -> Statement:
    amount = Amount(Decimal(row["low"]), Decimal(row["high"]), row["unit"], row["prices"])
    doubt = row.get("confidence", "")  # a file without the column doubts nothing
    return Statement(amount=amount, **{name: row[name] for name in TEXTS}, confidence=doubt)


@cache
def releases(file: Path = RELEASES) -> tuple[Release, ...]:
    """Figures as releases of their time gave them: per cent, or whole US dollars."""
    return tuple(_release(row) for row in _rows(file))


def _release(row: dict[str, str]) -> Release:
    value = Decimal(row["value"])
    whole = Amount(value, value, row["unit"]).whole()
    exponent = value.as_tuple().exponent
    last = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
    size = Amount(last, last, row["unit"]).whole()
    told = row["published"], row["title"], row["address"]
    figures = (whole[0], size[0]) if whole and size else (value, last)
    return Release(row["series"], row["code"], int(row["year"]), *figures, *told)


@cache
def vintages(file: Path = ACCOUNTS) -> dict[str, tuple[Vintage, ...]]:
    """By promise the accounts that take its gap apart by cause, the earliest first."""
    held: dict[str, list[Said]] = {}
    for row in _rows(file):
        value = Decimal(row["value"])
        whole = Amount(value, value, row["unit"]).whole() or (value, value)
        told = (row[name] for name in ("as_of", "by", "cause", "prices", "title", "address"))
        held.setdefault(row["pledge"], []).append(Said(whole[0], *told))
    return {pledge: accounts(every) for pledge, every in held.items()}


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))
