"""The published activity files at hand: every sum that the truths give for them, to the cent."""

from __future__ import annotations

import csv
import re
from decimal import Decimal
from pathlib import Path

import pytest

from data_access import editions, parts
from data_access.ingest.readers import Lookups
from data_access.lookups import read_lookups
from tests.iati import ask, load

SHARED = Path("../shared/data")
TYPES = {
    "2": "commitment",
    "3": "disbursement",
    "4": "expenditure",
    "C": "commitment",
    "D": "disbursement",
    "E": "expenditure",
}
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SHARED.is_dir(), reason="the published files are not beside the project (../shared/data)"),
]


def truths() -> list[tuple[str, str, Decimal, str]]:
    """File, kind, sum in the file's currency, currency."""
    if not (SHARED / "truths.csv").is_file():
        return []
    with (SHARED / "truths.csv").open(encoding="utf-8", newline="") as text:
        rows = [row for row in csv.DictReader(text) if row["source_file"].startswith("iati/data/")]
    return [(r["source_file"], TYPES[r["id"].rsplit("-", 1)[1]], Decimal(r["value"]), r["unit"]) for r in rows]


@pytest.fixture(scope="module")
def lookups(home: Path) -> Lookups:
    edition = editions.read(home, editions.ensure(home))
    return read_lookups(parts.file_of(home, edition.parts[editions.CODES]))


@pytest.mark.parametrize(("file", "kind", "value", "currency"), truths())
def test_every_sum_of_the_truths(
    file: str, kind: str, value: Decimal, currency: str, lookups: Lookups, tmp_path: Path
) -> None:
    part = load(tmp_path, SHARED / file, lookups=lookups)
    found = ask(part, f"SELECT currency, sum(amount) FROM flow WHERE kind = '{kind}' GROUP BY ALL")
    places = Decimal(1).scaleb(int(value.as_tuple().exponent))  # truths are rounded to four decimals
    assert [(row[0], row[1].quantize(places)) for row in found] == [(currency, value)]
    assert part.report.refused == 0


def test_every_record_stands_in_the_line_that_is_named(lookups: Lookups, tmp_path: Path) -> None:
    path = SHARED / "iati/data/aiddata_2.03_Senegal.xml"
    lines = path.read_text(encoding="utf-8").splitlines()
    records = ask(load(tmp_path, path, lookups=lookups), "SELECT line, raw FROM record")
    assert len(records) == 2256
    assert all(lines[line - 1].strip() == "<transaction>" for line, _ in records)
    assert all("\n".join(lines[line - 1 : line + 4]).strip() == raw for line, raw in records)
    assert re.search(r"<value .*>[\d.]+</value>", records[0][1])
