"""The sheets of a workbook that explain: what each column takes, and the lists from which it is chosen."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.amounts import ABSENCES
from dashboard.links import LINKS
from data_access.registry.exchange.sheets import LISTS, SHEETS, Sheet
from data_access.registry.exchange.worksheet import letters

Rows = list[list[str]]
INTRODUCTION = """\
The registry of commitments
One row is one record. Headings stay as they are; their order is free.
A column may be left out: what it holds stays as it is.
Records are added and changed, never taken away: one without a row here stays as it was.
An empty cell says that nothing is known. Zero is written 0.
Why a figure is missing is said under gap and delivered_absence.
Figures are digits with one point, without spaces, commas, currency or per cent signs; units have columns of their own.
Dates are texts as known: 2010, 2010-06 or 2010-06-26. Format those cells as text.
Formulas, merged cells, hidden rows, columns and sheets, macros and references to other files are refused.
To see what a file would change: python -m data_access registry import FILE --dry-run"""


def lists() -> tuple[Rows, dict[tuple[str, ...], str]]:
    """Every list of choices in a column of its own, and the range of each."""
    options = {column.options: f"{sheet.name}: {column.name}" for sheet in SHEETS for column in sheet.columns[::-1]}
    options.pop((), None)
    deepest = max(map(len, options))
    rows = [list(options.values())] + [[one[at] if at < len(one) else "" for one in options] for at in range(deepest)]
    places = {one: f"{LISTS}!${letters(at)}$2:${letters(at)}${len(one) + 1}" for at, one in enumerate(options, 1)}
    return rows, places


def guide() -> Rows:
    """What each column takes, what ties there are, and what each state of absence means."""
    head = [[line] for line in INTRODUCTION.splitlines()] + [[], ["sheet", "column", "what goes into it", "one of"]]
    columns = [_line(sheet, at) for sheet in SHEETS for at in range(len(sheet.columns))]
    links = [[], ["ties", "kind", "as a reader is told"], *(["", kind, told] for kind, told in LINKS.items())]
    absences = [
        [],
        ["absences", "state", "as a reader is told"],
        *(["", one.value, told] for one, told in ABSENCES.items()),
    ]
    return head + columns + links + absences


def _line(sheet: Sheet, at: int) -> list[str]:
    column = sheet.columns[at]
    words = f"{column.words}{' (needed)' if column.needed else ''}"
    options: Sequence[str] = column.options
    return [
        sheet.name if not at else "",
        column.name,
        words,
        ", ".join(options[:12]) + (", ..." if len(options) > 12 else ""),
    ]
