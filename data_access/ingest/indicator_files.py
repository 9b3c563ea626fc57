"""Indicator series as files that anyone can renew, known by their names as published.

A load makes a whole table of indicators: series whose files are given are read anew, the others stay as embedded, and
what is computed from others (income of countries outside the DAC, aid received as a share of income) is computed again.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb

from data_access import tables
from data_access.ingest import dac1, indicators
from data_access.ingest.faults import Fault
from data_access.ingest.filling import Filling, account, insert
from data_access.ingest.indicators import Value
from data_access.ingest.published import Published, Refuse
from data_access.ingest.readers import Lookups, Part, Plain, Reader
from data_access.ingest.series import COMPUTED, FOLDER, SERIES, TARGETS, Series
from data_access.ingest.sources import Described

SOURCE = "indicators"
ENDED = "ANT"  # the Netherlands Antilles stand in lists of codes and no longer among countries
REFERENCE = Path(__file__).parents[1] / "reference"
READ = [one for one in SERIES if one.column != COMPUTED]
BY_NAME = {Path(one.file).name: [other for other in READ if other.file == one.file] for one in READ}
FIELDS = (*(column.name for column in tables.series.columns),)
DESCRIBED = Described(
    SOURCE,
    "Indicators by country and year",
    "Series that were loaded, beside those of the embedded edition.",
    "", "", "",
    "as stated for each series", "as loaded", "as stated for each series", "",
    "Series whose files were not among those loaded are as in the embedded edition.",
    0, 0, 0,
)  # fmt: skip


def fill(part: Part, paths: Sequence[Path]) -> None:
    """Tables `indicator`, `series`, and the embedded files among table `file`."""
    found: dict[str, list[Value]] = {}
    files: dict[str, str] = {}
    for path in paths:
        for series, values in _read(part, path).items():
            found[series], files[series] = values, path.name
    read = tuple(found)
    for value in _embedded():
        if value.series not in read:
            found.setdefault(value.series, []).append(value)
    _computed(found, read)
    with Filling(part) as filling:
        for one in SERIES:
            for value in sorted(found.get(one.series, ()), key=lambda value: (value.country, value.year)):
                filling.put(value)
    insert(part.connection, tables.series, FIELDS, (_described(one, found, files) for one in SERIES))
    _files(part, {value.file for values in found.values() for value in values} - {path.name for path in paths})
    kept = len(SERIES) - len(read)
    part.report.notes.append(f"{len(read)} series are read from these files; {kept} are as embedded or computed.")


def describe(part: Part, paths: Sequence[Path]) -> Described:
    span = part.connection.execute("SELECT min(year), max(year) FROM indicator").fetchone() or (0, 0)
    return DESCRIBED._replace(since=int(span[0]), until=int(span[1]), compared_since=int(span[0]))


def plain(paths: Sequence[Path], lookups: Lookups) -> Plain:
    """How many rows the files hold below their headings."""
    csv.field_size_limit(sys.maxsize)
    count = 0
    for path in paths:
        with path.open(encoding="utf-8-sig", newline="") as text:
            count += sum(1 for row in csv.reader(text) if row) - 1
    return Plain(count, {})


def files(folder: Path) -> Iterator[Path]:
    """Those of a folder that carry the name of a published series."""
    yield from (path for path in sorted(folder.rglob("*.csv")) if path.name in BY_NAME)


def _series_of(path: Path) -> list[Series]:
    if path.name not in BY_NAME:
        reason = "is not the name of a file of series that are known"
        remedy = f"give it the name under which it was published, such as {next(iter(BY_NAME))}"
        raise Fault(path.name, 0, "", path.name, reason, remedy, "INDIC-FILE-01")
    return BY_NAME[path.name]


def _read(part: Part, path: Path) -> dict[str, list[Value]]:
    """Values of all series of a file, read once for each; a record with a fault in any of them is refused once."""
    file, report, lines = Published(path, path.name), part.report, set[int]()

    def refuse(fault: Fault) -> None:
        if fault.line not in lines:
            lines.add(fault.line)
            report.refuse(fault, file.now.text())

    found = {one.series: list(_values(part, file, one, refuse)) for one in _series_of(path)}
    empty = next((series for series, values in found.items() if not values), "")
    if empty:
        reason, remedy = f"has no value of {empty} for a known country and year", "take the file in its published form"
        raise Fault(path.name, 0, "", path.name, reason, remedy, "INDIC-FILE-02")
    account(report, file, len(lines))
    report.tell(file.now.offset)
    return found


def _values(part: Part, file: Published, one: Series, refuse: Refuse) -> Iterator[Value]:
    names = part.lookups.names["donor"]
    if one.file.startswith(FOLDER):
        return indicators.read(file, one, set(part.lookups.iso3.values()) - {ENDED}, refuse)
    return indicators.read_dac1(file, one, {**names, **dac1.SPELLED_OUT}, refuse)


def _embedded() -> Iterator[Value]:
    with duckdb.connect() as connection:
        rows = connection.read_parquet(str(REFERENCE / "indicator.parquet")).fetchall()
    yield from map(Value._make, rows)


def _computed(found: dict[str, list[Value]], read: Sequence[str]) -> None:
    """What is made of other series, again where one of these was read."""
    if {"gni", "gni_head", "population"} & set(read):
        own = [value for value in found["gni"] if value.file.endswith(Path(dac1.INCOME).name)]
        known = {value.country for value in own}
        found["gni"] = [*own, *indicators.incomes(found["gni_head"], found["population"], known)]
    if {"gni_head", "oda_received_head"} & set(read):
        found["oda_received_gni"] = list(indicators.shares(found["oda_received_head"], found["gni_head"]))


def _described(one: Series, found: dict[str, list[Value]], files: dict[str, str]) -> tuple[object, ...]:
    years = [value.year for value in found[one.series]]
    words = (one.series, one.name, one.unit, one.goal, TARGETS.get(one.series, ""), *one[4:9])
    return (*words, files.get(one.series, one.file), min(years), max(years))


def _files(part: Part, names: set[str]) -> None:
    """The embedded files that values come from, with their origin."""
    listed = json.loads((REFERENCE / "sources.json").read_text(encoding="utf-8"))["files"]
    columns = [column.name for column in tables.file.columns]
    rows = [[entry[name] for name in columns] for entry in listed if entry["file"] in names]
    insert(part.connection, tables.file, columns, rows)


READER = Reader(SOURCE, fill, describe, plain, files)
