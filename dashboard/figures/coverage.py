"""The heat map of coverage, described: what each cell holds, in which class, and the words around it. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode

from dashboard.codes import Codes
from dashboard.coverage import ALL, READABLE, Coverage
from dashboard.data_terms import Asked
from dashboard.figures import style
from dashboard.figures.classes import breaks, class_of, dollars
from dashboard.parts import ClassCell, Legend, MarkLabel
from dashboard.selection import FIRST_YEAR, LAST_YEAR
from dashboard.words import UNITS, Scale, counted, number, usd_whole, years

SHOWN = 16  # rows before "show all"
MILLIONS = UNITS[1]
LARGE = Decimal(10) ** 9
UNNAMED = {ALL: "Not stated", "unstated": "Not stated"}
PLURAL = {"donor": "donors", "recipient": "recipients"}
MARKS: dict[str, MarkLabel] = {
    "zero": {"mark": "zero", "label": "zero, reported"},
    "not-reported": {"mark": "not-reported", "label": "not reported"},
    "before": {"mark": "outside", "label": "the source holds nothing of that year"},
}
# A cell as the browser is told: state, text, words for hover and those who listen, class of its colour, rows.
Cell = tuple[str, str, str, int, str]


@dataclass(frozen=True)
class Row:
    code: str
    name: str
    told: str  # in how many years: "4 of 4"
    cells: tuple[Cell, ...]
    total: str
    href: str  # of a cell's rows, with `{year}`; empty where the rows cannot be asked for


@dataclass(frozen=True)
class Heat:
    """Everything that the table shows, in words. `dense`: the cells are too many to be written in."""

    title: str
    subtitle: str
    caption: str
    heading: str  # of the rows
    columns: tuple[str, ...]  # each year that the source holds anything of; years before and after it are one column
    linked: tuple[str, ...]  # columns whose rows can be asked for
    together: Row
    rows: tuple[Row, ...]
    palette: tuple[tuple[str, str], ...]  # fill and ink of each class
    legend: Legend
    note: str
    source_line: str
    dense: bool
    count: str


def draw(coverage: Coverage, asked: Asked, codes: Codes) -> Heat:
    """The heat map of a coverage, in the order asked for."""
    known = tuple(one.usd for told in coverage.held.values() for one in told.values() if one.usd > 0)  # of all years
    limits, largest = breaks(known), max((abs(value) for value in known), default=Decimal(0))
    drawn = _Drawn(coverage, asked, codes, limits, Scale(MILLIONS, 0 if largest >= LARGE else 1))
    rows = tuple(drawn.row(code) for code in sorted(coverage.members, key=_order(coverage, asked, codes)))
    what = PLURAL.get(coverage.by, "all donors and recipients together")
    return Heat(
        title=_title(coverage),
        subtitle=_subtitle(coverage, drawn.period),
        caption=f"{coverage.source.title}: {coverage.stage}, {what}, {drawn.period}",
        heading=coverage.by.capitalize() or "All",
        columns=tuple(years(column.start, column.stop - 1) for column in columns(coverage)),
        linked=tuple(str(year) for year in coverage.inside if FIRST_YEAR <= year <= LAST_YEAR),
        together=drawn.together(),
        rows=rows if coverage.by else (),
        palette=tuple((fill, style.readable(fill)) for fill in style.MONEY),
        legend=_legend(coverage, limits),
        note=_note(coverage),
        source_line=f"Source: {coverage.source.title}",
        dense=len(coverage.inside) > READABLE,
        count=f"{len(rows):,} {what}" if coverage.by else "",
    )


@dataclass(frozen=True)
class _Drawn:
    coverage: Coverage
    asked: Asked
    codes: Codes
    limits: tuple[Decimal, ...]
    scale: Scale

    @property
    def period(self) -> str:
        return years(self.coverage.years.start, self.coverage.years.stop - 1)

    def row(self, code: str) -> Row:
        told, total = self.coverage.told(code), self.coverage.total(code)
        return Row(
            code,
            name_of(code, self.coverage.by, self.codes),
            f"{len(told)} of {len(self.coverage.inside)}",
            tuple(self._cell(code, column) for column in columns(self.coverage)),
            self.scale.plain(total) if total is not None else "",
            self._href(code),
        )

    def together(self) -> Row:
        """All members of a year: how many report, and their sum."""
        cells, held = [], self.coverage
        for column in columns(held):
            told = held.of_year(column.start)
            if told is None:
                cells.append(self._empty(ALL, column))
                continue
            words, below = _words(told.usd, told.rows), f"{told.rows:,}"
            if held.by:
                below = f"{held.reporting(column.start):,}"
                words = f"{below} of {len(held.members):,} {PLURAL[held.by]} report, {words}"
            cells.append(("whole", self.scale.plain(told.usd), words, -1, below))
        sums = [one for code in held.held if (one := held.total(code)) is not None]
        total = self.scale.plain(sum(sums, Decimal(0))) if sums else ""
        reported = sum(1 for year in held.inside if held.of_year(year))
        name = (
            f"All {PLURAL[held.by]} together, and how many of {len(held.members):,} report"
            if held.by
            else "All together"
        )
        return Row(ALL, name, f"{reported} of {len(held.inside)}", tuple(cells), total, self._href(ALL))

    def _cell(self, code: str, column: range) -> Cell:
        told = self.coverage.held.get(code, {}).get(column.start)
        if told is None:
            return self._empty(code, column)
        if not told.other_than_zero:
            return ("zero", "0", f"zero, reported, {rows_in_words(told.rows)}", -1, f"{told.rows:,}")
        shade = class_of(told.usd, self.limits)
        return ("amount", self.scale.plain(told.usd), _words(told.usd, told.rows), shade, f"{told.rows:,}")

    def _empty(self, code: str, column: range) -> Cell:
        state, span = self.coverage.state(code, column.start), self.coverage.span
        words = {
            "before": f"the source begins in {span.start}" if span else "the source holds nothing",
            "after": f"the source ends with {span.stop - 1}",
            "not-reported": "not reported",
        }[state]
        return (state if state == "not-reported" else "outside", "", words, -1, "")

    def _href(self, code: str) -> str:
        """Where the rows of a cell are listed. What no code names cannot be asked for; all together can."""
        by, coverage = self.coverage.by, self.coverage
        if by and code != ALL and not self.codes.knows(by, code):
            return ""
        terms = {by: code} if by and code != ALL else {}
        terms |= {"since": "{year}", "until": "{year}", "source": coverage.source.code}
        terms |= {"edition": self.asked.edition} if self.asked.edition else {}
        terms |= {"stage": coverage.stage}
        return f"/rows?{urlencode(terms, safe='{}')}"


def columns(coverage: Coverage) -> list[range]:
    """The years before anything is held, each year of the span, the years after it."""
    shown, inside = coverage.years, coverage.inside
    if not inside:
        return [shown]
    outside = range(shown.start, inside.start), range(inside.stop, shown.stop)
    single = [range(year, year + 1) for year in inside]
    return [column for column in (outside[0], *single, outside[1]) if column]


def name_of(code: str, dimension: str, codes: Codes) -> str:
    return UNNAMED.get(code) or codes.name(dimension, code)


def rows_in_words(rows: int) -> str:
    return "1 row" if rows == 1 else f"{rows:,} rows"


def _words(usd: Decimal, rows: int) -> str:
    return f"{usd_whole(usd)}, {rows_in_words(rows)}"


def _order(coverage: Coverage, asked: Asked, codes: Codes) -> Callable[[str], tuple[bool, Decimal, str]]:
    """By name, or the largest sum first; who reports nothing stands last."""

    def key(code: str) -> tuple[bool, Decimal, str]:
        total, name = coverage.total(code), name_of(code, coverage.by, codes).casefold()
        return (False, Decimal(0), name) if asked.sort == "name" else (total is None, -(total or Decimal(0)), name)

    return key


def _subtitle(coverage: Coverage, period: str) -> str:
    """Measure, who, when, unit; and where the amounts stand that no cell has room for."""
    by = f"by {coverage.by} and year" if coverage.by else "by year"
    below = "below each amount, the rows of the source behind it"
    if len(coverage.inside) > READABLE:
        below = "the first line counts who reports; a shorter period writes amounts and rows into the cells"
    return f"{coverage.stage.capitalize()}, {by}, {period}. Millions of current United States dollars; {below}."


def _title(coverage: Coverage) -> str:
    """`295 of 356 donor-years are reported`: of the years that the source holds anything of."""
    if not coverage.by:
        return f"What {coverage.source.title} reports by year"
    possible = len(coverage.members) * len(coverage.inside)
    told = sum(len(coverage.told(code)) for code in coverage.held)
    return f"{number(Decimal(told), 0)} of {number(Decimal(possible), 0)} {coverage.by}-years are reported"


def _legend(coverage: Coverage, limits: tuple[Decimal, ...]) -> Legend:
    labels = dollars(limits)
    classes: list[ClassCell] = [
        {"label": label, "colour": colour} for label, colour in zip(labels, style.MONEY, strict=False)
    ]
    found = {coverage.state(code, year) for code in coverage.members for year in coverage.years}
    shown = {"before" if state == "after" else state for state in found}
    marks = [MARKS[state] for state in MARKS if state in shown or state == "not-reported"]
    return {"kind": "legend", "classes": classes, "marks": marks}


def _note(coverage: Coverage) -> str:
    """The exception or the trap: when the rung begins, which years it is whole for, how many report a year."""
    source, span, said = coverage.source, coverage.span, list[str]()
    if span and span.start > source.since:
        said.append(f"What was {coverage.stage} is reported from {span.start} on.")
    if source.compared_since > max(source.since, span.start if span else 0):
        said.append(f"All rungs are reported from {source.compared_since} on; earlier years are incomplete.")
    counts = [coverage.reporting(year) for year in coverage.inside]
    if coverage.by and counts and min(counts) != max(counts):
        low, high = counted(min(counts)), counted(max(counts))
        said.append(
            f"From {low} to {high} {PLURAL[coverage.by]} report in a year: "
            f"a change from year to year can be a change of {PLURAL[coverage.by]}."
        )
    return " ".join(said)
