"""Rows of a file as records of the registry: names put in the place of ids, cells checked, ties followed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace

from dashboard.counting import Problem
from dashboard.pledges import DATE, Pledge
from dashboard.records import Directory, Record
from data_access.ingest.faults import Fault
from data_access.registry import cells as texts
from data_access.registry.checks import unusable, wrong_cells
from data_access.registry.columns import MAKER_ID, NAMES, SLUG, Column
from data_access.registry.directory import KINDS
from data_access.registry.exchange.headings import Placed, Read, under
from data_access.registry.exchange.sheets import COMMITMENTS, SHEETS, Sheet
from data_access.registry.exchange.worksheet import Row
from data_access.registry.store import Held
from data_access.registry.wrong import Wrong

Check = Callable[[str], Iterable[Problem]]
NAMED = {"maker": "makers", "forum": "fora", "initiative": "initiatives"}


@dataclass
class Understood:
    """What a file says. rows: in which row each pledge stands. faults: everything that keeps it from being saved;
    notes: sentences on what is passed over."""

    pledges: list[Pledge] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def understand(
    rows: Iterable[Row], file: str, held: Held, left_out: Iterable[str] = (), check: Check | None = None
) -> Understood:
    """The records of a file, against those of the registry: a column that the file leaves out stays as it is.

    check: what an edition says of a rule; asked of those that are not as they are kept."""
    by_sheet: dict[str, list[Row]] = {}
    for row in rows:
        by_sheet.setdefault(row.sheet, []).append(row)
    said = Understood(notes=[f"{name} is none of the sheets that are read: it was passed over." for name in left_out])
    directory = held.directory
    for sheet in SHEETS[1:]:
        if sheet.name in by_sheet:
            directory = _records(by_sheet[sheet.name], sheet, file, directory, said)
    _commitments(by_sheet.get(COMMITMENTS.name, []), file, replace(held, directory=directory), said, check)
    return said


def _records(rows: list[Row], sheet: Sheet, file: str, directory: Directory, said: Understood) -> Directory:
    placed, read, faults = under(rows, sheet, _called(file, sheet))
    known = {record.id: record for record in directory.records() if isinstance(record, KINDS[sheet.kind])}
    new = dict[str, Record]()
    for row, wrong in _unique(read, placed, said):
        cells = asdict(known[row["id"]]) | row if row["id"] in known else dict.fromkeys(_names(sheet), "") | row
        found = [placed.fault(wrong.number, *told) for told in _record(cells, sheet)]
        faults += found
        if not found:
            new[cells["id"]] = KINDS[sheet.kind](**cells)
    faults += list(_namesakes({**known, **new}, read, placed))
    said.faults += faults
    said.records += [record for record in new.values() if record != known.get(record.id)]
    kept = [record for record in directory.records() if not isinstance(record, KINDS[sheet.kind])]
    return Directory.of([*kept, *{**known, **new}.values()])


def _names(sheet: Sheet) -> list[str]:
    return [column.name for column in sheet.columns]


def _called(file: str, sheet: Sheet) -> str:
    return f"{file}/{sheet.file}" if file.lower().endswith(".zip") else file


def _unique(read: Iterable[Read], placed: Placed, said: Understood) -> Iterable[tuple[dict[str, str], Read]]:
    """Rows with an id that no row before them has."""
    first = dict[str, int]()
    for row in read:
        name = row.texts["id"]
        if name in first:
            why = (f"is the id of row {first[name]} too", "give each record an id of its own", "REG-ROW-03")
            said.faults.append(placed.fault(row.number, "id", name, why))
        elif name:
            first[name] = row.number
            yield dict(row.texts), row


def _record(cells: Mapping[str, str], sheet: Sheet) -> Iterable[tuple[str, str, tuple[str, str, str]]]:
    """Column, value, and what is wrong with it."""
    shape = MAKER_ID if sheet.kind == "maker" else SLUG
    if not shape.fullmatch(cells["id"]):
        yield "id", cells["id"], ("is no id of this sheet", sheet.columns[0].words.lower(), "REG-ID-01")
    for column in sheet.columns:
        for told in _told(cells[column.name], column):
            yield column.name, cells[column.name], told


def _told(value: str, column: Column) -> Iterable[tuple[str, str, str]]:
    if column.needed and not value:
        yield "is empty", f"fill it in: {column.words}", "REG-NEED-01"
    if value and not value.isprintable():
        yield "holds a character that cannot be seen", "type the text anew", "REG-TEXT-01"
    if len(value) > column.longest:
        yield f"has {len(value):,} characters, and {column.longest:,} are kept", "shorten it", "REG-TEXT-02"
    if value and column.options and value not in column.options:
        yield "is not in the list", f"choose one of {', '.join(column.options)}", "REG-LIST-01"
    if value and column.name == "date" and not DATE.fullmatch(value):
        yield "is not a date", "write 2010, 2010-06 or 2010-06-26", "REG-DATE-01"


def _namesakes(records: Mapping[str, Record], read: Iterable[Read], placed: Placed) -> Iterable[Fault]:
    """One name has one record: otherwise a commitment could not say which it means."""
    rows = {row.texts["id"]: row.number for row in read}
    first = dict[str, str]()
    for record in records.values():
        name = plain(record.name)
        if name and name in first and (record.id in rows or first[name] in rows):
            one, other = (record.id, first[name]) if record.id in rows else (first[name], record.id)
            why = (f"is the name of {other} too", "give each a name of its own, or keep one of the two", "REG-NAME-02")
            yield placed.fault(rows[one], "name", record.name, why)
        first.setdefault(name, record.id)


def plain(name: str) -> str:
    """A name as it is compared: without regard to case and spaces."""
    return " ".join(name.split()).casefold()


def _commitments(rows: list[Row], file: str, held: Held, said: Understood, check: Check | None) -> None:
    placed, read, faults = under(rows, COMMITMENTS, _called(file, COMMITMENTS))
    said.faults += faults
    ids = {*held.pledges, *(row.texts["id"] for row in read)}
    find = {name: _finder(getattr(held.directory, of)) for name, of in NAMED.items()}
    odd = {_at(fault) for fault in faults}
    new = dict[str, tuple[dict[str, str], Read]]()
    for given, row in _unique(read, placed, said):
        given |= {name: find[name](given[name]) for name in NAMED if name in given}
        old = held.pledges.get(given["id"])
        cells = (texts.write(old) if old else dict.fromkeys(NAMES, "")) | given
        cells |= _normal(cells)
        wrong = wrong_cells(cells, held.directory, ids)
        if check and cells["rule"] not in ("", texts.write(old)["rule"] if old else "", *_bad(wrong)):
            wrong += unusable(cells["rule"], check(cells["rule"]))
        found = [placed.fault(row.number, one.column, one.value, (one.reason, one.remedy, one.code)) for one in wrong]
        said.faults += [fault for fault in found if _at(fault) not in odd]
        if not wrong:
            new[cells["id"]] = cells, row
    said.faults += list(_circles(new, held.pledges, placed))
    if not said.faults:
        read_again = [texts.read(cells, held.directory) for cells, _ in new.values()]
        said.pledges += [pledge for pledge in read_again if pledge != held.pledges.get(pledge.id)]


def _bad(wrong: Iterable[Wrong]) -> Iterable[str]:
    """Rules that are none."""
    return (one.value for one in wrong if one.column == "rule")


def _at(fault: Fault) -> tuple[int, int, str]:
    return fault.line, fault.position, fault.cell


def _finder(records: Mapping[str, Record]) -> Callable[[str], str]:
    """Name or id -> id; what is neither stays as it is, and is told of as such."""
    by_name = {plain(record.name): record.id for record in records.values()}
    return lambda text: by_name.get(plain(text), text)


def _normal(cells: Mapping[str, str]) -> dict[str, str]:
    """Lists written in one way."""
    return {name: "; ".join(texts.parts(cells[name])) for name in ("goals", "targets", "links")}


def _circles(
    new: Mapping[str, tuple[Mapping[str, str], Read]], held: Mapping[str, Pledge], placed: Placed
) -> Iterable[Fault]:
    """A record that is, over others, part of itself."""
    parents = {id: pledge.parent for id, pledge in held.items()} | {id: told[0]["parent"] for id, told in new.items()}
    for id, (cells, row) in new.items():
        seen, at = {id}, cells["parent"]
        while at and at not in seen:
            seen.add(at)
            at = parents.get(at, "")
        if at == id:
            why = ("makes the record part of itself", "break the circle: leave one parent empty", "REG-TIE-03")
            yield placed.fault(row.number, "parent", cells["parent"], why)
