"""Code lists, groups by year, exchange rates and deflators as files that anyone can renew, known by their names.

A load makes whole tables: what is given is read anew, the rest stays as embedded. The lists of names belong together
(a donor's name, its DAC code and its place are in several of them), so they are renewed all at once.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
from sqlalchemy import Table

from data_access import tables
from data_access.ingest import fx, groups, names, places
from data_access.ingest.faults import Fault
from data_access.ingest.filling import insert
from data_access.ingest.groups import Spelled
from data_access.ingest.published import Published, published
from data_access.ingest.readers import Lookups, Part, Plain, Reader
from data_access.ingest.sources import Described

SOURCE = "codes"
REFERENCE = Path(__file__).parents[1] / "reference"
LISTS = (
    "channel_codes",
    *(name.removesuffix(".csv") for name in names.DONOR_FILES),
    "recipients",
    "sector_categories",
    "sectors",
)
NAMES = (*(f"{names.FOLDER}{name}.csv" for name in LISTS), places.CONCORDANCE, places.LABELS)
KNOWN = {Path(name).name: name for name in (*NAMES, groups.FILE, fx.RATES_FILE, fx.DEFLATORS_FILE)}
DESCRIBED = Described(
    SOURCE,
    "Codes, groups, exchange rates, deflators",
    "Names of codes, groups by year, exchange rates and deflators.",
    "", "", "",
    "as stated for each list", "as loaded", "DAC and CRS code lists; United Nations; OECD", "",
    "Lists that were not among the files loaded are as in the embedded edition.",
    0, 0, 0,
)  # fmt: skip


def fill(part: Part, paths: Sequence[Path]) -> None:
    """Tables `member`, `place`, `membership`, `rate`, `deflator`. Raises Fault: no line of a list is left out."""
    shared = _laid_out(part.scratch / "codes", paths)
    given = {KNOWN[path.name] for path in paths}
    try:
        for path in paths:
            _account(part, path)
        where = (
            places.read(published(shared, places.CONCORDANCE), published(shared, places.LABELS))
            if given & {*NAMES}
            else None
        )
        members = _members(part, shared, where)
        _groups(part, shared, where, given, members)
        _prices(part, shared, given)
    except Fault as fault:
        fault.severity = "file"
        raise
    part.report.notes.append(f"Read anew: {', '.join(sorted(path.name for path in paths))}; all else is as embedded.")


def describe(part: Part, paths: Sequence[Path]) -> Described:
    return DESCRIBED


def plain(paths: Sequence[Path], lookups: Lookups) -> Plain:
    """How many records the files hold below their headings."""
    csv.field_size_limit(sys.maxsize)
    count = 0
    for path in paths:
        if path.suffix == ".parquet":
            count += len(duckdb.read_parquet(str(path)))
            continue
        with path.open(encoding="utf-8-sig", newline="") as text:
            count += sum(1 for row in csv.reader(text) if row) - 1
    return Plain(count, {})


def files(folder: Path) -> Iterator[Path]:
    """Those of a folder that carry the name of a published list."""
    yield from (path for path in sorted(folder.rglob("*")) if path.name in KNOWN and path.is_file())


def _laid_out(target: Path, paths: Sequence[Path]) -> Path:
    """The files under the names that readers look for. Raises Fault for an unknown name, or lists that are missing."""
    for path in paths:
        if path.name not in KNOWN:
            reason, remedy = "is not the name of a list that is known", f"name it as one of {', '.join(sorted(KNOWN))}"
            raise Fault(path.name, 0, "", path.name, reason, remedy, "CODES-FILE-01")
        place = target / KNOWN[path.name]
        place.parent.mkdir(parents=True, exist_ok=True)
        place.symlink_to(path.resolve())
    missing = [Path(name).name for name in NAMES if not (target / name).is_file()]
    if missing and len(missing) < len(NAMES):
        reason = "is missing: lists of names belong together"
        raise Fault(missing[0], 0, "", missing[0], reason, "load all of them at once", "CODES-FILE-02")
    return target


def _account(part: Part, path: Path) -> None:
    """Every line of a file as kept."""
    report, file = part.report, Published(path, path.name)
    if path.suffix == ".parquet":
        count = _rows(path)
        report.lines, report.read, report.kept = report.lines + count, report.read + count, report.kept + count
        return
    filled = sum(1 for _, record in file.records() if record)
    if filled < 2:
        raise Fault(
            path.name, 1, "", "", "is no record: there are headings at most", "take the file again", "FILE-EMPTY-02"
        )
    blank = file.now.line - file.now.continued - filled
    report.lines, report.headings, report.blank = (
        report.lines + file.now.line,
        report.headings + 1,
        report.blank + blank,
    )
    report.continued += file.now.continued
    report.read, report.kept = report.read + filled - 1, report.kept + filled - 1


def _rows(path: Path) -> int:
    try:
        return int(pq.ParquetFile(path).metadata.num_rows)
    except (pa.ArrowException, OSError) as error:
        reason = f"cannot be read as Parquet ({str(error).splitlines()[0][:80]})"
        raise Fault(path.name, 0, "", path.name, reason, "take the file again", "CODES-FILE-03") from error


def _members(part: Part, shared: Path, where: places.Places | None) -> set[tuple[str, str]]:
    """Names and places; which members there are."""
    if where is None:
        _copied(part, tables.member)
        _copied(part, tables.place)
    else:
        wanted = set(where.dac) | {row[1] for row in _embedded(tables.member) if row[0] == "recipient"}
        read = [row for row in names.read(shared, where) if row.dimension != "recipient" or row.code in wanted]
        insert(part.connection, tables.member, names.Named._fields, read)
        schemes: dict[str, Mapping[str, str]] = {"iso2": where.iso3, "dac": where.by_dac, "name": where.by_name}
        rows = [(scheme, *pair) for scheme, held in schemes.items() for pair in sorted(held.items())]
        insert(part.connection, tables.place, ("scheme", "key", "code"), rows)
    return set(part.connection.execute("SELECT dimension, code FROM member").fetchall())


def _groups(
    part: Part, shared: Path, where: places.Places | None, given: set[str], members: set[tuple[str, str]]
) -> None:
    embedded = [Spelled(*row) for row in _embedded(tables.membership)]
    sectors = sorted(code for dimension, code in members if dimension == "sector")
    spells: Iterable[Spelled] = (spell for spell in embedded if spell.grp in groups.DATED)
    others: Iterable[Spelled] = (spell for spell in embedded if spell.grp not in groups.DATED)
    if groups.FILE in given:
        spells = groups.dated(published(shared, groups.FILE))
    if where is not None:
        others = groups.undated(where, sectors)
    kept = [spell for spell in groups.ordered([*spells, *others]) if (spell.dimension, spell.member) in members]
    insert(part.connection, tables.membership, Spelled._fields, kept)


def _prices(part: Part, shared: Path, given: set[str]) -> None:
    if fx.RATES_FILE in given:
        _figures(part, tables.rate, fx.read_rates(published(shared, fx.RATES_FILE)).by_currency)
    else:
        _copied(part, tables.rate)
    if fx.DEFLATORS_FILE in given:
        _figures(part, tables.deflator, _deflators(published(shared, fx.DEFLATORS_FILE)))
    else:
        _copied(part, tables.deflator)


def _deflators(file: Published) -> Mapping[str, Mapping[int, Any]]:
    """Deflators by donor. Raises Fault where the table lacks a column, or a figure is none."""
    try:
        held = fx.read_deflators(file).by_donor
        wrong = next((figure for years in held.values() for figure in years.values() if not 0 < figure < fx.MOST), None)
    except (pa.ArrowException, OSError, KeyError, ArithmeticError) as error:
        reason = f"lacks the columns of the DAC's deflators ({str(error).splitlines()[0][:80]})"
        raise Fault(
            file.path.name, 0, "", file.path.name, reason, "take the published table", "CODES-FILE-03"
        ) from error
    if wrong is not None:
        reason, remedy = "is no deflator", "write a figure above 0"
        raise Fault(file.path.name, 0, "pydeflate_DAC_DEFLATOR", wrong, reason, remedy, "FX-DEFLATOR-01")
    return held


def _figures(part: Part, table: Table, held: Mapping[str, Mapping[int, Any]]) -> None:
    rows = [(code, year, figure) for code, years in sorted(held.items()) for year, figure in sorted(years.items())]
    insert(part.connection, table, [column.name for column in table.columns], rows)


def _copied(part: Part, table: Table) -> None:
    insert(part.connection, table, [column.name for column in table.columns], _embedded(table))


def _embedded(table: Table) -> list[tuple[Any, ...]]:
    columns = ", ".join(f'"{column.name}"' for column in table.columns)
    with duckdb.connect() as connection:
        return connection.read_parquet(str(REFERENCE / f"{table.name}.parquet")).project(columns).fetchall()


READER = Reader(SOURCE, fill, describe, plain, files)
