"""The CRS tables and the five publishers' activities as sources to be loaded: what fills a part and describes it.

Files are known by their names as published; a later release under the same name and in the same layout replaces it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path

from data_access.ingest import crs_sectors, dac1, dac1_exports, dac1_unsummed, dportal, iati_goals, plain_rows
from data_access.ingest.faults import Fault
from data_access.ingest.filling import by_rows
from data_access.ingest.published import MILLION, NUMBER, YEAR, Published, Refuse
from data_access.ingest.readers import Lookups, Part, Reader
from data_access.ingest.rows import Flow, Total, dollars
from data_access.ingest.sources import SOURCES, Described

LAYOUTS = {Path(layout.file).name: layout for layout in dportal.LAYOUTS}
Worths = Iterable[tuple[str, int, Decimal]]


RENEWED = {  # what can be said of files that are not those of the embedded edition: coverage, note
    "iati-goals": (
        "Activities that five publishers reported to IATI, {span}, compiled by AidData.",
        "The year is the activity's own. Amounts are converted at the DAC annual rate of that year. Disbursed includes "
        "what publishers call expenditure.",
    ),
    "crs-sectors": (
        "Official development assistance to education and health from all donors together, by recipient, {span}.",
        "Donors are not told apart. Disbursements are complete from 2002.",
    ),
    "crs-donors": (
        "Disbursements by donor and recipient, {span}, of the donors that each year's matrix holds.",
        "Other official flows are included. Which donors the matrices hold differs by year.",
    ),
    "crs-purposes": (
        "Disbursements by recipient and purpose, {span}, of the donors in each year's matrix together.",
        "Other official flows are included. Money that is coded to a sector only is not allocated to a Goal.",
    ),
    "dac1": (
        "Official development assistance by donor, {span}, to all recipients together.",
        "Net flows to 2017, grant equivalents from 2018: two measures. Other aid types and fund flows contain each "
        "other and are kept as printed, without being summed.",
    ),
}


def described(source: str) -> Callable[[Part, Sequence[Path]], Described]:
    """What the source is, with the years and rungs that were found in these files."""
    [known] = [each for each in SOURCES if each.source == source]

    def describe(part: Part, paths: Sequence[Path]) -> Described:
        years = part.connection.execute("SELECT min(year), max(year) FROM flow").fetchone() or (None, None)
        since, until = years[0] or known.since, years[1] or known.until
        same = (since, until) == (known.since, known.until)
        found = {row[0] for row in part.connection.execute("SELECT DISTINCT stage FROM flow").fetchall()}
        stages = ",".join(stage for stage in known.stages.split(",") if stage in found) or known.stages
        words = {} if same else {"coverage": _coverage(known, since, until), "note": RENEWED[source][1]}
        released = known.released if same else f"as loaded from {', '.join(path.name for path in paths[:3])}"
        return known._replace(
            since=since, until=until, compared_since=max(known.compared_since, since), stages=stages,
            released=released, **words,
        )  # fmt: skip

    return describe


def _coverage(known: Described, since: int, until: int) -> str:
    return RENEWED[known.source][0].format(span=f"{since}–{until}")


def listed(pattern: str) -> Callable[[Path], Iterator[Path]]:
    """Which files of a folder are the source's own: those whose names match; a file by itself always is."""

    def files(path: Path) -> Iterator[Path]:
        found = [path] if path.is_file() else sorted(each for each in path.rglob("*") if each.is_file())
        yield from (each for each in found if path.is_file() or re.fullmatch(pattern, each.name))

    return files


def _sectors(file: Published, lookups: Lookups, refuse: Refuse) -> Iterator[Flow | Total]:
    return crs_sectors.read(file, lookups.recipients, refuse)


def _matrix(file: Published, lookups: Lookups, refuse: Refuse) -> Iterator[Flow | Total]:
    layout = LAYOUTS.get(file.path.name)
    if layout is None:
        reason, remedy = "is not the name of a matrix whose layout is known", f"name it as one of {', '.join(LAYOUTS)}"
        raise Fault(file.name, 0, "", file.path.name, reason, remedy, "MATRIX-NAME-01")
    donors = {**lookups.names["donor"], **dportal.SPELLED, **lookups.donors}
    return dportal.read(file, layout, lookups.names["recipient"], donors, refuse)


def _goals(file: Published, lookups: Lookups, refuse: Refuse) -> Iterator[Flow]:
    return iati_goals.read(file, lookups.rates, lookups.iso3, refuse)


def _worth_of_sector(file: Published, lookups: Lookups) -> Worths:
    """What a refused row of the table of sectors would have added, where that can be read."""
    cells = file.now.cells
    stage, group = crs_sectors.STAGES.get(cells["FLOWTYPE"]), len(cells["RECIPIENT"]) >= 5
    if stage and not group and _number(cells["Value"]) and YEAR.fullmatch(cells["YEAR"]):
        yield stage[1], int(cells["YEAR"]), Decimal(cells["Value"]) * MILLION


def _worth_of_line(file: Published, lookups: Lookups) -> Worths:
    """The same of a line of a matrix."""
    layout, cells = LAYOUTS[file.path.name], list(file.now.cells.items())
    if len(cells) > layout.name and cells[layout.name][1].strip() != dportal.PRINTED:
        for name, text in cells[layout.first :]:
            if name != dportal.PRINTED and _number(text):
                yield "disbursed", layout.year, Decimal(text) * MILLION


def _worth_of_activity(file: Published, lookups: Lookups) -> Worths:
    """The same of an activity."""
    cells = file.now.cells
    if YEAR.fullmatch(cells["year"]):
        year, currency = int(cells["year"]), cells["default-currency"]
        rate = Decimal(1) if currency == "USD" else lookups.rates.by_currency.get(currency, {}).get(year)
        for column, (_, stage) in iati_goals.KINDS.items():
            if rate and _number(cells[column]):
                yield stage, year, dollars(Decimal(cells[column]), rate)


def _number(text: str) -> bool:
    return NUMBER.fullmatch(text.strip()) is not None


ROWS = (
    Reader(
        crs_sectors.SOURCE, by_rows(_sectors, _worth_of_sector), described(crs_sectors.SOURCE), plain_rows.sectors,
        listed(r"crs1_.*\.csv"),
    ),
    Reader(
        dportal.DONORS, by_rows(_matrix, _worth_of_line), described(dportal.DONORS), plain_rows.matrices,
        listed(r"dportal_crs_\d{4}\.csv"),
    ),
    Reader(
        dportal.PURPOSES, by_rows(_matrix, _worth_of_line), described(dportal.PURPOSES), plain_rows.matrices,
        listed(r"dportal_crs_201[3-9]_sectors\.csv"),
    ),
    Reader(
        iati_goals.SOURCE, by_rows(_goals, _worth_of_activity), described(iati_goals.SOURCE), plain_rows.goals,
        listed(r"SDG_IATI.*\.(zip|csv)"),
    ),
    Reader(
        dac1.SOURCE, by_rows(dac1_exports.read, dac1_exports.worth), described(dac1.SOURCE), plain_rows.dac1,
        listed(r"(dac1_.*|one_total_oda_.*|one_gni_.*|one_oda_gni_.*)\.(csv|tsv|txt)"), unsummed=dac1_unsummed.unsummed,
    ),
)  # fmt: skip
