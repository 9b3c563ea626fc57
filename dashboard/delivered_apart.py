"""What was delivered is told by reports on implementation alone: no change of a record and no file holds it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dashboard.amounts import Absence
from dashboard.forms import Problem
from dashboard.report_periods import cells_of

DELIVERED = ("delivered_low", "delivered_high", "delivered_unit", "delivered_absence", "delivered_as_of",
             "delivered_by", "delivered_counts")  # fmt: skip
DOCUMENTS = "further_sources"
APART = (
    "What was delivered is told by a report on implementation alone, which stands apart from what is measured; please "
    "use Report implementation for it, and leave it out here."
)
OF_DOCUMENTS = (
    "Documents of what was delivered come with a report on implementation; please use Report implementation for them, "
    "and leave these lines as they were."
)


def told(names: Iterable[str]) -> bool:
    """Whether what was delivered is among the columns."""
    return any(name in DELIVERED for name in names)


def problems(fields: Mapping[str, str], cells: Mapping[str, str]) -> tuple[Problem, ...]:
    """What a proposal says of delivery, which is no part of it. cells: of the record as it is, empty of a new one."""
    found = [Problem("", APART)] if told(fields) else []
    if _documents(fields.get(DOCUMENTS, cells.get(DOCUMENTS, ""))) != _documents(cells.get(DOCUMENTS, "")):
        found.append(Problem(DOCUMENTS, OF_DOCUMENTS))
    return tuple(found)


def changed(cells: Mapping[str, tuple[str, str]]) -> bool:
    """Whether a row of a file says of delivery what the record does not. cells: column -> before, after. That nothing
    was reported is what a new record says by itself."""
    lines = _documents(cells[DOCUMENTS][0]) != _documents(cells[DOCUMENTS][1]) if DOCUMENTS in cells else False
    said = {name: both for name, both in cells.items() if name in DELIVERED}
    return lines or bool(said and said != {"delivered_absence": ("", Absence.NOT_REPORTED.value)})


def report_form(commitment: str) -> str:
    """Where what was delivered is reported."""
    return f"/my/contributions/new?commitment={commitment}&kind=report"


def _documents(written: str) -> list[tuple[str, ...]]:
    """Lines of further sources that are of the delivery, cell by cell."""
    lines = (cells_of(line) for line in written.splitlines())
    return [cells for cells in lines if cells[0].lower() == "delivery"]
