"""Exports of DAC1 that hold no headline: which figures they hold, which are wanted, and the line that comes nearest."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from dashboard.words import listed
from data_access.ingest.archives import table_in
from data_access.ingest.dac1_exports import CLEANED, CURRENT, HEADLINES, RAW
from data_access.ingest.faults import Fault
from data_access.ingest.given import names
from data_access.ingest.published import Published
from data_access.ingest.readers import Part

CODE = "DAC1-SUM-01"
SHOWN = 8  # figures that are named by their codes
FLOWS_OF = dict(tuple(HEADLINES))  # aid type -> fund flow
WANTED = (
    "; dac1 sums aid type 1010 with fund flow 1140 (net ODA) until 2017, and aid type 11010 with fund flow 1160 "
    f"(grant equivalent) from 2018, at current prices (amount type {CURRENT}), of single donors"
)
REMEDY = "export these aid types and fund flows too, and load them together with this file"
FOUND = """SELECT file, line, item FROM record WHERE item LIKE '%:%:%'
    ORDER BY split_part(item, ':', 1) NOT IN ('1010', '11010'), split_part(item, ':', 3) <> ?, file, line"""


def unsummed(part: Part, paths: Sequence[Path]) -> list[Fault]:
    """One fault, at the record that comes nearest to what is summed; none where the files are no exports."""
    rows = part.connection.execute(FOUND, [CURRENT]).fetchall()
    if not rows:
        return []
    file, line, item = rows[0]
    aid, flows, measure = item.split(":")
    places = dict(zip(names(paths), paths, strict=True))
    layout = RAW if "AIDTYPE" in _heading(places[file], file) else CLEANED
    if aid not in FLOWS_OF:
        wrong = (layout.aid_type, aid, "is not the aid type that is summed")
    elif flows != FLOWS_OF[aid]:
        wrong = (layout.flows, flows, "is not the fund flow that is summed")
    elif measure != CURRENT:
        wrong = (layout.measure, measure, "is not the amount type that is summed")
    else:
        wrong = (layout.year, _year(part, file, line), "with this part and donor is not one for which this is summed")
    column, value, reason = wrong
    held = list(dict.fromkeys(row[2] for row in rows))
    found = f"found as aid type:fund flow:amount type: {listed(held, SHOWN)}"
    return [Fault(file, line, column, value, f"{reason}{WANTED}; {found}", REMEDY, CODE)]


def _heading(path: Path, name: str) -> str:
    return Published(path, name, table_in(path) if path.suffix == ".zip" else "").heading()


def _year(part: Part, file: str, line: int) -> str:
    found = part.connection.execute("SELECT year FROM total WHERE file = ? AND line = ?", [file, line]).fetchone()
    return str(found[0]) if found else ""
