"""What the CRS is, on the page of sources; and which files of a folder are its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from dashboard.words import years
from data_access.ingest.crs.layouts import FIELDS, NEEDED, plainly
from data_access.ingest.readers import Part
from data_access.ingest.sources import OECD, OECD_BY, Described

SOURCE = "crs"
SUFFIXES = (".txt", ".csv", ".parquet")
HEAD = 16_384  # bytes that hold the headings of any release
COMPLETE_SINCE = 2002  # disbursements before it are not complete
NOTE = (
    "Each row is one report on an activity in one year; sums go over the rows. Negative amounts are corrections or "
    "repayments and are kept. An amount left blank was not reported. Core contributions to multilateral organisations "
    "(bi_multi 2) are kept as records and not counted, because those organisations report what they spend themselves; "
    "with them it would be counted twice. Flow types 11, 13, 19 and private sector instruments (60) are official "
    "development assistance, 14 is other official flows, 30 to 37 are private finance. Disbursements before 2002 are "
    "incomplete."
)


def describe(part: Part, paths: Sequence[Path]) -> Described:
    """Title, coverage and years of the files that were read."""
    found = part.connection.execute("SELECT min(year), max(year), count(DISTINCT donor) FROM flow").fetchall()[0]
    since, until, donors = found if found[0] is not None else (0, 0, 0)
    names = ", ".join(path.name for path in paths)
    return Described(
        SOURCE,
        "OECD Creditor Reporting System, activities",
        f"Activities that {donors:,} donors reported to the OECD, {years(since, until)}, from {names}.",
        "donor,recipient,goal,sector,purpose,flow,gender",
        "committed,disbursed",
        f"gross disbursements in the year{_beside(part)}",
        OECD,
        f"files with figures to {until}",
        OECD_BY + ", activity files",
        "https://data-explorer.oecd.org/",
        NOTE,
        since, until, max(since, COMPLETE_SINCE),
    )  # fmt: skip


def _beside(part: Part) -> str:
    """What the files hold beside development assistance, as words at the end of a phrase."""
    flows = {flow for (flow,) in part.connection.execute("SELECT DISTINCT flow FROM flow").fetchall()}
    said = ["other official"] * ("20" in flows) + ["private"] * bool(flows - {"10", "20", ""})
    return f", {' and '.join(said)} flows included" if said else ""


def files(folder: Path) -> Iterator[Path]:
    """Files of a folder, or of those in it, whose headings are the CRS's; Parquet files by their ending."""
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in SUFFIXES and path.is_file() and (path.suffix == ".parquet" or _headed(path)):
            yield path


def _headed(path: Path) -> bool:
    with path.open("rb") as file:
        first = file.read(HEAD).split(b"\n", 1)[0].decode("latin-1")
    cells = {plainly(cell) for mark in "|,\t;" for cell in first.split(mark)}
    return all(cells.intersection(FIELDS[name]) for name in NEEDED)
