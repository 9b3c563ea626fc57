"""What the panels of amounts share: a source's frame for a selection, who is picked, tables, hover text."""

from __future__ import annotations

import re
from calendar import month_name
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import compress

from dashboard.codes import Codes, Source
from dashboard.gaps import total
from dashboard.panels import Column, Table
from dashboard.questions import Answers, Sums, Unanswerable, period, why_not
from dashboard.selection import Selection
from dashboard.words import usd_exact

Amount = Decimal | None
COMMITTED = Column("committed", "Committed", "usd", "US dollars")
DISBURSED = Column("disbursed", "Disbursed", "usd", "US dollars")
GAP = Column("gap", "Committed less disbursed", "usd", "US dollars")
SHARE = Column("share", "Disbursed, share of committed", "percent")
ACTIVITIES, YOUNG = "iati-goals", 2011  # the source told by the year of the activity; from when these are young
STATES = frozenset(("fts",))  # sources whose stages are states: what was paid is no longer among the commitments
EXCLUSIVE = (
    "This source lists each flow under its latest status: what was paid no longer counts as committed, so it tells no "
    "gap."
)
NOT_REPORTED = "not reported"
ROUNDING = "Parts may not add up because of rounding."


def both(source: Source) -> bool:
    """Whether a source reports both rungs of the same money, so that a gap can be told."""
    return source.code not in STATES and {"committed", "disbursed"} <= set(source.stages)


def rows(
    answers: Answers,
    selection: Selection,
    source: Source,
    by: Sequence[str],
    compared: bool = False,
    outstanding: bool = False,
) -> tuple[Sums, tuple[int, int]]:
    """A source's totals over the years it can show (`compared`: those with both rungs), and these years.

    Columns as `Answers.sums`; no rows where no year is left. Of a source of states what is committed and not
    yet paid is left out, unless it is asked for (`outstanding`): it is no rung above what was paid. Raises Unanswerable
    where no year with both rungs is left."""
    span = period(source, selection, compared and both(source))
    if span[0] > span[1] and not why_not(source, selection):
        raise Unanswerable(f"{source.title} reports what was disbursed from {source.compared_since} on, not before.")
    if span[0] > span[1]:
        return dict.fromkeys((*by, "committed", "disbursed"), ()), span
    found = answers.sums(selection.change(source=source.code, since=span[0], until=span[1]), by)
    if source.code in STATES and not outstanding:
        paid = [value is not None for value in found["disbursed"]]
        kept = {name: tuple(compress(values, paid)) for name, values in found.items()}
        found = kept | {"committed": (None,) * sum(paid)}
    return found, span


def whole(
    answers: Answers, selection: Selection, source: Source, outstanding: bool = False
) -> tuple[Amount, Amount, tuple[int, int]]:
    """Committed and disbursed over the years with both rungs together, and these years: of the question by year, which
    the panel of years asks as well. Raises as `rows`."""
    span = period(source, selection, both(source))
    try:
        found, _ = rows(answers, selection, source, ("year",), outstanding=outstanding)
    except Unanswerable:  # perhaps for what lies before the years that are compared
        found, _ = rows(answers, selection, source, ("year",), compared=True, outstanding=outstanding)
    if span[0] > span[1]:
        rows(answers, selection, source, (), compared=True)  # says that no year is left
    kept = [span[0] <= year <= span[1] for year in found["year"]]
    committed, disbursed = (total(compress(found[name], kept)) for name in ("committed", "disbursed"))
    return committed, disbursed, span


def alone(source: Source, otherwise: str) -> str:
    """Why a source tells no gap, as a sentence: `otherwise`, but of a source of states that they exclude each other."""
    return EXCLUSIVE if source.code in STATES else otherwise


def narrowed(table: Table, source: Source) -> Table:
    """A table without the columns that a source of states cannot fill: what was committed, gaps and shares of it."""
    if source.code not in STATES:
        return table
    kept = [at for at, column in enumerate(table.columns) if column.key not in ("committed", "gap", "share")]
    rows = tuple(tuple(row[at] for at in kept) for row in table.rows)
    return replace(table, columns=tuple(table.columns[at] for at in kept), rows=rows)


def pairs(found: Sums) -> Iterable[tuple[Amount, Amount]]:
    """Committed and disbursed of each row."""
    return zip(found["committed"], found["disbursed"], strict=True)


def sums(found: Sums, key: str = "") -> dict[str, tuple[Amount, Amount]]:
    """Committed and disbursed by the codes of a column, or of all under the empty key; exact."""
    keys = found[key] if key else ("",) * len(found["committed"])
    if len(set(keys)) == len(keys):  # as of a question by this column alone
        return dict(zip(keys, pairs(found), strict=True))
    held: dict[str, tuple[Amount, Amount]] = {}
    for code, (committed, disbursed) in zip(keys, pairs(found), strict=True):
        old = held.get(code, (None, None))
        held[code] = (total((old[0], committed)), total((old[1], disbursed)))
    return held


def less(committed: Amount, disbursed: Amount) -> Amount:
    """Committed less disbursed; None where either is not reported."""
    return None if committed is None or disbursed is None else committed - disbursed


def share(part: Amount, whole: Amount) -> Amount:
    """A part of a whole; None where either is absent or the whole is not above zero."""
    return None if part is None or whole is None or whole <= 0 else part / whole


def chosen(codes: Codes, selection: Selection, dimension: str) -> frozenset[str]:
    """Every code picked in a dimension, groups with the members they ever had."""
    picked, groups = selection.picked(dimension), codes.groups.get(dimension, {})
    members = (groups[code].members() for code in picked if code in groups)
    return frozenset(picked).union(*members)


def exact(value: Amount) -> str:
    """To the cent, or that nothing is reported."""
    return NOT_REPORTED if value is None else usd_exact(value)


def hover(name: str, committed: Amount, disbursed: Amount, basis: str) -> str:
    """Name, exact values, basis."""
    return f"<b>{name}</b><br>Committed {exact(committed)}<br>Disbursed {exact(disbursed)}<br>{basis}"


def source_line(source: Source) -> str:
    return f"Source: {source.title}"


def early(source: Source, span: tuple[int, int]) -> str:
    """Of activities told by their own year: that those of late years are young. Empty of other sources, and where
    the years are told from before 2011 on together."""
    return young(source, span) if span[0] >= YOUNG else ""


def young(source: Source, span: tuple[int, int]) -> str:
    """Of activities told by their own year: that those of recent years are still paying; empty of other sources."""
    if source.code != ACTIVITIES or span[1] < YOUNG:
        return ""
    said = "Activities of recent years are still paying"
    if span[1] < source.until:
        return f"{said}."
    released = as_of(source).removeprefix("as released in ")
    when = f" (released {released})" if released else ""
    return f"{said}; {source.until} is incomplete{when}."


def as_of(source: Source) -> str:
    """`as released in September 2015`, since what is not disbursed is so at a date; empty where none is known."""
    found = re.match(r"(\d{4})-(\d{2})\b", source.released)
    if not found:
        return ""
    return f"as released in {month_name[int(found[2])]} {found[1]}"
