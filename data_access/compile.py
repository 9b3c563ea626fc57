"""Published files in, compact files of the embedded edition out: read, checked, written with their origin.

`python -m data_access build-reference ../shared/data` calls this. Every figure of the edition comes through here, so
that anyone with the published files can see how it came about.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import rich.progress
from rich.progress import BarColumn, TextColumn, TimeElapsedColumn

from data_access import tables
from data_access.arrow import arrow_table
from data_access.build import LISTING
from data_access.ingest import (
    checks,
    crs_sectors,
    dac1,
    dac5,
    dportal,
    fx,
    groups,
    iati_goals,
    indicators,
    names,
    places,
)
from data_access.ingest.fx import Deflators, Rates
from data_access.ingest.indicators import Value
from data_access.ingest.places import Places
from data_access.ingest.provenance import ORIGINS
from data_access.ingest.published import Published, published
from data_access.ingest.rows import Flow, Total
from data_access.ingest.series import COMPUTED, FOLDER, SERIES, TARGETS
from data_access.ingest.sources import SOURCES

STEPS = 4 + len(SOURCES)  # how often `compile_reference` says what it has done
Progress = Callable[[str], None]  # told what is done, a few words
TRANSCRIBED = Path(__file__).parent / "ingest" / "transcribed"  # figures taken over by hand, laid out as published
LATER = ("record", "usd_rank")  # no raw record is kept of these files; ranks are set when an edition is built
NO_GENDER = ""  # no embedded source carries the gender marker


@contextmanager
def bar() -> Iterator[Progress]:
    """A progress bar in the terminal that says what is done, for as long as it is open."""
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with rich.progress.Progress(*columns) as shown:
        task = shown.add_task("compiling the reference", total=STEPS)

        def tell(words: str) -> None:
            shown.console.print(words, highlight=False)
            shown.advance(task)

        yield tell


def compile_reference(shared: Path, target: Path, progress: Progress) -> None:
    """Write the compact files of the reference into `target`, and their listing last.

    Raises Fault (file, line, column, value, reason, way out) or another ValueError with one sentence where a published
    file is not as expected or does not add up; then the listing is left as it was."""
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target, prefix=".compiling-") as folder:
        _compile(shared, Path(folder), progress)
        for path in sorted(Path(folder).iterdir(), key=lambda path: path.name == LISTING):  # the listing last
            path.replace(target / path.name)


def _compile(shared: Path, target: Path, progress: Progress) -> None:
    where = places.read(published(shared, places.CONCORDANCE), published(shared, places.LABELS))
    schemes = {"iso2": where.iso3, "dac": where.by_dac, "name": where.by_name}
    written = [(scheme, *pair) for scheme, held in schemes.items() for pair in sorted(held.items())]
    _keep(target, "place", arrow_table(tables.place, written))
    deflators, rates = _prices(shared, target)
    progress("rates, deflators, places")
    totals, occurring = list[Total](), set[str]()
    for source, rows in _sources(shared, where, rates, deflators):
        read = list(rows)
        flows, printed = [r for r in read if isinstance(r, Flow)], [r for r in read if isinstance(r, Total)]
        progress(f"{source}: {len(flows):,} rows, {checks.add_up(flows, printed)} printed sums agree with their parts")
        _keep(target, f"flow-{source}", _flows(flows, deflators, where))
        totals += printed
        occurring |= {row.recipient for row in flows}
    _keep(target, "total", arrow_table(tables.total, (_with_gender(row) for row in totals)))
    values = _indicators(shared, where)
    progress(f"indicators: {len(values):,} values of {len(SERIES)} series")
    _keep(target, "indicator", arrow_table(tables.indicator, values))
    _keep(target, "series", arrow_table(tables.series, _series(values)))
    _codes(shared, target, where, occurring | {v.country for v in values if v.series != "population"})
    progress("names of codes, groups by year")
    _list(shared, target)
    progress("the listing: where each file comes from")


def _given(shared: Path, name: str) -> Published:
    """A published file, or what was taken over of it where the whole is not at hand."""
    held = published(shared, name)
    return held if held.path.is_file() else Published(TRANSCRIBED / Path(name).name, name)


def _prices(shared: Path, target: Path) -> tuple[Deflators, Rates]:
    """Deflators and rates, kept as well: later loads convert by them."""
    deflators = fx.read_deflators(published(shared, fx.DEFLATORS_FILE))
    rates = fx.read_rates(published(shared, fx.RATES_FILE))
    for table, held in ((tables.rate, rates.by_currency), (tables.deflator, deflators.by_donor)):
        rows = [(code, year, figure) for code, years in sorted(held.items()) for year, figure in sorted(years.items())]
        _keep(target, table.name, arrow_table(table, rows))
    return deflators, rates


def _keep(target: Path, name: str, content: pa.Table) -> None:
    pq.write_table(content, target / f"{name}.parquet", compression="zstd", compression_level=19, store_schema=False)


def _codes(shared: Path, target: Path, where: Places, occurring: set[str]) -> None:
    """Members and groups; of recipients those that the DAC lists or listed, or that have a figure."""
    wanted = occurring | set(where.dac)
    members = [row for row in names.read(shared, where) if row.dimension != "recipient" or row.code in wanted]
    _keep(target, "member", arrow_table(tables.member, members))
    held = {(member.dimension, member.code) for member in members}
    sectors = [member.code for member in members if member.dimension == "sector"]
    spells = groups.read(published(shared, groups.FILE), where, sectors)
    kept = [spell for spell in spells if (spell.dimension, spell.member) in held]
    _keep(target, "membership", arrow_table(tables.membership, kept))


def _sources(
    shared: Path, where: Places, rates: Rates, deflators: Deflators
) -> Iterable[tuple[str, Iterable[Flow | Total]]]:
    yield iati_goals.SOURCE, iati_goals.read(published(shared, iati_goals.FILE), rates, where.iso3)
    yield crs_sectors.SOURCE, crs_sectors.read(published(shared, crs_sectors.FILE), where.by_dac)
    labels = dportal.read_donors(published(shared, dportal.LABELS), where.by_dac)
    for source in (dportal.DONORS, dportal.PURPOSES):
        layouts = [layout for layout in dportal.LAYOUTS if layout.source == source]
        read = [dportal.read(published(shared, each.file), each, where.by_name, labels) for each in layouts]
        yield source, chain.from_iterable(read)
    donors = dac1.read_donors(published(shared, dac1.MEMBERS), where.by_dac)
    yield dac1.SOURCE, dac1.read(published(shared, dac1.FILE), donors)
    yield dac5.SOURCE, dac5.read(published(shared, dac5.FILE), where.by_dac, deflators)


def _indicators(shared: Path, where: Places) -> list[Value]:
    """Every series, ordered by series, country, year."""
    donors, found = dac1.read_donors(published(shared, dac1.MEMBERS), where.by_dac), dict[str, list[Value]]()
    for series in SERIES:
        if series.column == COMPUTED:
            continue
        file = _given(shared, series.file)
        of_donors = not series.file.startswith(FOLDER)
        read = indicators.read_dac1(file, series, donors) if of_donors else indicators.read(file, series, where.rows)
        found[series.series] = list(read)
    known = {value.country for value in found["gni"]}
    found["gni"] += indicators.incomes(found["gni_head"], found["population"], known)
    found["oda_received_gni"] = list(indicators.shares(found["oda_received_head"], found["gni_head"]))
    return sorted(chain.from_iterable(found.values()), key=lambda value: (value.series, value.country, value.year))


def _series(values: Iterable[Value]) -> Iterator[tuple[Any, ...]]:
    years: dict[str, set[int]] = {}
    for value in values:
        years.setdefault(value.series, set()).add(value.year)
    for one in SERIES:
        span = min(years[one.series]), max(years[one.series])
        yield (one.series, one.name, one.unit, one.goal, TARGETS.get(one.series, ""), *one[4:9], one.file, *span)


def _flows(rows: Sequence[Flow], deflators: Deflators, where: Places) -> pa.Table:
    """Rows as table `flow` has them, in the order of file, line and part, with constant prices, without numbers."""

    def full(row: Flow) -> tuple[Any, ...]:
        constant = deflators.constant(row.usd, where.dac.get(row.donor, row.donor), row.year)
        usd, own, end = (Flow._fields.index(name) for name in ("usd", "currency", "gender"))
        head, tail = row[:usd], row[own:end]
        return (*head, NO_GENDER, row.usd, constant, *tail)

    return arrow_table(tables.flow, map(full, rows), without=("row", *LATER))


def _with_gender(row: Total) -> tuple[Any, ...]:
    at = Total._fields.index("usd")
    return (*row[:at], NO_GENDER, *row[at:])


def _list(shared: Path, target: Path) -> None:
    files = []
    for name, origin in sorted(ORIGINS.items()):
        file = _given(shared, name)
        own = {"file": name, "sha256": file.sha256(), "bytes": file.size(), "lines": file.lines()}
        files.append(own | origin._asdict())
    written = sorted(target.glob("*.parquet"))
    listing = {
        "compiled": date.today().isoformat(),
        "sources": [source._asdict() for source in SOURCES],
        "files": files,
        "reference": [{"file": path.name, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()} for path in written],
    }
    (target / LISTING).write_text(json.dumps(listing, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
