"""What a check of the compilation finds odd in a record and keeps: a sentence each, which the record then says."""

from __future__ import annotations

from collections.abc import Iterator

from dashboard.amounts import ABSENCES, MONEY, Absence
from dashboard.links import read_links, write_links
from dashboard.records import Forum
from data_access.registry import cells as texts

NUMERIC = ("numeric", "range")
ACTIVE = {"restated_by": "restates", "superseded_by": "supersedes"}
OLDEST = "2000"
Row = dict[str, str]


def oddities(cells: Row, forum: Forum | None) -> Iterator[str]:
    """Everything that a reader may stumble over although it is as the source has it."""
    yield from _dates(cells)
    if forum and forum.date and _year(cells["made"]) < _year(forum.date):
        yield f"Made in {_year(cells['made'])}, before the forum under which it is listed ({_year(forum.date)})."
    if cells["gap"] == Absence.NOT_DUE:
        yield "Not due when the MDG period ended, at the end of 2015."
    if cells["amount_low"] and cells["delivered_unit"] not in ("", cells["unit"], "percent of promise"):
        yield "Promise and delivery are in different units and are not subtracted."
    elif cells["delivered_low"] and cells["gap"] not in NUMERIC and cells["gap"] != Absence.NOT_DUE:
        yield f"A delivery is reported and the gap is {ABSENCES[Absence(cells['gap'])]}: see what the figure counts."
    if cells["kind"] == "policy" and MONEY.fullmatch(cells["unit"]):
        yield "A policy commitment that names a sum of money: it enters no sum of money."


def _dates(cells: Row) -> Iterator[str]:
    if _year(cells["made"]) < OLDEST:
        yield "Older than 2000: kept because the Goals name it."
    if cells["since"] and _year(cells["since"]) < _year(cells["made"]):
        yield "The period begins before the commitment was made: as the source has it."
    if cells["until"] and cells["deadline"] and _year(cells["until"]) != _year(cells["deadline"]):
        ends = f"The period ends in {cells['until']} and the deadline is {cells['deadline']}"
        yield f"{ends}: both as the source has them."
    if cells["delivered_as_of"] and _year(cells["delivered_as_of"]) < _year(cells["made"]):
        yield "The delivery reported lies before the commitment was made: it shows where it started."
    if cells["baseline_year"] > _year(cells["made"]):
        yield "The year of the baseline lies after the commitment was made."


def _year(date: str) -> str:
    return date[:4]


def statuses(cells: Row) -> Row:
    """The steps of a policy commitment that the record itself shows: announced, and reported on."""
    if cells["kind"] != "policy":
        return cells
    source = [cells[f"source_{name}"] for name in ("kind", "title", "page", "address")]
    remembered = cells["source_kind"] == "memory"
    steps = [["announced", cells["made"], "", *([""] * 4 if remembered else source)]]
    if cells["delivered_low"]:
        steps.append(
            ["reported_on", cells["delivered_as_of"], f"By {cells['delivered_by']}" if cells["delivered_by"] else ""]
        )
    read = (texts.read_status(texts.APART.join(step)) for step in steps)
    return cells | {"statuses": texts.status_cell(read)}


def both_ways(rows: list[Row]) -> None:
    """A record that is restated or superseded by another is restated or superseded there too."""
    by_id = {row["id"]: row for row in rows}
    for row in rows:
        for link in read_links(row["links"]):
            other = by_id.get(link.target)
            if link.kind in ACTIVE and other is not None and f"{ACTIVE[link.kind]}:{row['id']}" not in other["links"]:
                tie = read_links(f"{ACTIVE[link.kind]}:{row['id']}")
                other["links"] = write_links((*read_links(other["links"]), *tie))
                other["checked"] = (
                    f"{other['checked']} The tie to {row['id']} stood in that record alone: added here.".strip()
                )
