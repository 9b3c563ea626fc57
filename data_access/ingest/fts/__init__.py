"""OCHA's Financial Tracking Service: humanitarian flows by who gives and who receives, pledged, committed or paid."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from data_access.ingest.fts.plain import plain
from data_access.ingest.fts.reading import SOURCE, fill
from data_access.ingest.readers import Part, Reader
from data_access.ingest.sources import Described

NOTE = (
    "A flow's status is its present state: pledged, committed and disbursed exclude each other here, and what is "
    "disbursed was committed before without being listed as such, so no share of what was committed can be read "
    "from them. Only incoming flows count; internal and outgoing ones are kept as records. A flow counts once, in "
    "its latest version. The year is the first in which the money is to be used, else that of the flow's date. "
    "FTS converts to US dollars itself. Donors on no list of the DAC are lumped by kind; money for several "
    "countries is of developing countries unspecified. Of flows in JSON the line is the place in the list. "
    "Humanitarian flows include what is not official development assistance."
)
DESCRIBED = Described(
    SOURCE,
    "OCHA FTS, humanitarian flows",
    "Humanitarian funding that was reported to OCHA's Financial Tracking Service, incoming flows, {since}–{until}.",
    "donor,recipient",
    "pledged,committed,disbursed",
    "what stands as paid now; a paid flow is no longer listed as committed",
    "CC BY 3.0 IGO",
    "as loaded from {files}",
    "United Nations Office for the Coordination of Humanitarian Affairs (OCHA), Financial Tracking Service",
    "https://fts.unocha.org",
    NOTE,
    0, 0, 0,
)  # fmt: skip


def describe(part: Part, paths: Sequence[Path]) -> Described:
    """With the years and rungs that these files hold."""
    since, until = part.connection.execute("SELECT min(year), max(year) FROM flow").fetchone() or (None, None)
    found = {row[0] for row in part.connection.execute("SELECT DISTINCT stage FROM flow").fetchall()}
    since, until = int(since or 0), int(until or 0)
    names = ", ".join(sorted(path.name for path in paths)[:3])
    return DESCRIBED._replace(
        coverage=DESCRIBED.coverage.format(since=since, until=until), released=DESCRIBED.released.format(files=names),
        stages=",".join(stage for stage in DESCRIBED.stages.split(",") if stage in found), since=since,
        until=until, compared_since=since,
    )  # fmt: skip


def files(folder: Path) -> Iterator[Path]:
    """Those of a folder whose names begin with fts."""
    yield from (
        path for path in sorted(folder.rglob("fts*")) if path.suffix.lower() in (".csv", ".json") and path.is_file()
    )


READER = Reader(SOURCE, fill, describe, plain, files, by_folder=True)
