"""What may stand in a cell. Each thing that is wrong is said with its column, value, reason and way out.

Makers, fora and initiatives are named by their ids here; `exchange` puts names in their place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date
from decimal import Decimal

from dashboard.counting import Problem
from dashboard.links import read_links
from dashboard.pledges import BY_MAKER, DATE, SOURCE_KINDS, STATUSES
from dashboard.records import Directory
from dashboard.rule_form import printable
from dashboard.rules import read as read_rule
from data_access.registry import cells as texts
from data_access.registry.columns import BY_NAME, COLUMNS, GOALS, SLUG, Column, is_unit
from data_access.registry.contradictions import tied, together
from data_access.registry.numbers import why_no_number
from data_access.registry.wrong import Wrong

FIRST, LAST = 1945, 2100  # years
MOST = Decimal(10) ** 15  # of any figure

DATES = ("made", "since", "until", "deadline", "baseline_year", "delivered_as_of")
FIGURES = ("amount_low", "amount_high", "usd_at_time", "baseline_value", "delivered_low", "delivered_high")
LONG = ("further_sources", "statuses", "remarks", "checked")  # may have several lines
UNITS = ("unit", "baseline_unit", "delivered_unit")
TARGET = re.compile(r"([1-8])\.[A-F]")


def wrong_cells(cells: texts.Cells, directory: Directory, ids: Collection[str]) -> list[Wrong]:
    """Everything in one row that cannot be kept. ids: of all records, those of the same file too."""
    found = [wrong for column in COLUMNS for wrong in _cell(column, cells)]
    bad = {wrong.column for wrong in found}
    for name, check in SINGLE.items():
        if cells[name] and name not in bad:
            found += [Wrong(name, cells[name], *told) for told in check(cells[name], cells)]
    found += list(_named(cells, directory))
    found += [wrong for wrong in together(cells) if wrong.column not in bad]
    found += list(tied(cells, ids)) if not bad & {"links", "parent"} else []
    return found


def unusable(value: str, problems: Iterable[Problem]) -> Iterator[Wrong]:
    """What an edition says of the rule of a cell."""
    for problem in problems:
        reason = f"is a rule that cannot be used ({problem.key})"
        yield Wrong("rule", value, reason, printable(problem.sentence).rstrip("."), "REG-RULE-02")


def _cell(column: Column, cells: texts.Cells) -> Iterator[Wrong]:
    value, name = cells[column.name], column.name
    if not value:
        if column.needed:
            yield Wrong(name, "", "is empty", f"fill it in: {column.words}", "REG-NEED-01")
        return
    odd = [letter for letter in value if not letter.isprintable() and not (letter == "\n" and name in LONG)]
    if odd:
        why = f"holds a character that cannot be seen (U+{ord(odd[0]):04X})"
        yield Wrong(name, value, why, "type the text anew", "REG-TEXT-01")
    if len(value) > column.longest:
        reason = f"has {len(value):,} characters, and {column.longest:,} are kept"
        yield Wrong(name, value, reason, "shorten it", "REG-TEXT-02")
    if column.options and name not in UNITS:
        for part in texts.parts(value) if column.several else (value,):
            if part not in column.options:
                yield Wrong(
                    name, part, "is not in the list", f"choose one of {', '.join(column.options)}", "REG-LIST-01"
                )
    yield from _kind(name, value)


def _kind(name: str, value: str) -> Iterator[Wrong]:
    if name in DATES and not (DATE.fullmatch(value) and FIRST <= int(value[:4]) <= LAST):
        yield Wrong(name, value, "is not a date", "write 2010, 2010-06 or 2010-06-26", "REG-DATE-01")
    elif name in DATES and not in_calendar(value):
        yield Wrong(name, value, "is not in the calendar", "write a day that there was", "REG-DATE-04")
    if name in FIGURES:
        why = why_no_number(value)
        if why:
            yield Wrong(name, value, why.reason, why.remedy, why.code)
        elif abs(Decimal(value)) >= MOST:
            yield Wrong(name, value, "is larger than any figure that is kept", "check its unit", "REG-NUM-05")
    if name in UNITS and not is_unit(value):
        remedy = "choose one of the list, or write money as USD million or USD million per year"
        yield Wrong(name, value, "is not a known unit", remedy, "REG-UNIT-01")


def in_calendar(value: str) -> bool:
    """Whether a date of the right form is one; a year or a month alone always is."""
    try:
        date.fromisoformat(value if len(value) == len("2010-06-26") else "2010-06-26")
    except ValueError:
        return False
    return True


Told = Iterator[tuple[str, str, str]]  # reason, remedy, code


def _id(value: str, _: texts.Cells) -> Told:
    if not SLUG.fullmatch(value):
        yield "is not an address", "write small letters, digits and single hyphens, as muskoka-2010-canada", "REG-ID-01"


def _targets(value: str, cells: texts.Cells) -> Told:
    goals = texts.parts(cells["goals"])
    for part in texts.parts(value):
        found = TARGET.fullmatch(part)
        if not found:
            yield f"names the target {part}, which is none", "write targets as 4.A; 5.B", "REG-LIST-02"
        elif found[1] not in goals:
            yield (
                f"names a target of Goal {found[1]}, which goals leaves out",
                f"add {found[1]} to goals",
                "REG-LIST-03",
            )


def _goals(value: str, _: texts.Cells) -> Told:
    told = texts.parts(value)
    if len(set(told)) < len(told) or not all(part in GOALS for part in told):
        yield "names a Goal twice", "name each Goal once", "REG-LIST-04"


def _links(value: str, cells: texts.Cells) -> Told:
    try:
        read_links(value)
    except ValueError as error:
        yield "cannot be read", _clause(error), "REG-LINK-01"


def _sources(value: str, _: texts.Cells) -> Told:
    for line in value.splitlines():
        try:
            source = texts.read_source(line)
        except ValueError as error:
            yield "cannot be read", _clause(error), "REG-SRC-01"
            continue
        if source.of not in ("promise", "delivery") or source.kind not in (*SOURCE_KINDS, BY_MAKER):
            remedy = f"begin each line with promise or delivery, then one of {', '.join(SOURCE_KINDS)}"
            yield "has a line without what it is a source of, or of which kind", remedy, "REG-SRC-02"
        elif source.address:
            yield from _address(source.address, {})


def _statuses(value: str, cells: texts.Cells) -> Told:
    for line in value.splitlines():
        try:
            read = texts.read_status(line)
        except ValueError as error:
            yield "cannot be read", _clause(error), "REG-STEP-01"
            continue
        if read.step not in STATUSES:
            yield f"has the step {read.step}, which is none", f"choose one of {', '.join(STATUSES)}", "REG-STEP-02"
        if read.date and not DATE.fullmatch(read.date):
            yield f"has the date {read.date}, which is none", "write 2010, 2010-06 or 2010-06-26", "REG-STEP-03"
    if cells["kind"] == "financial":
        yield "gives a financial commitment the steps of a policy", "leave it empty, or make it a policy", "REG-STEP-04"


def _address(value: str, _: texts.Cells) -> Told:
    if not re.fullmatch(r"https?://[^\s\"<>\\^`{|}]+", value):
        yield "is not an address on the web", "write it with http:// or https://, without spaces", "REG-WEB-01"


def _rule(value: str, _: texts.Cells) -> Told:
    for problem in read_rule(value)[1]:
        yield f"is not a counting rule ({problem.key})", printable(problem.sentence).rstrip("."), "REG-RULE-01"


SINGLE: dict[str, Callable[[str, texts.Cells], Told]] = {
    "id": _id,
    "goals": _goals,
    "targets": _targets,
    "links": _links,
    "further_sources": _sources,
    "statuses": _statuses,
    "source_address": _address,
    "rule": _rule,
}


def _clause(error: ValueError) -> str:
    return str(error).rstrip(".")


def _named(cells: texts.Cells, directory: Directory) -> Iterator[Wrong]:
    held = {"maker": directory.makers, "forum": directory.fora, "initiative": directory.initiatives}
    for name, records in held.items():
        if cells[name] and cells[name] not in records:
            sheet = BY_NAME[name].names
            remedy = f"add it to the sheet {sheet}, or choose a name that is there"
            yield Wrong(name, cells[name], f"is not in the sheet {sheet}", remedy, "REG-NAME-01")
