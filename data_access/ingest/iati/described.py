"""What the source says of itself, read off the filled part."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from data_access.ingest.readers import Part
from data_access.ingest.sources import Described

ASKED = "SELECT min(year), max(year), count(DISTINCT donor), count(DISTINCT item) FROM flow"
STAGES = ("pledged", "committed", "budgeted", "disbursed")
DISBURSED = "disbursements and what publishers call expenditure, in the year of each transaction"
NOTE = (
    "Each file is what one publisher reports; a publisher's government or organisation is the donor. Aid that no file "
    "reports is not in it. Amounts in other currencies are converted at the DAC annual rate of the year of their value "
    "date. Budgets and planned disbursements stand in the year in which their period starts; planned "
    "disbursements count only where an activity has no budget. Where a publisher reports "
    "an activity and its components, the lowest level is counted. An activity that several files hold is counted once."
)


def describe(part: Part, paths: Sequence[Path]) -> Described:
    """The row of table `source`."""
    since, until, donors, activities = part.connection.execute(ASKED).fetchone() or (0, 0, 0, 0)
    present = {row[0] for row in part.connection.execute("SELECT DISTINCT stage FROM flow").fetchall()}
    span = f"{since}–{until}" if since else "no year"
    files = "one file" if len(paths) == 1 else f"{len(paths):,} files"
    return Described(
        "iati",
        "IATI activities",
        f"What publishers reported to IATI in {files}, {span}. Activities: {activities:,}; donors: {donors:,}.",
        "donor,recipient,goal,sector,purpose,flow,gender",
        ",".join(stage for stage in STAGES if stage in present),
        DISBURSED,
        "as each publisher states it",
        "as published",
        "International Aid Transparency Initiative, activity files of their publishers",
        "https://iatistandard.org/",
        NOTE,
        since or 0, until or 0, since or 0,
    )  # fmt: skip
